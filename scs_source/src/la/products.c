/* SPDX-License-Identifier: MIT */
#include "la/products.h"

#include "la/vec.h"

ScsProducts scs_products_by(const ScsLapack *lapack) {
    return (ScsProducts){lapack, scs_dense_kernels()};
}

static void multiply_by_lapack(const ScsLapack *lapack, ScsProductShape shape,
                               scs_float alpha, const scs_float *a, const scs_float *b,
                               scs_float beta, scs_float *c) {
    const int m = (int)shape.rows;
    const int n = (int)shape.columns;
    const int k = (int)shape.depth;
    lapack->dgemm(shape.transposed ? "T" : "N", "N", &m, &n, &k, &alpha, a,
                  shape.transposed ? &k : &m, b, &k, &beta, c, &m);
}

/* So many columns of the result take so many terms at a time, which are packed for them
 * on the stack. */
enum { TILE = SCS_DENSE_TILE, DEPTH = 128 };

static ptrdiff_t at_most(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

/* c := beta c, which is not read if beta = 0 */
static void scale(scs_float beta, scs_float *c, ptrdiff_t length) {
    if (beta == 0) {
        scs_vec_fill(0, c, length);
    } else if (beta != 1) {
        scs_vec_scale(beta, c, length);
    }
}

static void multiply(const ScsDenseKernels *kernels, ScsProductShape shape,
                     scs_float alpha, const scs_float *a, const scs_float *b,
                     scs_float beta, scs_float *c) {
    const ptrdiff_t rows = shape.rows;
    const ptrdiff_t depth = shape.depth;
    scs_float packed[TILE * DEPTH];
    scale(beta, c, rows * shape.columns);
    for (ptrdiff_t j = 0; j < shape.columns; j += TILE) {
        const ptrdiff_t columns = at_most(TILE, shape.columns - j);
        for (ptrdiff_t k = 0; k < depth; k += DEPTH) {
            const ptrdiff_t terms = at_most(DEPTH, depth - k);
            kernels->pack_transposed(packed, b + k + j * depth, depth, columns, terms,
                                     -alpha);
            kernels->multiply(c + j * rows, rows, a + k * rows, rows, rows, packed,
                              columns, terms, TILE, true);
        }
    }
}

static void multiply_transposed(const ScsDenseKernels *kernels, ScsProductShape shape,
                                scs_float alpha, const scs_float *a, const scs_float *b,
                                scs_float beta, scs_float *c) {
    const ptrdiff_t rows = shape.rows;
    const ptrdiff_t depth = shape.depth;
    for (ptrdiff_t j = 0; j < shape.columns; ++j) {
        scs_float *to = c + j * rows;
        /* (beta / alpha) c + a'b first, so that b is read as it is */
        scale(beta / alpha, to, rows);
        kernels->multiply_transposed(to, a, depth, depth, rows, b + j * depth);
        scale(alpha, to, rows);
    }
}

void scs_products_multiply(const ScsProducts *by, ScsProductShape shape,
                           scs_float alpha, const scs_float *a, const scs_float *b,
                           scs_float beta, scs_float *c) {
    if (by->lapack) {
        multiply_by_lapack(by->lapack, shape, alpha, a, b, beta, c);
        return;
    }
    if (shape.transposed) {
        multiply_transposed(by->kernels, shape, alpha, a, b, beta, c);
    } else {
        multiply(by->kernels, shape, alpha, a, b, beta, c);
    }
}

void scs_products_inner(const ScsProducts *by, scs_int rows, scs_int columns,
                        const scs_float *a, scs_float *c) {
    if (by->lapack) {
        const int n = (int)columns;
        const int k = (int)rows;
        const scs_float one = 1;
        const scs_float zero = 0;
        by->lapack->dsyrk("L", "T", &n, &k, &one, a, &k, &zero, c, &n);
        return;
    }
    const ptrdiff_t stride = rows;
    for (ptrdiff_t j = 0; j < columns; ++j) {
        scs_float *to = c + j * columns + j;
        const scs_float *own = a + j * stride;
        scs_vec_fill(0, to, columns - j);
        by->kernels->multiply_transposed(to, own, stride, rows, columns - j, own);
    }
}

void scs_products_outer(const ScsProducts *by, scs_int rows, scs_int columns,
                        scs_float sign, const scs_float *a, scs_float *c) {
    if (by->lapack) {
        const int n = (int)rows;
        const int k = (int)columns;
        const scs_float zero = 0;
        by->lapack->dsyrk("L", "N", &n, &k, &sign, a, &n, &zero, c, &n);
        return;
    }
    const ptrdiff_t n = rows;
    scs_float packed[TILE * DEPTH];
    scs_float factor[DEPTH];
    for (ptrdiff_t k = 0; k < DEPTH; ++k) {
        factor[k] = -sign;
    }
    for (ptrdiff_t j = 0; j < n; j += TILE) {
        const ptrdiff_t width = at_most(TILE, n - j);
        scs_float *to = c + j + j * n;
        for (ptrdiff_t i = 0; i < width; ++i) {
            scs_vec_fill(0, to + i * n, n - j);
        }
        for (ptrdiff_t k = 0; k < columns; k += DEPTH) {
            const ptrdiff_t terms = at_most(DEPTH, columns - k);
            const scs_float *from = a + j + k * n;
            by->kernels->pack(packed, from, n, width, terms, factor);
            by->kernels->multiply(to, n, from, n, n - j, packed, width, terms, 0, true);
        }
    }
}
