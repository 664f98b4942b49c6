/* SPDX-License-Identifier: MIT
 *
 * The zero cone {0}: equations. Its dual is the whole space, so there is nothing to
 * project.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "la/vec.h"

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_count("z", k->z, error);
}

static scs_int count(const ScsCone *k) { return k->z > 0 ? 1 : 0; }

static int64_t rows(const ScsCone *k, scs_int i) {
    (void)i;
    return k->z;
}

static ScsBoundary linearise(const ScsConeBlock *block, const scs_float *s,
                             const scs_float *y, scs_float *w) {
    (void)s;
    (void)y;
    scs_vec_fill(0, w, block->rows);
    return SCS_BOUNDARY_FLAT;
}

const ScsConeKind scs_cone_zero = {
    .name = "zero cone",
    .separable = true,
    /* s = 0 is known exactly, so a large dual step costs nothing there: O'Donoghue
     * (2021), section 4, takes the same value. */
    .weight = 1000,
    .validate = validate,
    .count = count,
    .rows = rows,
    .linearise = linearise,
};
