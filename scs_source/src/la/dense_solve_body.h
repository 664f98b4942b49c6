/* SPDX-License-Identifier: MIT
 *
 * Forward and backward substitution; part of dense_kernels_body.h.
 */
/* The solves. Panels of up to TILE columns are handled with the number of columns known to
 * the compiler, so that the entries of x they own stay in registers: going through memory
 * would stall on loads that overlap recent narrower stores. Wider panels are done in
 * groups of TILE columns. */

/* own := L11^-1 own for a unit lower triangular block. */
KERNEL_INLINE void solve_lower(const scs_float *block, ptrdiff_t stride, scs_float *own,
                               scs_float *s, const int width) {
    KERNEL_UNROLL
    for (int i = 0; i < width; ++i) {
        scs_float si = own[i];
        KERNEL_UNROLL
        for (int j = 0; j < i; ++j) {
            si -= block[i + j * stride] * s[j];
        }
        s[i] = si;
        own[i] = si;
    }
}

/* own := L11'^-1 s */
KERNEL_INLINE void solve_upper(const scs_float *block, ptrdiff_t stride, scs_float *own,
                               scs_float *s, const int width) {
    KERNEL_UNROLL
    for (int j = width - 1; j >= 0; --j) {
        scs_float sj = s[j];
        KERNEL_UNROLL
        for (int i = j + 1; i < width; ++i) {
            sj -= block[i + j * stride] * s[i];
        }
        s[j] = sj;
        own[j] = sj;
    }
}

/* x[row] -= A s */
KERNEL_INLINE void scatter_product(const scs_float *a, ptrdiff_t stride, ptrdiff_t rows,
                                   const scs_int *row, const scs_float *s, scs_float *x,
                                   const int width) {
    ptrdiff_t i = 0;
    if (width > 1) {
        for (; i + LANES <= rows; i += LANES) {
            Vector total = load(a + i) * s[0];
            KERNEL_UNROLL
            for (int j = 1; j < width; ++j) {
                total += load(a + i + j * stride) * s[j];
            }
            scs_float part[LANES];
            memcpy(part, &total, sizeof part);
            KERNEL_UNROLL
            for (int k = 0; k < LANES; ++k) {
                x[row[i + k]] -= part[k];
            }
        }
    }
    for (; i < rows; ++i) {
        scs_float total = a[i] * s[0];
        KERNEL_UNROLL
        for (int j = 1; j < width; ++j) {
            total += a[i + j * stride] * s[j];
        }
        x[row[i]] -= total;
    }
}

KERNEL_INLINE Vector gather(const scs_float *x, const scs_int *row) {
#if KERNEL_LANES == 8 && defined(__GNUC__)
    const Vector v = {x[row[0]], x[row[1]], x[row[2]], x[row[3]],
                      x[row[4]], x[row[5]], x[row[6]], x[row[7]]};
    return v;
#elif KERNEL_LANES == 4 && defined(__GNUC__)
    const Vector v = {x[row[0]], x[row[1]], x[row[2]], x[row[3]]};
    return v;
#elif defined(__GNUC__)
    const Vector v = {x[row[0]], x[row[1]]};
    return v;
#else
    return x[row[0]];
#endif
}

/* s -= a' x[row]; four sums hide the latency of the additions. */
KERNEL_INLINE void gather_column(const scs_float *a, ptrdiff_t rows, const scs_int *row,
                                 scs_float *s, const scs_float *x) {
    scs_float part[4] = {0};
    ptrdiff_t i = 0;
    for (; i + 4 <= rows; i += 4) {
        for (int k = 0; k < 4; ++k) {
            part[k] += a[i + k] * x[row[i + k]];
        }
    }
    scs_float tail = 0;
    for (; i < rows; ++i) {
        tail += a[i] * x[row[i]];
    }
    s[0] -= ((part[0] + part[1]) + (part[2] + part[3])) + tail;
}

/* s -= A' x[row] */
KERNEL_INLINE void gather_product(const scs_float *a, ptrdiff_t stride, ptrdiff_t rows,
                                  const scs_int *row, scs_float *s, const scs_float *x,
                                  const int width) {
    scs_float tail[TILE] = {0};
    ptrdiff_t i = 0;
    if (rows >= LANES) {
        Vector total[TILE];
        memset(total, 0, sizeof total);
        for (; i + LANES <= rows; i += LANES) {
            const Vector t = gather(x, row + i);
            KERNEL_UNROLL
            for (int j = 0; j < width; ++j) {
                total[j] += load(a + i + j * stride) * t;
            }
        }
        KERNEL_UNROLL
        for (int j = 0; j < width; ++j) {
            tail[j] = sum(total[j]);
        }
    }
    for (; i < rows; ++i) {
        const scs_float t = x[row[i]];
        KERNEL_UNROLL
        for (int j = 0; j < width; ++j) {
            tail[j] += a[i + j * stride] * t;
        }
    }
    KERNEL_UNROLL
    for (int j = 0; j < width; ++j) {
        s[j] -= tail[j];
    }
}

KERNEL_INLINE void forward_fixed(const scs_float *panel, ptrdiff_t height,
                                 const scs_int *row, scs_float *own, scs_float *x,
                                 const int width) {
    scs_float s[TILE];
    solve_lower(panel, width + height, own, s, width);
    scatter_product(panel + width, width + height, height, row, s, x, width);
}

KERNEL_INLINE void backward_fixed(const scs_float *panel, ptrdiff_t height,
                                  const scs_int *row, scs_float *own,
                                  const scs_float *x, const int width) {
    const ptrdiff_t stride = width + height;
    scs_float s[TILE];
    KERNEL_UNROLL
    for (int j = 0; j < width; ++j) {
        s[j] = own[j] * panel[j + j * stride];
    }
    if (width == 1) {
        gather_column(panel + 1, height, row, s, x);
    } else {
        gather_product(panel + width, stride, height, row, s, x, width);
    }
    solve_upper(panel, stride, own, s, width);
}

/* Panels of 2 .. TILE columns. */
KERNEL_APART void forward_narrow(const scs_float *panel, ptrdiff_t width,
                                 ptrdiff_t height, const scs_int *row, scs_float *own,
                                 scs_float *x) {
    switch (width) {
    case 2:
        forward_fixed(panel, height, row, own, x, 2);
        break;
    case 3:
        forward_fixed(panel, height, row, own, x, 3);
        break;
    case 4:
        forward_fixed(panel, height, row, own, x, 4);
        break;
    case 5:
        forward_fixed(panel, height, row, own, x, 5);
        break;
    case 6:
        forward_fixed(panel, height, row, own, x, 6);
        break;
    case 7:
        forward_fixed(panel, height, row, own, x, 7);
        break;
    default:
        forward_fixed(panel, height, row, own, x, TILE);
        break;
    }
}

KERNEL_APART void backward_narrow(const scs_float *panel, ptrdiff_t width,
                                  ptrdiff_t height, const scs_int *row, scs_float *own,
                                  const scs_float *x) {
    switch (width) {
    case 2:
        backward_fixed(panel, height, row, own, x, 2);
        break;
    case 3:
        backward_fixed(panel, height, row, own, x, 3);
        break;
    case 4:
        backward_fixed(panel, height, row, own, x, 4);
        break;
    case 5:
        backward_fixed(panel, height, row, own, x, 5);
        break;
    case 6:
        backward_fixed(panel, height, row, own, x, 6);
        break;
    case 7:
        backward_fixed(panel, height, row, own, x, 7);
        break;
    default:
        backward_fixed(panel, height, row, own, x, TILE);
        break;
    }
}

/* t += A s, or t = A s if the group is the first, for `width` columns. Writes a few
 * entries behind t. */
KERNEL_INLINE void add_product(scs_float *t, const scs_float *a, ptrdiff_t stride,
                               ptrdiff_t rows, const scs_float *s, bool add,
                               const int width) {
    for (ptrdiff_t i = 0; i < rows; i += LANES) {
        Vector total = load(a + i) * s[0];
        KERNEL_UNROLL
        for (int j = 1; j < width; ++j) {
            total += load(a + i + j * stride) * s[j];
        }
        store(t + i, add ? load(t + i) + total : total);
    }
}

/* s -= A' t */
KERNEL_INLINE void subtract_product(const scs_float *a, ptrdiff_t stride,
                                    ptrdiff_t rows, const scs_float *t, scs_float *s,
                                    const int width) {
    Vector total[TILE];
    memset(total, 0, sizeof total);
    ptrdiff_t i = 0;
    for (; i + LANES <= rows; i += LANES) {
        const Vector ti = load(t + i);
        KERNEL_UNROLL
        for (int j = 0; j < width; ++j) {
            total[j] += load(a + i + j * stride) * ti;
        }
    }
    KERNEL_UNROLL
    for (int j = 0; j < width; ++j) {
        scs_float tail = sum(total[j]);
        for (ptrdiff_t k = i; k < rows; ++k) {
            tail += a[k + j * stride] * t[k];
        }
        s[j] -= tail;
    }
}

/* One group of columns of a wide panel: `left` rows of the panel follow its block. The
 * rows that belong to the panel's own columns are updated through the buffer as well,
 * which has room for them in front. */
KERNEL_INLINE void forward_group(const scs_float *block, ptrdiff_t stride,
                                 ptrdiff_t left, scs_float *own, scs_float *t, bool add,
                                 const int width) {
    scs_float s[TILE];
    for (int j = 0; j < width && add; ++j) {
        own[j] -= t[j];
    }
    solve_lower(block, stride, own, s, width);
    add_product(t + width, block + width, stride, left, s, add, width);
}

KERNEL_APART void forward_wide(const scs_float *panel, ptrdiff_t width,
                               ptrdiff_t height, const scs_int *row, scs_float *own,
                               scs_float *x, scs_float *buffer) {
    const ptrdiff_t stride = width + height;
    ptrdiff_t j = 0;
    for (; j + TILE <= width; j += TILE) {
        forward_group(panel + j * (stride + 1), stride, stride - j - TILE, own + j,
                      buffer + j, j > 0, TILE);
    }
    for (; j + 2 <= width; j += 2) {
        forward_group(panel + j * (stride + 1), stride, stride - j - 2, own + j,
                      buffer + j, true, 2);
    }
    if (j < width) {
        forward_group(panel + j * (stride + 1), stride, stride - j - 1, own + j,
                      buffer + j, true, 1);
    }
    for (ptrdiff_t i = 0; i < height; ++i) {
        x[row[i]] -= buffer[width + i];
    }
}

KERNEL_INLINE void backward_group(const scs_float *block, ptrdiff_t stride,
                                  ptrdiff_t left, scs_float *own, scs_float *t,
                                  const int width) {
    scs_float s[TILE];
    KERNEL_UNROLL
    for (int j = 0; j < width; ++j) {
        s[j] = own[j] * block[j + j * stride];
    }
    subtract_product(block + width, stride, left, t + width, s, width);
    solve_upper(block, stride, own, s, width);
    KERNEL_UNROLL
    for (int j = 0; j < width; ++j) {
        t[j] = own[j];
    }
}

KERNEL_APART void backward_wide(const scs_float *panel, ptrdiff_t width,
                                ptrdiff_t height, const scs_int *row, scs_float *own,
                                const scs_float *x, scs_float *buffer) {
    const ptrdiff_t stride = width + height;
    for (ptrdiff_t i = 0; i < height; ++i) {
        buffer[width + i] = x[row[i]];
    }
    ptrdiff_t j = width;
    if (width % 2 != 0) {
        j -= 1;
        backward_group(panel + j * (stride + 1), stride, stride - j - 1, own + j,
                       buffer + j, 1);
    }
    for (; j % TILE != 0;) {
        j -= 2;
        backward_group(panel + j * (stride + 1), stride, stride - j - 2, own + j,
                       buffer + j, 2);
    }
    for (; j > 0;) {
        j -= TILE;
        backward_group(panel + j * (stride + 1), stride, stride - j - TILE, own + j,
                       buffer + j, TILE);
    }
}

/* Both sweeps run along the panels with pointers, because most panels of a sparse factor
 * have one column and few rows: what they need beyond their values is one height. */
static void forward(const ScsPanels *panels, const scs_float *l, scs_float *x,
                    scs_float *buffer) {
    const scs_int begin = panels->leaves[SCS_LEAF_HEIGHT];
    const scs_float *panel = l + panels->values[begin];
    const scs_int *row = panels->row + panels->rows[begin];
    scs_float *own = x + panels->first[begin];
    sweep_leaves(panels, l, x, true);
    for (scs_int s = begin; s < panels->count; ++s) {
        const ptrdiff_t width = panels->width[s];
        const ptrdiff_t height = panels->height[s];
        if (width == 1) {
            forward_fixed(panel, height, row, own, x, 1);
            row += height;
        } else if (width <= TILE) {
            forward_narrow(panel, width, height, row, own, x);
            row += height;
        } else {
            forward_wide(panel, width, height, row, own, x, buffer);
            row = panels->row + panels->rows[s + 1];
        }
        panel += width * (width + height);
        own += width;
    }
}

static void backward(const ScsPanels *panels, const scs_float *l, scs_float *x,
                     scs_float *buffer) {
    const scs_float *panel = l + panels->values[panels->count];
    const scs_int *row = panels->row + panels->rows[panels->count];
    scs_float *own = x + panels->size;
    for (scs_int s = panels->count; s-- > panels->leaves[SCS_LEAF_HEIGHT];) {
        const ptrdiff_t width = panels->width[s];
        const ptrdiff_t height = panels->height[s];
        panel -= width * (width + height);
        own -= width;
        if (width == 1) {
            row -= height;
            backward_fixed(panel, height, row, own, x, 1);
        } else if (width <= TILE) {
            row -= height;
            backward_narrow(panel, width, height, row, own, x);
        } else {
            row = panels->row + panels->rows[s];
            backward_wide(panel, width, height, row, own, x, buffer);
        }
    }
    sweep_leaves(panels, l, x, false);
}
