/* SPDX-License-Identifier: MIT */
#include "la/qr.h"
#include "support/check.h"

#include <float.h>
#include <stdint.h>

enum { MOST = 12 };

static double uniform(uint64_t *seed) { /* in (-1, 1) */
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 4503599627370496.0 - 1;
}

static void solves_square_systems(void) {
    uint64_t seed = 3;
    for (scs_int n = 1; n <= MOST; ++n) {
        double a[MOST * MOST], b[MOST] = {0}, x[MOST], norm[MOST];
        double truth[MOST];
        scs_int pivot[MOST];
        for (scs_int j = 0; j < n; ++j) {
            truth[j] = uniform(&seed);
            for (scs_int i = 0; i < n; ++i) {
                a[j * n + i] = uniform(&seed) + (i == j ? 2 : 0);
                b[i] += a[j * n + i] * truth[j];
            }
        }
        CHECK_EQUAL(scs_qr_solve(n, n, a, b, 1e-14, x, pivot, norm), n);
        for (scs_int j = 0; j < n; ++j) {
            CHECK_NEAR(x[j], truth[j], 1e-12);
        }
    }
}

static void minimises_the_residual(void) {
    uint64_t seed = 5;
    enum { ROWS = 9, COLUMNS = 4 };
    double a[ROWS * COLUMNS], copy[ROWS * COLUMNS], b[ROWS], rest[ROWS];
    double x[COLUMNS], norm[COLUMNS];
    scs_int pivot[COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; ++i) {
        copy[i] = a[i] = uniform(&seed);
    }
    for (int i = 0; i < ROWS; ++i) {
        rest[i] = b[i] = uniform(&seed);
    }
    CHECK_EQUAL(scs_qr_solve(ROWS, COLUMNS, a, b, 1e-14, x, pivot, norm), COLUMNS);
    for (int j = 0; j < COLUMNS; ++j) {
        for (int i = 0; i < ROWS; ++i) {
            rest[i] -= copy[j * ROWS + i] * x[j];
        }
    }
    for (int j = 0; j < COLUMNS; ++j) { /* orthogonal to every column */
        double product = 0;
        for (int i = 0; i < ROWS; ++i) {
            product += copy[j * ROWS + i] * rest[i];
        }
        CHECK_NEAR(product, 0, 1e-14);
    }
}

static void drops_dependent_columns(void) {
    /* Column 2 is column 0 plus twice column 1, column 3 is zero. */
    double a[] = {1, 2, 0, 1, 0, 1, 1, 3, 1, 4, 2, 7, 0, 0, 0, 0};
    const double copy[] = {1, 2, 0, 1, 0, 1, 1, 3, 1, 4, 2, 7};
    double b[] = {1, 3, 1, 4}; /* column 0 plus column 1 */
    double x[4], norm[4];
    scs_int pivot[4];
    CHECK_EQUAL(scs_qr_solve(4, 4, a, b, 4 * DBL_EPSILON, x, pivot, norm), 2);
    const double expected[] = {1, 3, 1, 4};
    for (int i = 0; i < 4; ++i) {
        CHECK_NEAR(copy[i] * x[0] + copy[4 + i] * x[1] + copy[8 + i] * x[2],
                   expected[i], 1e-14);
    }
    CHECK_EQUAL(x[3], 0);
    CHECK((x[0] == 0) + (x[1] == 0) + (x[2] == 0) == 1);
}

static void survives_degenerate_input(void) {
    double x[2] = {7, 7}, norm[2], zero[4] = {0}, b[2] = {1, 1};
    scs_int pivot[2];
    CHECK_EQUAL(scs_qr_solve(2, 2, zero, b, 1e-14, x, pivot, norm), 0);
    CHECK_EQUAL(x[0], 0);
    CHECK_EQUAL(x[1], 0);
    double bad[4] = {1, 0, NAN, 1};
    CHECK_EQUAL(scs_qr_solve(2, 2, bad, b, 1e-14, x, pivot, norm), -1);
    double good[4] = {1, 0, 0, 1};
    b[1] = INFINITY;
    CHECK_EQUAL(scs_qr_solve(2, 2, good, b, 1e-14, x, pivot, norm), -1);
    CHECK_EQUAL(x[0], 0);
    CHECK_EQUAL(scs_qr_solve(0, 0, good, b, 1e-14, x, pivot, norm), 0);
    double one[1] = {-4}, c[1] = {2};
    CHECK_EQUAL(scs_qr_solve(1, 1, one, c, 1e-14, x, pivot, norm), 1);
    CHECK_EQUAL(x[0], -0.5);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves square systems", solves_square_systems},
        {"minimises the residual", minimises_the_residual},
        {"drops dependent columns", drops_dependent_columns},
        {"survives degenerate input", survives_degenerate_input},
    };
    return CHECK_RUN(cases);
}
