/* SPDX-License-Identifier: MIT
 *
 * The vector cone that the sum-of-largest-eigenvalues cone is on eigenvalues: K = {(t, x):
 * the k largest x_i add up to at most t}, 0 < k < n. That sum is the largest z'x with
 * 0 <= z_i <= 1 and sum_i z_i = k, so that the dual is
 *
 *     K* = {(u, y): 0 <= -y_i <= u, -sum_i y_i = k u},
 *
 * and what has to be found for (head, -c) is the (u, z), z = -y, that minimises
 *
 *     (u - head)^2 + sum_i (z_i - c_i)^2  subject to  0 <= z_i <= u, sum_i z_i = k u.
 *
 * It has the form z_i = c_i - theta, cut off at 0 and u.
 */
#ifndef SCS_CONES_TOP_SUM_H
#define SCS_CONES_TOP_SUM_H

#include "scs_types.h"

typedef struct {
    scs_float u;
    scs_float theta;
    scs_int used; /* z_i > 0 for the first `used` numbers only */
} ScsTopSum;

/* The solution for c[0..known) in descending order, known >= k, which is the one for more
 * numbers as long as none of the others exceeds theta. O(known). Sums of the numbers must
 * not overflow. */
ScsTopSum scs_top_sum_solve(scs_float head, const scs_float *c, scs_int known,
                            scs_int k);

/* z_i of the number c_i. */
scs_float scs_top_sum_part(const ScsTopSum *solution, scs_float c_i);

#endif
