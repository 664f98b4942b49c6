/* SPDX-License-Identifier: MIT
 *
 * The Schur complements of K as dense matrices,
 *
 *     primal  H = R_x + P + A' R_y^-1 A      (n by n)
 *     dual    S = R_y + A (R_x + P)^-1 A'    (m by m, for diagonal P)
 *
 * sums of weighted squares of the rows or the columns of A. Full vectors are multiplied
 * together, as a matrix; those with so few entries that this would mean multiplying zeros
 * are squared entry by entry. No second copy of A is made: what is multiplied at a time is
 * copied.
 */
#ifndef SCS_LINSYS_GRAM_H
#define SCS_LINSYS_GRAM_H

#include "la/dense_factor.h"
#include "scs.h"

typedef struct {
    const ScsMatrix *a; /* rows increasing within a column */
    bool dual;
    scs_int order;     /* of the complement: entries of a vector */
    scs_int vectors;   /* rows of A, or columns if dual */
    scs_int *length;   /* entries of a vector */
    scs_float *full;   /* order by DEPTH: full vectors, and slack */
    scs_float *weight; /* DEPTH: theirs, negative */
    scs_int *next;     /* primal: first entry of a column that is to come; length n */
    scs_int *place;    /* primal: where the next entry of a row goes; length m */
    scs_int *index;    /* primal: entries of short rows, row by row */
    scs_float *value;
    scs_int room; /* for so many of them */
} ScsGram;

/* For A, whose values may change later. Check arena->failed afterwards. */
void scs_gram_create(ScsGram *gram, const ScsMatrix *a, bool dual, ScsArena *arena);

/* Enough of that for scs_gram_work. */
void scs_gram_measure(ScsGram *gram, const ScsMatrix *a, bool dual, ScsArena *arena);

/* Add the sum over all vectors v of v v' / divisor to C, the lower triangle of a factor
 * that was made for this order. */
void scs_gram_add(ScsGram *gram, const scs_float *divisor, ScsDenseFactor *c);

/* About how many multiplications that takes. */
scs_float scs_gram_work(const ScsGram *gram);

#endif
