/* SPDX-License-Identifier: MIT */
#include "core/la/tridiagonals.h"
#include "la/twisted.h"
#include "support/check.h"

#include <float.h>

/* |T z - value z|, largest entry */
static double dot(const double *x, const double *y, scs_int n) {
    double product = 0;
    for (scs_int i = 0; i < n; ++i) {
        product += x[i] * y[i];
    }
    return product;
}

static void check(int which, scs_int n, scs_int first, scs_int count) {
    static double vectors[TRIDIAGONAL_MOST * TRIDIAGONAL_MOST];
    double d[TRIDIAGONAL_MOST], e[TRIDIAGONAL_MOST], values[TRIDIAGONAL_MOST];
    tridiagonal_make(which, n, d, e);
    const double norm = tridiagonal_norm(n, d, e);
    ScsArena arena = {0};
    ScsTridiagonal t;
    scs_tridiagonal_init(&t, n, &arena);
    double *scratch = SCS_NEW(&arena, double, scs_twisted_scratch(n));
    scs_tridiagonal_set(&t, d, e);
    scs_tridiagonal_values(&t, first, count, values);
    CHECK(scs_twisted_vectors(&t, count, values, vectors, scratch));
    for (scs_int k = 0; k < count; ++k) {
        const double *z = vectors + k * n;
        CHECK_NEAR(tridiagonal_residual(n, d, e, values[k], z), 0,
                   64 * DBL_EPSILON * norm);
        CHECK_NEAR(dot(z, z, n), 1, 1e-14);
        for (scs_int j = 0; j < k; ++j) { /* as orthogonal as the gap permits */
            const double gap = fabs(values[k] - values[j]);
            const double overlap = fabs(dot(z, vectors + j * n, n));
            CHECK(overlap * gap <= 512 * DBL_EPSILON * norm);
        }
    }
    scs_arena_release(&arena);
}

static void vectors_have_small_residuals(void) {
    for (int which = 0; which < TRIDIAGONALS; ++which) {
        for (scs_int n = 1; n <= TRIDIAGONAL_MOST; n += n < 12 ? 1 : 13) {
            check(which, n, 0, n);
            check(which, n, n / 3, 1 + n / 3);
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"vectors have small residuals", vectors_have_small_residuals},
    };
    return CHECK_RUN(cases);
}
