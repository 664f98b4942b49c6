/* SPDX-License-Identifier: MIT
 *
 * Orthonormal eigenvectors of a tridiagonal matrix to eigenvalues that are equal, or nearly,
 * by inverse iteration from random vectors with orthogonalisation: Peters and Wilkinson,
 * "The calculation of specified eigenvectors by inverse iteration", in: Handbook for
 * Automatic Computation II (1971). Twisted factorisations would find the same vector again.
 */
#ifndef SCS_LA_CLUSTER_H
#define SCS_LA_CLUSTER_H

#include "la/tridiagonal.h"

/* Length of the scratch for order n. */
ptrdiff_t scs_cluster_scratch(scs_int n);

/* The vectors number column[0..count) of scs_tridiagonal_values, all of one block, into
 * these columns of vectors (n rows). False if a residual stays large. */
bool scs_cluster_vectors(const ScsTridiagonal *t, scs_int count, const scs_int *column,
                         const scs_float *values, scs_float *vectors,
                         scs_float *scratch);

#endif
