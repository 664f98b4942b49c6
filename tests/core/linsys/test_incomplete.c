/* SPDX-License-Identifier: MIT
 *
 * The factor of bounded fill: exact where it fits, and always a positive definite operator.
 */
#include "linsys/incomplete.h"

#include "support/check.h"
#include "systems.h"

typedef struct {
    System s;
    ScsArena arena;
    ScsIncomplete *factor;
    ScsError error;
} Case;

static ScsErrorCode factorise(Case *c) {
    const ScsKktValues values = {.p = c->s.p.x, .a = c->s.a.x, .r = c->s.r};
    return scs_incomplete_factor(c->factor, &values, &c->error);
}

static void analyse_and_create(Case *c) {
    ScsElimination analysis;
    ScsArena local = {0};
    CHECK_EQUAL(
        scs_elimination_analyse(&analysis, &c->s.a, system_p(&c->s), &local, &c->error),
        SCS_OK);
    CHECK_EQUAL(scs_incomplete_create(&c->factor, &analysis, &c->arena, &c->error),
                SCS_OK);
    scs_arena_release(&local);
}

/* Random, with `density` entries of A a column. */
static void case_create(Case *c, Random *random, scs_int n, double density,
                        int with_p) {
    *c = (Case){.s = system_create(random, n, n, density / (double)n, 2, 0)};
    if (with_p) {
        c->s.p = random_semidefinite(random, n, n / 6, 2 / (double)n, 1);
    }
    analyse_and_create(c);
}

static void case_free(Case *c) {
    scs_arena_release(&c->arena);
    system_free(&c->s);
}

static double dot(const double *a, const double *b, scs_int n) {
    double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* (z, y) solves K (z, y) = (r, 0) for some y: then z = H^-1 r. */
static void complete_ones_are_exact(void) {
    Random random = {91};
    for (int trial = 0; trial < 20; ++trial) {
        Case c;
        case_create(&c, &random, 40, 1, trial % 2);
        CHECK(c.factor && c.factor->complete);
        CHECK_EQUAL(factorise(&c), SCS_OK);
        double rhs[80] = {0};
        double expected[80];
        double z[40];
        random_vector(&random, rhs, 40);
        system_solve_dense(&c.s, rhs, expected);
        scs_incomplete_apply(c.factor, rhs, z);
        double largest = 0;
        for (int i = 0; i < 40; ++i) {
            largest = fmax(largest, fabs(expected[i]));
        }
        for (int i = 0; i < 40; ++i) {
            CHECK_NEAR(z[i], expected[i], 1e-10 * largest);
        }
        case_free(&c);
    }
}

static void check_operator(Case *c, Random *random) {
    const scs_int n = c->s.n;
    double *r = (double *)calloc((size_t)(4 * n), sizeof *r);
    double *q = r + n;
    double *z = r + 2 * n;
    double *w = r + 3 * n;
    for (int k = 0; k < 20; ++k) {
        random_vector(random, r, n);
        random_vector(random, q, n);
        scs_incomplete_apply(c->factor, r, z);
        scs_incomplete_apply(c->factor, q, w);
        CHECK(dot(r, z, n) > 0);
        const double size = sqrt(dot(r, z, n) * dot(q, w, n));
        CHECK_NEAR(dot(q, z, n), dot(r, w, n), 1e-9 * size);
    }
    free(r);
}

static void incomplete_ones_are_positive_definite(void) {
    Random random = {92};
    int incomplete = 0;
    int hopeless = 0;
    for (int trial = 0; trial < 40; ++trial) {
        Case c;
        case_create(&c, &random, 250, 2 + 0.1 * trial, trial % 2);
        if (!c.factor) {
            ++hopeless;
        } else {
            incomplete += !c.factor->complete;
            for (int k = 0; k < 3; ++k) {
                CHECK_EQUAL(factorise(&c), SCS_OK);
                CHECK(scs_incomplete_entries(c.factor) <= c.factor->room);
                check_operator(&c, &random);
                random_metric(&random, &c.s, 4);
            }
        }
        case_free(&c);
    }
    CHECK(incomplete > 5);
    CHECK(hopeless > 1);
}

static void clones_have_the_values(void) {
    Random random = {93};
    Case c;
    case_create(&c, &random, 60, 1, 1);
    CHECK_EQUAL(factorise(&c), SCS_OK);
    ScsArena arena = {0};
    ScsIncomplete *clone = scs_incomplete_clone(c.factor, &arena);
    double r[60];
    double z[60];
    double w[60];
    random_vector(&random, r, 60);
    scs_incomplete_apply(c.factor, r, z);
    case_free(&c);
    scs_incomplete_apply(clone, r, w);
    CHECK(memcmp(z, w, sizeof z) == 0);
    scs_arena_release(&arena);
}

static void refuses_indefinite_p(void) {
    Random random = {94};
    Case c = {.s = system_create(&random, 20, 10, 0.2, 0, 0)};
    c.s.p = random_semidefinite(&random, 20, 3, 2, -1);
    analyse_and_create(&c);
    CHECK_EQUAL(factorise(&c), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(c.error.message, "P is not positive semidefinite");
    for (scs_int k = 0; k < c.s.p.p[20]; ++k) {
        c.s.p.x[k] = -c.s.p.x[k];
    }
    CHECK_EQUAL(factorise(&c), SCS_OK);
    check_operator(&c, &random);
    case_free(&c);
}

int main(void) {
    static const CheckCase cases[] = {
        {"complete ones are exact", complete_ones_are_exact},
        {"incomplete ones are positive definite",
         incomplete_ones_are_positive_definite},
        {"clones have the values", clones_have_the_values},
        {"refuses indefinite P", refuses_indefinite_p},
    };
    return CHECK_RUN(cases);
}
