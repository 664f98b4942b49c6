/* SPDX-License-Identifier: MIT
 *
 * The cone of Hermitian positive semidefinite matrices, its own dual; rows as in
 * la/svec.h.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/semidefinite.h"

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_orders("cs", k->cs, k->cssize, 0, error);
}

static scs_int count(const ScsCone *k) { return k->cssize; }

static int64_t rows(const ScsCone *k, scs_int i) {
    return (int64_t)k->cs[i] * k->cs[i];
}

static bool needs_lapack(const ScsCone *k) {
    for (scs_int i = 0; i < k->cssize; ++i) {
        if (scs_semidefinite_needs_lapack(k->cs[i], true)) {
            return true;
        }
    }
    return false;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    block->state = scs_semidefinite_new(arena, k->cs[block->index], true, lapack);
}

const ScsConeKind scs_cone_psd_complex = {
    .name = "complex positive semidefinite cones",
    .self_dual = true,
    .separable = false,
    .extend_metric = scs_semidefinite_extend_metric,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .needs_lapack = needs_lapack,
    .setup = setup,
    .project_dual = scs_semidefinite_project_dual,
};
