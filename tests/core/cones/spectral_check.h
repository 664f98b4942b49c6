/* SPDX-License-Identifier: MIT
 *
 * What the cones of symmetric matrices among the spectral ones share in tests: points with
 * a prescribed spectrum, the slow eigenvalues, a LAPACK that fails.
 */
#ifndef TESTS_CORE_CONES_SPECTRAL_CHECK_H
#define TESTS_CORE_CONES_SPECTRAL_CHECK_H

#include "core/cones/projection_check.h"
#include "core/la/slow_eigen.h"

/* Eigenvalues of a vectorised matrix of order n, ascending. */
static inline void spectral_values(const long double *x, scs_int n,
                                   long double *values) {
    static SlowMatrix matrix;
    slow_from_svec(&matrix, x, n, 0);
    slow_eigenvalues(&matrix, values);
}

/* x = vec(Q diag(values) Q') with Q a product of reflections. */
static inline void spectral_assemble(const double *values, scs_int n, uint64_t *seed,
                                     double *x) {
    double q[16][16] = {{0}};
    for (scs_int i = 0; i < n; ++i) {
        q[i][i] = 1;
    }
    for (int k = 0; k < 3; ++k) {
        double normal[16];
        double square = 0;
        for (scs_int i = 0; i < n; ++i) {
            normal[i] = projection_normal(seed);
            square += normal[i] * normal[i];
        }
        for (scs_int j = 0; j < n; ++j) {
            double product = 0;
            for (scs_int i = 0; i < n; ++i) {
                product += normal[i] * q[i][j];
            }
            for (scs_int i = 0; i < n; ++i) {
                q[i][j] -= 2 * product / square * normal[i];
            }
        }
    }
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int i = j; i < n; ++i) {
            double sum = 0;
            for (scs_int l = 0; l < n; ++l) {
                sum += values[l] * q[i][l] * q[j][l];
            }
            *x++ = i == j ? sum : sqrt(2) * sum;
        }
    }
}

typedef struct {
    const ScsCone *cone;
    scs_int n;    /* order of the only block's matrix */
    scs_int head; /* rows before it */
    long double (*outside)(const ScsCone *k, const long double *v, scs_int n);
    long double (*outside_dual)(const ScsCone *k, const long double *v, scs_int n);
    double tolerance;
} SpectralCase;

/* Points whose matrices, of an order that needs no LAPACK, have repeated eigenvalues, are zero, have low rank, or are
 * multiples of the identity, and projections, which lie on the boundary. */
static inline void spectral_run(const SpectralCase *test, int rounds) {
    const scs_int rows = test->head + test->n * (test->n + 1) / 2;
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, test->cone, rows, NULL, &arena, NULL) == SCS_OK);
    const ProjectionCase check = {
        "structured matrix", *test->cone, test->outside, test->outside_dual,
        test->tolerance,     0,           false,         NULL};
    uint64_t seed = 4711;
    double r[MOST_ROWS];
    for (int round = 0; round < rounds; ++round) {
        double w[MOST_ROWS], y[MOST_ROWS], values[16];
        projection_metric(false, &seed, r, rows);
        for (scs_int i = 0; i < test->n; ++i) {
            const double level = floor(3 * projection_uniform(&seed)) - 1;
            const double same = projection_normal(&seed);
            const double kinds[] = {level, i == 0 ? same : 0,
                                    i % 2 ? -1 : 1 + 1e-13 * same,
                                    pow(10, -2.0 * i) * level};
            values[i] = kinds[round % 4];
        }
        projection_point(round, 1, &seed, w, test->head);
        if (round % 16 < 4) {
            memset(values, 0, sizeof values);
        }
        spectral_assemble(values, test->n, &seed, w + test->head);
        projection_project(&set, w, r, y);
        projection_check_moreau(&check, w, r, y, rows);
        memcpy(w, y, sizeof w); /* now from the boundary of K*, and of -K */
        projection_project(&set, w, r, y);
        projection_check_moreau(&check, w, r, y, rows);
    }
    scs_arena_release(&arena);
}

/* The parameters are LAPACK's. NOLINTBEGIN(readability-non-const-parameter) */
static inline void spectral_no_reduction(const char *uplo, const int *n, double *a,
                                         const int *lda, double *d, double *e,
                                         double *tau, double *work, const int *lwork,
                                         int *info) {
    (void)uplo, (void)n, (void)a, (void)lda, (void)d, (void)e, (void)tau;
    *work = 1000;
    *info = *lwork == -1 ? 0 : -3;
}
/* NOLINTEND(readability-non-const-parameter) */

/* A LAPACK that does not reduce a large matrix is an error that says so; none at all as
 * well. */
static inline void spectral_fails(const ScsCone *cone, scs_int rows, const char *name) {
    ScsArena arena = {0};
    ScsConeSet set;
    ScsError error = {SCS_OK, ""};
    CHECK(scs_cone_set_build(&set, cone, rows, NULL, &arena, &error) ==
          SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, name);
    if (scs_lapack_linked()) {
        ScsLapack broken = *scs_lapack_linked();
        broken.dsytrd = spectral_no_reduction;
        CHECK(scs_cone_set_build(&set, cone, rows, &broken, &arena, &error) == SCS_OK);
        double *y = SCS_NEW(&arena, double, rows);
        double *r = SCS_NEW(&arena, double, rows);
        for (scs_int i = 0; i < rows; ++i) {
            y[i] = i % 3 - 1;
            r[i] = 1;
        }
        CHECK(scs_cone_set_project_dual(&set, y, r, &error) == SCS_ERROR_NUMERICAL);
        CHECK_CONTAINS(error.message, "dsytrd failed with info = -3");
    }
    scs_arena_release(&arena);
}

#endif
