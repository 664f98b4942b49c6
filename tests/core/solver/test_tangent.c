/* SPDX-License-Identifier: MIT
 *
 * The solution of the linearised conditions, against the conditions themselves.
 */
#include "solver/tangent.h"

#include "core/solver/scaled_work.h"
#include "la/csc.h"

static double dot(const double *a, const double *b, scs_int n) {
    double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* How far ds is from -W dy in one block. */
static double block_error(const ScsConeBlock *block, const double *s, const double *y,
                          const double *ds, const double *dy, int *curved) {
    const scs_int n = block->rows;
    double *w = calloc((size_t)n, sizeof *w);
    const ScsBoundary boundary = block->kind->linearise(block, s, y, w);
    double worst = 0;
    CHECK(boundary != SCS_BOUNDARY_UNKNOWN);
    if (boundary == SCS_BOUNDARY_FLAT) {
        for (scs_int i = 0; i < n; ++i) {
            worst = fmax(worst, fabs(w[i] == 0 ? ds[i] : dy[i]));
        }
    } else if (boundary == SCS_BOUNDARY_RAY) {
        double product = 0;
        for (scs_int i = 0; i < n; ++i) {
            const double off_ray = ds[i] - s[i] / s[0] * ds[0];
            worst = fmax(worst, fabs(w[i] == 0 ? off_ray : dy[i]));
            product += w[i] == 0 ? s[i] / s[0] * dy[i] : 0;
        }
        worst = fmax(worst, fabs(product));
    } else {
        const double s_norm = sqrt(dot(s, s, n));
        const double y_norm = sqrt(dot(y, y, n));
        worst = fmax(fabs(dot(s, dy, n)) / s_norm, fabs(dot(y, ds, n)) / y_norm);
        for (scs_int i = 0; i < n; ++i) {
            const double ds_rest = ds[i] - dot(s, ds, n) / s_norm * s[i] / s_norm;
            const double dy_rest = dy[i] - dot(y, dy, n) / y_norm * y[i] / y_norm;
            worst = fmax(worst, fabs(ds_rest + w[i] * dy_rest));
        }
        ++*curved;
    }
    free(w);
    return worst;
}

/* Project random motions onto those that satisfy ds = -W dy. */
static void make_tangent(const ScsConeBlock *block, const double *s, const double *y,
                         double *ds, double *dy) {
    const scs_int n = block->rows;
    double *w = calloc((size_t)n, sizeof *w);
    const ScsBoundary boundary = block->kind->linearise(block, s, y, w);
    if (boundary == SCS_BOUNDARY_FLAT) {
        for (scs_int i = 0; i < n; ++i) {
            *(w[i] == 0 ? &ds[i] : &dy[i]) = 0;
        }
    } else if (boundary == SCS_BOUNDARY_RAY) {
        dy[0] = 0;
        for (scs_int i = 1; i < n; ++i) {
            if (w[i] == 0) {
                ds[i] = s[i] / s[0] * ds[0];
                dy[0] -= s[i] / s[0] * dy[i];
            } else {
                dy[i] = 0;
            }
        }
    } else {
        const double s_moves = dot(s, ds, n) / dot(s, s, n);
        const double s_part = dot(s, dy, n) / dot(s, s, n);
        const double y_part = dot(y, dy, n) / dot(y, y, n);
        for (scs_int i = 0; i < n; ++i) {
            dy[i] -= s_part * s[i];
            ds[i] = s_moves * s[i] - w[i] * (dy[i] - y_part * y[i]);
        }
    }
    free(w);
}

/* For random complementary pairs and right-hand sides, with the factorisation that the
 * solver would use. */
static void check_shape(const TestShape *shape, int *curved) {
    TestProblem problem = test_random_solved(shape);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    unsigned seed = shape->seed;
    ScsArena arena = {0};
    ScsTangent tangent = {0};
    scs_tangent_create(&tangent, &work->problem, &work->cones, &arena);
    CHECK(!arena.failed);
    double *w = SCS_NEW(&arena, double, m);
    double *y = SCS_NEW(&arena, double, m);
    double *s = SCS_NEW(&arena, double, m);
    double *ds = SCS_NEW(&arena, double, m);
    double *rest = SCS_NEW(&arena, double, n + m);
    double *step = SCS_NEW(&arena, double, n + m);
    double *left = SCS_NEW(&arena, double, n);
    randomise(w, m, &seed);
    const double *r = work->metric.r + n;
    if (shape->box > 0) { /* the projection is to keep away from t = 0 */
        w[shape->z + shape->l] = -3 / r[shape->z + shape->l];
    }
    for (scs_int i = 0; i < m; ++i) {
        y[i] = w[i];
    }
    CHECK(scs_cone_set_project_dual(&work->cones, y, r, NULL) == SCS_OK);
    for (scs_int i = 0; i < m; ++i) {
        s[i] = r[i] * (y[i] - w[i]);
    }
    CHECK(scs_tangent_look(&tangent, &work->problem, &work->cones, s, y));
    scs_tangent_fill(&tangent, &work->problem, &work->cones, s, y);
    ScsLinSys *linsys = NULL;
    ScsError error;
    const ScsLinSysKind *kind = scs_linsys_find(SCS_LINSYS_QDLDL, &error);
    CHECK(kind->create(&linsys, tangent.a, tangent.p, tangent.r, &arena, &error) ==
          SCS_OK);
    /* A solution to be found, whatever the rank of P and A. */
    randomise(step, (ptrdiff_t)n + m, &seed);
    randomise(ds, m, &seed);
    for (scs_int k = 0; k < work->cones.count; ++k) {
        const ScsConeBlock *block = &work->cones.blocks[k];
        const scs_int i = block->first;
        make_tangent(block, s + i, y + i, ds + i, step + n + i);
    }
    scs_csc_multiply_transposed(work->problem.a, step + n, rest);
    if (work->problem.p) {
        scs_csc_multiply_symmetric(work->problem.p, step, rest);
    }
    scs_csc_multiply(work->problem.a, step, rest + n);
    for (scs_int i = 0; i < m; ++i) {
        rest[n + i] += ds[i];
        ds[i] = 0;
    }
    for (ptrdiff_t i = 0; i < (ptrdiff_t)n + m; ++i) {
        step[i] = rest[i];
    }
    CHECK(scs_tangent_solve(&tangent, kind, linsys, step));

    const double *dy = step + n;
    scs_csc_multiply_transposed(work->problem.a, dy, left);
    if (work->problem.p) {
        scs_csc_multiply_symmetric(work->problem.p, step, left);
    }
    for (scs_int j = 0; j < n; ++j) {
        CHECK_NEAR(left[j], rest[j], 1e-8);
    }
    scs_csc_multiply(work->problem.a, step, ds);
    for (scs_int i = 0; i < m; ++i) {
        ds[i] = rest[n + i] - ds[i];
    }
    for (scs_int k = 0; k < work->cones.count; ++k) {
        const ScsConeBlock *block = &work->cones.blocks[k];
        const scs_int i = block->first;
        CHECK_NEAR(block_error(block, s + i, y + i, ds + i, dy + i, curved), 0, 1e-8);
    }
    kind->destroy(linsys);
    scs_arena_release(&arena);
    scs_finish(work);
    test_problem_free(&problem);
}

static void solves_the_conditions(void) {
    static const TestShape shapes[] = {
        {.n = 20, .z = 3, .l = 12, .quadratic = true},
        {.n = 20, .z = 3, .l = 40},
        {.n = 30, .z = 2, .q_count = 6, .q_rows = 3, .quadratic = true},
        {.n = 40, .z = 5, .l = 9, .q_count = 4, .q_rows = 9, .quadratic = true},
        {.n = 12, .l = 4, .q_count = 3, .q_rows = 1, .quadratic = true},
        {.n = 20, .z = 3, .l = 4, .box = 15, .fixed_box = true, .quadratic = true},
        {.n = 20, .box = 30, .fixed_box = true},
        {.n = 30,
         .l = 4,
         .box = 12,
         .q_count = 4,
         .q_rows = 5,
         .fixed_box = true,
         .quadratic = true},
    };
    int curved = 0;
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; ++k) {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            TestShape shape = shapes[k];
            shape.seed = seed;
            check_shape(&shape, &curved);
        }
    }
    CHECK(curved > 20);
}

static void knows_when_it_is_possible(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    scs_int q[] = {3, 1, 4};
    ScsArena arena = {0};
    ScsConeSet set;
    scs_int ends[] = {0, 1};
    scs_int row = 0;
    double value = 1;
    const ScsMatrix a = {.m = 12, .n = 1, .p = ends, .i = &row, .x = &value};
    const ScsCone linear = {.z = 2, .l = 3};
    CHECK(scs_cone_set_build(&set, &linear, 5, lapack, &arena, NULL) == SCS_OK);
    CHECK(scs_tangent_is_possible(&set, &a) && scs_tangent_count_curved(&set) == 0);
    const ScsCone curves = {.l = 1, .q = q, .qsize = 3, .ep = 1};
    CHECK(scs_cone_set_build(&set, &curves, 12, lapack, &arena, NULL) == SCS_OK);
    CHECK(scs_tangent_is_possible(&set, &a) && scs_tangent_count_curved(&set) == 3);
    scs_int ell1[] = {3};
    const ScsCone other = {.l = 1, .ell1 = ell1, .ell1_size = 1};
    CHECK(scs_cone_set_build(&set, &other, 5, lapack, &arena, NULL) == SCS_OK);
    CHECK(!scs_tangent_is_possible(&set, &a));
    double bound[] = {1, 2};
    const ScsCone box = {.l = 1, .bl = bound, .bu = bound, .bsize = 3};
    CHECK(scs_cone_set_build(&set, &box, 4, lapack, &arena, NULL) == SCS_OK);
    CHECK(scs_tangent_is_possible(&set, &a) && scs_tangent_count_curved(&set) == 0);
    row = 1; /* t is a variable */
    CHECK(!scs_tangent_is_possible(&set, &a));
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves the conditions", solves_the_conditions},
        {"knows when it is possible", knows_when_it_is_possible},
    };
    return CHECK_RUN(cases);
}
