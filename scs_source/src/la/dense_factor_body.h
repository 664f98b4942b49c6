/* SPDX-License-Identifier: MIT
 *
 * Products of panels and the factorisation of one; part of dense_kernels_body.h.
 */
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

static void pack_transposed(scs_float *w, const scs_float *b, ptrdiff_t stride,
                            ptrdiff_t columns, ptrdiff_t depth, scs_float factor) {
    for (ptrdiff_t j = 0; j < columns; j += TILE) {
        const ptrdiff_t left = columns - j;
        const ptrdiff_t room = tile_columns(left);
        for (ptrdiff_t i = 0; i < room; ++i) {
            for (ptrdiff_t k = 0; k < depth; ++k) {
                w[i + k * room] = i < left ? factor * b[(j + i) * stride + k] : 0;
            }
        }
        w += room * depth;
    }
}

/* Where a register tile goes, and how many of its columns. */
typedef struct {
    scs_float *c;
    ptrdiff_t stride, count;
} Target;

/* One register tile: `vectors` times LANES rows, `columns` columns; w has w_stride. */
KERNEL_INLINE void multiply_tile(Target target, const scs_float *a, ptrdiff_t a_stride,
                                 const scs_float *w, ptrdiff_t w_stride,
                                 ptrdiff_t depth, const int vectors, const int columns,
                                 const bool subtract) {
    Vector sums[COLUMNS][VECTORS];
    memset(sums, 0, sizeof sums);
    for (ptrdiff_t k = 0; k < depth; ++k) {
        Vector left[VECTORS];
        KERNEL_UNROLL
        for (int v = 0; v < vectors; ++v) {
            left[v] = load(a + v * LANES);
        }
        KERNEL_UNROLL
        for (int j = 0; j < columns; ++j) {
            KERNEL_UNROLL
            for (int v = 0; v < vectors; ++v) {
                sums[j][v] += left[v] * w[j];
            }
        }
        a += a_stride;
        w += w_stride;
    }
    KERNEL_UNROLL
    for (int j = 0; j < columns; ++j) {
        if (j < target.count) {
            KERNEL_UNROLL
            for (int v = 0; v < vectors; ++v) {
                scs_float *at = target.c + j * target.stride + v * LANES;
                store(at, subtract ? load(at) - sums[j][v] : sums[j][v]);
            }
        }
    }
}

/* As many register tiles as the columns take. */
KERNEL_INLINE void multiply_rows(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                                 ptrdiff_t a_stride, const scs_float *w,
                                 ptrdiff_t depth, ptrdiff_t count, const int vectors,
                                 const int columns, const bool subtract) {
    const int part = columns < COLUMNS ? columns : COLUMNS;
    KERNEL_UNROLL
    for (int j = 0; j < columns; j += part) {
        if (j < count) {
            const Target target = {c + j * c_stride, c_stride, count - j};
            multiply_tile(target, a, a_stride, w + j, columns, depth, vectors, part,
                          subtract);
        }
    }
}

/* The rows of one column tile. */
KERNEL_INLINE void multiply_strip(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                                  ptrdiff_t a_stride, ptrdiff_t rows,
                                  const scs_float *w, ptrdiff_t depth, ptrdiff_t count,
                                  const int columns, const bool subtract) {
    ptrdiff_t i = 0;
    for (; i + VECTORS * LANES <= rows; i += VECTORS * LANES) {
        multiply_rows(c + i, c_stride, a + i, a_stride, w, depth, count, VECTORS,
                      columns, subtract);
    }
    for (; i + (subtract ? LANES : 1) <= rows; i += LANES) {
        multiply_rows(c + i, c_stride, a + i, a_stride, w, depth, count, 1, columns,
                      subtract);
    }
    if (i < rows) { /* the last rows must not spill over */
        scs_float edge[TILE * LANES];
        multiply_rows(edge, LANES, a + i, a_stride, w, depth, count, 1, columns, false);
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
            multiply_strip(out, c_stride, first, a_stride, rows - above, w, depth, left,
                           4, subtract);
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
                     ptrdiff_t columns, ptrdiff_t depth, ptrdiff_t skip,
                     bool subtract) {
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
        if (!(size > 0 &&
              size <= 1e300)) { /* its inverse must be finite and not zero */
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

static void divide(scs_float *a, ptrdiff_t stride, const scs_float *block,
                   ptrdiff_t width, ptrdiff_t rows) {
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
