/* SPDX-License-Identifier: MIT */
#include "solver/equilibrate.h"

#include "core/solver/scaled_work.h"
#include "la/csc.h"

typedef struct {
    TestProblem given;
    ScsArena arena;
    ScsProblem problem;
    ScsConeSet cones;
    ScsScaling scaling;
    double *h;
} Case;

static void set_up(Case *c, TestProblem given) {
    *c = (Case){.given = given};
    const scs_int m = given.data.m;
    const scs_int n = given.data.n;
    ScsError error;
    scs_problem_copy(&c->problem, &given.data, &c->arena);
    CHECK_EQUAL(scs_cone_set_build(&c->cones, &given.cone, m, NULL, &c->arena, &error),
                SCS_OK);
    scs_scaling_create(&c->scaling, m, n, &c->arena);
    c->h = SCS_NEW(&c->arena, double, m + n);
}

static void tear_down(Case *c) {
    scs_arena_release(&c->arena);
    test_problem_free(&c->given);
}

static void equilibrate(Case *c) {
    double *scratch = SCS_NEW(&c->arena, double, 2 * (c->problem.m + c->problem.n));
    scs_scaling_equilibrate(&c->scaling, &c->problem, &c->cones, scratch);
}

static void check_positive(const double *v, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        CHECK(v[i] > 0 && isfinite(v[i]));
    }
}

/* scaled = left given right, to the rounding of some thirty products. */
static void check_scaled(const ScsMatrix *scaled, const ScsMatrix *given,
                         const double *left, const double *right) {
    for (scs_int j = 0; j < given->n; ++j) {
        for (scs_int k = given->p[j]; k < given->p[j + 1]; ++k) {
            const double expected = left[given->i[k]] * given->x[k] * right[j];
            CHECK_NEAR(scaled->x[k], expected, 1e-13 * fabs(expected));
        }
    }
}

static void begins_with_the_identity(void) {
    Case c;
    set_up(&c, test_problem(TEST_QP));
    for (scs_int i = 0; i < c.problem.m; ++i) {
        CHECK_EQUAL(c.scaling.d[i], 1);
    }
    for (scs_int j = 0; j < c.problem.n; ++j) {
        CHECK_EQUAL(c.scaling.e[j], 1);
    }
    CHECK_EQUAL(c.scaling.sigma, 1);
    tear_down(&c);
}

static void matrices_are_d_a_e(void) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        TestShape shape = every_cone;
        shape.seed = seed;
        Case c;
        set_up(&c, test_random_solved(&shape));
        equilibrate(&c);
        check_positive(c.scaling.d, c.problem.m);
        check_positive(c.scaling.e, c.problem.n);
        check_scaled(c.problem.a, c.given.data.A, c.scaling.d, c.scaling.e);
        check_scaled(c.problem.p, c.given.data.P, c.scaling.e, c.scaling.e);
        tear_down(&c);
    }
}

static void second_order_cones_share_a_factor(void) {
    Case c;
    set_up(&c, test_random_solved(&every_cone));
    equilibrate(&c);
    int separate = 0;
    for (scs_int b = 0; b < c.cones.count; ++b) {
        const ScsConeBlock *block = &c.cones.blocks[b];
        for (scs_int i = 1; i < block->rows; ++i) {
            const double *d = c.scaling.d + block->first;
            if (block->kind->separable) {
                separate += d[i] != d[0];
            } else {
                CHECK_EQUAL(d[i], d[0]);
            }
        }
    }
    CHECK(separate > 0); /* the others did not */
    tear_down(&c);
}

/* Rows and columns of an LP, of sizes over eight orders of magnitude, come out alike. */
static void norms_are_evened_out(void) {
    TestShape shape = {.seed = 2, .n = 10, .l = 25};
    TestProblem given = test_random_solved(&shape);
    ScsMatrix *a = given.data.A;
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            a->x[k] *= pow(10, (a->i[k] * 5 % 9) - 4 + (j % 3) * 0.5);
        }
    }
    Case c;
    set_up(&c, given);
    equilibrate(&c);
    scs_scaling_scale_vectors(&c.scaling, &c.problem, true, c.h);
    double row[25], column[10]; /* with the entries of b and c */
    for (int j = 0; j < 10; ++j) {
        column[j] = fabs(c.h[j]);
    }
    for (int i = 0; i < 25; ++i) {
        row[i] = fabs(c.h[10 + i]);
    }
    scs_csc_accumulate_norms(c.problem.a, false, row, column);
    for (int i = 0; i < 25; ++i) {
        CHECK(row[i] == 0 || (row[i] > 0.1 && row[i] < 10));
    }
    for (int j = 0; j < 10; ++j) {
        CHECK(column[j] > 0.1 && column[j] < 10);
    }
    tear_down(&c);
}

/* Empty rows and columns, tiny and huge entries: the factors stay usable. */
static void extreme_entries(void) {
    static const double a[] = {1e-12, 0, 1e12, 0, 0, 0, 3, 0, 1e-300};
    static const double b[] = {1, 0, 1};
    static const double c_vector[] = {1, 0, 1};
    const ScsCone cone = {.l = 3};
    Case c;
    set_up(&c, test_problem_from_dense("extreme", 3, 3, a, NULL, b, c_vector, &cone));
    equilibrate(&c);
    check_positive(c.scaling.d, 3);
    check_positive(c.scaling.e, 3);
    CHECK_EQUAL(c.scaling.d[1], 1); /* an empty row is left alone */
    CHECK_EQUAL(c.scaling.e[1], 1);
    check_scaled(c.problem.a, c.given.data.A, c.scaling.d, c.scaling.e);
    tear_down(&c);
}

static void check_vectors(const Case *c) {
    const scs_int n = c->problem.n;
    for (scs_int j = 0; j < n; ++j) {
        const double expected = c->scaling.sigma * c->scaling.e[j] * c->given.data.c[j];
        CHECK_NEAR(c->h[j], expected, 1e-15 * fabs(expected));
    }
    for (scs_int i = 0; i < c->problem.m; ++i) {
        const double expected = c->scaling.sigma * c->scaling.d[i] * c->given.data.b[i];
        CHECK_NEAR(c->h[n + i], expected, 1e-15 * fabs(expected));
    }
}

static void vectors(void) {
    Case c;
    set_up(&c, test_random_solved(&every_cone));
    equilibrate(&c);
    scs_scaling_scale_vectors(&c.scaling, &c.problem, true, c.h);
    check_vectors(&c);
    const scs_int size = c.problem.n + c.problem.m;
    double largest = 0;
    for (scs_int i = 0; i < size; ++i) {
        largest = fmax(largest, fabs(c.h[i]));
    }
    CHECK_NEAR(largest, c.scaling.reach, 1e-14);
    CHECK(largest > 0.1 && largest < 10);
    CHECK(test_same_bits(c.problem.b, c.given.data.b, c.problem.m)); /* as given */
    scs_scaling_scale_vectors(&c.scaling, &c.problem, false, c.h);
    CHECK_EQUAL(c.scaling.sigma, 1);
    check_vectors(&c);
    tear_down(&c);
}

static void vectors_of_any_size(void) {
    static const double sizes[] = {0, 1e-300, 1e-9, 1e9, 1e300};
    for (int k = 0; k < 5; ++k) {
        Case c;
        set_up(&c, test_problem(TEST_LP));
        for (scs_int i = 0; i < c.problem.m; ++i) {
            c.problem.b[i] = c.given.data.b[i] = sizes[k];
        }
        for (scs_int j = 0; j < c.problem.n; ++j) {
            c.problem.c[j] = c.given.data.c[j] = -sizes[k];
        }
        scs_scaling_scale_vectors(&c.scaling, &c.problem, true, c.h);
        CHECK(c.scaling.sigma > 0 && isfinite(c.scaling.sigma));
        check_vectors(&c);
        tear_down(&c);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"begins with the identity", begins_with_the_identity},
        {"matrices are D A E and E P E", matrices_are_d_a_e},
        {"second-order cones share a factor", second_order_cones_share_a_factor},
        {"norms are evened out", norms_are_evened_out},
        {"extreme entries", extreme_entries},
        {"vectors", vectors},
        {"vectors of any size", vectors_of_any_size},
    };
    return CHECK_RUN(cases);
}
