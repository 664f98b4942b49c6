/* SPDX-License-Identifier: MIT
 *
 * Eigenvectors of a tridiagonal matrix to given eigenvalues, by twisted factorisations:
 * Fernando, "On computing an eigenvector of a tridiagonal matrix", SIAM Journal on Matrix
 * Analysis and Applications 18 (1997); Parlett and Dhillon, "Fernando's solution to
 * Wilkinson's problem", Linear Algebra and its Applications 267 (1997).
 *
 * Each vector comes out with a residual of a few units of rounding of the norm of T, so
 * vectors are as orthogonal as gaps between their eigenvalues permit, and no more: see
 * orthonormal.h.
 */
#ifndef SCS_LA_TWISTED_H
#define SCS_LA_TWISTED_H

#include "la/tridiagonal.h"

enum { SCS_TWISTED_LANES = 8 }; /* vectors computed at a time */

/* Length of the scratch for order n. */
ptrdiff_t scs_twisted_scratch(scs_int n);

/* Eigenvectors of norm 1 to values[0..count) of scs_tridiagonal_values (refined on the
 * way) into the columns of vectors, n x count. False if one has a large residual, which
 * should not happen. */
bool scs_twisted_vectors(const ScsTridiagonal *t, scs_int count, scs_float *values,
                         scs_float *vectors, scs_float *scratch);

#endif
