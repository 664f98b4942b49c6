/* SPDX-License-Identifier: MIT
 *
 * The l1 norm cone {(t, x): |x|_1 <= t}, whose dual {(u, y): |y_i| <= u} is what has to be
 * projected on, by cutting off at the level that ell1_cut.h finds.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/ell1_cut.h"
#include "la/vec.h"

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_sizes("ell1", k->ell1, k->ell1_size, 1, error);
}

static scs_int count(const ScsCone *k) { return k->ell1_size; }

static int64_t rows(const ScsCone *k, scs_int i) {
    const int64_t length = k->ell1[i];
    return length < INT64_MAX ? length + 1 : length;
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    (void)error;
    const scs_int n = block->rows - 1;
    scs_float *w = y + 1;
    scs_float *last_cut = block->state;
    const scs_float largest = scs_vec_norm_inf(w, n);
    if (largest <= y[0]) {
        return SCS_OK;
    }
    const scs_float cut = scs_ell1_cut_find(y[0], w, n, largest, *last_cut);
    *last_cut = cut;
    y[0] = cut;
    for (scs_int i = 0; i < n; ++i) {
        w[i] = scs_clamp(w[i], -cut, cut);
    }
    return SCS_OK;
}

static void reset(ScsConeBlock *block) {
    scs_float *last_cut = block->state;
    *last_cut = 0;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    (void)lapack;
    (void)k;
    block->state = SCS_NEW(arena, scs_float, 1); /* zeroed: no guess */
}

const ScsConeKind scs_cone_ell1 = {
    .name = "l1 norm cones",
    .separable = false,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .setup = setup,
    .reset = reset,
    .project_dual = project_dual,
};
