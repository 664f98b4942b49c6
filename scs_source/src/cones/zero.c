/* SPDX-License-Identifier: MIT
 *
 * The zero cone {0}: equations. Its dual is the whole space, so there is nothing to
 * project.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_count("z", k->z, error);
}

static scs_int count(const ScsCone *k) { return k->z > 0 ? 1 : 0; }

static int64_t rows(const ScsCone *k, scs_int i) {
    (void)i;
    return k->z;
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
};
