/* SPDX-License-Identifier: MIT
 *
 * A panel d is on the list of the panel that owns its first row not yet used, so the
 * updates of a panel are found by following its list. The product L_d D_d L_d' is formed
 * in blocks of rows and scattered, or subtracted in place where the rows of d are
 * consecutive in the panel (as between the pieces of a wide supernode).
 */
#include "linsys/supernodal.h"

#include <string.h>

enum {
    NONE = -1,
    CHUNK =
        192, /* rows of an update formed at once: with 96 columns within the L2 cache */
    CHUNK_STRIDE = CHUNK + SCS_DENSE_TILE /* kernels may write a few rows more */
};

void scs_supernodal_allocate(ScsSupernodalFactor *factor, const ScsSupernodes *nodes,
                             ScsArena *arena) {
    factor->l = SCS_NEW(arena, scs_float,
                        nodes->panels.values[nodes->panels.count] + SCS_DENSE_SLACK);
    factor->d = SCS_NEW(arena, scs_float, nodes->size);
}

void scs_supernodal_scratch(ScsSupernodalScratch *scratch, const ScsSupernodes *nodes,
                            ScsArena *arena) {
    const ptrdiff_t widest = (ptrdiff_t)nodes->widest + SCS_DENSE_TILE;
    scratch->head = SCS_NEW(arena, scs_int, nodes->panels.count);
    scratch->next = SCS_NEW(arena, scs_int, nodes->panels.count);
    scratch->position = SCS_NEW(arena, scs_int, nodes->panels.count);
    scratch->place = SCS_NEW(arena, scs_int, nodes->size);
    scratch->relative = SCS_NEW(arena, scs_int, nodes->tallest);
    scratch->packed = SCS_NEW(arena, scs_float, widest * widest);
    scratch->update = SCS_NEW(arena, scs_float, widest * CHUNK_STRIDE);
    scratch->buffer =
        SCS_NEW(arena, scs_float, (ptrdiff_t)nodes->tallest + widest + SCS_DENSE_SLACK);
}

/* A leaf of one column without fill: the rows of the panel are those of K. */
static bool is_copy(const ScsSupernodes *nodes, scs_int s, const ScsKkt *kkt) {
    const scs_int j = nodes->panels.first[s];
    return nodes->panels.width[s] == 1 &&
           nodes->panels.height[s] == kkt->start[j + 1] - kkt->start[j];
}

static void copy_column(scs_float *panel, scs_int j, const ScsKkt *kkt,
                        const ScsKktValues *values, const scs_int *order) {
    *panel++ = scs_kkt_diagonal(kkt, values, j, order[j]);
    for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
        *panel++ = scs_kkt_entry(kkt, values, k);
    }
}

/* Zero the panel and write the entries of K into it; note where rows are in it. */
static void load_panel(scs_float *panel, const ScsSupernodes *nodes, scs_int s,
                       const ScsKkt *kkt, const ScsKktValues *values,
                       const scs_int *order, scs_int *place) {
    const scs_int first = nodes->panels.first[s];
    const scs_int end = nodes->panels.first[s + 1];
    const scs_int *row = nodes->panels.row + nodes->panels.rows[s];
    const ptrdiff_t stride = (ptrdiff_t)(end - first) + nodes->panels.height[s];
    memset(panel, 0, (size_t)(end - first) * (size_t)stride * sizeof *panel);
    for (scs_int j = first; j < end; ++j) {
        place[j] = j - first;
    }
    for (scs_int k = 0; k < nodes->panels.height[s]; ++k) {
        place[row[k]] = end - first + k;
    }
    for (scs_int j = first; j < end; ++j) {
        scs_float *column = panel + (j - first) * stride;
        column[j - first] = scs_kkt_diagonal(kkt, values, j, order[j]);
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            column[place[kkt->row[k]]] = scs_kkt_entry(kkt, values, k);
        }
    }
}

/* An update of the panel at hand by an earlier one. */
typedef struct {
    const scs_float *a; /* rows of the earlier panel that matter */
    ptrdiff_t stride;
    ptrdiff_t rows, columns, depth;
    const scs_float *d;
    const scs_int *row; /* of a */
} Update;

/* For thin updates the product is scattered as it is formed. */
static void apply_thin(const Update *u, scs_float *panel, ptrdiff_t stride,
                       const scs_int *place) {
    for (ptrdiff_t j = 0; j < u->columns; ++j) {
        scs_float *const column = panel + place[u->row[j]] * stride;
        ptrdiff_t k = 0;
        for (; k + 1 < u->depth; k += 2) {
            const scs_float *const a = u->a + k * u->stride;
            const scs_float *const b = a + u->stride;
            const scs_float s = a[j] * u->d[k];
            const scs_float t = b[j] * u->d[k + 1];
            for (ptrdiff_t i = j; i < u->rows; ++i) {
                column[place[u->row[i]]] -= a[i] * s + b[i] * t;
            }
        }
        if (k < u->depth) {
            const scs_float *const a = u->a + k * u->stride;
            const scs_float s = a[j] * u->d[k];
            for (ptrdiff_t i = j; i < u->rows; ++i) {
                column[place[u->row[i]]] -= a[i] * s;
            }
        }
    }
}

static void apply_blocked(const Update *u, scs_float *panel, ptrdiff_t stride,
                          const ScsDenseKernels *kernels,
                          ScsSupernodalScratch *scratch) {
    scs_int *const relative = scratch->relative;
    scs_float *const update = scratch->update;
    for (ptrdiff_t k = 0; k < u->rows; ++k) {
        relative[k] = scratch->place[u->row[k]];
    }
    kernels->pack(scratch->packed, u->a, u->stride, u->columns, u->depth, u->d);
    if (relative[u->rows - 1] - relative[0] == u->rows - 1) {
        kernels->multiply(panel + relative[0] * (stride + 1), stride, u->a, u->stride,
                          u->rows, scratch->packed, u->columns, u->depth, 0, true);
        return;
    }
    for (ptrdiff_t begin = 0; begin < u->rows; begin += CHUNK) {
        const ptrdiff_t rows = u->rows - begin < CHUNK ? u->rows - begin : CHUNK;
        kernels->multiply(update, CHUNK_STRIDE, u->a + begin, u->stride, rows,
                          scratch->packed, u->columns, u->depth, begin, false);
        for (ptrdiff_t j = 0; j < u->columns; ++j) {
            scs_float *const column = panel + relative[j] * stride;
            const scs_float *const from = update + j * CHUNK_STRIDE;
            const scs_int *const to = relative + begin;
            for (ptrdiff_t i = j > begin ? j - begin : 0; i < rows; ++i) {
                column[to[i]] -= from[i];
            }
        }
    }
}

/* Put panel d on the list of the panel that its remaining rows update first. */
static void enlist(const ScsSupernodes *nodes, scs_int d,
                   ScsSupernodalScratch *scratch) {
    const scs_int at = scratch->position[d];
    if (at < nodes->panels.height[d]) {
        const scs_int target =
            nodes->owner[nodes->panels.row[nodes->panels.rows[d] + at]];
        scratch->next[d] = scratch->head[target];
        scratch->head[target] = d;
    }
}

/* Subtract from panel s what the panels on its list contribute. */
static void collect_updates(ScsSupernodalFactor *factor, const ScsSupernodes *nodes,
                            scs_int s, const ScsDenseKernels *kernels,
                            ScsSupernodalScratch *scratch) {
    const scs_int end = nodes->panels.first[s + 1];
    const ptrdiff_t stride =
        (ptrdiff_t)scs_supernodes_width(nodes, s) + nodes->panels.height[s];
    scs_int following = NONE;
    for (scs_int d = scratch->head[s]; d != NONE; d = following) {
        following = scratch->next[d];
        const scs_int from = scratch->position[d];
        const scs_int *const row = nodes->panels.row + nodes->panels.rows[d] + from;
        const scs_int rows = nodes->panels.height[d] - from;
        scs_int columns = 1;
        while (columns < rows && row[columns] < end) {
            ++columns;
        }
        const ptrdiff_t width = scs_supernodes_width(nodes, d);
        const Update update = {.a = factor->l + nodes->panels.values[d] + width + from,
                               .stride = width + nodes->panels.height[d],
                               .rows = rows,
                               .columns = columns,
                               .depth = width,
                               .d = factor->d + nodes->panels.first[d],
                               .row = row};
        scs_float *const panel = factor->l + nodes->panels.values[s];
        if (width <= 2 || width * columns <= 8) {
            apply_thin(&update, panel, stride, scratch->place);
        } else {
            apply_blocked(&update, panel, stride, kernels, scratch);
        }
        scratch->position[d] = from + columns;
        enlist(nodes, d, scratch);
    }
}

/* What a pivot of the wrong sign means. original is its row before the permutation. */
static ScsErrorCode report_pivot(const ScsKkt *kkt, scs_int original, scs_float pivot,
                                 ScsError *error) {
    const bool in_p = original < kkt->n;
    if (in_p && pivot <= 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "P is not positive semidefinite: the factorisation found "
                             "pivot %g in column %lld",
                             pivot, (long long)original);
    }
    return scs_error_set(
        error, SCS_ERROR_NUMERICAL,
        "the factorisation broke down in %s %lld (pivot %g); the data may "
        "be too badly scaled",
        in_p ? "column" : "row", (long long)(in_p ? original : original - kkt->n),
        pivot);
}

/* What kernels->factor does, for one column. */
static ptrdiff_t divide_column(scs_float *panel, ptrdiff_t height, scs_float *d,
                               bool positive) {
    const scs_float pivot = panel[0];
    *d = pivot;
    if (!scs_dense_pivot_is_good(pivot, positive)) {
        return 0;
    }
    const scs_float inverse = 1 / pivot;
    panel[0] = inverse;
    for (ptrdiff_t i = 1; i <= height; ++i) {
        panel[i] *= inverse;
    }
    return -1;
}

ScsErrorCode scs_supernodal_factor(ScsSupernodalFactor *factor,
                                   const ScsSupernodes *nodes, const ScsKkt *kkt,
                                   const ScsKktValues *values, const scs_int *order,
                                   const unsigned char *positive,
                                   const ScsDenseKernels *kernels,
                                   ScsSupernodalScratch *scratch, ScsError *error) {
    for (scs_int s = 0; s < nodes->panels.count; ++s) {
        scratch->head[s] = NONE;
    }
    for (scs_int s = 0; s < nodes->panels.count; ++s) {
        const scs_int first = nodes->panels.first[s];
        const ptrdiff_t width = scs_supernodes_width(nodes, s);
        const ptrdiff_t height = nodes->panels.height[s];
        scs_float *const panel = factor->l + nodes->panels.values[s];
        if (scratch->head[s] == NONE && is_copy(nodes, s, kkt)) {
            copy_column(panel, first, kkt, values, order);
        } else {
            load_panel(panel, nodes, s, kkt, values, order, scratch->place);
            collect_updates(factor, nodes, s, kernels, scratch);
        }
        const ptrdiff_t bad =
            width == 1
                ? divide_column(panel, height, factor->d + first, positive[first])
                : kernels->factor(panel, width + height, width, height,
                                  factor->d + first, positive + first, scratch->packed);
        if (bad >= 0) {
            return report_pivot(kkt, order[first + bad], factor->d[first + bad], error);
        }
        scratch->position[s] = 0;
        enlist(nodes, s, scratch);
    }
    return SCS_OK;
}

void scs_supernodal_solve(const ScsSupernodalFactor *factor, const ScsSupernodes *nodes,
                          const ScsDenseKernels *kernels, scs_float *x,
                          scs_float *buffer) {
    kernels->forward(&nodes->panels, factor->l, x, buffer);
    kernels->backward(&nodes->panels, factor->l, x, buffer);
}
