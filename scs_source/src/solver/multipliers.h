/* SPDX-License-Identifier: MIT
 *
 * Where the multipliers d_i of the metric's rows should go (metric.h). Three rules, all
 * followed in part only, on a logarithmic scale:
 *
 * Every row by its share of the residual: a row whose own primal residual stays behind the
 * others' gets a larger weight. Blocks of cones that are not separable have one multiplier.
 *
 * Semidefinite cones by the pair (Y, S) of dual and slack matrices, towards d_ij =
 * sqrt(Y_ii Y_jj / (S_ii S_jj)): there the congruence has made Y and S alike on the
 * diagonal, which is what the scaling point of interior-point methods does (Nesterov and
 * Todd 1998, "Primal-dual interior-point methods for self-scaled cones"), as far as a
 * diagonal can.
 *
 * Where all cones are separable, inequalities towards that scaling point as well, R_i =
 * s_i / y_i: those that hold with equality become stiff, the others loose. Among curved
 * cones this leaves their blocks behind and takes longer.
 */
#ifndef SCS_SOLVER_MULTIPLIERS_H
#define SCS_SOLVER_MULTIPLIERS_H

#include "cones/cone_set.h"

/* What the iterate says of the rows. */
typedef struct {
    const scs_float *profile; /* length m: each row's relative primal residual */
    const scs_float *y, *s; /* length m: of the iterate, in the scaling of the solver */
} ScsRowEvidence;

/* How far multipliers may go from 1 on the way to the scaling point, and what is nothing
 * beside the largest y or slack: a factorisation stands numbers that are far apart, where
 * conjugate gradients would take ever more steps. */
static const scs_float scs_reach_direct = 1e6;
static const scs_float scs_reach_iterative = 1e4;

/* Write the multipliers to follow d[0..m) into next[0..m), scale being what the metric
 * has beside them, iter the iteration, at least 1, and reach one of the above. */
void scs_multipliers_propose(const ScsConeSet *cones, const ScsRowEvidence *rows,
                             const scs_float *d, scs_int m, scs_float scale,
                             scs_int iter, scs_float reach, scs_float *next);

/* Whether all cones are separable, so that inequalities go to the scaling point. */
bool scs_multipliers_all_separable(const ScsConeSet *cones);

/* Whether most of the m rows belong to semidefinite cones. */
bool scs_multipliers_mostly_semidefinite(const ScsConeSet *cones, scs_int m);

/* Whether neither is so: curved cones, whose multipliers have nothing to go to. */
bool scs_multipliers_mostly_curved(const ScsConeSet *cones, scs_int m);

/* For a start near the solution of another problem, where other inequalities may hold with
 * equality: rows of kinds that may have gone to the scaling point go half of the way back
 * to 1. */
void scs_multipliers_relax(const ScsConeSet *cones, const scs_float *d, scs_int m,
                           scs_float *next);

#endif
