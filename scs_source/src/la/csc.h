/* SPDX-License-Identifier: MIT
 *
 * Sparse matrices by compressed columns (ScsMatrix): products, norms, copies.
 */
#ifndef SCS_LA_CSC_H
#define SCS_LA_CSC_H

#include "base/arena.h"
#include "scs.h"

/* Number of stored entries. */
static inline scs_int scs_csc_nnz(const ScsMatrix *a) { return a->p[a->n]; }

/* A deep copy in the arena; NULL for NULL or when memory is short (arena->failed). */
ScsMatrix *scs_csc_copy(ScsArena *arena, const ScsMatrix *a);

/* A' into t, whose arrays have room for A's entries and m + 1 starts. Columns come out
 * sorted. */
void scs_csc_transpose(const ScsMatrix *a, ScsMatrix *t);

/* Whether every entry of the row is zero, if there is any. */
bool scs_csc_row_is_zero(const ScsMatrix *a, scs_int row);

/* y += A x */
void scs_csc_multiply(const ScsMatrix *a, const scs_float *x, scs_float *y);

/* y += A' x */
void scs_csc_multiply_transposed(const ScsMatrix *a, const scs_float *x, scs_float *y);

/* y += P x, P symmetric and given by its upper triangle */
void scs_csc_multiply_symmetric(const ScsMatrix *p, const scs_float *x, scs_float *y);

/* Entries become d_row * value * e_col: D A E. */
void scs_csc_scale(ScsMatrix *a, const scs_float *d, const scs_float *e);

/* Norms over rows and columns, accumulated into arrays that the caller has filled: with
 * `squares` false, row_i = max(row_i, |a|); with `squares` true, row_i += a^2; columns
 * alike. */
void scs_csc_accumulate_norms(const ScsMatrix *a, bool squares, scs_float *rows,
                              scs_float *columns);

/* The same for a symmetric matrix given by its upper triangle, where row and column norms
 * agree. */
void scs_csc_accumulate_norms_symmetric(const ScsMatrix *p, bool squares,
                                        scs_float *columns);

#endif
