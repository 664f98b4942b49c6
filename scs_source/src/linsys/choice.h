/* SPDX-License-Identifier: MIT
 *
 * Which backend runs where the user names none: direct, dense or indirect, by what they
 * cost. The choice depends on the matrices and on the metric at the start, so that it
 * repeats; the one exception is a factor that memory has no room for.
 *
 * Direct and dense are compared by models of their time. The former's fill is known after
 * its ordering only, but there is no less than K has: where that is too much already,
 * nothing is ordered. Nor is it where the ordering alone would take longer than it can save,
 * which its beginning tells. Whether conjugate gradients are worth a trial is decided by the
 * fill; the trial is on a made-up right-hand side, for as many steps as would still pay.
 */
#ifndef SCS_LINSYS_CHOICE_H
#define SCS_LINSYS_CHOICE_H

#include "linsys/cost.h"
#include "linsys/elimination.h"

/* What the direct backend costs after the analysis; and as long as there is none, what it
 * costs with it if nothing fills in and rows of A are eliminated one by one. */
ScsCost scs_choice_direct_cost(const ScsElimination *analysis);
ScsCost scs_choice_direct_least(const ScsMatrix *a, const ScsMatrix *p);

/* Whether the dense backend is faster than the direct one, by a margin. */
bool scs_choice_dense_pays(const ScsCost *dense, const ScsCost *direct);

/* How many visits an ordering (linsys/order.h) may make before the dense backend pays, the
 * direct one costing no less than `direct` besides; negative if it pays even without any.
 * And what so many cost. */
double scs_choice_worthwhile_visits(const ScsCost *dense, const ScsCost *direct);
double scs_choice_visits_cost(double visits);

/* Up to how many steps of conjugate gradients in an iteration the indirect backend is the
 * faster one; 0 where it is not worth a trial. */
scs_int scs_choice_worthwhile_steps(const ScsElimination *analysis);

/* Whether a factor leaves room for all else in so many bytes of memory (0: not known). */
bool scs_choice_factor_fits(const ScsElimination *analysis, double memory);

#endif
