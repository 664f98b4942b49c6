/* SPDX-License-Identifier: MIT
 *
 * Simplicial factorisation K = L D L' with unit lower triangular L, row by row
 * ("up-looking", Davis 2006, "Direct Methods for Sparse Linear Systems", chapter 4). The
 * method for matrices whose factor is nearly as sparse as they are.
 *
 * K is quasi-definite: a pivot must be positive in the first n rows (before the
 * permutation) and negative in the others.
 */
#ifndef SCS_LINSYS_LDL_H
#define SCS_LINSYS_LDL_H

#include "linsys/kkt.h"

/* Pattern of L, which never changes. */
typedef struct {
    scs_int size;
    int64_t *start;  /* columns of L, length size + 1 */
    scs_int *row;    /* rows below the diagonal, increasing within a column */
    scs_int *parent; /* elimination tree; belongs to the caller */
} ScsLdlPattern;

/* Scratch of a factorisation. */
typedef struct {
    scs_float *column; /* length size; zero between calls */
    int64_t *end;      /* length size */
    scs_int *stack;    /* length size */
    scs_int *mark;     /* length size */
} ScsLdlScratch;

/* Pattern of the factor of a permuted upper triangle, given its elimination tree and the
 * number of entries of each column of L. Check arena->failed afterwards. */
void scs_ldl_analyse(ScsLdlPattern *pattern, const ScsKkt *kkt, scs_int *parent,
                     const scs_int *count, ScsArena *arena);

/* Check arena->failed afterwards. */
void scs_ldl_scratch(ScsLdlScratch *scratch, scs_int size, ScsArena *arena);

/* Write L (start[size] values) and the inverse of D. order[k] is the original row of row
 * k. SCS_ERROR_NUMERICAL if a pivot has the wrong sign. */
ScsErrorCode scs_ldl_factor(const ScsLdlPattern *pattern, const ScsKkt *kkt,
                            const ScsKktValues *values, const scs_int *order,
                            scs_float *l, scs_float *inverse_d, ScsLdlScratch *scratch,
                            ScsError *error) SCS_MUST_CHECK;

/* x := (L D L')^-1 x */
void scs_ldl_solve(const ScsLdlPattern *pattern, const scs_float *l,
                   const scs_float *inverse_d, scs_float *x);

/* What a pivot of the wrong sign means. original is its row before the permutation. */
ScsErrorCode scs_ldl_report_pivot(const ScsKkt *kkt, scs_int original, scs_float pivot,
                                  ScsError *error) SCS_MUST_CHECK;

/* Whether the pivot of that row has the sign it must have; false for NaN and infinity. */
static inline bool scs_ldl_pivot_is_good(const ScsKkt *kkt, scs_int original,
                                         scs_float pivot) {
    const scs_float size = original < kkt->n ? pivot : -pivot;
    return size > 0 && size <= 1e300; /* the inverse must be finite and not zero */
}

#endif
