/* SPDX-License-Identifier: MIT
 *
 * How many steps of conjugate gradients a backend has taken and may take.
 */
#ifndef SCS_LINSYS_STEPS_H
#define SCS_LINSYS_STEPS_H

#include "scs_types.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t taken; /* in all solves */
    int64_t last;  /* after which none is taken; INT64_MAX at the start */
} ScsSteps;

/* Up to how many steps the next solve may take. Exact arithmetic needs n; what is not done
 * after a few times as many, per_column, will not be. The fixed limit keeps a solve
 * interruptible, which is between two of them. */
static inline int64_t scs_steps_limit(const ScsSteps *steps, scs_int n,
                                      scs_int per_column) {
    const int64_t extra = 50, most = 10000;
    const int64_t wanted = n < most / per_column ? per_column * n : most;
    const int64_t left = steps->last - steps->taken;
    return left < wanted + extra ? left : wanted + extra;
}

/* ration of linsys.h: `more` from now on, without limit if that is negative. Returns how
 * many have been taken. */
static inline int64_t scs_steps_ration(ScsSteps *steps, int64_t more) {
    const bool unlimited = more < 0 || more > INT64_MAX - steps->taken;
    steps->last = unlimited ? INT64_MAX : steps->taken + more;
    return steps->taken;
}

#endif
