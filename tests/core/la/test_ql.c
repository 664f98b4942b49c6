/* SPDX-License-Identifier: MIT */
#include "core/la/tridiagonals.h"
#include "la/ql.h"
#include "la/vec.h"
#include "support/check.h"

#include <float.h>

enum { MOST = TRIDIAGONAL_MOST };

/* Residuals and overlaps up to a few units of rounding for each row. */
static void check(scs_int n, const double *d, const double *e) {
    static double vectors[MOST * MOST];
    double values[MOST], off[MOST] = {0};
    const double norm = tridiagonal_norm(n, d, e);
    const double few = 4 * DBL_EPSILON * (double)n;
    memcpy(values, d, (size_t)n * sizeof *d);
    memcpy(off, e, (size_t)(n - 1) * sizeof *e);
    if (!CHECK(scs_ql_decompose(n, values, off, vectors))) {
        return;
    }
    for (scs_int k = 0; k < n; ++k) {
        const double *z = vectors + k * n;
        CHECK(k == 0 || values[k] >= values[k - 1]);
        CHECK_NEAR(tridiagonal_residual(n, d, e, values[k], z), 0, few * norm);
        for (scs_int j = 0; j <= k; ++j) {
            CHECK_NEAR(scs_vec_dot(z, vectors + j * n, n), j == k, few);
        }
    }
}

static void decomposes(void) {
    double d[MOST], e[MOST];
    for (int which = 0; which < TRIDIAGONALS; ++which) {
        for (scs_int n = 1; n <= MOST; n += n < 12 ? 1 : 13) {
            tridiagonal_make(which, n, d, e);
            check(n, d, e);
        }
    }
}

/* The second difference, whose eigenvalues are known. */
static void agrees_with_known_values(void) {
    enum { N = 40 };
    static double vectors[N * N];
    double d[N], e[N];
    tridiagonal_make(1, N, d, e);
    CHECK(scs_ql_decompose(N, d, e, vectors));
    for (int k = 0; k < N; ++k) {
        const double exact = 2 - 2 * cos(3.14159265358979323846 * (k + 1) / (N + 1));
        CHECK_NEAR(d[k], exact, 8 * DBL_EPSILON * 4);
    }
}

static void solves_order_two(void) {
    double d[2] = {1, 1}, e[1] = {2}, vectors[4];
    CHECK(scs_ql_decompose(2, d, e, vectors));
    CHECK_NEAR(d[0], -1, 1e-15);
    CHECK_NEAR(d[1], 3, 1e-15);
    CHECK_NEAR(fabs(vectors[0] + vectors[1]), 0, 1e-15);
    CHECK_NEAR(fabs(vectors[2]), sqrt(0.5), 1e-15);
    double one = -7, vector = 0;
    CHECK(scs_ql_decompose(1, &one, NULL, &vector));
    CHECK(one == -7 && vector == 1);
}

/* Squares would overflow or vanish. */
static void minds_no_scale(void) {
    const double scales[] = {1e-270, 1e-160, 1e160, 1e300};
    for (size_t s = 0; s < sizeof scales / sizeof *scales; ++s) {
        double d[MOST], e[MOST];
        for (int which = 0; which < 3; ++which) {
            tridiagonal_make(which, 30, d, e);
            scs_vec_scale(scales[s], d, 30);
            scs_vec_scale(scales[s], e, 29);
            check(30, d, e);
        }
    }
}

/* What is not finite comes to an end. */
static void ends(void) {
    enum { N = 12 };
    static double vectors[N * N];
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (int b = 0; b < 3; ++b) {
        for (int place = 0; place < N - 1; ++place) {
            double d[N], e[N];
            tridiagonal_make(0, N, d, e);
            e[place] = bad[b];
            CHECK(!scs_ql_decompose(N, d, e, vectors) || b > 0);
            tridiagonal_make(0, N, d, e);
            d[place] = bad[b];
            (void)scs_ql_decompose(N, d, e, vectors);
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"decomposes", decomposes},
        {"agrees with known values", agrees_with_known_values},
        {"solves order two", solves_order_two},
        {"minds no scale", minds_no_scale},
        {"ends", ends},
    };
    return CHECK_RUN(cases);
}
