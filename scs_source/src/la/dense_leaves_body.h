/* SPDX-License-Identifier: MIT
 *
 * Forward and backward substitution in the leaves of a factor; part of
 * dense_kernels_body.h. How many rows a leaf has is known to the compiler, and nothing needs
 * to be read beyond values and rows.
 */
enum { FLOCK = 8 };

/* Leaves of one row often come in flocks that share it, such as the entries of a matrix in
 * which the same variable is: then the row is written once, as each would have to wait for
 * the one before. */
KERNEL_INLINE void forward_leaves(const scs_float *panel, const scs_int *row,
                                  const scs_float *own, scs_float *x, ptrdiff_t count,
                                  const int height) {
    ptrdiff_t j = 0;
    for (; height == 1 && j + FLOCK <= count; j += FLOCK) {
        scs_int differ = 0;
        scs_float total[4] = {0};
        KERNEL_UNROLL
        for (int k = 0; k < FLOCK; ++k) {
            differ |= row[j + k] ^ row[j];
            total[k % 4] += panel[2 * (j + k) + 1] * own[j + k];
        }
        if (differ == 0) {
            x[row[j]] -= (total[0] + total[1]) + (total[2] + total[3]);
            continue;
        }
        KERNEL_UNROLL
        for (int k = 0; k < FLOCK; ++k) {
            x[row[j + k]] -= panel[2 * (j + k) + 1] * own[j + k];
        }
    }
    const ptrdiff_t stride = 1 + height;
    for (; j < count; ++j) {
        KERNEL_UNROLL
        for (int i = 0; i < height; ++i) {
            x[row[j * height + i]] -= panel[j * stride + 1 + i] * own[j];
        }
    }
}

KERNEL_INLINE void backward_leaves(const scs_float *panel, const scs_int *row,
                                   scs_float *own, const scs_float *x, ptrdiff_t count,
                                   const int height) {
    const ptrdiff_t stride = 1 + height;
    for (ptrdiff_t j = 0; j < count; ++j) {
        scs_float s = own[j] * panel[j * stride];
        KERNEL_UNROLL
        for (int i = 0; i < height; ++i) {
            s -= panel[j * stride + 1 + i] * x[row[j * height + i]];
        }
        own[j] = s;
    }
}

KERNEL_INLINE void sweep_height(const scs_float *panel, const scs_int *row,
                                scs_float *own, scs_float *x, ptrdiff_t count,
                                const bool forward, const int height) {
    if (forward) {
        forward_leaves(panel, row, own, x, count, height);
    } else {
        backward_leaves(panel, row, own, x, count, height);
    }
}

/* Leaves hold no row of each other, so that they may come in any order. */
KERNEL_INLINE void sweep_leaves(const ScsPanels *panels, const scs_float *l,
                                scs_float *x, const bool forward) {
    const scs_int *row = panels->row;
    scs_float *own = x;
    for (int h = 1; h <= SCS_LEAF_HEIGHT; ++h) {
        const ptrdiff_t count = panels->leaves[h] - panels->leaves[h - 1];
        switch (h) {
        case 1:
            sweep_height(l, row, own, x, count, forward, 1);
            break;
        case 2:
            sweep_height(l, row, own, x, count, forward, 2);
            break;
        case 3:
            sweep_height(l, row, own, x, count, forward, 3);
            break;
        default:
            sweep_height(l, row, own, x, count, forward, SCS_LEAF_HEIGHT);
            break;
        }
        l += count * (1 + h);
        row += count * h;
        own += count;
    }
}
