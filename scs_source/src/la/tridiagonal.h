/* SPDX-License-Identifier: MIT
 *
 * Eigenvalues of a symmetric tridiagonal matrix T by bisection with Sturm counts: Barth,
 * Martin and Wilkinson, "Calculation of the eigenvalues of a symmetric tridiagonal matrix
 * by the method of bisection", Numerische Mathematik 9 (1967). Any part of the spectrum
 * can be had without the rest, and nothing can fail. Many shifts are counted at a time,
 * because a single count is one long chain of divisions.
 *
 * Accuracy is absolute: a few units of rounding of the norm of T. Off-diagonal entries
 * below that are taken for zero; T then falls into blocks, in which no off-diagonal entry
 * is zero.
 */
#ifndef SCS_LA_TRIDIAGONAL_H
#define SCS_LA_TRIDIAGONAL_H

#include "base/arena.h"
#include "la/dense_kernels.h"

typedef struct {
    const ScsDenseKernels *kernels;
    scs_int n;
    scs_float *diagonal; /* length n */
    scs_float *off;      /* off[i] couples i and i + 1; length n */
    scs_float *off_square;
    scs_float low; /* bounds of the spectrum, a little outside */
    scs_float high;
    scs_float norm;     /* the larger of their absolute values */
    scs_int blocks;     /* into which T falls */
    scs_int *begin;     /* where they begin, and n; length n + 1 */
    scs_int *block;     /* of the eigenvalues last computed; length n */
    scs_int *order;     /* their numbers, block by block; length n */
    scs_int *place;     /* scratch, length n */
    scs_float *scratch; /* length n */
} ScsTridiagonal;

/* Take memory for order n >= 1 and set the members that never change. The arena may fail. */
void scs_tridiagonal_init(ScsTridiagonal *t, scs_int n, ScsArena *arena);

/* Copy T: n diagonal and n - 1 off-diagonal entries, finite, squares in range. */
void scs_tridiagonal_set(ScsTridiagonal *t, const scs_float *diagonal,
                         const scs_float *off);

/* How many eigenvalues are smaller than x. */
scs_int scs_tridiagonal_count_below(const ScsTridiagonal *t, scs_float x);

/* Eigenvalues number first .. first + count - 1, from 0 in ascending order, into values.
 * t->block tells for each to which block it belongs, t->order lists them by block. */
void scs_tridiagonal_values(ScsTridiagonal *t, scs_int first, scs_int count,
                            scs_float *values);

#endif
