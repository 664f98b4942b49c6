/* SPDX-License-Identifier: MIT
 *
 * Body of the dense kernels; a source file defines KERNEL_TABLE, KERNEL_NAME,
 * KERNEL_LANES (doubles in a vector register) and KERNEL_VECTORS (registers that hold one
 * column of a register tile) and includes it once.
 *
 * With GCC and Clang a vector is an extension type, elsewhere one double: the arithmetic
 * reads the same.
 */
#include "la/dense_kernels.h"

#include <string.h>

#if defined(__GNUC__)
typedef scs_float Vector __attribute__((vector_size(8 * KERNEL_LANES)));
typedef scs_float Loose /* as it lies in memory: not aligned */
    __attribute__((vector_size(8 * KERNEL_LANES), aligned(8), may_alias));
#define KERNEL_INLINE static inline __attribute__((always_inline))
enum { LANES = KERNEL_LANES };
#else
typedef scs_float Vector;
typedef scs_float Loose;
#define KERNEL_INLINE static inline
enum { LANES = 1 };
#endif

enum {
    VECTORS = KERNEL_VECTORS,
    TILE = SCS_DENSE_TILE,
    NARROW = 4 /* panels up to this width are solved row by row */
};

KERNEL_INLINE Vector load(const scs_float *x) { return *(const Loose *)x; }

KERNEL_INLINE void store(scs_float *x, Vector v) { *(Loose *)x = v; }

KERNEL_INLINE scs_float sum(Vector v) {
    scs_float part[LANES];
    memcpy(part, &v, sizeof part);
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int k = 0; k < half; ++k) {
            part[k] += part[k + half];
        }
    }
    return part[0];
}

/* How many columns the tile that begins at column j has room for: 8, or for the last few
 * columns the least of 1, 2, 4, 8 that holds them. */
KERNEL_INLINE ptrdiff_t tile_columns(ptrdiff_t left) {
    return left > 4 ? TILE : (left > 2 ? 4 : left);
}

static void pack(scs_float *w, const scs_float *b, ptrdiff_t stride, ptrdiff_t columns,
                 ptrdiff_t depth, const scs_float *d) {
    for (ptrdiff_t j = 0; j < columns; j += TILE) {
        const ptrdiff_t left = columns - j;
        const ptrdiff_t room = tile_columns(left);
        const ptrdiff_t count = left < room ? left : room;
        for (ptrdiff_t k = 0; k < depth; ++k) {
            const scs_float *column = b + j + k * stride;
            for (ptrdiff_t i = 0; i < count; ++i) {
                w[i] = column[i] * d[k];
            }
            for (ptrdiff_t i = count; i < room; ++i) {
                w[i] = 0;
            }
            w += room;
        }
    }
}

/* One register tile: `vectors` times LANES rows, `columns` columns, of which `count` are
 * stored. */
KERNEL_INLINE void multiply_tile(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                                 ptrdiff_t a_stride, const scs_float *w, ptrdiff_t depth,
                                 ptrdiff_t count, const int vectors, const int columns,
                                 const bool subtract) {
    Vector sums[TILE][VECTORS];
    memset(sums, 0, sizeof sums);
    for (ptrdiff_t k = 0; k < depth; ++k) {
        Vector left[VECTORS];
        for (int v = 0; v < vectors; ++v) {
            left[v] = load(a + v * LANES);
        }
        for (int j = 0; j < columns; ++j) {
            for (int v = 0; v < vectors; ++v) {
                sums[j][v] += left[v] * w[j];
            }
        }
        a += a_stride;
        w += columns;
    }
    for (int j = 0; j < columns; ++j) {
        if (j < count) {
            for (int v = 0; v < vectors; ++v) {
                scs_float *at = c + j * c_stride + v * LANES;
                store(at, subtract ? load(at) - sums[j][v] : sums[j][v]);
            }
        }
    }
}

/* The rows of one column tile. */
KERNEL_INLINE void multiply_strip(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                                  ptrdiff_t a_stride, ptrdiff_t rows, const scs_float *w,
                                  ptrdiff_t depth, ptrdiff_t count, const int columns,
                                  const bool subtract) {
    ptrdiff_t i = 0;
    for (; i + VECTORS * LANES <= rows; i += VECTORS * LANES) {
        multiply_tile(c + i, c_stride, a + i, a_stride, w, depth, count, VECTORS, columns,
                      subtract);
    }
    for (; i + (subtract ? LANES : 1) <= rows; i += LANES) {
        multiply_tile(c + i, c_stride, a + i, a_stride, w, depth, count, 1, columns,
                      subtract);
    }
    if (i < rows) { /* the last rows must not spill over */
        scs_float edge[TILE * LANES];
        multiply_tile(edge, LANES, a + i, a_stride, w, depth, count, 1, columns, false);
        for (ptrdiff_t j = 0; j < count; ++j) {
            for (ptrdiff_t k = 0; i + k < rows; ++k) {
                c[j * c_stride + i + k] -= edge[j * LANES + k];
            }
        }
    }
}

KERNEL_INLINE void multiply_as(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                               ptrdiff_t a_stride, ptrdiff_t rows, const scs_float *w,
                               ptrdiff_t columns, ptrdiff_t depth, ptrdiff_t skip,
                               const bool subtract) {
    for (ptrdiff_t j = 0; j < columns; j += TILE) {
        const ptrdiff_t left = columns - j;
        const ptrdiff_t above = j > skip ? j - skip : 0; /* rows above the diagonal */
        const scs_float *first = a + above;
        scs_float *out = c + j * c_stride + above;
        if (left > 4) {
            multiply_strip(out, c_stride, first, a_stride, rows - above, w, depth,
                           left < TILE ? left : TILE, TILE, subtract);
        } else if (left > 2) {
            multiply_strip(out, c_stride, first, a_stride, rows - above, w, depth, left, 4,
                           subtract);
        } else if (left == 2) {
            multiply_strip(out, c_stride, first, a_stride, rows - above, w, depth, 2, 2,
                           subtract);
        } else {
            multiply_strip(out, c_stride, first, a_stride, rows - above, w, depth, 1, 1,
                           subtract);
        }
        w += depth * TILE;
    }
}

static void multiply(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                     ptrdiff_t a_stride, ptrdiff_t rows, const scs_float *w,
                     ptrdiff_t columns, ptrdiff_t depth, ptrdiff_t skip, bool subtract) {
    if (subtract) {
        multiply_as(c, c_stride, a, a_stride, rows, w, columns, depth, skip, true);
    } else {
        multiply_as(c, c_stride, a, a_stride, rows, w, columns, depth, skip, false);
    }
}

/* L D L' of a small diagonal block; the index of a bad pivot or -1. */
static ptrdiff_t factor_block(scs_float *a, ptrdiff_t stride, ptrdiff_t width,
                              scs_float *d, const unsigned char *positive) {
    for (ptrdiff_t j = 0; j < width; ++j) {
        scs_float *const column = a + j * stride;
        const scs_float pivot = column[j];
        const scs_float size = positive[j] ? pivot : -pivot;
        d[j] = pivot;
        if (!(size > 0 && size <= 1e300)) { /* its inverse must be finite and not zero */
            return j;
        }
        const scs_float inverse = 1 / pivot;
        column[j] = inverse;
        for (ptrdiff_t k = j + 1; k < width; ++k) {
            const scs_float factor = column[k] * inverse;
            for (ptrdiff_t i = k; i < width; ++i) {
                a[i + k * stride] -= column[i] * factor;
            }
        }
        for (ptrdiff_t i = j + 1; i < width; ++i) {
            column[i] *= inverse;
        }
    }
    return -1;
}

/* Rows below a diagonal block of `width` columns: A := A L11'^-1 D^-1, in registers. */
KERNEL_INLINE void divide_rows(scs_float *a, ptrdiff_t stride, const scs_float *block,
                               const ptrdiff_t width) {
    Vector z[TILE];
    for (ptrdiff_t j = 0; j < width; ++j) {
        Vector zj = load(a + j * stride);
        for (ptrdiff_t k = 0; k < j; ++k) {
            zj -= z[k] * block[j + k * stride];
        }
        z[j] = zj;
    }
    for (ptrdiff_t j = 0; j < width; ++j) {
        store(a + j * stride, z[j] * block[j + j * stride]);
    }
}

KERNEL_INLINE void divide_row(scs_float *a, ptrdiff_t stride, const scs_float *block,
                              ptrdiff_t width) {
    scs_float z[TILE];
    for (ptrdiff_t j = 0; j < width; ++j) {
        scs_float zj = a[j * stride];
        for (ptrdiff_t k = 0; k < j; ++k) {
            zj -= z[k] * block[j + k * stride];
        }
        z[j] = zj;
    }
    for (ptrdiff_t j = 0; j < width; ++j) {
        a[j * stride] = z[j] * block[j + j * stride];
    }
}

static void divide(scs_float *a, ptrdiff_t stride, const scs_float *block, ptrdiff_t width,
                   ptrdiff_t rows) {
    ptrdiff_t i = 0;
    if (width == TILE) {
        for (; i + LANES <= rows; i += LANES) {
            divide_rows(a + i, stride, block, TILE);
        }
    } else {
        for (; i + LANES <= rows; i += LANES) {
            divide_rows(a + i, stride, block, width);
        }
    }
    for (; i < rows; ++i) {
        divide_row(a + i, stride, block, width);
    }
}

static ptrdiff_t factor(scs_float *panel, ptrdiff_t stride, ptrdiff_t width,
                        ptrdiff_t height, scs_float *d, const unsigned char *positive,
                        scs_float *w) {
    const ptrdiff_t rows = width + height;
    for (ptrdiff_t j = 0; j < width; j += TILE) {
        const ptrdiff_t count = width - j < TILE ? width - j : TILE;
        scs_float *const block = panel + j + j * stride;
        if (j > 0) {
            pack(w, panel + j, stride, count, j, d);
            multiply(block, stride, panel + j, stride, rows - j, w, count, j, 0, true);
        }
        const ptrdiff_t bad = factor_block(block, stride, count, d + j, positive + j);
        if (bad >= 0) {
            return j + bad;
        }
        divide(block + count, stride, block, count, rows - j - count);
    }
    return -1;
}

/* t += (or =) sum over `columns` columns of a_j s_j, for rows entries and a few behind. */
KERNEL_INLINE void combine(scs_float *t, const scs_float *a, ptrdiff_t stride,
                           ptrdiff_t rows, const scs_float *s, const int columns,
                           const bool add) {
    for (ptrdiff_t i = 0; i < rows; i += LANES) {
        Vector total = load(a + i) * s[0];
        for (int j = 1; j < columns; ++j) {
            total += load(a + i + j * stride) * s[j];
        }
        store(t + i, add ? load(t + i) + total : total);
    }
}

static void combine_all(scs_float *t, const scs_float *a, ptrdiff_t stride, ptrdiff_t rows,
                        const scs_float *s, ptrdiff_t columns) {
    ptrdiff_t j = 0;
    switch (columns & 3) {
    case 1:
        combine(t, a, stride, rows, s, 1, false);
        j = 1;
        break;
    case 2:
        combine(t, a, stride, rows, s, 2, false);
        j = 2;
        break;
    case 3:
        combine(t, a, stride, rows, s, 3, false);
        j = 3;
        break;
    default:
        combine(t, a, stride, rows, s, 4, false);
        j = 4;
        break;
    }
    for (; j < columns; j += 4) {
        combine(t, a + j * stride, stride, rows, s + j, 4, true);
    }
}

/* Row by row, for panels too narrow to gain from vectors along the rows. */
KERNEL_INLINE void forward_narrow(const scs_float *a, ptrdiff_t stride, ptrdiff_t height,
                                  const scs_int *row, const scs_float *own, scs_float *x,
                                  const int width) {
    scs_float s[NARROW];
    for (int j = 0; j < width; ++j) {
        s[j] = own[j];
    }
    for (ptrdiff_t i = 0; i < height; ++i) {
        scs_float total = a[i] * s[0];
        for (int j = 1; j < width; ++j) {
            total += a[i + j * stride] * s[j];
        }
        x[row[i]] -= total;
    }
}

static void forward(const scs_float *panel, ptrdiff_t stride, ptrdiff_t width,
                    ptrdiff_t height, const scs_int *row, scs_float *own, scs_float *x,
                    scs_float *buffer) {
    for (ptrdiff_t j = 0; j + 1 < width; ++j) {
        const scs_float *const column = panel + j * stride;
        const scs_float s = own[j];
        for (ptrdiff_t i = j + 1; i < width; ++i) {
            own[i] -= column[i] * s;
        }
    }
    const scs_float *const below = panel + width;
    if (width == 1) {
        forward_narrow(below, stride, height, row, own, x, 1);
    } else if (width == 2) {
        forward_narrow(below, stride, height, row, own, x, 2);
    } else if (width == 3) {
        forward_narrow(below, stride, height, row, own, x, 3);
    } else if (width == 4 && height < 2 * LANES) {
        forward_narrow(below, stride, height, row, own, x, 4);
    } else if (height > 0) {
        combine_all(buffer, below, stride, height, own, width);
        for (ptrdiff_t i = 0; i < height; ++i) {
            x[row[i]] -= buffer[i];
        }
    }
}

/* own_j -= a_j' t for `columns` columns. */
KERNEL_INLINE void reduce(scs_float *own, const scs_float *a, ptrdiff_t stride,
                          ptrdiff_t rows, const scs_float *t, const int columns) {
    Vector total[4];
    memset(total, 0, sizeof total);
    ptrdiff_t i = 0;
    for (; i + LANES <= rows; i += LANES) {
        const Vector ti = load(t + i);
        for (int j = 0; j < columns; ++j) {
            total[j] += load(a + i + j * stride) * ti;
        }
    }
    for (int j = 0; j < columns; ++j) {
        scs_float tail = sum(total[j]);
        for (ptrdiff_t k = i; k < rows; ++k) {
            tail += a[k + j * stride] * t[k];
        }
        own[j] -= tail;
    }
}

KERNEL_INLINE void backward_narrow(const scs_float *a, ptrdiff_t stride, ptrdiff_t height,
                                   const scs_int *row, scs_float *own, const scs_float *x,
                                   const int width) {
    scs_float total[NARROW] = {0};
    scs_float other[NARROW] = {0}; /* two sums hide the latency of the additions */
    ptrdiff_t i = 0;
    for (; i + 1 < height; i += 2) {
        const scs_float s = x[row[i]];
        const scs_float t = x[row[i + 1]];
        for (int j = 0; j < width; ++j) {
            total[j] += a[i + j * stride] * s;
            other[j] += a[i + 1 + j * stride] * t;
        }
    }
    if (i < height) {
        const scs_float s = x[row[i]];
        for (int j = 0; j < width; ++j) {
            total[j] += a[i + j * stride] * s;
        }
    }
    for (int j = 0; j < width; ++j) {
        own[j] -= total[j] + other[j];
    }
}

static void backward_wide(const scs_float *a, ptrdiff_t stride, ptrdiff_t width,
                          ptrdiff_t height, const scs_int *row, scs_float *own,
                          const scs_float *x, scs_float *buffer) {
    for (ptrdiff_t i = 0; i < height; ++i) {
        buffer[i] = x[row[i]];
    }
    ptrdiff_t j = 0;
    for (; j + 4 <= width; j += 4) {
        reduce(own + j, a + j * stride, stride, height, buffer, 4);
    }
    for (; j < width; ++j) {
        reduce(own + j, a + j * stride, stride, height, buffer, 1);
    }
}

static void backward(const scs_float *panel, ptrdiff_t stride, ptrdiff_t width,
                     ptrdiff_t height, const scs_int *row, scs_float *own,
                     const scs_float *x, scs_float *buffer) {
    for (ptrdiff_t j = 0; j < width; ++j) {
        own[j] *= panel[j + j * stride];
    }
    const scs_float *const below = panel + width;
    if (width == 1) {
        backward_narrow(below, stride, height, row, own, x, 1);
    } else if (width == 2) {
        backward_narrow(below, stride, height, row, own, x, 2);
    } else if (width == 3) {
        backward_narrow(below, stride, height, row, own, x, 3);
    } else if (width == 4 && height < 2 * LANES) {
        backward_narrow(below, stride, height, row, own, x, 4);
    } else if (height > 0) {
        backward_wide(below, stride, width, height, row, own, x, buffer);
    }
    for (ptrdiff_t j = width - 1; j-- > 0;) {
        const scs_float *const column = panel + j * stride;
        scs_float total = 0;
        for (ptrdiff_t i = j + 1; i < width; ++i) {
            total += column[i] * own[i];
        }
        own[j] -= total;
    }
}

const ScsDenseKernels KERNEL_TABLE = {
    .name = KERNEL_NAME,
    .pack = pack,
    .multiply = multiply,
    .factor = factor,
    .forward = forward,
    .backward = backward,
};
