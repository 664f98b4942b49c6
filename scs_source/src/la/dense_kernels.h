/* SPDX-License-Identifier: MIT
 *
 * Dense kernels of the supernodal factorisation K = L D L' and of symmetric eigenproblems.
 *
 * A panel holds `width` columns of L, stored by columns with leading dimension `stride`:
 * first the rows of its own columns (unit lower triangular; the diagonal holds 1 / D, what
 * is above it is arbitrary), then `height` rows below. Kernels may read, never use, up to
 * SCS_DENSE_SLACK doubles behind the last entry of a panel.
 *
 * One body is compiled for several instruction sets and chosen when a backend is created.
 * Results differ between instruction sets by rounding, never between runs on one machine.
 */
#ifndef SCS_LA_DENSE_KERNELS_H
#define SCS_LA_DENSE_KERNELS_H

#include "scs_types.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SCS_DENSE_SLACK = 64,  /* doubles that must exist behind panels and buffers */
    SCS_DENSE_SHIFTS = 16, /* of one call of sturm: their divisions overlap */
    SCS_DENSE_TILE = 8, /* packed factors are padded to a multiple of so many columns */
    SCS_LEAF_HEIGHT = 4 /* rows below a leaf, see below */
};

/* All panels of a factor in order of elimination. Panel s has width[s] columns, which
 * follow those of panel s - 1, and height[s] rows below them, row[rows[s] ..] (increasing);
 * its values begin at values[s], where those of panel s - 1 end, its stride being width +
 * height. If a panel is no wider than SCS_DENSE_TILE, the rows of the next panel follow
 * its own.
 *
 * It may begin with leaves, single columns that are no row of any panel: from leaves[h - 1]
 * (0 for h = 1) to leaves[h] those with h rows below. */
typedef struct {
    scs_int count;
    scs_int size;    /* columns of all panels */
    scs_int *first;  /* first column of a panel, length count + 1 */
    scs_int *width;  /* length count */
    scs_int *height; /* length count */
    int64_t *rows;   /* length count + 1; lists of neighbouring panels may overlap */
    scs_int *row;
    int64_t *values; /* length count + 1 */
    scs_int leaves[SCS_LEAF_HEIGHT + 1];
} ScsPanels;

typedef struct {
    const char *name; /* of the instruction set */

    /* Pack w = (B diag(d))' for multiply: B is columns by depth with the given stride.
     * w has room for depth times `columns` rounded up to SCS_DENSE_TILE. */
    void (*pack)(scs_float *w, const scs_float *b, ptrdiff_t stride, ptrdiff_t columns,
                 ptrdiff_t depth, const scs_float *d);

    /* The same for w = factor B: B is depth by columns with the given stride. */
    void (*pack_transposed)(scs_float *w, const scs_float *b, ptrdiff_t stride,
                            ptrdiff_t columns, ptrdiff_t depth, scs_float factor);

    /* C -= A W if subtract, else C = A W, for packed W. A is rows by depth, C is rows by
     * columns. Only entries with row + skip >= column matter (the lower triangle): others
     * may be left as they are or be filled with anything. If not subtract, C is a buffer
     * whose columns may be overwritten up to the next multiple of SCS_DENSE_TILE rows. */
    void (*multiply)(scs_float *c, ptrdiff_t c_stride, const scs_float *a,
                     ptrdiff_t a_stride, ptrdiff_t rows, const scs_float *w,
                     ptrdiff_t columns, ptrdiff_t depth, ptrdiff_t skip, bool subtract);

    /* Factorise a panel in place, its lower part given by the matrix less all updates from
     * other panels; write d (width pivots). w is scratch of SCS_DENSE_TILE * width. Stops
     * at the first pivot that is not finite or not positive where positive[j] is set, not
     * negative where it is not, and returns its column (d[column] is that pivot), else
     * -1. */
    ptrdiff_t (*factor)(scs_float *panel, ptrdiff_t stride, ptrdiff_t width,
                        ptrdiff_t height, scs_float *d, const unsigned char *positive,
                        scs_float *w);

    /* x := L^-1 x. buffer has room for the longest column of a panel, and slack. */
    void (*forward)(const ScsPanels *panels, const scs_float *l, scs_float *x,
                    scs_float *buffer);

    /* x := L'^-1 D^-1 x */
    void (*backward)(const ScsPanels *panels, const scs_float *l, scs_float *x,
                     scs_float *buffer);

    /* y += A x for dense A, rows by columns, stored by columns with the given stride.
     * Nothing is read or written behind the last entry. */
    void (*multiply_vector)(scs_float *y, const scs_float *a, ptrdiff_t stride,
                            ptrdiff_t rows, ptrdiff_t columns, const scs_float *x);

    /* y += A' x likewise */
    void (*multiply_transposed)(scs_float *y, const scs_float *a, ptrdiff_t stride,
                                ptrdiff_t rows, ptrdiff_t columns, const scs_float *x);

    /* below[l] = number of eigenvalues smaller than x[l] of the symmetric tridiagonal
     * matrix with diagonal d (n >= 1 entries, none -0) and the given squares off the
     * diagonal (n - 1, none 0), for SCS_DENSE_SHIFTS shifts: negative pivots of T - x. */
    void (*sturm)(const scs_float *d, const scs_float *off_square, ptrdiff_t n,
                  const scs_float *x, int64_t *below);

    /* Reduce the symmetric matrix a (lower triangle, n x n by columns) to the tridiagonal
     * form T = Q'AQ by reflectors, which replace the triangle as LAPACK's dsytrd leaves
     * them. In one pass over the triangle it is updated and multiplied by the next
     * reflector, so each entry is read and written once a step. The strict upper triangle
     * and SCS_DENSE_SLACK doubles behind the matrix must be finite. Entries whose squares
     * are below 1e-280 may be taken for zero. scratch: 4 (n + SCS_DENSE_SLACK). */
    void (*reduce)(scs_float *a, ptrdiff_t n, scs_float *diagonal, scs_float *off,
                   scs_float *tau, scs_float *scratch);

    /* z := Q z for the count columns of z, n x count. scratch: 5 (n + SCS_DENSE_SLACK) */
    void (*reflect)(const scs_float *a, const scs_float *tau, ptrdiff_t n, scs_float *z,
                    ptrdiff_t count, scs_float *scratch);
} ScsDenseKernels;

/* Whether a pivot has the sign it must have and a finite inverse that is not zero. */
static inline bool scs_dense_pivot_is_good(scs_float pivot, bool positive) {
    const scs_float size = positive ? pivot : -pivot;
    return size > 0 && size <= 1e300;
}

/* The fastest set that this machine runs. Looks at the processor each time: keep it. */
const ScsDenseKernels *scs_dense_kernels(void);

/* The sets themselves, for dispatch and tests. */
extern const ScsDenseKernels scs_dense_kernels_baseline;
extern const ScsDenseKernels scs_dense_kernels_avx2;
extern const ScsDenseKernels scs_dense_kernels_avx512;

#endif
