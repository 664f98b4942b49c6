/* SPDX-License-Identifier: MIT
 *
 * Small arithmetic on scalars.
 */
#ifndef SCS_BASE_REAL_H
#define SCS_BASE_REAL_H

#include "scs_types.h"

#include <math.h>
#include <stdbool.h>

static inline scs_float scs_max(scs_float a, scs_float b) { return a > b ? a : b; }

static inline scs_float scs_min(scs_float a, scs_float b) { return a < b ? a : b; }

static inline scs_float scs_clamp(scs_float a, scs_float low, scs_float high) {
    return a < low ? low : (a > high ? high : a);
}

/* a / b with b kept away from zero, for nonnegative norms. */
static inline scs_float scs_safe_divide(scs_float a, scs_float b) {
    return a / scs_max(b, 1e-18);
}

#endif
