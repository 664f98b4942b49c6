/* SPDX-License-Identifier: MIT */
#include "linsys/etree.h"

enum { NONE = -1 };

void scs_etree_build(scs_int n, const scs_int *start, const scs_int *row,
                     scs_int *parent, scs_int *work) {
    scs_int *const ancestor =
        work; /* of each node, shortcuts towards its root so far */
    for (scs_int j = 0; j < n; ++j) {
        parent[j] = ancestor[j] = NONE;
        for (scs_int k = start[j]; k < start[j + 1]; ++k) {
            scs_int i = row[k];
            while (ancestor[i] != NONE && ancestor[i] != j) {
                const scs_int next = ancestor[i];
                ancestor[i] = j;
                i = next;
            }
            if (ancestor[i] == NONE) {
                ancestor[i] = j;
                parent[i] = j;
            }
        }
    }
}

/* Link the children of every node, lightest first, by a bucket sort on the weights (less
 * than n). */
static void link_children(scs_int n, const scs_int *parent, const scs_int *weight,
                          scs_int *child, scs_int *sibling, scs_int *bucket) {
    /* The chains of the buckets fit into sibling: a node leaves its bucket for good right
     * before its own link is overwritten. */
    for (scs_int j = 0; j < n; ++j) {
        child[j] = bucket[j] = NONE;
    }
    for (scs_int j = n; j-- > 0;) {
        sibling[j] = bucket[weight[j]];
        bucket[weight[j]] = j;
    }
    for (scs_int w = n; w-- > 0;) {
        for (scs_int j = bucket[w]; j != NONE;) {
            const scs_int next = sibling[j];
            if (parent[j] != NONE) {
                sibling[j] = child[parent[j]];
                child[parent[j]] = j;
            }
            j = next;
        }
    }
}

void scs_etree_postorder(scs_int n, const scs_int *parent, const scs_int *weight,
                         scs_int *post, scs_int *work) {
    scs_int *const child = work;
    scs_int *const sibling = work + n;
    scs_int *const stack =
        work + 2 * (ptrdiff_t)n; /* first the buckets, then the path */
    link_children(n, parent, weight, child, sibling, stack);
    scs_int count = 0;
    for (scs_int root = 0; root < n; ++root) {
        if (parent[root] != NONE) {
            continue;
        }
        scs_int depth = 0;
        stack[0] = root;
        while (depth >= 0) {
            const scs_int j = stack[depth];
            const scs_int first = child[j];
            if (first != NONE) {
                child[j] = sibling[first];
                stack[++depth] = first;
            } else {
                post[count++] = j;
                --depth;
            }
        }
    }
}

static scs_int find_root(scs_int *ancestor, scs_int i) {
    scs_int root = i;
    while (ancestor[root] != root) {
        root = ancestor[root];
    }
    while (ancestor[i] != root) {
        const scs_int next = ancestor[i];
        ancestor[i] = root;
        i = next;
    }
    return root;
}

void scs_etree_column_counts(scs_int n, const scs_int *start, const scs_int *row,
                             const scs_int *parent, scs_int *count, scs_int *work) {
    scs_int *const first = work;        /* first descendant */
    scs_int *const ancestor = work + n; /* disjoint sets, rooted at the top */
    scs_int *const previous = work + 2 * (ptrdiff_t)n; /* last leaf of a row subtree */
    scs_int *const latest = work + 3 * (ptrdiff_t)n; /* first descendant of that leaf */
    for (scs_int j = 0; j < n; ++j) {
        first[j] = ancestor[j] = j;
        previous[j] = latest[j] = NONE;
    }
    for (scs_int j = 0; j < n; ++j) {
        /* Counts with the diagonal are sums over the subtree of these differences. */
        count[j] = first[j] == j ? 1 : 0;
        if (parent[j] != NONE && first[parent[j]] > first[j]) {
            first[parent[j]] = first[j];
        }
    }
    for (scs_int j = 0; j < n; ++j) {
        if (parent[j] != NONE) {
            --count[parent[j]];
        }
        for (scs_int k = start[j]; k < start[j + 1]; ++k) {
            const scs_int i = row[k];
            if (first[j] <= latest[i]) {
                continue; /* not a leaf of the subtree of row i */
            }
            ++count[j];
            if (previous[i] != NONE) {
                --count[find_root(ancestor, previous[i])];
            }
            latest[i] = first[j];
            previous[i] = j;
        }
        if (parent[j] != NONE) {
            ancestor[j] = parent[j];
        }
    }
    for (scs_int j = 0; j < n; ++j) {
        if (parent[j] != NONE) {
            count[parent[j]] += count[j];
        }
        --count[j];
    }
}
