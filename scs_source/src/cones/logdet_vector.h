/* SPDX-License-Identifier: MIT
 *
 * The vector cone that the log-determinant cone is on eigenvalues,
 *
 *     K  = cl {(t, v, x): v > 0, x > 0, -v sum_i log(x_i / v) <= t},
 *
 * and its dual. Closing K adds the points with v = 0, t >= 0, x >= 0: for bounded x the
 * left side tends to 0 from below with v, however the x_i vanish. (u, w, y) is in K* if
 * the least value of u t + w v + y'x over K is 0. That needs u >= 0, and for v = 1 and
 * u, y > 0 it is attained at x_i = u / y_i, so that
 *
 *     K* = cl {(u, w, y): u > 0, y > 0, w >= -n u - u sum_i log(y_i / u)},
 *
 * which by the same argument adds u = 0, w >= 0, y >= 0. In other words (u, w, y) is in K*
 * if and only if (w + n u, u, y) is in K.
 */
#ifndef SCS_CONES_LOGDET_VECTOR_H
#define SCS_CONES_LOGDET_VECTOR_H

#include "scs_types.h"

#include <stdbool.h>

/* Where the search for the next projection starts: the multipliers of the last one in
 * units of 2^exponent. Zeroed: nothing is known. */
typedef struct {
    scs_float u, v;
    int exponent;
    int evaluations; /* of the last search, 0 if none was needed */
} ScsLogdetStart;

/* Replace (head[0], head[1], y[0..n)), n >= 1, by the nearest point of K*. Returns whether
 * it was outside; else it stays, but for what underflows next to the largest entry. Finite
 * input gives finite output, whatever its size; input that is not finite counts as inside.
 * The result is correct to a small multiple of rounding relative to the largest entry. */
bool scs_logdet_vector_project_dual(scs_float *head, scs_float *y, scs_int n,
                                    ScsLogdetStart *start);

#endif
