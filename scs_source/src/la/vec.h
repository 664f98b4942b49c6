/* SPDX-License-Identifier: MIT
 *
 * Vector kernels on plain arrays of length n (n may be 0). Arrays of one call do not
 * overlap unless they are the same. Sums run over several accumulators in a fixed order,
 * so a result depends on the input alone.
 */
#ifndef SCS_LA_VEC_H
#define SCS_LA_VEC_H

#include "scs_types.h"

#include <stdbool.h>
#include <stddef.h>

/* x'y */
scs_float scs_vec_dot(const scs_float *x, const scs_float *y, ptrdiff_t n);

/* Euclidean norm, not guarded against overflow of the squares. */
scs_float scs_vec_norm2(const scs_float *x, ptrdiff_t n);

/* Euclidean norm of x - y. */
scs_float scs_vec_distance2(const scs_float *x, const scs_float *y, ptrdiff_t n);

/* Largest absolute value; 0 for n = 0; NaN if an entry is NaN. */
scs_float scs_vec_norm_inf(const scs_float *x, ptrdiff_t n);

/* y += a x */
void scs_vec_axpy(scs_float a, const scs_float *x, scs_float *y, ptrdiff_t n);

/* x *= a */
void scs_vec_scale(scs_float a, scs_float *x, ptrdiff_t n);

/* x_i *= d_i */
void scs_vec_multiply(const scs_float *d, scs_float *x, ptrdiff_t n);

/* x_i = a */
void scs_vec_fill(scs_float a, scs_float *x, ptrdiff_t n);

/* y = x; the arrays may be the same. */
void scs_vec_copy(const scs_float *x, scs_float *y, ptrdiff_t n);

/* Index of the first entry that is NaN or infinite, or -1. */
ptrdiff_t scs_vec_find_nonfinite(const scs_float *x, ptrdiff_t n);

#endif
