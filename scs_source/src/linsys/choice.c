/* SPDX-License-Identifier: MIT */
#include "linsys/choice.h"

#include "la/csc.h"
#include "linsys/incomplete.h"

#include <math.h>

/* A must be this full, of so many multiplications to a factorisation and one of its sides
 * so much longer than the other. Random matrices: with half of the entries the dense
 * factorisation takes 0.3 to 0.6 and its solves 0.5 to 0.9 of the sparse one's time, with a
 * quarter 0.8 to 1.3 and 0.9 to 1.3. Below that work a solve gains less than Python takes to
 * import LAPACK (30 ms); square complements are ill-conditioned, so that solves have to be
 * refined, and then take three times as long. */
static const double least_density = 0.5;
static const double least_work = 5e6;
static const double least_aspect = 1.5;

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

static bool is_diagonal(const ScsMatrix *p) {
    for (scs_int j = 0; p && j < p->n; ++j) {
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            if (p->i[k] != j) {
                return false;
            }
        }
    }
    return true;
}

bool scs_choice_may_be_dense(scs_int m, scs_int n, scs_int entries) {
    const double product = (double)m * (double)n;
    const double shorter = m < n ? (double)m : (double)n;
    return product * shorter >= least_work &&
           product >= least_aspect * shorter * shorter &&
           (double)entries >= least_density * product;
}

bool scs_choice_is_dense(const ScsMatrix *a, const ScsMatrix *p) {
    /* The complement of order m is only to be had where P is diagonal. */
    return scs_choice_may_be_dense(a->m, a->n, scs_csc_nnz(a)) &&
           (a->m > a->n || is_diagonal(p));
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
