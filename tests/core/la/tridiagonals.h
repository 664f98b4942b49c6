/* SPDX-License-Identifier: MIT
 *
 * Tridiagonal matrices that are hard in one way or the other.
 */
#ifndef TESTS_CORE_LA_TRIDIAGONALS_H
#define TESTS_CORE_LA_TRIDIAGONALS_H

#include "scs_types.h"

#include <math.h>
#include <stdint.h>

enum { TRIDIAGONALS = 13, TRIDIAGONAL_MOST = 100 };

static inline double tridiagonal_uniform(uint64_t *seed) {
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*seed >> 11) / 9007199254740992.0 - 0.5;
}

/* Matrix number `which` of order n: d[0..n), e[0..n-1). */
static inline void tridiagonal_make(int which, scs_int n, double *d, double *e) {
    uint64_t seed = (uint64_t)(which + 17 * n);
    for (scs_int i = 0; i < n; ++i) {
        const double u = tridiagonal_uniform(&seed);
        const double v = tridiagonal_uniform(&seed);
        const double middle = 0.5 * (double)(n - 1);
        switch (which) {
        case 0: /* random */
            d[i] = u, e[i] = v;
            break;
        case 1: /* the second difference */
            d[i] = 2, e[i] = -1;
            break;
        case 2: /* Wilkinson's: pairs that agree to many digits */
            d[i] = fabs((double)i - middle), e[i] = 1;
            break;
        case 3: /* copies of it, glued weakly: many that agree */
            d[i] = fabs((double)(i % 11) - 5), e[i] = i % 11 == 10 ? 1e-8 : 1;
            break;
        case 4: /* glued below rounding: T falls into blocks */
            d[i] = fabs((double)(i % 7) - 3), e[i] = i % 7 == 6 ? 1e-17 : 1;
            break;
        case 5: /* graded down */
            d[i] = pow(10, -0.7 * (double)i), e[i] = 0.3 * d[i];
            break;
        case 6: /* graded up */
            d[i] = -pow(10, -0.7 * (double)(n - i)), e[i] = 0.3 * d[i];
            break;
        case 7: /* zero */
            d[i] = 0, e[i] = 0;
            break;
        case 8: /* diagonal with ties */
            d[i] = floor(4 * u), e[i] = 0;
            break;
        case 9: /* no diagonal, -0 at that: eigenvalues +- and 0 */
            d[i] = -0.0, e[i] = 1;
            break;
        case 10: /* a cluster of nearly all */
            d[i] = 1 + 1e-14 * u, e[i] = i == n / 2 ? 0.5 : 1e-14 * v;
            break;
        case 11: /* Wilkinson's again, glued just above rounding: clusters in one block */
            d[i] = fabs((double)(i % 11) - 5), e[i] = i % 11 == 10 ? 1e-14 : 1;
            break;
        default: /* large */
            d[i] = 1e100 * u, e[i] = 1e100 * v;
            break;
        }
    }
}

/* Bound of the spectrum. */
static inline double tridiagonal_norm(scs_int n, const double *d, const double *e) {
    double norm = 0;
    for (scs_int i = 0; i < n; ++i) {
        const double before = i > 0 ? fabs(e[i - 1]) : 0;
        const double after = i + 1 < n ? fabs(e[i]) : 0;
        norm = fmax(norm, fabs(d[i]) + before + after);
    }
    return norm;
}

/* Largest entry of T z - value z. */
static inline double tridiagonal_residual(scs_int n, const double *d, const double *e,
                                          double value, const double *z) {
    double worst = 0;
    for (scs_int i = 0; i < n; ++i) {
        double entry = (d[i] - value) * z[i];
        entry += i > 0 ? e[i - 1] * z[i - 1] : 0;
        entry += i + 1 < n ? e[i] * z[i + 1] : 0;
        worst = fmax(worst, fabs(entry));
    }
    return worst;
}

#endif
