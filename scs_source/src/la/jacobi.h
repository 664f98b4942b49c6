/* SPDX-License-Identifier: MIT
 *
 * Eigenvectors of a very small symmetric matrix by Jacobi's rotations: Golub and Van Loan,
 * "Matrix Computations" (4th edition, 2013), section 8.5. Closed formulas of order 3 lose
 * half of the digits where eigenvalues come close; this never does.
 */
#ifndef SCS_LA_JACOBI_H
#define SCS_LA_JACOBI_H

#include "scs_types.h"

enum { SCS_JACOBI_ORDER = 3 };

/* matrix is full, 3 x 3, entries within 1e-100 and 1e100 or zero. Its diagonal becomes the
 * eigenvalues, in no order; the columns of vectors the eigenvectors. */
void scs_jacobi_three(scs_float matrix[SCS_JACOBI_ORDER][SCS_JACOBI_ORDER],
                      scs_float vectors[SCS_JACOBI_ORDER][SCS_JACOBI_ORDER]);

#endif
