/* SPDX-License-Identifier: MIT */
#include "linsys/choice.h"

#include "la/csc.h"
#include "la/dense_kernels.h"
#include "linsys/incomplete.h"

#include <math.h>

/* What a direct solver does in one iteration, in entries of K multiplied by conjugate
 * gradients: for an entry of the factor, and for an operation of a factorisation, one of
 * which is made every fifty iterations or so. Measured on systems of 50,000 to 4 million
 * entries. */
static const double entry_cost = 0.3;
static const double flop_cost = 5e-4;

/* The indirect backend must be faster by this factor, since its steps are estimated. With
 * fewer steps than these there is nothing to try. */
static const double margin = 2;
static const double least_steps = 4, most_steps = 1000;

/* The factor may take this share of memory. */
static const double share_of_memory = 0.5;

/* The direct backend's model: for each entry of L and each operation of a factorisation, in
 * columns that share their rows with neighbours and in lone ones, whose entries are
 * gathered and scattered one by one, which takes the longer the further they are apart; for
 * each row of K; for leaves (la/dense_kernels.h) instead of either; and for each solve. A
 * solve is within 10 % of this on two thirds of the systems and within 40 % on nine of ten,
 * large ones that leave the cache take up to three times as long; an update mostly within a
 * factor of two. */
static const double solve_lone = 0.78, solve_shared = 0.22, solve_row = 5.8;
static const double solve_leaf_entry = 1, solve_leaf = 2.35, solve_call = 60;
static const double update_lone = 10, update_shared = 2.4, update_row = 7.7;
static const double flop_lone = 0.06, flop_shared = 0.019;
static const double flop_long = 0.16, long_column = 100; /* of lone ones, see below */
/* After the analysis, besides an update. */
static const double setup_lone = 12, setup_shared = 4, setup_row = 30;

/* What an analysis costs without an ordering, within a third on most systems. And a visit
 * of an ordering: 1.2 to 2. */
static const double analysis_entry = 14, analysis_row = 36;
static const double visit_cost = 1.5;

/* The dense backend must take at most this share of the direct one's time: its solves are
 * less exact. */
static const double dense_share = 0.95;

/* Entries in lone columns and others, what operations cost in the former and how many
 * there are in the latter; of the former, how many are leaves and what these have. */
typedef struct {
    double lone, shared;
    double lone_work, shared_flops;
    double leaves, in_leaves;
} Columns;

/* What an operation in a lone column of so many entries costs. */
static double lone_flop(double below) {
    return flop_lone + flop_long * fmin(1, below / long_column);
}

static ScsCost direct_cost(const Columns *columns, double rows) {
    const double update = update_lone * columns->lone +
                          update_shared * columns->shared + columns->lone_work +
                          flop_shared * columns->shared_flops + update_row * rows;
    return (ScsCost){.setup = update + setup_lone * columns->lone +
                              setup_shared * columns->shared + setup_row * rows,
                     .solve = solve_lone * (columns->lone - columns->in_leaves) +
                              solve_leaf_entry * columns->in_leaves +
                              solve_shared * columns->shared +
                              solve_row * (rows - columns->leaves) +
                              solve_leaf * columns->leaves + solve_call,
                     .update = update};
}

/* One or two columns are lone, more are not. */
static scs_int end_of_run(const ScsElimination *analysis, scs_int begin) {
    scs_int j = begin + 1;
    while (j < analysis->kkt.size && analysis->parent[j - 1] == j &&
           analysis->count[j - 1] == analysis->count[j] + 1) {
        ++j;
    }
    return j;
}

ScsCost scs_choice_direct_cost(const ScsElimination *analysis) {
    Columns columns = {0};
    for (scs_int begin = 0, end = 0; begin < analysis->kkt.size; begin = end) {
        end = end_of_run(analysis, begin);
        const bool lone = end - begin <= 2;
        for (scs_int j = begin; j < end; ++j) {
            const double below = (double)analysis->count[j];
            *(lone ? &columns.lone : &columns.shared) += below;
            const double flops = (below + 1) * (below + 1);
            columns.lone_work += lone ? flops * lone_flop(below) : 0;
            columns.shared_flops += lone ? 0 : flops;
        }
        /* In a postorder the last child of a node comes just before it. */
        const bool bottom = begin == 0 || analysis->parent[begin - 1] != begin;
        const scs_int below = analysis->count[begin];
        if (bottom && end - begin == 1 && below > 0 && below <= SCS_LEAF_HEIGHT) {
            columns.leaves += 1;
            columns.in_leaves += (double)below;
        }
    }
    return direct_cost(&columns, (double)analysis->kkt.size);
}

ScsCost scs_choice_direct_least(const ScsMatrix *a, const ScsMatrix *p) {
    const double in_a = (double)scs_csc_nnz(a);
    double in_p = 0;              /* off the diagonal, which may be there or not */
    double leaves = (double)a->m; /* as far as is known, and short columns */
    for (scs_int j = 0; j < a->n; ++j) {
        const scs_int count = p ? p->p[j + 1] - p->p[j] : 0;
        in_p += count > 0 ? (double)(count - 1) : 0;
        leaves += count <= 1 && a->p[j + 1] - a->p[j] <= SCS_LEAF_HEIGHT ? 1 : 0;
    }
    const double rows = (double)a->m + (double)a->n;
    const double fill = scs_elimination_sides_fill((double)a->m, (double)a->n, in_p);
    const double shared =
        scs_elimination_takes_sides(fill, in_a + in_p) ? in_p + fill : in_p;
    /* Operations are the sum of the squares of what the columns of L have, which is least if
     * all have the same. */
    const double mean = in_a / (rows + 1);
    const Columns columns = {.lone = in_a,
                             .shared = shared,
                             .lone_work = in_a * mean * lone_flop(mean),
                             .shared_flops = shared * shared / (rows + 1),
                             .leaves = leaves};
    ScsCost cost = direct_cost(&columns, rows);
    cost.setup += analysis_entry * (in_a + in_p) + analysis_row * rows;
    return cost;
}

bool scs_choice_dense_pays(const ScsCost *dense, const ScsCost *direct) {
    return scs_cost_total(dense) < dense_share * scs_cost_total(direct);
}

double scs_choice_visits_cost(double visits) { return visit_cost * visits; }

double scs_choice_worthwhile_visits(const ScsCost *dense, const ScsCost *direct) {
    return (scs_cost_total(dense) / dense_share - scs_cost_total(direct)) / visit_cost;
}

scs_int scs_choice_worthwhile_steps(const ScsElimination *analysis) {
    if (scs_incomplete_is_useful(analysis)) {
        return 0; /* nearly the same factor, made and used more slowly */
    }
    const ScsKkt *const kkt = &analysis->kkt;
    const double given = (double)kkt->start[kkt->size] + (double)kkt->size;
    const double steps =
        (entry_cost * analysis->entries + flop_cost * analysis->flops) /
        (margin * given);
    return steps < least_steps ? 0 : (scs_int)fmin(steps, most_steps);
}

bool scs_choice_factor_fits(const ScsElimination *analysis, double memory) {
    return memory <= 0 ||
           sizeof(scs_float) * analysis->entries <= share_of_memory * memory;
}
