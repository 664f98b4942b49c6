/* SPDX-License-Identifier: MIT
 *
 * Approximate minimum degree. Section numbers are those of Amestoy, Davis, Duff 1996.
 *
 * The quotient graph holds variables, not yet eliminated, and elements, the cliques that
 * eliminations have left behind. The list of a variable i is its elements E_i followed by
 * its variables A_i (edges no element covers yet); the list of an element e is its
 * variables L_e. All lists share one array, because an elimination never needs more room
 * than it frees, apart from one new element at a time.
 *
 * A variable may stand for several alike ones (a supervariable); weight counts them. The
 * weight is 0 once a variable has been eliminated or merged into another, and negated
 * while the variable is in the element being built.
 */
#include "linsys/order.h"

#include "base/arena.h"

#include <math.h>
#include <stdbool.h>

enum {
    NONE = -1,
    ABSORBED = 0,        /* mark of an element that no longer exists */
    DENSE_AT_LEAST = 16, /* rows with fewer entries are never postponed */
    LIST_VISITS = 40,    /* what a list costs besides its entries, in those */
    SAMPLE = 16          /* one node in so many tells what all of them take */
};

/* Rows with more than this times sqrt(n) entries are ordered last: they are adjacent to
 * nearly all anyway and slow the degree updates down (the factor of section 5). */
static const double dense_factor = 10;

typedef struct {
    scs_int n;          /* nodes */
    scs_int active;     /* nodes that are not postponed */
    scs_int eliminated; /* of the active nodes */
    scs_int neighbours; /* of the latest pivot */
    double visits;      /* of entries of the lists of variables next to pivots */
    scs_int *order;     /* result; `eliminated` entries are written */
    scs_int *list;      /* all lists */
    ptrdiff_t capacity; /* length of list */
    ptrdiff_t used;     /* where a new element may begin */
    ptrdiff_t *start;   /* of a node's list */
    scs_int *length;    /* of a node's list */
    scs_int *elements;  /* length of the element part of a variable's list */
    scs_int *weight;    /* see above */
    scs_int *degree;    /* variables: bound on the external degree; elements: |L_e| */
    scs_int *postponed; /* postponed neighbours of a variable, part of its degree */
    scs_int *mark;      /* see measure_overlaps; never ABSORBED for variables */
    scs_int tag;        /* marks below it are stale */
    scs_int largest;    /* largest element so far, to move tag beyond its marks */
    scs_int *head;      /* first variable of a degree */
    scs_int *next;      /* in the list of a degree or of a hash value */
    scs_int *previous;  /* in the list of a degree; hash value of a variable in L_p */
    scs_int *bucket;    /* first variable of a hash value, NONE between pivots */
    scs_int *member;    /* next of the nodes that a supervariable stands for */
    scs_int *tail;      /* last of them */
    scs_int least;      /* no variable has a smaller degree */
} Graph;

static void degree_insert(Graph *g, scs_int i) {
    const scs_int d = g->degree[i];
    const scs_int first = g->head[d];
    g->next[i] = first;
    g->previous[i] = NONE;
    if (first != NONE) {
        g->previous[first] = i;
    }
    g->head[d] = i;
    if (d < g->least) {
        g->least = d;
    }
}

static void degree_remove(Graph *g, scs_int i) {
    const scs_int after = g->next[i];
    const scs_int before = g->previous[i];
    if (after != NONE) {
        g->previous[after] = before;
    }
    if (before != NONE) {
        g->next[before] = after;
    } else {
        g->head[g->degree[i]] = after;
    }
}

/* j is from now on ordered together with i. */
static void join(Graph *g, scs_int i, scs_int j) {
    g->weight[j] = 0;
    g->member[g->tail[i]] = j;
    g->tail[i] = g->tail[j];
}

/* Make all marks stale that are at most `reach` above the tag. */
static void advance_tag(Graph *g, scs_int reach) {
    const scs_int limit = INT32_MAX / 2 - g->n / 2;
    if (g->tag > limit - reach) {
        for (scs_int i = 0; i < g->n; ++i) {
            if (g->mark[i] != ABSORBED) {
                g->mark[i] = 1;
            }
        }
        g->tag = 2;
    } else {
        g->tag += reach;
    }
}

/* Slide the lists that are still needed to the front. Until it has been moved, a list is
 * recognised by its owner, stored as a negative first entry; the first entry proper waits
 * in start[]. */
static void compact(Graph *g) {
    for (scs_int i = 0; i < g->n; ++i) {
        const bool needed =
            g->length[i] > 0 && (g->weight[i] != 0 || g->elements[i] < 0);
        if (needed && g->mark[i] != ABSORBED) {
            const ptrdiff_t at = g->start[i];
            g->start[i] = g->list[at];
            g->list[at] = -i - 1;
        }
    }
    ptrdiff_t to = 0;
    ptrdiff_t from = 0;
    while (from < g->used) {
        if (g->list[from] >= 0) {
            ++from;
            continue;
        }
        const scs_int i = -g->list[from] - 1;
        g->list[to] = (scs_int)g->start[i];
        g->start[i] = to;
        for (scs_int k = 1; k < g->length[i]; ++k) {
            g->list[to + k] = g->list[from + k];
        }
        to += g->length[i];
        from += g->length[i];
    }
    g->used = to;
}

/* Append the variables of list[from .. from + count) that are not yet in the new element;
 * returns the end of the element. */
static ptrdiff_t append_variables(Graph *g, ptrdiff_t from, scs_int count,
                                  ptrdiff_t end, scs_int *total) {
    for (scs_int k = 0; k < count; ++k) {
        const scs_int i = g->list[from + k];
        const scs_int weight = g->weight[i];
        if (weight > 0) {
            *total += weight;
            g->weight[i] = -weight;
            degree_remove(g, i);
            g->list[end++] = i;
        }
    }
    return end;
}

/* Turn variable p into an element: L_p is A_p and all L_e for e in E_p, without p; the
 * elements e are absorbed (section 2.2). Degree of p becomes the weight of L_p. */
static void build_element(Graph *g, scs_int p) {
    scs_int total = 0;
    const scs_int elements = g->elements[p];
    if (elements > 0 && g->capacity - g->used < g->degree[p]) {
        compact(g);
    }
    const ptrdiff_t from = g->start[p];
    ptrdiff_t begin = from;
    ptrdiff_t end = from;
    g->weight[p] = -g->weight[p];
    if (elements == 0) {
        end = append_variables(g, from, g->length[p], end, &total); /* in place */
    } else {
        begin = g->used;
        end = begin;
        for (scs_int k = 0; k < elements; ++k) {
            const scs_int e = g->list[from + k];
            if (g->mark[e] != ABSORBED) {
                end = append_variables(g, g->start[e], g->length[e], end, &total);
                g->mark[e] = ABSORBED;
            }
        }
        end =
            append_variables(g, from + elements, g->length[p] - elements, end, &total);
        g->used = end;
    }
    g->start[p] = begin;
    g->length[p] = (scs_int)(end - begin);
    g->elements[p] = NONE; /* an element */
    g->degree[p] = total;
}

/* For every element e next to L_p: mark[e] - tag = |L_e \ L_p| (section 3.1). */
static void measure_overlaps(Graph *g, scs_int p) {
    const scs_int *members = g->list + g->start[p];
    for (scs_int k = 0; k < g->length[p]; ++k) {
        const scs_int i = members[k];
        const scs_int weight = -g->weight[i];
        const scs_int *e = g->list + g->start[i];
        const scs_int *end = e + g->elements[i];
        for (; e < end; ++e) {
            const scs_int mark = g->mark[*e];
            if (mark >= g->tag) {
                g->mark[*e] = mark - weight;
            } else if (mark != ABSORBED) {
                g->mark[*e] = g->degree[*e] + g->tag - weight;
            }
        }
    }
}

/* Drop from the list of i what L_p covers, put p in front, bound the degree without L_p
 * (equation 4) and file i under its hash (section 2.3). False if nothing but p is left. */
static bool update_variable(Graph *g, scs_int p, scs_int i) {
    scs_int *const begin = g->list + g->start[i];
    const scs_int *const first_variable = begin + g->elements[i];
    const scs_int *const end = begin + g->length[i];
    scs_int *out = begin;
    int64_t degree = 0;
    uint64_t hash = (uint64_t)p;
    for (const scs_int *e = begin; e < first_variable; ++e) {
        if (g->mark[*e] == ABSORBED) {
            continue;
        }
        const scs_int outside = g->mark[*e] - g->tag;
        if (outside > 0) {
            degree += outside;
            hash += (uint64_t)*e;
            *out++ = *e;
        } else {
            g->mark[*e] = ABSORBED; /* aggressively: L_e is part of L_p */
        }
    }
    scs_int *const variables = out;
    for (const scs_int *j = first_variable; j < end; ++j) {
        if (g->weight[*j] > 0) {
            degree += g->weight[*j];
            hash += (uint64_t)*j;
            *out++ = *j;
        }
    }
    if (degree == 0) {
        return false;
    }
    /* There is room: p itself or an element that p has absorbed was in the list. */
    *out = *variables;
    *variables = *begin;
    *begin = p;
    g->elements[i] = (scs_int)(variables - begin) + 1;
    g->length[i] = (scs_int)(out - begin) + 1;
    degree += g->postponed[i];
    if (degree < g->degree[i]) {
        g->degree[i] = (scs_int)degree;
    }
    const scs_int slot = (scs_int)(hash % (uint64_t)g->n);
    g->previous[i] = slot;
    g->next[i] = g->bucket[slot];
    g->bucket[slot] = i;
    return true;
}

static bool same_list(const Graph *g, scs_int i, scs_int j) {
    if (g->length[i] != g->length[j] || g->elements[i] != g->elements[j]) {
        return false;
    }
    const scs_int *list = g->list + g->start[j];
    for (scs_int k = 1; k < g->length[j]; ++k) {
        if (g->mark[list[k]] != g->tag) {
            return false;
        }
    }
    return true;
}

/* Merge the variables of one hash bucket that cannot be told apart (section 2.3). */
static void merge_alike(Graph *g, scs_int i) {
    while (i != NONE && g->next[i] != NONE) {
        const scs_int *list = g->list + g->start[i];
        for (scs_int k = 1; k < g->length[i]; ++k) {
            g->mark[list[k]] = g->tag;
        }
        scs_int last = i;
        for (scs_int j = g->next[i]; j != NONE; j = g->next[j]) {
            if (same_list(g, i, j)) {
                g->weight[i] += g->weight[j]; /* both negative here */
                join(g, i, j);
                g->next[last] = g->next[j];
            } else {
                last = j;
            }
        }
        advance_tag(g, 1);
        i = g->next[i];
    }
}

/* The degree bounds are final: put the variables of L_p back and close the element. */
static void finish_element(Graph *g, scs_int p) {
    scs_int *const members = g->list + g->start[p];
    const bool at_the_end = g->start[p] + g->length[p] == g->used;
    scs_int kept = 0;
    for (scs_int k = 0; k < g->length[p]; ++k) {
        const scs_int i = members[k];
        const scs_int weight = -g->weight[i];
        if (weight <= 0) {
            continue; /* merged or eliminated with p */
        }
        g->weight[i] = weight;
        const int64_t degree = (int64_t)g->degree[i] + g->degree[p] - weight;
        const scs_int limit = g->n - g->eliminated - weight;
        g->degree[i] = degree < limit ? (scs_int)degree : limit;
        degree_insert(g, i);
        members[kept++] = i;
    }
    g->length[p] = kept;
    if (kept == 0) {
        g->mark[p] = ABSORBED;
    }
    if (at_the_end) {
        g->used = g->start[p] + kept;
    }
}

static void eliminate(Graph *g, scs_int p) {
    build_element(g, p);
    scs_int pivots = -g->weight[p];
    g->neighbours = g->degree[p];
    g->weight[p] = 0;
    if (g->degree[p] > g->largest) {
        g->largest = g->degree[p];
    }
    measure_overlaps(g, p);
    const scs_int *members = g->list + g->start[p];
    for (scs_int k = 0; k < g->length[p]; ++k) {
        const scs_int i = members[k];
        g->visits += (double)(g->length[i] + LIST_VISITS);
        if (!update_variable(g, p, i)) { /* mass elimination */
            pivots -= g->weight[i];
            g->degree[p] += g->weight[i];
            join(g, p, i);
        }
    }
    advance_tag(g, g->largest + 1);
    for (scs_int k = 0; k < g->length[p]; ++k) {
        const scs_int i = members[k];
        if (g->weight[i] < 0) {
            const scs_int slot = g->previous[i];
            const scs_int first = g->bucket[slot];
            g->bucket[slot] = NONE;
            merge_alike(g, first);
        }
    }
    scs_int at = g->eliminated;
    for (scs_int i = p; i != NONE; i = g->member[i]) {
        g->order[at++] = i;
    }
    g->eliminated += pivots;
    finish_element(g, p);
}

static bool allocate(Graph *g, ScsArena *arena, scs_int n, scs_int entries) {
    g->n = n;
    g->tag = 2;
    g->least = n;
    g->capacity = 2 * (ptrdiff_t)entries + (ptrdiff_t)entries / 5 * 2 + n;
    g->list = SCS_NEW(arena, scs_int, g->capacity);
    g->start = SCS_NEW(arena, ptrdiff_t, n);
    g->length = SCS_NEW(arena, scs_int, n);
    g->elements = SCS_NEW(arena, scs_int, n);
    g->weight = SCS_NEW(arena, scs_int, n);
    g->degree = SCS_NEW(arena, scs_int, n);
    g->postponed = SCS_NEW(arena, scs_int, n);
    g->mark = SCS_NEW(arena, scs_int, n);
    g->head = SCS_NEW(arena, scs_int, n);
    g->next = SCS_NEW(arena, scs_int, n);
    g->previous = SCS_NEW(arena, scs_int, n);
    g->bucket = SCS_NEW(arena, scs_int, n);
    g->member = SCS_NEW(arena, scs_int, n);
    g->tail = SCS_NEW(arena, scs_int, n);
    return !arena->failed;
}

/* Build the graph of the nodes that are not dense; dense ones go to the end of order. */
static void load(Graph *g, const scs_int *start, const scs_int *row) {
    const scs_int n = g->n;
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int k = start[j]; k < start[j + 1]; ++k) {
            ++g->degree[j];
            ++g->degree[row[k]];
        }
    }
    const double threshold = fmax(DENSE_AT_LEAST, dense_factor * sqrt((double)n));
    g->active = n;
    for (scs_int i = n; i-- > 0;) {
        g->weight[i] = (double)g->degree[i] > threshold ? 0 : 1;
        if (g->weight[i] == 0) {
            g->order[--g->active] = i;
        }
        g->head[i] = g->bucket[i] = g->member[i] = NONE;
        g->tail[i] = i;
        g->mark[i] = 1;
    }
    for (scs_int i = 0; i < n; ++i) {
        g->start[i] = g->used;
        g->used += g->weight[i] > 0 ? g->degree[i] : 0;
    }
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int k = start[j]; k < start[j + 1]; ++k) {
            const scs_int i = row[k];
            if (g->weight[j] > 0 && g->weight[i] > 0) {
                g->list[g->start[j] + g->length[j]++] = i;
                g->list[g->start[i] + g->length[i]++] = j;
            } else {
                ++g->postponed[i];
                ++g->postponed[j];
            }
        }
    }
    /* Degrees count the postponed neighbours too: they tell a leaf from its neighbour that
     * is also next to dense rows and would fill the leaf's. The last node comes first among equals: rows of A before its
     * columns, which fills less on the problem collection. */
    for (scs_int i = 0; i < n; ++i) {
        if (g->weight[i] > 0) {
            degree_insert(g, i);
        }
    }
}

/* How many visits all nodes will take, as soon as there is a sample. At the end there is a
 * clique, which goes at once: of at least as many nodes as the latest pivot has neighbours.
 * Those before it have more neighbours than the first ones. */
static bool takes_too_long(const Graph *g, double most, double *expected) {
    const double done = (double)g->eliminated;
    const double all = fmax(done, (double)g->active - (double)g->neighbours);
    *expected = done > 0 ? g->visits * all / done : 0;
    return done * (double)SAMPLE >= (double)g->active && *expected > most;
}

ScsErrorCode scs_order_minimum_degree(scs_int n, const scs_int *start,
                                      const scs_int *row, scs_int *order,
                                      double *visits, ScsError *error) {
    const double most = visits ? *visits : INFINITY;
    ScsArena arena = {0};
    Graph graph = {.order = order};
    Graph *g = &graph;
    if (!allocate(g, &arena, n, start[n])) {
        scs_arena_release(&arena);
        return scs_error_memory(error);
    }
    load(g, start, row);
    double expected = 0;
    while (g->eliminated < g->active && !takes_too_long(g, most, &expected)) {
        while (g->head[g->least] == NONE) {
            ++g->least;
        }
        const scs_int p = g->head[g->least];
        degree_remove(g, p);
        eliminate(g, p);
    }
    if (visits) {
        const bool complete = g->eliminated == g->active;
        *visits = !complete ? expected : most < 0 ? g->visits : fmin(g->visits, most);
    }
    scs_arena_release(&arena);
    return SCS_OK;
}
