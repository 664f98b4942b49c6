/* SPDX-License-Identifier: MIT
 *
 * Small dense least squares by Householder QR with column pivoting (Golub and Van Loan,
 * "Matrix Computations", 5.4.2), for systems that may be rank-deficient.
 */
#ifndef SCS_LA_QR_H
#define SCS_LA_QR_H

#include "scs_types.h"

/* Solve min |A x - b| for A with rows >= columns >= 0, stored by columns without gaps. A
 * and b (length rows) are overwritten; x gets columns entries. pivot and norm are scratch
 * of that length.
 *
 * Columns whose part orthogonal to those chosen before is below `tolerance` times the
 * largest column of A count as dependent and get x = 0. Returns the rank, the number of
 * the others; -1 if A or b has an entry that is not finite (x is then all zero). */
scs_int scs_qr_solve(scs_int rows, scs_int columns, scs_float *a, scs_float *b,
                     scs_float tolerance, scs_float *x, scs_int *pivot,
                     scs_float *norm);

#endif
