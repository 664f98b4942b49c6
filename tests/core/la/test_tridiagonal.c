/* SPDX-License-Identifier: MIT */
#include "core/la/slow_eigen.h"
#include "core/la/tridiagonals.h"
#include "la/tridiagonal.h"
#include "support/check.h"

#include <float.h>

static void expected_values(scs_int n, const double *d, const double *e,
                            long double *values) {
    static SlowMatrix m;
    memset(&m, 0, sizeof m);
    m.n = n;
    for (scs_int i = 0; i < n; ++i) {
        m.entry[i][i] = d[i];
        if (i + 1 < n) {
            m.entry[i][i + 1] = m.entry[i + 1][i] = e[i];
        }
    }
    slow_eigenvalues(&m, values);
}

static void check_values(ScsTridiagonal *t, const long double *expected, scs_int first,
                         scs_int count, double tolerance) {
    double values[TRIDIAGONAL_MOST];
    scs_tridiagonal_values(t, first, count, values);
    for (scs_int k = 0; k < count; ++k) {
        CHECK_NEAR(values[k], (double)expected[first + k],
                   check_reference_slack() * tolerance);
        CHECK(k == 0 || values[k] >= values[k - 1]);
        CHECK(t->block[k] >= 0 && t->block[k] < t->blocks);
    }
}

static void computes_any_part_of_the_spectrum(void) {
    for (int which = 0; which < TRIDIAGONALS; ++which) {
        for (scs_int n = 1; n <= TRIDIAGONAL_MOST; n += n < 12 ? 1 : 13) {
            double d[TRIDIAGONAL_MOST];
            double e[TRIDIAGONAL_MOST];
            long double expected[SLOW_MOST];
            tridiagonal_make(which, n, d, e);
            expected_values(n, d, e, expected);
            ScsArena arena = {0};
            ScsTridiagonal t;
            scs_tridiagonal_init(&t, n, &arena);
            CHECK(!arena.failed);
            scs_tridiagonal_set(&t, d, e);
            const double tolerance = 16 * DBL_EPSILON * tridiagonal_norm(n, d, e);
            for (scs_int first = 0; first < n; first += 1 + n / 5) {
                for (scs_int count = 1; first + count <= n; count += 1 + n / 7) {
                    check_values(&t, expected, first, count, tolerance);
                }
                check_values(&t, expected, first, n - first, tolerance);
            }
            scs_arena_release(&arena);
        }
    }
}

static void counts_eigenvalues(void) {
    for (int which = 0; which < TRIDIAGONALS; ++which) {
        const scs_int n = 33;
        double d[TRIDIAGONAL_MOST];
        double e[TRIDIAGONAL_MOST];
        long double expected[SLOW_MOST];
        tridiagonal_make(which, n, d, e);
        expected_values(n, d, e, expected);
        const double norm = tridiagonal_norm(n, d, e);
        const double slack = 16 * DBL_EPSILON * norm;
        ScsArena arena = {0};
        ScsTridiagonal t;
        scs_tridiagonal_init(&t, n, &arena);
        scs_tridiagonal_set(&t, d, e);
        for (int step = -50; step <= 50; ++step) {
            const double x = norm * step / 50; /* 0 among them */
            scs_int surely = 0;
            scs_int perhaps = 0;
            for (scs_int k = 0; k < n; ++k) {
                surely += (double)expected[k] < x - slack;
                perhaps += (double)expected[k] < x + slack;
            }
            const scs_int below = scs_tridiagonal_count_below(&t, x);
            CHECK(surely <= below && below <= perhaps + (norm == 0 ? n : 0));
        }
        scs_arena_release(&arena);
    }
}

static void falls_into_blocks(void) {
    const double d[5] = {1, 2, 3, 4, 5};
    const double e[4] = {1, 1e-17, 0, 1};
    ScsArena arena = {0};
    ScsTridiagonal t;
    scs_tridiagonal_init(&t, 5, &arena);
    scs_tridiagonal_set(&t, d, e);
    CHECK_EQUAL(t.blocks, 3);
    CHECK_EQUAL(t.begin[1], 2);
    CHECK_EQUAL(t.begin[2], 3);
    CHECK_EQUAL(t.begin[3], 5);
    double values[5];
    scs_tridiagonal_values(&t, 0, 5, values);
    CHECK_EQUAL(t.block[2], 1); /* 3 of the entry by itself */
    CHECK_EQUAL(values[2], 3);
    scs_arena_release(&arena);
}

static void knows_the_zero_matrix(void) {
    const double d[4] = {1, 2, 3, 4};
    const double zero[4] = {0};
    ScsArena arena = {0};
    ScsTridiagonal t;
    scs_tridiagonal_init(&t, 4, &arena);
    double values[4];
    scs_tridiagonal_set(&t, d, zero);
    scs_tridiagonal_values(&t, 0, 3, values); /* nothing of it stays behind */
    scs_tridiagonal_set(&t, zero, zero);
    for (scs_int first = 0; first < 4; ++first) {
        scs_tridiagonal_values(&t, first, 1, values);
        CHECK_EQUAL(values[0], 0);
        CHECK_EQUAL(t.block[0], first);
    }
    scs_arena_release(&arena);
}

static void survives_nan(void) {
    const double d[3] = {1, NAN, 3};
    const double e[2] = {1, 1};
    ScsArena arena = {0};
    ScsTridiagonal t;
    scs_tridiagonal_init(&t, 3, &arena);
    scs_tridiagonal_set(&t, d, e);
    const scs_int below = scs_tridiagonal_count_below(&t, 0);
    CHECK(below >= 0 && below <= 3);
    double values[3];
    CHECK_EQUAL(t.begin[t.blocks], 3);
    for (int times = 0; times < 8; ++times) {
        scs_tridiagonal_values(&t, 1, 2, values); /* comes back, within its arrays */
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"computes any part of the spectrum", computes_any_part_of_the_spectrum},
        {"counts eigenvalues", counts_eigenvalues},
        {"falls into blocks", falls_into_blocks},
        {"knows the zero matrix", knows_the_zero_matrix},
        {"survives NaN", survives_nan},
    };
    return CHECK_RUN(cases);
}
