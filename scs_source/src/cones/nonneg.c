/* SPDX-License-Identifier: MIT
 *
 * The nonnegative orthant: its own dual in every diagonal metric.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"

#include <math.h>

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_count("l", k->l, error);
}

static scs_int count(const ScsCone *k) { return k->l > 0 ? 1 : 0; }

static int64_t rows(const ScsCone *k, scs_int i) {
    (void)i;
    return k->l;
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    (void)error;
    for (scs_int i = 0; i < block->rows; ++i) {
        y[i] = y[i] > 0 ? y[i] : 0;
    }
    return SCS_OK;
}

static scs_float slack(const ScsConeBlock *block, const scs_float *s, scs_int i) {
    (void)block;
    return s[i];
}

/* Where both vanish the boundary has an edge; y, which is zero, is kept so. */
static ScsBoundary linearise(const ScsConeBlock *block, const scs_float *s,
                             const scs_float *y, scs_float *w) {
    for (scs_int i = 0; i < block->rows; ++i) {
        w[i] = y[i] > s[i] ? 0 : (scs_float)INFINITY;
    }
    return SCS_BOUNDARY_FLAT;
}

const ScsConeKind scs_cone_nonneg = {
    .name = "nonnegative orthant",
    .self_dual = true,
    .separable = true,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .project_dual = project_dual,
    .slack = slack,
    .linearise = linearise,
};
