/* SPDX-License-Identifier: MIT
 *
 * Left-looking: when its turn comes, a panel collects the products of the panels before
 * it. What a caller subtracts are products of the same sort.
 */
#include "la/dense_factor.h"

#include <string.h>

enum { ROWS = 192 }; /* of a product formed at once: with the depth in the L2 cache */

static ptrdiff_t least(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

void scs_dense_factor_create(ScsDenseFactor *factor, scs_int order, ScsArena *arena) {
    const scs_int count =
        (scs_int)(((int64_t)order + SCS_DENSE_DEPTH - 1) / SCS_DENSE_DEPTH);
    const scs_int below = order - (scs_int)least(SCS_DENSE_DEPTH, order);
    *factor = (ScsDenseFactor){.kernels = scs_dense_kernels(),
                               .panels = {.count = count, .size = order}};
    ScsPanels *const panels = &factor->panels;
    panels->first = SCS_NEW(arena, scs_int, (ptrdiff_t)count + 1);
    panels->width = SCS_NEW(arena, scs_int, count);
    panels->height = SCS_NEW(arena, scs_int, count);
    panels->rows = SCS_NEW(arena, int64_t, (ptrdiff_t)count + 1);
    panels->row = SCS_NEW(arena, scs_int, below);
    panels->values = SCS_NEW(arena, int64_t, (ptrdiff_t)count + 1);
    factor->column = SCS_NEW(arena, int64_t, order);
    if (arena->failed) {
        return;
    }
    for (scs_int s = 0; s < count; ++s) {
        const scs_int first = s * SCS_DENSE_DEPTH;
        const scs_int width = (scs_int)least(SCS_DENSE_DEPTH, order - first);
        const int64_t stride = order - first;
        panels->first[s] = first;
        panels->width[s] = width;
        panels->height[s] = order - first - width;
        panels->rows[s] = (int64_t)s * SCS_DENSE_DEPTH;
        panels->values[s + 1] = panels->values[s] + width * stride;
        for (scs_int j = 0; j < width; ++j) {
            factor->column[first + j] = panels->values[s] + j * stride - first;
        }
    }
    panels->first[count] = order;
    /* The list of a panel is the end of the first one's. */
    panels->rows[count] = below;
    for (scs_int i = 0; i < below; ++i) {
        panels->row[i] = order - below + i;
    }
    const ptrdiff_t padded = SCS_DENSE_DEPTH + SCS_DENSE_TILE;
    factor->l = SCS_NEW(arena, scs_float, panels->values[count] + SCS_DENSE_SLACK);
    factor->d = SCS_NEW(arena, scs_float, order);
    factor->positive = SCS_NEW(arena, unsigned char, order);
    factor->packed = SCS_NEW(arena, scs_float, padded * padded);
    factor->buffer = SCS_NEW(arena, scs_float, (ptrdiff_t)order + SCS_DENSE_SLACK);
    if (!arena->failed) {
        memset(factor->positive, 1, (size_t)order);
    }
}

void scs_dense_factor_clear(ScsDenseFactor *factor) {
    memset(factor->l, 0,
           (size_t)factor->panels.values[factor->panels.count] * sizeof *factor->l);
}

/* Panel s -= A diag(d) A'; a is what A, which begins at the panel's first row, has there. */
static void subtract_from_panel(ScsDenseFactor *factor, scs_int s, const scs_float *a,
                                ptrdiff_t stride, ptrdiff_t depth, const scs_float *d) {
    const ScsPanels *const panels = &factor->panels;
    const ptrdiff_t width = panels->width[s];
    const ptrdiff_t rows = width + panels->height[s];
    scs_float *const panel = factor->l + panels->values[s];
    factor->kernels->pack(factor->packed, a, stride, width, depth, d);
    for (ptrdiff_t begin = 0; begin < rows; begin += ROWS) {
        const ptrdiff_t many = least(rows - begin, ROWS);
        factor->kernels->multiply(panel + begin, rows, a + begin, stride, many,
                                  factor->packed, least(width, begin + many), depth,
                                  begin, true);
    }
}

void scs_dense_factor_subtract(ScsDenseFactor *factor, const scs_float *t,
                               ptrdiff_t depth, const scs_float *d) {
    const ScsPanels *const panels = &factor->panels;
    for (scs_int s = 0; s < panels->count && depth > 0; ++s) {
        subtract_from_panel(factor, s, t + panels->first[s], panels->size, depth, d);
    }
}

ptrdiff_t scs_dense_factor_factorise(ScsDenseFactor *factor) {
    const ScsPanels *const panels = &factor->panels;
    for (scs_int s = 0; s < panels->count; ++s) {
        const ptrdiff_t first = panels->first[s];
        for (scs_int e = 0; e < s; ++e) { /* earlier ones */
            subtract_from_panel(
                factor, s, factor->l + panels->values[e] + first - panels->first[e],
                panels->size - panels->first[e], panels->width[e],
                factor->d + panels->first[e]);
        }
        const ptrdiff_t bad = factor->kernels->factor(
            factor->l + panels->values[s], panels->size - first, panels->width[s],
            panels->height[s], factor->d + first, factor->positive + first,
            factor->packed);
        if (bad >= 0) {
            return first + bad;
        }
    }
    return -1;
}

void scs_dense_factor_solve(const ScsDenseFactor *factor, scs_float *x) {
    factor->kernels->forward(&factor->panels, factor->l, x, factor->buffer);
    factor->kernels->backward(&factor->panels, factor->l, x, factor->buffer);
}

void scs_dense_factor_copy(const ScsDenseFactor *from, ScsDenseFactor *to) {
    memcpy(to->l, from->l,
           (size_t)from->panels.values[from->panels.count] * sizeof *to->l);
    memcpy(to->d, from->d, (size_t)from->panels.size * sizeof *to->d);
}
