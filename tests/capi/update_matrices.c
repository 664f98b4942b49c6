/* SPDX-License-Identifier: MIT
 *
 * New values for A and P on the same pattern.
 */
#include "scs_ext.h"
#include "support/answer.h"

#include <stdlib.h>

static const TestShape shape = {
    .seed = 6,
    .n = 14,
    .z = 3,
    .l = 8,
    .box = 5,
    .q_count = 2,
    .q_rows = 4,
    .quadratic = true,
};

static ScsWork *open_work(const TestProblem *problem, const ScsSettings *settings) {
    ScsWork *work = scs_init_ex(&problem->data, &problem->cone, settings, NULL, NULL);
    if (!work) {
        exit(2);
    }
    return work;
}

static scs_int entries(const ScsMatrix *a) { return a->p[a->n]; }

static scs_int update(ScsWork *work, const TestProblem *problem, ScsError *error) {
    const ScsMatrix *a = problem->data.A;
    const ScsMatrix *p = problem->data.P;
    return scs_update_matrices(work, p ? p->x : NULL, p ? entries(p) : 0, a->x,
                               entries(a), error);
}

/* The same pattern with other values; b and c stay, so the optimum is no longer known. */
static void change(TestProblem *problem) {
    for (scs_int k = 0; k < entries(problem->data.A); ++k) {
        problem->data.A->x[k] *= 1 + 0.1 * (double)(k % 4);
    }
    for (scs_int k = 0; k < entries(problem->data.P); ++k) {
        problem->data.P->x[k] *= 1.7;
    }
}

static void solve(ScsWork *work, ScsSolution *point, ScsInfo *info) {
    CHECK_EQUAL(scs_solve(work, point, info, 0), SCS_SOLVED);
}

/* Without equilibration the updated workspace is the new one to the last bit; with it, the
 * scaling differs and the optimum does not. */
static void as_good_as_new(void) {
    for (int normalize = 0; normalize < 2; ++normalize) {
        TestProblem first = test_random_solved(&shape),
                    second = test_random_solved(&shape);
        change(&second);
        ScsSettings settings = test_settings();
        settings.normalize = normalize;
        ScsWork *work = open_work(&first, &settings),
                *fresh = open_work(&second, &settings);
        ScsSolution a = test_solution(&first), b = test_solution(&first);
        ScsInfo info, expected;
        ScsError error;
        solve(work, &a, &info);
        CHECK_EQUAL(update(work, &second, &error), 0);
        CHECK_EQUAL(error.code, SCS_OK);
        solve(work, &a, &info);
        solve(fresh, &b, &expected);
        if (!normalize) {
            CHECK(test_same_solution(&first, &a, &b));
        }
        second.optimum = expected.pobj;
        check_answer(&second, &a, &info, 1e-9);
        CHECK_EQUAL(update(work, &first, &error), 0); /* and back */
        solve(work, &a, &info);
        check_answer(&first, &a, &info, 1e-9);
        scs_finish(work);
        scs_finish(fresh);
        test_solution_free(&a);
        test_solution_free(&b);
        test_problem_free(&first);
        test_problem_free(&second);
    }
}

static void either_may_be_kept(void) {
    TestProblem problem = test_random_solved(&shape);
    TestProblem other = test_random_solved(&shape);
    change(&other);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings),
            *both = open_work(&problem, &settings);
    ScsSolution a = test_solution(&problem), b = test_solution(&problem);
    ScsInfo info;
    ScsError error;
    const ScsMatrix *A = other.data.A;
    const ScsMatrix *P = other.data.P;
    CHECK_EQUAL(scs_update_matrices(work, NULL, 0, A->x, entries(A), &error), 0);
    CHECK_EQUAL(scs_update_matrices(work, P->x, entries(P), NULL, 0, &error), 0);
    CHECK_EQUAL(scs_update_matrices(work, NULL, 0, NULL, 0, &error), 0);
    CHECK_EQUAL(update(both, &other, &error), 0);
    solve(work, &a, &info);
    solve(both, &b, &info);
    CHECK(test_same_solution(&problem, &a, &b));
    scs_finish(work);
    scs_finish(both);
    test_solution_free(&a);
    test_solution_free(&b);
    test_problem_free(&problem);
    test_problem_free(&other);
}

/* After an adapted metric, too: the factor is of the new matrices in the present metric. */
static void a_warm_start_follows(void) {
    TestProblem problem = test_random_solved(&shape);
    TestProblem other = test_random_solved(&shape);
    change(&other);
    ScsSettings settings = test_settings();
    settings.scale = 50;
    ScsWork *work = open_work(&problem, &settings);
    ScsWork *fresh = open_work(&other, &settings);
    ScsSolution point = test_solution(&problem), expected = test_solution(&problem);
    ScsInfo info, fresh_info;
    ScsError error;
    solve(work, &point, &info);
    solve(fresh, &expected, &fresh_info);
    other.optimum = fresh_info.pobj;
    CHECK_EQUAL(update(work, &other, &error), 0);
    CHECK_EQUAL(scs_solve(work, &point, &info, 1), SCS_SOLVED);
    check_answer(&other, &point, &info, 1e-9);
    scs_finish(work);
    scs_finish(fresh);
    test_solution_free(&point);
    test_solution_free(&expected);
    test_problem_free(&problem);
    test_problem_free(&other);
}

static void refuses_and_keeps(void) {
    TestProblem problem = test_random_solved(&shape);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution before = test_solution(&problem), after = test_solution(&problem);
    ScsInfo info;
    ScsError error;
    solve(work, &before, &info);
    ScsMatrix *A = problem.data.A, *P = problem.data.P;
    const scs_int a_nnz = entries(A), p_nnz = entries(P);
    CHECK(scs_update_matrices(work, NULL, 0, A->x, a_nnz - 1, &error) < 0);
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, "new values for A");
    CHECK(scs_update_matrices(work, P->x, p_nnz + 1, NULL, 0, &error) < 0);
    CHECK_CONTAINS(error.message, "new values for P");
    CHECK(scs_update_matrices(NULL, NULL, 0, NULL, 0, &error) < 0);
    const double good = A->x[2];
    A->x[2] = NAN;
    CHECK(update(work, &problem, &error) < 0);
    CHECK_CONTAINS(error.message, "A[6, 0] is nan");
    A->x[2] = good;
    P->x[0] = INFINITY;
    CHECK(update(work, &problem, NULL) < 0);
    solve(work, &after, &info);
    CHECK(test_same_solution(&problem, &before, &after));
    scs_finish(work);
    test_solution_free(&before);
    test_solution_free(&after);
    test_problem_free(&problem);
}

/* A negative diagonal entry is bad input, as it is in scs_init. */
static void refuses_a_negative_diagonal(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    ScsError error;
    const double negative[] = {3, -1, -2};
    CHECK(scs_update_matrices(work, negative, 3, NULL, 0, &error) < 0);
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    scs_solve(work, &point, &info, 0);
    check_answer(&problem, &point, &info, 1e-9); /* nothing has happened */
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void p_for_a_problem_without(void) {
    TestProblem problem = test_problem(TEST_LP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    const double one[] = {1};
    ScsError error;
    CHECK(scs_update_matrices(work, one, 1, NULL, 0, &error) < 0);
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK_EQUAL(scs_update_matrices(work, one, 0, NULL, 0, &error), 0);
    scs_finish(work);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"as good as new", as_good_as_new},
        {"either may be kept", either_may_be_kept},
        {"a warm start follows", a_warm_start_follows},
        {"refuses and keeps", refuses_and_keeps},
        {"refuses a negative diagonal", refuses_a_negative_diagonal},
        {"P for a problem without", p_for_a_problem_without},
    };
    return CHECK_RUN(cases);
}
