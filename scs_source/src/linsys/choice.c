/* SPDX-License-Identifier: MIT */
#include "linsys/choice.h"

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
