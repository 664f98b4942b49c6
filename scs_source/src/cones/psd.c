/* SPDX-License-Identifier: MIT
 *
 * The cone of real positive semidefinite matrices, its own dual; rows as in la/svec.h.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/semidefinite.h"
#include "la/svec.h"

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_orders("s", k->s, k->ssize, 0, error);
}

static scs_int count(const ScsCone *k) { return k->ssize; }

static int64_t rows(const ScsCone *k, scs_int i) { return scs_svec_length(k->s[i]); }

static bool needs_lapack(const ScsCone *k) {
    for (scs_int i = 0; i < k->ssize; ++i) {
        if (scs_semidefinite_needs_lapack(k->s[i], false)) {
            return true;
        }
    }
    return false;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    block->state = scs_semidefinite_new(arena, k->s[block->index], false, lapack);
}

const ScsConeKind scs_cone_psd = {
    .name = "positive semidefinite cones",
    .self_dual = true,
    .separable = false,
    .extend_metric = scs_semidefinite_extend_metric,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .needs_lapack = needs_lapack,
    .setup = setup,
    .reset = scs_semidefinite_reset,
    .allow = scs_semidefinite_allow,
    .project_dual = scs_semidefinite_project_dual,
};
