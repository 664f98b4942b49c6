/* SPDX-License-Identifier: MIT
 *
 * How far eigenvalues are outside the log-determinant cone and its dual, in extended
 * precision: the least d >= 0 for which adding d to all numbers leads inside. (1, 1, 1..1)
 * is an interior point of both cones, so this is a distance up to a constant.
 */
#ifndef TESTS_CORE_CONES_LOGDET_CHECK_H
#define TESTS_CORE_CONES_LOGDET_CHECK_H

#include "scs_types.h"

#include <math.h>
#include <stdbool.h>

static inline bool logdet_contains(long double t, long double v, const long double *x,
                                   scs_int n, long double shift) {
    long double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        const long double shifted = x[i] + shift;
        if (shifted < 0 || (shifted == 0 && v > 0)) {
            return false;
        }
        sum += v > 0 ? logl(shifted / v) : 0;
    }
    return v >= 0 && -v * sum <= t;
}

static inline long double logdet_least_shift(long double t, long double v,
                                             const long double *x, scs_int n,
                                             bool dual) {
    long double shift = 0;
    for (int k = 0; k < 200; ++k) {
        const long double first = t + shift;
        const long double second = v + shift;
        if (dual ? logdet_contains(second + n * first, first, x, n, shift)
                 : logdet_contains(first, second, x, n, shift)) {
            return shift;
        }
        shift = k == 0 ? 1e-18L : 1.3L * shift;
    }
    return INFINITY;
}

static inline long double logdet_outside(long double t, long double v,
                                         const long double *x, scs_int n) {
    return logdet_least_shift(t, v, x, n, false);
}

static inline long double logdet_outside_dual(long double u, long double w,
                                              const long double *y, scs_int n) {
    return logdet_least_shift(u, w, y, n, true);
}

#endif
