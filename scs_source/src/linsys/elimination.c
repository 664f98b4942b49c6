/* SPDX-License-Identifier: MIT */
#include "linsys/elimination.h"

#include "linsys/etree.h"
#include "linsys/order.h"

#include <math.h>

/* Reorder so that a subtree of the elimination tree is contiguous: columns of L that are
 * used together then lie together. order, inverse, parent, count are updated; work has
 * length 4 size. */
static void apply_postorder(scs_int size, scs_int *order, scs_int *inverse,
                            scs_int *parent, scs_int *count, scs_int *work) {
    scs_int *const post = work;
    scs_int *const copy = work + size;
    scs_int *const place = copy + size; /* new one of a node */
    scs_etree_postorder(size, parent, count, post, copy);
    for (scs_int k = 0; k < size; ++k) {
        copy[k] = order[post[k]];
    }
    for (scs_int k = 0; k < size; ++k) {
        order[k] = copy[k];
        inverse[copy[k]] = k;
        place[post[k]] = k;
    }
    for (scs_int k = 0; k < size; ++k) {
        copy[k] = parent[post[k]] < 0 ? -1 : place[parent[post[k]]];
    }
    scs_int *const old_count = place + size;
    for (scs_int k = 0; k < size; ++k) {
        parent[k] = copy[k];
        old_count[k] = count[k];
    }
    for (scs_int k = 0; k < size; ++k) {
        count[k] = old_count[post[k]];
    }
}

/* The other order there is. Minimum degree takes long where A is narrow and dense: every
 * row of the short side is in hundreds of cliques. */
static void order_by_sides(const ScsKkt *kkt, scs_int *order) {
    const scs_int n = kkt->n;
    const scs_int m = kkt->size - n;
    for (scs_int k = 0; k < kkt->size; ++k) {
        order[k] = m <= n ? k : k < m ? n + k : k - m;
    }
}

double scs_elimination_sides_fill(double m, double n, double in_p) {
    const double shorter = fmin(m, n);
    return m <= n && in_p > 0 ? INFINITY : shorter * shorter / 2 - in_p;
}

bool scs_elimination_takes_sides(double fill, double entries) {
    return fill <= 0.3 * entries;
}

/* In visits (linsys/order.h), how long minimum degree may take before that one is better:
 * three times what its fill costs in two hundred solves and four factorisations, for
 * minimum degree has other merits, such as columns side by side. */
static double worthwhile_visits(const ScsKkt *kkt) {
    const double n = (double)kkt->n;
    const double m = (double)kkt->size - n;
    const double entries = (double)kkt->start[kkt->size];
    const double fill = scs_elimination_sides_fill(m, n, (double)kkt->start[kkt->n]);
    return scs_elimination_takes_sides(fill, entries) ? 0
                                                      : fill * (108 + 0.1 * fmin(m, n));
}

ScsErrorCode scs_elimination_order(const ScsKkt *kkt, scs_int *order, scs_int *inverse,
                                   scs_int *parent, scs_int *count, double *visits,
                                   ScsError *error) {
    const scs_int size = kkt->size;
    const double most = visits ? *visits : INFINITY;
    const double worthwhile = worthwhile_visits(kkt);
    double taken = fmin(most, worthwhile);
    if (worthwhile > 0) {
        const ScsErrorCode code =
            scs_order_minimum_degree(size, kkt->start, kkt->row, order, &taken, error);
        if (code != SCS_OK) {
            return code;
        }
    }
    if (worthwhile == 0 || taken > worthwhile) {
        order_by_sides(kkt, order);
        taken = 0;
    }
    if (visits) {
        *visits = taken;
    }
    if (taken > most) {
        return SCS_OK;
    }
    ScsArena local = {0};
    scs_int *work = SCS_NEW(&local, scs_int, 4 * (ptrdiff_t)size);
    ScsKkt permuted;
    for (scs_int k = 0; k < size; ++k) {
        inverse[order[k]] = k;
        count[k] = 0;
    }
    scs_kkt_permute_pattern(&permuted, kkt, inverse, SCS_TRIANGLE_UPPER, &local);
    if (!local.failed) {
        scs_etree_build(size, permuted.start, permuted.row, parent, work);
        apply_postorder(size, order, inverse, parent, count, work);
        scs_kkt_permute_pattern(&permuted, kkt, inverse, SCS_TRIANGLE_LOWER, &local);
    }
    if (!local.failed) {
        scs_etree_column_counts(size, permuted.start, permuted.row, parent, count,
                                work);
        apply_postorder(size, order, inverse, parent, count, work);
    }
    const bool failed = local.failed;
    scs_arena_release(&local);
    return failed ? scs_error_memory(error) : SCS_OK;
}

ScsErrorCode scs_elimination_analyse(ScsElimination *self, const ScsMatrix *a,
                                     const ScsMatrix *p, ScsArena *arena,
                                     ScsError *error) {
    return scs_elimination_analyse_within(self, a, p, NULL, arena, error);
}

ScsErrorCode scs_elimination_analyse_within(ScsElimination *self, const ScsMatrix *a,
                                            const ScsMatrix *p, double *visits,
                                            ScsArena *arena, ScsError *error) {
    *self = (ScsElimination){0};
    ScsErrorCode code = scs_kkt_assemble(&self->kkt, a, p, arena, error);
    if (code != SCS_OK) {
        return code;
    }
    const scs_int size = self->kkt.size;
    self->order = SCS_NEW(arena, scs_int, size);
    self->inverse = SCS_NEW(arena, scs_int, size);
    self->parent = SCS_NEW(arena, scs_int, size);
    self->count = SCS_NEW(arena, scs_int, size);
    if (arena->failed) {
        return scs_error_memory(error);
    }
    const double most = visits ? *visits : INFINITY;
    code = scs_elimination_order(&self->kkt, self->order, self->inverse, self->parent,
                                 self->count, visits, error);
    if (code == SCS_OK && visits && *visits > most) {
        self->order = self->inverse = self->parent = self->count = NULL;
        return SCS_OK;
    }
    for (scs_int k = 0; k < size && code == SCS_OK; ++k) {
        const double below = (double)self->count[k];
        self->entries += below;
        self->flops += (below + 1) * (below + 1);
    }
    return code;
}
