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

void scs_products_multiply(const ScsProducts *by, ScsProductShape shape,
                           scs_float alpha, const scs_float *a, const scs_float *b,
                           scs_float beta, scs_float *c) {
    if (by->lapack) {
        multiply_by_lapack(by->lapack, shape, alpha, a, b, beta, c);
        return;
    }
    const ptrdiff_t rows = shape.rows;
    const ptrdiff_t depth = shape.depth;
    for (ptrdiff_t j = 0; j < shape.columns; ++j) {
        scs_float *to = c + j * rows;
        /* (beta / alpha) c + op(a) b first, so that b is read as it is */
        if (beta == 0) {
            scs_vec_fill(0, to, rows);
        } else if (beta != alpha) {
            scs_vec_scale(beta / alpha, to, rows);
        }
        if (shape.transposed) {
            by->kernels->multiply_transposed(to, a, depth, depth, rows, b + j * depth);
        } else {
            by->kernels->multiply_vector(to, a, rows, rows, depth, b + j * depth);
        }
        if (alpha != 1) {
            scs_vec_scale(alpha, to, rows);
        }
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

/* Column j of the triangle takes row j of a, of which so many entries at a time are put in
 * a line. Whole tiles of rows are cheaper than just those from j on. */
enum { LINE = 64, TILE = SCS_DENSE_TILE };

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
    scs_float line[LINE];
    for (ptrdiff_t j = 0; j < n; ++j) {
        const ptrdiff_t top = j / TILE * TILE;
        scs_float *to = c + j * n + top;
        scs_vec_fill(0, to, n - top);
        for (ptrdiff_t first = 0; first < columns; first += LINE) {
            const ptrdiff_t many = columns - first < LINE ? columns - first : LINE;
            const scs_float *block = a + first * n;
            for (ptrdiff_t k = 0; k < many; ++k) {
                line[k] = sign * block[j + k * n];
            }
            by->kernels->multiply_vector(to, block + top, n, n - top, many, line);
        }
    }
}
