/* SPDX-License-Identifier: MIT
 *
 * The simplest preconditioner of conjugate gradients on H = R_x + P + A' R_y^-1 A.
 */
#ifndef SCS_LINSYS_DIAGONAL_H
#define SCS_LINSYS_DIAGONAL_H

#include "base/error.h"
#include "scs.h"

/* inverse[j] = 1 / H_jj for j < n, from r = diag(R_x, R_y), length n + m, and the upper
 * triangle of P (NULL: 0). SCS_ERROR_NUMERICAL if some H_jj is not positive or not finite. */
ScsErrorCode scs_diagonal_invert(const ScsMatrix *a, const ScsMatrix *p,
                                 const scs_float *r, scs_float *inverse,
                                 ScsError *error) SCS_MUST_CHECK;

#endif
