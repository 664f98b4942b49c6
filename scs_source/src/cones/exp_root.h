/* SPDX-License-Identifier: MIT
 *
 * The equation that projecting onto the exponential cone K amounts to. A vector v = (x, y, z)
 * that is neither in K nor in its polar -K*, and has not both x <= 0 and y <= 0, is p - q with
 *
 *     p = a (rho, 1, exp(rho)),           a = (y + (rho - 1) x) / (rho^2 - rho + 1) > 0,
 *     q = b (-1, rho - 1, exp(-rho)),     b = (x - rho y) / (rho^2 - rho + 1) > 0,
 *
 * for exactly one rho: a and b solve the first two equations of v = p - q whatever rho is,
 * and the third, a exp(rho) - b exp(-rho) = z, has one root in the interval where a, b > 0.
 *
 * Source: Friberg, "Projection onto the exponential cone: a univariate root-finding
 * problem", Optimization Methods and Software (2023).
 */
#ifndef SCS_CONES_EXP_ROOT_H
#define SCS_CONES_EXP_ROOT_H

#include "scs_types.h"

typedef struct {
    scs_float x, y, z;
} ScsExpPoint;

/* rho of such a v, whose largest entry is within 1e-100 and 1e100; `guess` is a rho that
 * may be near, or any number or NaN. Any v ends in finitely many steps; what comes out then
 * is of no use, and may be NaN. */
scs_float scs_exp_root_find(ScsExpPoint v, scs_float guess);

#endif
