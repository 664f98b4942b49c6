/* SPDX-License-Identifier: MIT
 *
 * Symmetric matrices as vectors: the lower triangle column by column with off-diagonal
 * entries times sqrt(2), so that inner products of vectors are those of matrices. A
 * Hermitian matrix of order n has n^2 entries: in each column the real diagonal, then real
 * and imaginary part of each entry below it times sqrt(2).
 *
 * Matrices are dense, n x n by columns with leading dimension n; only the lower triangle
 * is read or written, but for the last function. Entries of a Hermitian one are pairs (re, im).
 */
#ifndef SCS_LA_SVEC_H
#define SCS_LA_SVEC_H

#include "scs_types.h"

#include <stdint.h>

/* n (n + 1) / 2 */
int64_t scs_svec_length(scs_int n);

/* matrix = factor * mat(v) */
void scs_svec_unpack(const scs_float *v, scs_float factor, scs_int n,
                     scs_float *matrix);

/* v = factor * vec(matrix) + keep * v */
void scs_svec_pack(const scs_float *matrix, scs_float factor, scs_int n, scs_float keep,
                   scs_float *v);

/* The same for Hermitian matrices. */
void scs_svec_unpack_hermitian(const scs_float *v, scs_float factor, scs_int n,
                               scs_float *matrix);
void scs_svec_pack_hermitian(const scs_float *matrix, scs_float factor, scs_int n,
                             scs_float keep, scs_float *v);

/* Copy the lower triangle to the upper one. */
void scs_svec_mirror(scs_float *matrix, scs_int n);

#endif
