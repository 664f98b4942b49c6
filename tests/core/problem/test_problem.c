/* SPDX-License-Identifier: MIT */
#include "problem/problem.h"

#include "la/csc.h"
#include "support/check.h"
#include "support/problems.h"

static void check_matrix_copied(const ScsMatrix *copy, const ScsMatrix *a) {
    const size_t nnz = (size_t)scs_csc_nnz(a);
    CHECK(copy != a && copy->x != a->x && copy->i != a->i && copy->p != a->p);
    CHECK(copy->m == a->m && copy->n == a->n);
    CHECK(memcmp(copy->p, a->p, ((size_t)a->n + 1) * sizeof *a->p) == 0);
    CHECK(memcmp(copy->i, a->i, nnz * sizeof *a->i) == 0);
    CHECK(memcmp(copy->x, a->x, nnz * sizeof *a->x) == 0);
}

static void everything_is_copied(void) {
    TestProblem given = test_problem(TEST_QP);
    ScsArena arena = {0};
    ScsProblem copy;
    scs_problem_copy(&copy, &given.data, &arena);
    CHECK(!arena.failed);
    CHECK(copy.m == given.data.m && copy.n == given.data.n);
    check_matrix_copied(copy.a, given.data.A);
    check_matrix_copied(copy.p, given.data.P);
    CHECK(copy.b != given.data.b && copy.c != given.data.c);
    CHECK(test_same_bits(copy.b, given.data.b, copy.m));
    CHECK(test_same_bits(copy.c, given.data.c, copy.n));
    scs_arena_release(&arena);
    test_problem_free(&given);
}

/* P = NULL and P without entries are the same problem. */
static void an_empty_p_is_none(void) {
    TestProblem given = test_problem(TEST_LP);
    ScsArena arena = {0};
    ScsProblem copy;
    scs_problem_copy(&copy, &given.data, &arena);
    CHECK(!copy.p);
    scs_int starts[] = {0, 0, 0, 0};
    ScsMatrix empty = {.p = starts, .m = 3, .n = 3};
    given.data.P = &empty;
    scs_problem_copy(&copy, &given.data, &arena);
    CHECK(!copy.p && !arena.failed);
    scs_arena_release(&arena);
    test_problem_free(&given);
}

static void a_clone_keeps_the_scaling(void) {
    TestProblem given = test_problem(TEST_QP);
    ScsArena arena = {0};
    ScsProblem copy, clone;
    scs_problem_copy(&copy, &given.data, &arena);
    copy.a->x[0] = 123; /* as if it had been scaled */
    copy.p->x[1] = -45;
    scs_problem_clone(&clone, &copy, &arena);
    check_matrix_copied(clone.a, copy.a);
    check_matrix_copied(clone.p, copy.p);
    CHECK(clone.b != copy.b && test_same_bits(clone.b, copy.b, copy.m));
    CHECK(clone.c != copy.c && test_same_bits(clone.c, copy.c, copy.n));
    scs_arena_release(&arena);
    test_problem_free(&given);
}

int main(void) {
    static const CheckCase cases[] = {
        {"everything is copied", everything_is_copied},
        {"an empty P is none", an_empty_p_is_none},
        {"a clone keeps the scaling", a_clone_keeps_the_scaling},
    };
    return CHECK_RUN(cases);
}
