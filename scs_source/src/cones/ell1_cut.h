/* SPDX-License-Identifier: MIT
 *
 * The nearest point of the cone {(u, y): |y_i| <= u}, dual to the l1 norm cone, to a given
 * (head, w): w cut off at some u. Shared by the l1 norm and, on singular values, the
 * nuclear norm.
 */
#ifndef SCS_CONES_ELL1_CUT_H
#define SCS_CONES_ELL1_CUT_H

#include "scs_types.h"

/* The u >= 0 at which to cut |w_i| off, n >= 1, where `largest`, the largest |w_i|, is more
 * than head (else nothing is to be cut). The search starts at `guess`, 0 for none. Exact up
 * to rounding for any finite numbers. */
scs_float scs_ell1_cut_find(scs_float head, const scs_float *w, scs_int n,
                            scs_float largest, scs_float guess);

#endif
