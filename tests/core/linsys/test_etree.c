/* SPDX-License-Identifier: MIT
 *
 * The tree and the counts against a dense boolean elimination.
 */
#include "linsys/etree.h"

#include "support/check.h"

#include "systems.h"

enum { N = 60 };

typedef struct {
    char full[N][N]; /* pattern of the matrix */
    char l[N][N];    /* pattern of the factor: l[j][i] is row i of column j */
    scs_int upper_start[N + 1], upper_row[N * N];
    scs_int lower_start[N + 1], lower_row[N * N];
    scs_int parent[N], count[N];
} Case;

static void complete(Case *c) {
    scs_int upper = 0;
    scs_int lower = 0;
    for (scs_int j = 0; j < N; ++j) {
        for (scs_int i = 0; i < N; ++i) {
            if (c->full[j][i] && i < j) {
                c->upper_row[upper++] = i;
            } else if (c->full[j][i] && i > j) {
                c->lower_row[lower++] = i;
            }
        }
        c->upper_start[j + 1] = upper;
        c->lower_start[j + 1] = lower;
    }
    memcpy(c->l, c->full, sizeof c->l);
    for (scs_int j = 0; j < N; ++j) {
        c->parent[j] = -1;
        c->count[j] = 0;
        for (scs_int i = N - 1; i > j; --i) {
            if (c->l[j][i]) {
                c->parent[j] = i;
                ++c->count[j];
                for (scs_int k = j + 1; k < N; ++k) {
                    c->l[i][k] = (char)(c->l[i][k] | (c->l[j][k] && k != i));
                }
            }
        }
    }
}

static void fill_random(Case *c, Random *random, double density) {
    memset(c, 0, sizeof *c);
    for (scs_int j = 0; j < N; ++j) {
        for (scs_int i = 0; i < j; ++i) {
            c->full[i][j] = c->full[j][i] = random_unit(random) < density;
        }
    }
    complete(c);
}

static void tree_matches_dense_elimination(void) {
    static Case c;
    Random random = {11};
    for (int trial = 0; trial < 100; ++trial) {
        scs_int parent[N];
        scs_int work[N];
        fill_random(&c, &random, 0.1 * random_unit(&random));
        scs_etree_build(N, c.upper_start, c.upper_row, parent, work);
        CHECK(memcmp(parent, c.parent, sizeof parent) == 0);
    }
}

static void counts_match_after_a_postorder(void) {
    static Case c;
    static Case post;
    Random random = {12};
    for (int trial = 0; trial < 100; ++trial) {
        scs_int order[N];
        scs_int weight[N];
        scs_int count[N];
        scs_int work[4 * N];
        fill_random(&c, &random, 0.1 * random_unit(&random));
        for (scs_int j = 0; j < N; ++j) {
            weight[j] = random_below(&random, N);
        }
        scs_etree_postorder(N, c.parent, weight, order, work);
        memset(&post, 0, sizeof post);
        scs_int seen = 0;
        for (scs_int j = 0; j < N; ++j) {
            for (scs_int i = 0; i < N; ++i) {
                post.full[j][i] = c.full[order[j]][order[i]];
                seen += i != j && order[i] == order[j];
            }
        }
        CHECK_EQUAL(seen, 0);
        complete(&post);
        scs_int last_weight[N];
        memset(last_weight, 0, sizeof last_weight);
        for (scs_int j = 0; j < N; ++j) {
            /* An equivalent order: the same factor, relabelled. */
            CHECK_EQUAL(post.count[j], c.count[order[j]]);
            if (post.parent[j] >= 0) {
                CHECK_EQUAL(order[post.parent[j]], c.parent[order[j]]);
                CHECK(weight[order[j]] >= last_weight[post.parent[j]]);
                last_weight[post.parent[j]] = weight[order[j]];
            }
        }
        scs_etree_column_counts(N, post.lower_start, post.lower_row, post.parent, count,
                                work);
        CHECK(memcmp(count, post.count, sizeof count) == 0);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"tree matches dense elimination", tree_matches_dense_elimination},
        {"counts match after a postorder", counts_match_after_a_postorder},
    };
    return CHECK_RUN(cases);
}
