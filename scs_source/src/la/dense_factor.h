/* SPDX-License-Identifier: MIT
 *
 * L D L' of a dense symmetric positive definite matrix C, in the panels of
 * la/dense_kernels.h: half of what a square array takes.
 *
 *     clear, add, subtract: build the lower triangle of C
 *     factorise:            C := L, D in place
 *     solve:                any number of times
 */
#ifndef SCS_LA_DENSE_FACTOR_H
#define SCS_LA_DENSE_FACTOR_H

#include "base/arena.h"
#include "la/dense_kernels.h"

enum {
    /* Columns of a panel, and the most that scs_dense_factor_subtract takes at once: what
     * is multiplied fits into a second-level cache of 1 MiB. */
    SCS_DENSE_DEPTH = 192
};

typedef struct {
    const ScsDenseKernels *kernels;
    ScsPanels panels;        /* consecutive rows; size is the order of C */
    scs_float *l;            /* C, then L */
    scs_float *d;            /* order: D */
    int64_t *column;         /* order: entry (i, j) lies at l[column[j] + i], i >= j */
    unsigned char *positive; /* order: all pivots must be */
    scs_float *packed;       /* scratch: DEPTH by DEPTH */
    scs_float *buffer;       /* scratch of solves: a column */
} ScsDenseFactor;

/* All memory comes from the arena: check arena->failed afterwards. */
void scs_dense_factor_create(ScsDenseFactor *factor, scs_int order, ScsArena *arena);

/* C := 0 */
void scs_dense_factor_clear(ScsDenseFactor *factor);

/* Where entry (i, j) of C lies, i >= j. */
static inline scs_float *scs_dense_factor_entry(const ScsDenseFactor *factor,
                                                ptrdiff_t i, ptrdiff_t j) {
    return factor->l + (factor->column[j] + i);
}

/* C -= T diag(d) T' for T with `order` rows and depth <= SCS_DENSE_DEPTH columns, stored
 * by columns without gaps and followed by SCS_DENSE_SLACK doubles that may be read. */
void scs_dense_factor_subtract(ScsDenseFactor *factor, const scs_float *t,
                               ptrdiff_t depth, const scs_float *d);

/* Factorise C; the first column whose pivot is not positive and finite, -1 if there is
 * none. */
ptrdiff_t scs_dense_factor_factorise(ScsDenseFactor *factor);

/* x := C^-1 x after a factorisation; x has length order. */
void scs_dense_factor_solve(const ScsDenseFactor *factor, scs_float *x);

/* Copy C or its factor between factors of the same order. */
void scs_dense_factor_copy(const ScsDenseFactor *from, ScsDenseFactor *to);

#endif
