/* SPDX-License-Identifier: MIT */
#include "la/dense_blocks.h"

#include "la/csc.h"

/* Runs of fewer rows are not worth a call. */
static const scs_int least_run = 16;

/* Rows are multiplied instead of columns if they are so much longer. Measured at 7 to 20:
 * 0.78 to 0.90 of the time, of which what remains are the entries themselves. */
static const scs_int least_ratio = 4;

/* The longest run of a column, as a block of one column. Whether there is one as long as
 * is wanted is asked from its last row backwards: most answers come soon, and entries that
 * cannot begin one are skipped. */
static ScsDenseBlock find_run(const ScsMatrix *a, scs_int j) {
    ScsDenseBlock best = {.column = j, .count = 1};
    const scs_int end = a->p[j + 1];
    scs_int wanted = least_run;
    for (scs_int begin = a->p[j]; end - begin >= wanted;) {
        scs_int k = begin + wanted - 1;
        while (k > begin && a->i[k] == a->i[k - 1] + 1) {
            --k;
        }
        if (k == begin) {
            k += wanted;
            while (k < end && a->i[k] == a->i[k - 1] + 1) {
                ++k;
            }
            best.row = a->i[begin];
            best.rows = k - begin;
            best.value = begin;
            wanted = best.rows + 1;
        }
        begin = k;
    }
    best.whole = best.rows == end - a->p[j];
    return best;
}

/* Take a column into the block before it, if it continues that one. */
static bool join(ScsDenseBlock *block, const ScsDenseBlock *column) {
    if (block->rows != column->rows || block->whole != column->whole) {
        return false;
    }
    if (block->rows > 0) {
        const scs_int last = block->value + (block->count - 1) * block->stride;
        const scs_int stride = column->value - last;
        if (block->row != column->row ||
            (block->count > 1 && block->stride != stride)) {
            return false;
        }
        block->stride = stride;
    }
    ++block->count;
    return true;
}

/* Count the blocks, and write them if there is room given. */
static scs_int find_blocks(const ScsMatrix *a, ScsDenseBlock *blocks) {
    ScsDenseBlock current = {0};
    scs_int count = 0;
    for (scs_int j = 0; j < a->n; ++j) {
        const ScsDenseBlock column = find_run(a, j);
        if (count == 0 || !join(&current, &column)) {
            current = column;
            ++count;
        }
        if (blocks) {
            blocks[count - 1] = current;
        }
    }
    return count;
}

void scs_dense_blocks_measure(ScsDenseBlocks *blocks, const ScsMatrix *a,
                              ScsArena *arena) {
    *blocks = (ScsDenseBlocks){.a = a, .kernels = scs_dense_kernels()};
    blocks->count = find_blocks(a, NULL);
    blocks->blocks = SCS_NEW(arena, ScsDenseBlock, blocks->count);
    if (blocks->blocks) {
        (void)find_blocks(a, blocks->blocks);
    }
}

double scs_dense_blocks_inside(const ScsDenseBlocks *blocks) {
    double inside = 0;
    for (scs_int b = 0; b < blocks->count; ++b) {
        const ScsDenseBlock *const block = &blocks->blocks[b];
        inside += (double)block->rows * (double)block->count;
    }
    return inside;
}

/* An empty matrix with room for A'. */
static ScsMatrix *allocate_transposed(const ScsMatrix *a, ScsArena *arena) {
    ScsMatrix *t = SCS_NEW(arena, ScsMatrix, 1);
    if (!t) {
        return NULL;
    }
    t->p = SCS_NEW(arena, scs_int, (ptrdiff_t)a->m + 1);
    t->i = SCS_NEW(arena, scs_int, scs_csc_nnz(a));
    t->x = SCS_NEW(arena, scs_float, scs_csc_nnz(a));
    return arena->failed ? NULL : t;
}

void scs_dense_blocks_create(ScsDenseBlocks *blocks, const ScsMatrix *a,
                             ScsArena *arena) {
    scs_dense_blocks_measure(blocks, a, arena);
    if (arena->failed || a->n / least_ratio < a->m ||
        2 * scs_dense_blocks_inside(blocks) > (double)scs_csc_nnz(a)) {
        return;
    }
    ScsMatrix *t = allocate_transposed(a, arena);
    if (t) {
        scs_csc_transpose(a, t);
        scs_dense_blocks_measure(blocks, t, arena);
        blocks->a = a;
        blocks->by_rows = t;
    }
}

void scs_dense_blocks_renew(ScsDenseBlocks *blocks) {
    if (blocks->by_rows) {
        scs_csc_transpose(blocks->a, blocks->by_rows);
    }
}

/* Entries begin .. end - 1 of a column. */
static void add_entries(const ScsMatrix *a, scs_int begin, scs_int end, scs_float x,
                        scs_float *y) {
    const scs_int *const row = a->i;
    const scs_float *const value = a->x;
    for (scs_int k = begin; k < end; ++k) {
        y[row[k]] += value[k] * x;
    }
}

/* Four sums hide the latency of the additions. */
static scs_float dot_entries(const ScsMatrix *a, scs_int begin, scs_int end,
                             const scs_float *x) {
    const scs_int *const row = a->i;
    const scs_float *const value = a->x;
    scs_float part[4] = {0};
    scs_int k = begin;
    for (; k + 3 < end; k += 4) {
        for (int l = 0; l < 4; ++l) {
            part[l] += value[k + l] * x[row[k + l]];
        }
    }
    for (; k < end; ++k) {
        part[0] += value[k] * x[row[k]];
    }
    return (part[0] + part[1]) + (part[2] + part[3]);
}

/* y += M x for the matrix whose columns the blocks have */
static void multiply(const ScsDenseBlocks *blocks, const ScsMatrix *a,
                     const scs_float *x, scs_float *y) {
    for (scs_int b = 0; b < blocks->count; ++b) {
        const ScsDenseBlock *const block = &blocks->blocks[b];
        if (block->rows > 0) {
            blocks->kernels->multiply_vector(y + block->row, a->x + block->value,
                                             block->stride, block->rows, block->count,
                                             x + block->column);
        }
        for (scs_int c = 0; c < block->count && !block->whole; ++c) {
            const scs_int j = block->column + c;
            const scs_int run =
                block->rows ? block->value + c * block->stride : a->p[j];
            add_entries(a, a->p[j], run, x[j], y);
            add_entries(a, run + block->rows, a->p[j + 1], x[j], y);
        }
    }
}

/* y += M' x likewise */
static void multiply_transposed(const ScsDenseBlocks *blocks, const ScsMatrix *a,
                                const scs_float *x, scs_float *y) {
    for (scs_int b = 0; b < blocks->count; ++b) {
        const ScsDenseBlock *const block = &blocks->blocks[b];
        if (block->rows > 0) {
            blocks->kernels->multiply_transposed(y + block->column, a->x + block->value,
                                                 block->stride, block->rows,
                                                 block->count, x + block->row);
        }
        for (scs_int c = 0; c < block->count && !block->whole; ++c) {
            const scs_int j = block->column + c;
            const scs_int run =
                block->rows ? block->value + c * block->stride : a->p[j];
            y[j] += dot_entries(a, a->p[j], run, x) +
                    dot_entries(a, run + block->rows, a->p[j + 1], x);
        }
    }
}

void scs_dense_blocks_multiply(const ScsDenseBlocks *blocks, const scs_float *x,
                               scs_float *y) {
    if (blocks->by_rows) {
        multiply_transposed(blocks, blocks->by_rows, x, y);
    } else {
        multiply(blocks, blocks->a, x, y);
    }
}

void scs_dense_blocks_multiply_transposed(const ScsDenseBlocks *blocks,
                                          const scs_float *x, scs_float *y) {
    if (blocks->by_rows) {
        multiply(blocks, blocks->by_rows, x, y);
    } else {
        multiply_transposed(blocks, blocks->a, x, y);
    }
}
