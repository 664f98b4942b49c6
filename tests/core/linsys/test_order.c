/* SPDX-License-Identifier: MIT */
#include "linsys/order.h"

#include "support/check.h"

#include "systems.h"

#include <stdbool.h>

typedef struct {
    scs_int n;
    scs_int *start, *row;
} Graph;

static Graph graph_create(scs_int n, scs_int room) {
    Graph g = {n, NULL, NULL};
    g.start = (scs_int *)calloc((size_t)n + 1, sizeof *g.start);
    g.row = (scs_int *)calloc((size_t)room + 1, sizeof *g.row);
    return g;
}

static void graph_free(Graph *g) {
    free(g->start);
    free(g->row);
}

/* Entries of the factor below the diagonal, by eliminating on a dense boolean matrix. */
static long fill(const Graph *g, const scs_int *order) {
    const size_t n = (size_t)g->n;
    char *a = (char *)calloc(n * n + 1, 1);
    size_t *place = (size_t *)calloc(n + 1, sizeof *place);
    for (size_t k = 0; k < n; ++k) {
        place[order ? (size_t)order[k] : k] = k;
    }
    for (size_t j = 0; j < n; ++j) {
        for (scs_int k = g->start[j]; k < g->start[j + 1]; ++k) {
            const size_t i = place[g->row[k]];
            a[i * n + place[j]] = a[place[j] * n + i] = 1;
        }
    }
    long count = 0;
    for (size_t j = 0; j < n; ++j) {
        for (size_t i = j + 1; i < n; ++i) {
            if (!a[j * n + i]) {
                continue;
            }
            ++count;
            for (size_t k = j + 1; k < n; ++k) {
                a[i * n + k] = (char)(a[i * n + k] | (k != i && a[j * n + k]));
            }
        }
    }
    free(a);
    free(place);
    return count;
}

static bool is_permutation(const scs_int *order, scs_int n) {
    char *seen = (char *)calloc((size_t)n + 1, 1);
    bool good = true;
    for (scs_int k = 0; k < n; ++k) {
        good = good && order[k] >= 0 && order[k] < n && !seen[order[k]];
        if (good) {
            seen[order[k]] = 1;
        }
    }
    free(seen);
    return good;
}

static scs_int *ordered(const Graph *g) {
    scs_int *order = (scs_int *)calloc((size_t)g->n + 1, sizeof *order);
    ScsError error;
    CHECK_EQUAL(scs_order_minimum_degree(g->n, g->start, g->row, order, NULL, &error),
                SCS_OK);
    CHECK(is_permutation(order, g->n));
    return order;
}

static long ordered_fill(const Graph *g) {
    scs_int *order = ordered(g);
    const long count = fill(g, order);
    free(order);
    return count;
}

static Graph grid(scs_int side) {
    Graph g = graph_create(side * side, 2 * side * side);
    scs_int at = 0;
    for (scs_int j = 0; j < g.n; ++j) {
        if (j >= side) {
            g.row[at++] = j - side;
        }
        if (j % side > 0) {
            g.row[at++] = j - 1;
        }
        g.start[j + 1] = at;
    }
    return g;
}

static Graph random_graph(Random *random, scs_int n, double density) {
    Graph g = graph_create(n, n * n);
    for (scs_int j = 0; j < n; ++j) {
        g.start[j + 1] = g.start[j];
        for (scs_int i = 0; i < j; ++i) {
            if (random_unit(random) < density) {
                g.row[g.start[j + 1]++] = i;
            }
        }
    }
    return g;
}

static void orders_nothing(void) {
    Graph g = graph_create(1, 0);
    g.n = 0;
    ScsError error;
    scs_int order = 7;
    CHECK_EQUAL(scs_order_minimum_degree(0, g.start, g.row, &order, NULL, &error),
                SCS_OK);
    CHECK_EQUAL(order, 7);
    graph_free(&g);
}

static void keeps_a_diagonal_matrix(void) {
    Graph g = graph_create(50, 0);
    CHECK_EQUAL(ordered_fill(&g), 0);
    graph_free(&g);
}

static void orders_a_dense_matrix(void) {
    Random random = {1};
    Graph g = random_graph(&random, 40, 2);
    CHECK_EQUAL(ordered_fill(&g), 40 * 39 / 2);
    graph_free(&g);
}

static void reduces_fill_on_grids(void) {
    for (scs_int side = 2; side <= 24; side += 11) {
        Graph g = grid(side);
        const long natural = fill(&g, NULL);
        const long found = ordered_fill(&g);
        CHECK(found <= natural);
        if (side == 24) {
            /* The best known orders of this grid need about 5000; natural is 13271. */
            CHECK(found < 6500);
        }
        graph_free(&g);
    }
}

static void turns_an_arrow_round(void) {
    /* The first node is next to all others: eliminated first it fills the matrix. */
    for (scs_int n = 10; n <= 300; n += 290) {
        Graph g = graph_create(n, n);
        for (scs_int j = 1; j < n; ++j) {
            g.row[j - 1] = 0;
            g.start[j + 1] = j;
        }
        CHECK_EQUAL(ordered_fill(&g), n - 1);
        graph_free(&g);
    }
}

static void finds_no_fill_orders_of_trees(void) {
    Random random = {2};
    Graph g = graph_create(200, 200);
    for (scs_int j = 1; j < g.n; ++j) {
        g.row[j - 1] = random_below(&random, j);
        g.start[j + 1] = j;
    }
    CHECK_EQUAL(ordered_fill(&g), g.n - 1);
    graph_free(&g);
}

static void postpones_dense_rows(void) {
    /* A path and two nodes next to all: they must come last, the rest without fill. */
    const scs_int n = 1000;
    Graph g = graph_create(n, 3 * n);
    for (scs_int j = 1; j < n; ++j) {
        scs_int at = g.start[j];
        for (scs_int i = 0; i < j && i < 2; ++i) {
            g.row[at++] = i;
        }
        if (j > 2) {
            g.row[at++] = j - 1;
        }
        g.start[j + 1] = at;
    }
    scs_int *order = ordered(&g);
    CHECK(order[n - 1] + order[n - 2] == 1);
    CHECK_EQUAL(fill(&g, order), (n - 3) + 2 * (n - 2) + 1);
    free(order);
    graph_free(&g);
}

static void stays_close_to_exact_minimum_degree(void) {
    Random random = {3};
    for (int trial = 0; trial < 60; ++trial) {
        const scs_int n = 20 + random_below(&random, 60);
        Graph g = random_graph(&random, n, 0.02 + 0.2 * random_unit(&random));
        /* Exact minimum degree by brute force. */
        char *a = (char *)calloc((size_t)n * (size_t)n, 1);
        char *gone = (char *)calloc((size_t)n, 1);
        for (scs_int j = 0; j < n; ++j) {
            for (scs_int k = g.start[j]; k < g.start[j + 1]; ++k) {
                a[j * n + g.row[k]] = a[g.row[k] * n + j] = 1;
            }
        }
        long exact = 0;
        for (scs_int step = 0; step < n; ++step) {
            scs_int best = -1;
            long least = n;
            for (scs_int i = 0; i < n; ++i) {
                long degree = 0;
                for (scs_int j = 0; j < n; ++j) {
                    degree += !gone[j] && a[i * n + j];
                }
                if (!gone[i] && degree < least) {
                    least = degree;
                    best = i;
                }
            }
            exact += least;
            gone[best] = 1;
            for (scs_int i = 0; i < n; ++i) {
                for (scs_int j = 0; j < n; ++j) {
                    if (i != j && a[best * n + i] && a[best * n + j]) {
                        a[i * n + j] = 1;
                    }
                }
            }
        }
        CHECK((double)ordered_fill(&g) <= 1.25 * (double)exact + 10);
        free(a);
        free(gone);
        graph_free(&g);
    }
}

static void is_repeatable(void) {
    Graph g = grid(30);
    scs_int *one = ordered(&g);
    scs_int *two = ordered(&g);
    CHECK(memcmp(one, two, (size_t)g.n * sizeof *one) == 0);
    free(one);
    free(two);
    graph_free(&g);
}

static double visits_within(const Graph *g, double most, scs_int *order) {
    ScsError error;
    CHECK_EQUAL(scs_order_minimum_degree(g->n, g->start, g->row, order, &most, &error),
                SCS_OK);
    return most;
}

/* The first nodes tell what all of them take, where all are alike. */
static void gives_up_what_takes_too_long(void) {
    Random random = {4};
    Graph g = random_graph(&random, 600, 0.02);
    scs_int *expected = ordered(&g);
    scs_int *order = (scs_int *)calloc((size_t)g.n, sizeof *order);
    const double all = visits_within(&g, INFINITY, order);
    CHECK(all > (double)g.start[g.n]);
    CHECK(memcmp(order, expected, (size_t)g.n * sizeof *order) == 0);
    CHECK_EQUAL(visits_within(&g, 10 * all, order), all);
    CHECK(memcmp(order, expected, (size_t)g.n * sizeof *order) == 0);
    const double predicted = visits_within(&g, 0.01 * all, order);
    CHECK(predicted > 0.3 * all && predicted < 3 * all);
    CHECK(visits_within(&g, 0.5 * predicted, order) >= predicted);
    CHECK(visits_within(&g, -1, order) >= 0); /* always */
    free(order);
    free(expected);
    graph_free(&g);
}

int main(void) {
    static const CheckCase cases[] = {
        {"orders nothing", orders_nothing},
        {"keeps a diagonal matrix", keeps_a_diagonal_matrix},
        {"orders a dense matrix", orders_a_dense_matrix},
        {"reduces fill on grids", reduces_fill_on_grids},
        {"turns an arrow round", turns_an_arrow_round},
        {"finds no-fill orders of trees", finds_no_fill_orders_of_trees},
        {"postpones dense rows", postpones_dense_rows},
        {"stays close to exact minimum degree", stays_close_to_exact_minimum_degree},
        {"is repeatable", is_repeatable},
        {"gives up what takes too long", gives_up_what_takes_too_long},
    };
    return CHECK_RUN(cases);
}
