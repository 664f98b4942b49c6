/* SPDX-License-Identifier: MIT
 *
 * Products of a dense matrix with a vector; part of dense_kernels_body.h. Unlike the other
 * kernels these neither read nor write beyond the ends of anything.
 */
/* y += A x for `width` columns */
KERNEL_INLINE void add_columns(scs_float *y, const scs_float *a, ptrdiff_t stride,
                               ptrdiff_t rows, const scs_float *x, const int width) {
    ptrdiff_t i = 0;
    for (; i + LANES <= rows; i += LANES) {
        Vector total = load(y + i);
        KERNEL_UNROLL
        for (int j = 0; j < width; ++j) {
            total += load(a + i + j * stride) * x[j];
        }
        store(y + i, total);
    }
    for (; i < rows; ++i) {
        scs_float total = y[i];
        for (int j = 0; j < width; ++j) {
            total += a[i + j * stride] * x[j];
        }
        y[i] = total;
    }
}

static void multiply_vector(scs_float *y, const scs_float *a, ptrdiff_t stride,
                            ptrdiff_t rows, ptrdiff_t columns, const scs_float *x) {
    ptrdiff_t j = 0;
    for (; j + TILE <= columns; j += TILE) {
        add_columns(y, a + j * stride, stride, rows, x + j, TILE);
    }
    for (; j + 2 <= columns; j += 2) {
        add_columns(y, a + j * stride, stride, rows, x + j, 2);
    }
    if (j < columns) {
        add_columns(y, a + j * stride, stride, rows, x + j, 1);
    }
}

/* y += A' x for `width` columns */
KERNEL_INLINE void add_dots(scs_float *y, const scs_float *a, ptrdiff_t stride,
                            ptrdiff_t rows, const scs_float *x, const int width) {
    Vector total[TILE];
    memset(total, 0, sizeof total);
    ptrdiff_t i = 0;
    for (; i + LANES <= rows; i += LANES) {
        const Vector xi = load(x + i);
        KERNEL_UNROLL
        for (int j = 0; j < width; ++j) {
            total[j] += load(a + i + j * stride) * xi;
        }
    }
    KERNEL_UNROLL
    for (int j = 0; j < width; ++j) {
        scs_float tail = sum(total[j]);
        for (ptrdiff_t k = i; k < rows; ++k) {
            tail += a[k + j * stride] * x[k];
        }
        y[j] += tail;
    }
}

static void multiply_transposed(scs_float *y, const scs_float *a, ptrdiff_t stride,
                                ptrdiff_t rows, ptrdiff_t columns, const scs_float *x) {
    ptrdiff_t j = 0;
    for (; j + TILE <= columns; j += TILE) {
        add_dots(y + j, a + j * stride, stride, rows, x, TILE);
    }
    for (; j + 2 <= columns; j += 2) {
        add_dots(y + j, a + j * stride, stride, rows, x, 2);
    }
    if (j < columns) {
        add_dots(y + j, a + j * stride, stride, rows, x, 1);
    }
}
