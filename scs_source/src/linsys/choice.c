/* SPDX-License-Identifier: MIT */
#include "linsys/choice.h"

#include "la/csc.h"
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

/* The direct backend's model: for each entry of L, each row of K and each operation of a
 * factorisation. A solve is within 15 % of it on half of the systems and within a factor of
 * two on all; a factorisation takes up to thirty times as long where many columns of L have
 * hundreds of entries and no neighbour that shares them, as those of a full A have. */
static const double solve_entry = 0.35, solve_row = 4.7;
static const double update_entry = 7, update_row = 8.6, update_flop = 0.03;
static const double setup_row = 30; /* after the analysis, besides an update */

/* The least that an analysis costs; most take twice as long. */
static const double analysis_entry = 10, analysis_row = 40;

/* The dense backend must take at most this share of the direct one's time: its solves are
 * less exact, and models are models. */
static const double dense_share = 0.8;

static ScsCost direct_cost(double entries, double rows, double flops) {
    const double update =
        update_entry * entries + update_row * rows + update_flop * flops;
    return (ScsCost){.setup = update + setup_row * rows,
                     .solve = solve_entry * entries + solve_row * rows,
                     .update = update};
}

ScsCost scs_choice_direct_cost(const ScsElimination *analysis) {
    return direct_cost(analysis->entries, (double)analysis->kkt.size, analysis->flops);
}

ScsCost scs_choice_direct_least(const ScsMatrix *a, const ScsMatrix *p) {
    double entries = (double)scs_csc_nnz(a);
    for (scs_int j = 0; p && j < p->n; ++j) { /* the diagonal may be there or not */
        const scs_int count = p->p[j + 1] - p->p[j];
        entries += count > 0 ? (double)(count - 1) : 0;
    }
    const double rows = (double)a->m + (double)a->n;
    /* Operations are the sum of the squares of what the columns of L have. */
    ScsCost cost = direct_cost(entries, rows, entries * entries / (rows + 1));
    cost.setup += analysis_entry * entries + analysis_row * rows;
    return cost;
}

bool scs_choice_dense_pays(const ScsCost *dense, const ScsCost *direct) {
    return scs_cost_total(dense) < dense_share * scs_cost_total(direct);
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
