/* SPDX-License-Identifier: MIT
 *
 * All eigenpairs of a symmetric tridiagonal matrix T by the QL iteration with implicit
 * Wilkinson shifts: Golub and Van Loan, "Matrix Computations" (4th edition, 2013), section
 * 8.3, from the bottom up; Wilkinson, "Global convergence of tridiagonal QR algorithm with
 * origin shifts", Linear Algebra and its Applications 1 (1968). Slower than bisection and
 * twisted factorisations (twisted.h), but the vectors are orthogonal by construction,
 * whatever the eigenvalues.
 *
 * Accuracy is absolute, a few units of rounding of the norm of T, which may be anything
 * from 1e-270 to 1e300.
 */
#ifndef SCS_LA_QL_H
#define SCS_LA_QL_H

#include "scs_types.h"

#include <stdbool.h>

/* diagonal (n >= 1 entries) becomes the eigenvalues in ascending order, vectors (n x n by
 * columns) the eigenvectors; off (n - 1 entries) is used up. False if there is no end to
 * the iteration, which only entries that are not finite can bring about. */
bool scs_ql_decompose(scs_int n, scs_float *diagonal, scs_float *off,
                      scs_float *vectors);

#endif
