/* SPDX-License-Identifier: MIT
 *
 * The nonnegative orthant: its own dual in every diagonal metric.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"

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

const ScsConeKind scs_cone_nonneg = {
    .name = "nonnegative orthant",
    .separable = true,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .project_dual = project_dual,
};
