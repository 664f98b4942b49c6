/* SPDX-License-Identifier: MIT
 *
 * Small arithmetic on scalars.
 */
#ifndef SCS_BASE_REAL_H
#define SCS_BASE_REAL_H

#include "scs_types.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static inline scs_float scs_max(scs_float a, scs_float b) { return a > b ? a : b; }

static inline scs_float scs_min(scs_float a, scs_float b) { return a < b ? a : b; }

static inline scs_float scs_clamp(scs_float a, scs_float low, scs_float high) {
    return a < low ? low : (a > high ? high : a);
}

/* 2^exponent a, or the largest number of its sign instead of an infinite one. */
static inline scs_float scs_shift(scs_float a, int exponent) {
    return scs_clamp(ldexp(a, exponent), -DBL_MAX, DBL_MAX);
}

/* a / b with b kept away from zero, for nonnegative norms. */
static inline scs_float scs_safe_divide(scs_float a, scs_float b) {
    return a / scs_max(b, 1e-18);
}

#endif
