/* SPDX-License-Identifier: MIT
 *
 * Panels must hold the factor of the matrix: every entry that elimination makes has a
 * place, and places that it does not make are few.
 */
#include "linsys/supernodes.h"

#include "linsys/etree.h"
#include "support/check.h"

#include "systems.h"

/* Columns of the factor of `kkt` (lower triangle), as a dense boolean matrix. */
static char *eliminate(const ScsKkt *kkt) {
    const size_t n = (size_t)kkt->size;
    char *l = (char *)calloc(n * n, 1);
    for (size_t j = 0; j < n; ++j) {
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            l[j * n + (size_t)kkt->row[k]] = 1;
        }
    }
    for (size_t j = 0; j < n; ++j) {
        size_t p = j + 1;
        while (p < n && !l[j * n + p]) {
            ++p;
        }
        for (size_t i = p + 1; i < n; ++i) {
            l[p * n + i] = (char)(l[p * n + i] | l[j * n + i]);
        }
    }
    return l;
}

typedef struct {
    ScsArena arena;
    ScsKkt kkt; /* lower triangle in the final order */
    ScsSupernodes nodes;
    scs_int count;
    long entries; /* of the factor, without stored zeros */
} Case;

/* Natural order, postordered, grouped. */
static void case_create(Case *c, const System *s) {
    ScsError error;
    const scs_int size = system_size(s);
    *c = (Case){0};
    ScsKkt kkt;
    ScsKkt permuted;
    CHECK_EQUAL(scs_kkt_assemble(&kkt, &s->a, system_p(s), &c->arena, &error), SCS_OK);
    scs_int *arrays = SCS_NEW(&c->arena, scs_int, 16 * size + 16);
    scs_int *parent = arrays;
    scs_int *order = arrays + size;
    scs_int *inverse = arrays + 2 * size;
    scs_int *count = arrays + 3 * size;
    scs_int *place = arrays + 4 * size;
    scs_int *height = arrays + 5 * size;
    scs_int *first = arrays + 6 * size;
    scs_int *work = arrays + 8 * size + 1;
    scs_etree_build(size, kkt.start, kkt.row, parent, work);
    scs_etree_postorder(size, parent, count, order, work); /* all weights are 0 */
    for (scs_int k = 0; k < size; ++k) {
        inverse[order[k]] = k;
    }
    scs_kkt_permute_pattern(&permuted, &kkt, inverse, SCS_TRIANGLE_UPPER, &c->arena);
    scs_etree_build(size, permuted.start, permuted.row, parent, work);
    scs_kkt_permute_pattern(&permuted, &kkt, inverse, SCS_TRIANGLE_LOWER, &c->arena);
    scs_etree_column_counts(size, permuted.start, permuted.row, parent, count, work);
    for (scs_int k = 0; k < size; ++k) {
        c->entries += count[k];
    }
    c->count = scs_supernodes_partition(size, parent, count, place, first, height);
    CHECK(c->count > 0);
    char *seen = (char *)calloc((size_t)size, 1);
    for (scs_int k = 0; k < size; ++k) {
        CHECK(place[k] >= 0 && place[k] < size && !seen[place[k]]);
        seen[place[k]] = 1;
        work[k] = order[place[k]];
        inverse[work[k]] = k;
    }
    free(seen);
    scs_kkt_permute(&c->kkt, &kkt, work, inverse, &c->arena);
    scs_supernodes_build(&c->nodes, &c->kkt, c->count, first, height, &c->arena);
    CHECK(!c->arena.failed);
}

/* All small columns that nothing is eliminated before and that are not part of a wider panel
 * stand first, the shorter the earlier. */
static void check_leaves(const ScsSupernodes *nodes, const ScsKkt *kkt, const char *l) {
    const ScsPanels *panels = &nodes->panels;
    const size_t size = (size_t)nodes->size;
    scs_int expected[SCS_LEAF_HEIGHT + 1] = {0};
    for (scs_int t = 0; t < panels->count; ++t) {
        const size_t j = (size_t)panels->first[t];
        bool leaf = panels->width[t] == 1;
        for (size_t i = 0; i < j; ++i) {
            leaf = leaf && !l[i * size + j];
        }
        const scs_int height = panels->height[t];
        leaf = leaf && height > 0 && height <= SCS_LEAF_HEIGHT;
        CHECK_EQUAL(leaf, t < panels->leaves[SCS_LEAF_HEIGHT]);
        if (leaf) {
            CHECK_EQUAL(height, kkt->start[j + 1] - kkt->start[j]);
            ++expected[height];
        }
    }
    CHECK_EQUAL(panels->leaves[0], 0);
    for (scs_int h = 1; h <= SCS_LEAF_HEIGHT; ++h) {
        CHECK_EQUAL(panels->leaves[h] - panels->leaves[h - 1], expected[h]);
    }
}

static void check_structure(const System *s, double most_zeros) {
    Case c;
    case_create(&c, s);
    const ScsPanels *panels = &c.nodes.panels;
    const scs_int size = c.nodes.size;
    char *l = eliminate(&c.kkt);
    char *stored = (char *)calloc((size_t)size, 1);
    int64_t entries = 0;
    CHECK_EQUAL(panels->first[0], 0);
    CHECK_EQUAL(panels->size, size);
    for (scs_int t = 0; t < panels->count; ++t) {
        const scs_int end = panels->first[t + 1];
        const scs_int *row = panels->row + panels->rows[t];
        CHECK_EQUAL(end - panels->first[t], panels->width[t]);
        CHECK(panels->width[t] > 0 && panels->width[t] <= c.nodes.widest);
        CHECK(panels->height[t] <= c.nodes.tallest);
        CHECK_EQUAL(panels->values[t + 1] - panels->values[t],
                    panels->width[t] * (panels->width[t] + panels->height[t]));
        if (panels->width[t] <= SCS_DENSE_TILE) {
            CHECK_EQUAL(panels->rows[t + 1], panels->rows[t] + panels->height[t]);
        }
        memset(stored, 0, (size_t)size);
        for (scs_int k = 0; k < panels->height[t]; ++k) {
            CHECK(row[k] >= end && row[k] < size && (k == 0 || row[k] > row[k - 1]));
            stored[row[k]] = 1;
        }
        for (scs_int j = panels->first[t]; j < end; ++j) {
            CHECK_EQUAL(c.nodes.owner[j], t);
            for (scs_int i = j + 1; i < size; ++i) {
                CHECK(!l[(size_t)j * (size_t)size + (size_t)i] || i < end || stored[i]);
            }
            entries += end - j - 1 + panels->height[t];
        }
    }
    check_leaves(&c.nodes, &c.kkt, l);
    CHECK_EQUAL(panels->first[panels->count], size);
    CHECK_EQUAL(entries, c.nodes.entries);
    CHECK((double)entries <= (double)c.entries * (1 + most_zeros) + 8);
    free(l);
    free(stored);
    scs_arena_release(&c.arena);
}

static void panels_hold_the_factor(void) {
    Random random = {71};
    for (int trial = 0; trial < 60; ++trial) {
        System s = system_create(&random, 1 + random_below(&random, 70),
                                 1 + random_below(&random, 70),
                                 0.1 * random_unit(&random), 1, trial % 2);
        check_structure(&s, 0.6);
        system_free(&s);
    }
}

static void dense_matrices_are_one_supernode_in_pieces(void) {
    Random random = {72};
    System s = system_create(&random, 250, 3, 2, 1, 0);
    s.p = random_semidefinite(&random, 250, 1, 2, 1);
    Case c;
    case_create(&c, &s);
    CHECK_EQUAL(c.count, 1);
    CHECK(c.nodes.panels.count >= 3);
    CHECK_EQUAL(c.nodes.entries, 253 * 252 / 2);
    scs_arena_release(&c.arena);
    check_structure(&s, 0);
    system_free(&s);
}

static void diagonal_matrices_stay_apart(void) {
    Random random = {73};
    System s = system_create(&random, 10, 10, 0, 1, 0);
    Case c;
    case_create(&c, &s);
    CHECK_EQUAL(c.nodes.panels.count, 20);
    CHECK_EQUAL(c.nodes.entries, 0);
    scs_arena_release(&c.arena);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"panels hold the factor", panels_hold_the_factor},
        {"dense matrices are one supernode in pieces",
         dense_matrices_are_one_supernode_in_pieces},
        {"diagonal matrices stay apart", diagonal_matrices_stay_apart},
    };
    return CHECK_RUN(cases);
}
