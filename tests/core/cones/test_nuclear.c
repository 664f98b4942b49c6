/* SPDX-License-Identifier: MIT */
#include "core/cones/projection_check.h"
#include "core/la/slow_eigen.h"

/* Singular values of X, m x n by columns, ascending and each preceded by its negative: the
 * eigenvalues of [0 X; X' 0], of which m - n are zero. */
static void singular_values(const long double *x, scs_int m, scs_int n,
                            long double *values) {
    static SlowMatrix matrix;
    memset(&matrix, 0, sizeof matrix);
    matrix.n = m + n;
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int i = 0; i < m; ++i) {
            matrix.entry[i][m + j] = matrix.entry[m + j][i] = x[i + m * j];
        }
    }
    slow_eigenvalues(&matrix, values);
}

static long double outside(const ScsCone *k, const long double *v, scs_int rows) {
    (void)rows;
    const scs_int m = k->nuc_m[0];
    const scs_int n = k->nuc_n[0];
    long double values[SLOW_MOST];
    singular_values(v + 1, m, n, values);
    long double sum = -v[0];
    for (scs_int i = m; i < m + n; ++i) {
        sum += values[i];
    }
    return fmaxl(sum, 0) / sqrtl(n + 1);
}

static long double outside_dual(const ScsCone *k, const long double *v, scs_int rows) {
    (void)rows;
    long double values[SLOW_MOST];
    singular_values(v + 1, k->nuc_m[0], k->nuc_n[0], values);
    return fmaxl(values[k->nuc_m[0] + k->nuc_n[0] - 1] - v[0], 0);
}

static void projects(void) {
    for (scs_int m = 1; m <= 9; ++m) {
        for (scs_int n = 1; n <= m && m * n < MOST_ROWS; n += n < 3 ? 1 : 2) {
            if (n > 1 && !scs_lapack_linked()) {
                break;
            }
            const ProjectionCase test = {
                .name = "nuclear norm cone",
                .cone = {.nuc_m = &m, .nuc_n = &n, .nucsize = 1},
                .outside = outside,
                .outside_dual = outside_dual,
                .tolerance = 1e-13,
                .lapack = n > 1 ? scs_lapack_linked() : NULL,
            };
            projection_run(&test, 500);
        }
    }
}

/* Columns of different size, orthogonal or not: the singular values are known. */
static void projects_known_matrices(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    enum { M = 4, N = 3, ROWS = 1 + M * N };
    scs_int m = M;
    scs_int n = N;
    const ScsCone cone = {.nuc_m = &m, .nuc_n = &n, .nucsize = 1};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, ROWS, lapack, &arena, NULL) == SCS_OK);
    double r[ROWS];
    for (int i = 0; i < ROWS; ++i) {
        r[i] = 1;
    }
    /* t, the three singular values, and where they are cut off. */
    const double points[][5] = {
        {1, 4, 2, 1, 2.5},   /* (1 + 4) / 2 */
        {-1, 3, 3, 2, 1.75}, /* (-1 + 3 + 3 + 2) / 4 */
        {0, 2, 2, 2, 1.5},   {5, 4, 2, 1, 4},  {-7, 4, 2, 1, 0},  {-8, 4, 2, 1, 0},
        {0, 0, 0, 0, 0},     {-1, 0, 0, 0, 0}, {0, 1, 0, 0, 0.5}, {-20, 4, 2, 1, 0},
    };
    for (size_t p = 0; p < sizeof points / sizeof *points; ++p) {
        const double *point = points[p];
        double y[ROWS] = {point[0]};
        for (int j = 0; j < N; ++j) {
            y[1 + j * M + (j + 1) % M] = j == 1 ? -point[1 + j] : point[1 + j];
        }
        CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
        CHECK_NEAR(y[0], point[0] > point[1] ? point[0] : point[4], 1e-14);
        for (int j = 0; j < N; ++j) {
            const double cut = fmin(point[1 + j], point[4]);
            CHECK_NEAR(y[1 + j * M + (j + 1) % M], j == 1 ? -cut : cut, 1e-14);
        }
    }
    double y[ROWS];
    for (int i = 0; i < ROWS; ++i) {
        y[i] = i % 2 ? DBL_MAX : -DBL_MAX;
    }
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    for (int i = 0; i < ROWS; ++i) {
        CHECK(isfinite(y[i]));
    }
    scs_arena_release(&arena);
}

static void needs_lapack_beyond_one_column(void) {
    scs_int m[] = {7, 3};
    scs_int n[] = {1, 2};
    CHECK(!scs_cone_set_needs_lapack(&(ScsCone){.nuc_m = m, .nuc_n = n, .nucsize = 1}));
    const ScsCone cone = {.nuc_m = m, .nuc_n = n, .nucsize = 2};
    CHECK(scs_cone_set_needs_lapack(&cone));
    ScsArena arena = {0};
    ScsConeSet set;
    ScsError error = {SCS_OK, ""};
    CHECK(scs_cone_set_build(&set, &cone, 15, NULL, &arena, &error) ==
          SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "nuclear norm cones need LAPACK");
    scs_arena_release(&arena);
}

static void refuses_bad_sizes(void) {
    scs_int m[] = {3, 4, 0};
    scs_int n[] = {3, 5, 1};
    projection_refuses(&(ScsCone){.nuc_m = m, .nuc_n = n, .nucsize = 2}, SCS_ERROR_CONE,
                       "nuc_m", "entry 1 is 4, must be at least its nuc_n, 5");
    projection_refuses(&(ScsCone){.nuc_m = m, .nuc_n = n, .nucsize = 3}, SCS_ERROR_CONE,
                       "nuc_m", "entry 2 is 0, must be at least 1");
    projection_refuses(&(ScsCone){.nuc_m = m, .nuc_n = m + 2, .nucsize = 1},
                       SCS_ERROR_CONE, "nuc_n", "entry 0 is 0, must be at least 1");
    projection_refuses(&(ScsCone){.nuc_m = m, .nucsize = 1}, SCS_ERROR_CONE, "nuc_n",
                       "no values");
    projection_refuses(&(ScsCone){.nucsize = -2}, SCS_ERROR_CONE, "nuc_m", "negative");
}

static void survives_numbers_that_are_none(void) {
    for (scs_int n = 1; n <= (scs_lapack_linked() ? 4 : 1); ++n) {
        scs_int m = n + 1;
        const ScsCone cone = {.nuc_m = &m, .nuc_n = &n, .nucsize = 1};
        projection_survives(&cone, 1 + m * n, scs_lapack_linked());
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"projects known matrices", projects_known_matrices},
        {"needs LAPACK beyond one column", needs_lapack_beyond_one_column},
        {"refuses bad sizes", refuses_bad_sizes},
        {"survives numbers that are none", survives_numbers_that_are_none},
    };
    return CHECK_RUN(cases);
}
