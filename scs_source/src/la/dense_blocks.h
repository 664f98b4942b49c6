/* SPDX-License-Identifier: MIT
 *
 * Products with a sparse matrix that has dense rectangles: where neighbouring columns have
 * their longest run of consecutive rows in common, as in a full matrix, or one above or
 * below an identity, those entries are multiplied where they lie by dense kernels. Where
 * there are none and rows are much longer than columns, a copy by rows is multiplied: the
 * loops are fewer and longer.
 */
#ifndef SCS_LA_DENSE_BLOCKS_H
#define SCS_LA_DENSE_BLOCKS_H

#include "base/arena.h"
#include "la/dense_kernels.h"
#include "scs.h"

/* Neighbouring columns, `count` from `column` on, with a run of `rows` rows from `row` on
 * (perhaps none) whose values begin at value and are `stride` apart. */
typedef struct {
    scs_int column, count;
    scs_int row, rows;
    scs_int value, stride;
    bool whole; /* the columns have no other entries */
} ScsDenseBlock;

typedef struct {
    const ScsMatrix *a; /* by columns, rows increasing; values may change later */
    ScsMatrix *by_rows; /* A', if that is what is multiplied, or NULL */
    const ScsDenseKernels *kernels;
    scs_int count;
    ScsDenseBlock *blocks; /* of all columns in turn */
} ScsDenseBlocks;

/* The matrix must outlive the blocks. Check arena->failed afterwards. */
void scs_dense_blocks_create(ScsDenseBlocks *blocks, const ScsMatrix *a,
                             ScsArena *arena);

/* Enough of that for scs_dense_blocks_inside. */
void scs_dense_blocks_measure(ScsDenseBlocks *blocks, const ScsMatrix *a,
                              ScsArena *arena);

/* Entries in the rectangles. */
double scs_dense_blocks_inside(const ScsDenseBlocks *blocks);

/* After values of A have changed. */
void scs_dense_blocks_renew(ScsDenseBlocks *blocks);

/* y += A x */
void scs_dense_blocks_multiply(const ScsDenseBlocks *blocks, const scs_float *x,
                               scs_float *y);

/* y += A' x */
void scs_dense_blocks_multiply_transposed(const ScsDenseBlocks *blocks,
                                          const scs_float *x, scs_float *y);

#endif
