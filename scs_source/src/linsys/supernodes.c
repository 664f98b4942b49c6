/* SPDX-License-Identifier: MIT */
#include "linsys/supernodes.h"

#include "linsys/etree.h"

enum {
    NONE = -1,
    WIDEST = 96 /* columns of a panel: a packed block of them fits into the L2 cache */
};

/* What a panel costs in a solve beyond its entries, in entries: fixed, and for each row
 * below (its index is read, its place in x gathered or scattered). Measured: twice as much
 * changes little, nothing at all costs a third of the speed. */
static const double panel_cost = 1;
static const double row_cost = 1;

/* A supernode while they are being merged. Members are linked lists of fundamental
 * supernodes, in order of their columns. */
typedef struct {
    scs_int *width, *height;
    scs_int *parent;
    scs_int *merged;      /* the supernode that this one has become part of, or NONE */
    scs_int *head, *tail; /* members */
    scs_int *next;        /* member after this one */
    scs_int *first;       /* first column before merging, length count + 1 */
    scs_int *owner;       /* supernode of a column */
} Nodes;

/* Maximal runs of columns with the same rows. */
static scs_int find_runs(Nodes *nodes, scs_int n, const scs_int *parent,
                         const scs_int *count) {
    scs_int s = NONE;
    for (scs_int j = 0; j < n; ++j) {
        if (j == 0 || parent[j - 1] != j || count[j - 1] != count[j] + 1) {
            nodes->first[++s] = j;
        }
        nodes->owner[j] = s;
    }
    const scs_int total = s + 1;
    nodes->first[total] = n;
    for (s = 0; s < total; ++s) {
        const scs_int last = nodes->first[s + 1] - 1;
        nodes->width[s] = nodes->first[s + 1] - nodes->first[s];
        nodes->height[s] = count[last];
        nodes->parent[s] = parent[last] < 0 ? NONE : nodes->owner[parent[last]];
        nodes->merged[s] = nodes->next[s] = NONE;
        nodes->head[s] = nodes->tail[s] = s;
    }
    return total;
}

/* Whether supernode s, which has children or not, is one of the leaves that go first. */
static bool is_leaf(const Nodes *nodes, scs_int s, bool has_children) {
    return !has_children && nodes->width[s] == 1 && nodes->height[s] > 0 &&
           nodes->height[s] <= SCS_LEAF_HEIGHT;
}

/* Merge supernodes into their parents where it pays, children before parents. For leaves it
 * does not: a loop over many that are alike costs less. */
static void amalgamate(Nodes *nodes, scs_int total, scs_int *child, scs_int *sibling) {
    for (scs_int s = 0; s < total; ++s) {
        child[s] = NONE;
    }
    for (scs_int s = 0; s < total; ++s) { /* the last, heaviest child comes first */
        if (nodes->parent[s] != NONE) {
            sibling[s] = child[nodes->parent[s]];
            child[nodes->parent[s]] = s;
        }
    }
    for (scs_int s = 0; s < total; ++s) {
        for (scs_int c = child[s]; c != NONE; c = sibling[c]) {
            const scs_int missing =
                nodes->height[s] + nodes->width[s] - nodes->height[c];
            const double zeros = (double)nodes->width[c] * (double)missing;
            if (zeros > panel_cost + row_cost * (double)nodes->height[c] ||
                is_leaf(nodes, c, child[c] != NONE)) {
                continue;
            }
            nodes->merged[c] = s;
            nodes->width[s] += nodes->width[c];
            nodes->next[nodes->tail[c]] = nodes->head[s];
            nodes->head[s] = nodes->head[c];
        }
    }
}

/* The supernodes that are left, numbered from 0 as they come, with parents among them. */
static scs_int renumber(Nodes *nodes, scs_int total, scs_int *number, scs_int *up) {
    scs_int left = 0;
    for (scs_int s = 0; s < total; ++s) {
        if (nodes->merged[s] == NONE) {
            number[s] = left++;
        }
    }
    for (scs_int s = total; s-- > 0;) {
        if (nodes->merged[s] != NONE) { /* into a later one, which is numbered by now */
            number[s] = number[nodes->merged[s]];
        }
    }
    for (scs_int s = 0; s < total; ++s) {
        if (nodes->merged[s] == NONE) {
            const scs_int p = nodes->parent[s];
            up[number[s]] = p == NONE ? NONE : number[p];
        }
    }
    return left;
}

static void emit(const Nodes *nodes, scs_int s, scs_int *place, scs_int *at) {
    for (scs_int member = nodes->head[s]; member != NONE;
         member = nodes->next[member]) {
        for (scs_int j = nodes->first[member]; j < nodes->first[member + 1]; ++j) {
            place[(*at)++] = j;
        }
    }
}

static bool allocate_nodes(Nodes *nodes, scs_int n, ScsArena *arena) {
    nodes->width = SCS_NEW(arena, scs_int, n);
    nodes->height = SCS_NEW(arena, scs_int, n);
    nodes->parent = SCS_NEW(arena, scs_int, n);
    nodes->merged = SCS_NEW(arena, scs_int, n);
    nodes->head = SCS_NEW(arena, scs_int, n);
    nodes->tail = SCS_NEW(arena, scs_int, n);
    nodes->next = SCS_NEW(arena, scs_int, n);
    nodes->first = SCS_NEW(arena, scs_int, (ptrdiff_t)n + 1);
    nodes->owner = SCS_NEW(arena, scs_int, n);
    return !arena->failed;
}

/* Leaves of up to SCS_LEAF_HEIGHT rows go first, by their heights: as a panel of its own one
 * costs several times as much, and bounds of variables alone are half of the rows of many
 * problems. Nothing stands in the way, since nothing is eliminated before a leaf. work has
 * length 2 left. */
static void put_leaves_first(const Nodes *nodes, const scs_int *original,
                             const scs_int *up, scs_int left, scs_int *post,
                             scs_int *work) {
    scs_int *const group = work; /* 0 ..: leaves of height 1 .., then all others */
    scs_int *const sorted = work + left;
    scs_int next[SCS_LEAF_HEIGHT + 2] = {0};
    for (scs_int k = 0; k < left; ++k) {
        group[k] = 0;
    }
    for (scs_int k = 0; k < left; ++k) {
        if (up[k] != NONE) {
            group[up[k]] = SCS_LEAF_HEIGHT;
        }
    }
    for (scs_int k = 0; k < left; ++k) {
        group[k] = is_leaf(nodes, original[k], group[k] != 0)
                       ? nodes->height[original[k]] - 1
                       : SCS_LEAF_HEIGHT;
    }
    for (scs_int k = 0; k < left; ++k) {
        ++next[group[k] + 1];
    }
    for (int h = 0; h < SCS_LEAF_HEIGHT; ++h) {
        next[h + 1] += next[h];
    }
    for (scs_int k = 0; k < left; ++k) {
        sorted[next[group[post[k]]]++] = post[k];
    }
    for (scs_int k = 0; k < left; ++k) {
        post[k] = sorted[k];
    }
}

scs_int scs_supernodes_partition(scs_int n, const scs_int *parent, const scs_int *count,
                                 scs_int *place, scs_int *first, scs_int *height) {
    ScsArena arena = {0};
    Nodes nodes;
    scs_int *work = SCS_NEW(&arena, scs_int, 7 * (ptrdiff_t)n);
    if (!work || !allocate_nodes(&nodes, n, &arena)) {
        scs_arena_release(&arena);
        return -1;
    }
    const scs_int total = find_runs(&nodes, n, parent, count);
    amalgamate(&nodes, total, work, work + n);
    scs_int *const number = work;
    scs_int *const up = work + n;
    scs_int *const weight = work + 2 * (ptrdiff_t)n;
    scs_int *const post = work + 3 * (ptrdiff_t)n;
    scs_int *const original = nodes.owner; /* no longer needed */
    const scs_int left = renumber(&nodes, total, number, up);
    for (scs_int s = total; s-- > 0;) {
        if (nodes.merged[s] == NONE) {
            original[number[s]] = s;
        }
    }
    for (scs_int k = 0; k < left; ++k) {
        weight[k] = 0;
    }
    scs_etree_postorder(left, up, weight, post, work + 4 * (ptrdiff_t)n);
    put_leaves_first(&nodes, original, up, left, post, work + 4 * (ptrdiff_t)n);
    scs_int at = 0;
    for (scs_int k = 0; k < left; ++k) {
        const scs_int s = original[post[k]];
        first[k] = at;
        height[k] = nodes.height[s];
        emit(&nodes, s, place, &at);
    }
    first[left] = at;
    scs_arena_release(&arena);
    return left;
}

/* Rows below supernode s, unsorted: those of its columns in the matrix and those that its
 * children hand up. Returns their number. */
static scs_int collect_rows(const ScsKkt *kkt, const scs_int *first, scs_int s,
                            const scs_int *child, const scs_int *sibling,
                            const int64_t *rows, const scs_int *height, scs_int *mark,
                            scs_int *list) {
    const scs_int end = first[s + 1];
    scs_int *const out = list + rows[s];
    scs_int found = 0;
    for (scs_int k = kkt->start[first[s]]; k < kkt->start[end]; ++k) {
        const scs_int i = kkt->row[k];
        if (i >= end && mark[i] != s) {
            mark[i] = s;
            out[found++] = i;
        }
    }
    for (scs_int c = child[s]; c != NONE; c = sibling[c]) {
        const scs_int *below = list + rows[c];
        for (scs_int k = 0; k < height[c]; ++k) {
            const scs_int i = below[k];
            if (i >= end && mark[i] != s) {
                mark[i] = s;
                out[found++] = i;
            }
        }
    }
    return found;
}

static scs_int least(const scs_int *list, scs_int count) {
    scs_int smallest = list[0];
    for (scs_int k = 1; k < count; ++k) {
        smallest = list[k] < smallest ? list[k] : smallest;
    }
    return smallest;
}

/* How many panels a supernode is cut into. */
static scs_int pieces(scs_int width) { return (width + WIDEST - 1) / WIDEST; }

/* The first column of piece k of a supernode, counted within it. */
static scs_int piece_begin(scs_int width, scs_int k) {
    return (scs_int)((int64_t)width * k / pieces(width));
}

/* Write the row lists to `row`, sorted by a transposition: rows in turn append themselves
 * to the supernodes they occur in. The list of a supernode begins with the columns of its
 * pieces but the first, which are rows of the pieces before them. */
static void sort_rows(scs_int size, scs_int count, const scs_int *first,
                      const scs_int *height, const int64_t *rows, const scs_int *list,
                      int64_t *cursor, int64_t *start, scs_int *node, scs_int *row) {
    for (scs_int s = 0; s < count; ++s) {
        for (scs_int k = 0; k < height[s]; ++k) {
            ++start[list[rows[s] + k] + 1];
        }
    }
    for (scs_int i = 0; i < size; ++i) {
        start[i + 1] += start[i];
    }
    for (scs_int s = 0; s < count; ++s) {
        for (scs_int k = 0; k < height[s]; ++k) {
            node[start[list[rows[s] + k]]++] = s;
        }
    }
    int64_t at = 0;
    for (scs_int s = 0; s < count; ++s) {
        for (scs_int j = first[s] + piece_begin(first[s + 1] - first[s], 1);
             j < first[s + 1]; ++j) {
            row[at++] = j;
        }
        cursor[s] = at;
        at += height[s];
    }
    int64_t k = 0;
    for (scs_int i = 0; i < size; ++i) {
        for (; k < start[i]; ++k) { /* start[i] has moved to the end of row i */
            row[cursor[node[k]]++] = i;
        }
    }
}

/* Cut the supernodes into panels of nearly equal width. */
static void cut(ScsSupernodes *nodes, scs_int count, const scs_int *first,
                const scs_int *height) {
    ScsPanels *const panels = &nodes->panels;
    scs_int t = 0;
    int64_t at = 0; /* in row */
    for (scs_int s = 0; s < count; ++s) {
        const scs_int width = first[s + 1] - first[s];
        const scs_int parts = pieces(width);
        for (scs_int k = 0; k < parts; ++k, ++t) {
            const scs_int begin = piece_begin(width, k);
            const scs_int end = piece_begin(width, k + 1);
            const scs_int below = width - end + height[s];
            panels->first[t] = first[s] + begin;
            panels->height[t] = below;
            panels->width[t] = end - begin;
            panels->rows[t] = at;
            at += k + 1 < parts ? piece_begin(width, k + 2) - end : height[s];
            const int64_t w = end - begin;
            panels->values[t + 1] = panels->values[t] + w * (w + below);
            nodes->entries += w * below + w * (w - 1) / 2;
            nodes->flops += (double)w * (double)(below + w) * (double)(below + w);
            nodes->tallest = below > nodes->tallest ? below : nodes->tallest;
            nodes->widest = (scs_int)w > nodes->widest ? (scs_int)w : nodes->widest;
            for (scs_int j = panels->first[t]; j < first[s] + end; ++j) {
                nodes->owner[j] = t;
            }
        }
    }
    panels->first[t] = nodes->size;
    panels->rows[t] = at;
}

/* All row lists, by one pass over the tree in local memory. */
static void fill_rows(ScsSupernodes *nodes, const ScsKkt *kkt, scs_int count,
                      const scs_int *first, const scs_int *height, ScsArena *local) {
    const scs_int size = nodes->size;
    int64_t *rows = SCS_NEW(local, int64_t, (ptrdiff_t)count + 1);
    int64_t *cursor = SCS_NEW(local, int64_t, count);
    int64_t *start = SCS_NEW(local, int64_t, (ptrdiff_t)size + 1);
    scs_int *child = SCS_NEW(local, scs_int, count);
    scs_int *sibling = SCS_NEW(local, scs_int, count);
    scs_int *mark = SCS_NEW(local, scs_int, size);
    scs_int *node_of = SCS_NEW(local, scs_int, size);
    if (local->failed) {
        return;
    }
    for (scs_int s = 0; s < count; ++s) {
        rows[s + 1] = rows[s] + height[s];
        child[s] = NONE;
        for (scs_int j = first[s]; j < first[s + 1]; ++j) {
            node_of[j] = s;
            mark[j] = NONE;
        }
    }
    scs_int *list = SCS_NEW(local, scs_int, rows[count]);
    scs_int *node = SCS_NEW(local, scs_int, rows[count]);
    if (local->failed) {
        return;
    }
    for (scs_int s = 0; s < count; ++s) {
        const scs_int found =
            collect_rows(kkt, first, s, child, sibling, rows, height, mark, list);
        if (found > 0) {
            const scs_int up = node_of[least(list + rows[s], found)];
            sibling[s] = child[up];
            child[up] = s;
        }
    }
    sort_rows(size, count, first, height, rows, list, cursor, start, node,
              nodes->panels.row);
}

/* Note where the leaves at the beginning end. */
static void find_leaves(ScsPanels *panels, scs_int *is_row) {
    for (int64_t k = 0; k < panels->rows[panels->count]; ++k) {
        is_row[panels->row[k]] = 1;
    }
    scs_int s = 0;
    for (scs_int h = 1; h <= SCS_LEAF_HEIGHT; ++h) {
        while (s < panels->count && panels->width[s] == 1 && panels->height[s] == h &&
               !is_row[panels->first[s]]) {
            ++s;
        }
        panels->leaves[h] = s;
    }
}

void scs_supernodes_build(ScsSupernodes *nodes, const ScsKkt *kkt, scs_int count,
                          const scs_int *first, const scs_int *height,
                          ScsArena *arena) {
    scs_int total = 0;
    int64_t length = 0;
    for (scs_int s = 0; s < count; ++s) {
        const scs_int width = first[s + 1] - first[s];
        total += pieces(width);
        length += width - piece_begin(width, 1) + height[s];
    }
    *nodes = (ScsSupernodes){.size = kkt->size,
                             .panels = {.count = total, .size = kkt->size}};
    ScsPanels *const panels = &nodes->panels;
    panels->first = SCS_NEW(arena, scs_int, (ptrdiff_t)total + 1);
    panels->height = SCS_NEW(arena, scs_int, total);
    panels->width = SCS_NEW(arena, scs_int, total);
    panels->rows = SCS_NEW(arena, int64_t, (ptrdiff_t)total + 1);
    panels->row = SCS_NEW(arena, scs_int, length);
    panels->values = SCS_NEW(arena, int64_t, (ptrdiff_t)total + 1);
    nodes->owner = SCS_NEW(arena, scs_int, kkt->size);
    if (arena->failed) {
        return;
    }
    ScsArena local = {0};
    scs_int *is_row = SCS_NEW(&local, scs_int, kkt->size);
    fill_rows(nodes, kkt, count, first, height, &local);
    cut(nodes, count, first, height);
    if (!local.failed) {
        find_leaves(panels, is_row);
    }
    arena->failed = local.failed;
    scs_arena_release(&local);
}
