/* SPDX-License-Identifier: MIT
 *
 * The orthonormal vectors nearest to some that are nearly so (Loewdin's orthogonalisation),
 * by the Newton-Schulz iteration for the polar factor, V := V (3 I - V'V) / 2: Higham,
 * "Functions of Matrices" (2008), chapter 8. No order is preferred: two eigenvectors whose
 * overlap is rounding divided by the gap of their eigenvalues turn by half of that each, and
 * their residuals stay at rounding.
 */
#ifndef SCS_LA_ORTHONORMAL_H
#define SCS_LA_ORTHONORMAL_H

#include "la/products.h"

/* Make the count columns (norm 1, length n) of *vectors orthonormal. *spare has the same
 * size; the two may be exchanged. gram has count^2 entries. False if the columns are
 * too dependent for that. */
bool scs_orthonormal_polish(scs_int n, scs_int count, scs_float **vectors,
                            scs_float **spare, scs_float *gram, const ScsProducts *by);

#endif
