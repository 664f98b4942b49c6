/* SPDX-License-Identifier: MIT
 *
 * The metric R = diag(R_x, R_y, R_tau) and its adaptation. R_x = rho_x; R_y,i = 1 / (scale
 * w_i d_i), where w_i is the weight of the row's cone (1000 for equations, so that they
 * hold early) and d_i its multiplier; R_tau = 10.
 *
 * scale balances the primal against the dual residual (O'Donoghue 2021, section 5), in
 * larger steps early on, when it may be far from where it should be; at first it also
 * follows the sizes of y and s. The multipliers balance residuals row by row
 * (multipliers.h). With multipliers R moves whenever an update is due;
 * without them only if scale is far from where it should be.
 */
#ifndef SCS_SOLVER_METRIC_H
#define SCS_SOLVER_METRIC_H

#include "cones/cone_set.h"
#include "solver/multipliers.h"

/* Evidence about scale: the logarithm of the ratio of the relative residuals, primal to
 * dual, at a number of checks. */
typedef struct {
    scs_int checks;
    scs_float sum;
    scs_float agreed; /* the one closest to zero; zero if they differ in sign */
} ScsMetricBalance;

typedef struct {
    scs_int n, m;
    scs_float rho_x;
    scs_float initial_scale;
    scs_float scale;
    scs_float reach; /* of the multipliers: the caller may lower it (multipliers.h) */
    bool adaptive, diagonal;    /* whether scale and the multipliers may move */
    bool semidefinite;          /* whether most rows belong to such cones */
    scs_float longest_interval; /* of iterations between two updates */
    scs_float size_share; /* how far scale follows the sizes of y and s at first */
    scs_float *d;         /* length m: multipliers */
    scs_float *weight;    /* length m: of the cones */
    scs_float *r;         /* length n + m + 1: R */
    scs_float *root;      /* length n + m + 1: square root of R */

    ScsMetricBalance balance; /* since the last update */
    scs_int last_update;      /* iteration */
    scs_int updates;          /* in this solve */
} ScsMetric;

/* What one convergence check tells the metric; residuals of the problem as given. */
typedef struct {
    scs_float relative_primal;
    scs_float relative_dual;
    bool sizes_tell; /* those of y and s, which neither rays nor y = 0 determine */
    ScsRowEvidence rows;
} ScsMetricEvidence;

/* Take memory from the arena (test arena->failed) and set R to its initial state. */
void scs_metric_create(ScsMetric *metric, const ScsSettings *settings,
                       const ScsConeSet *cones, const ScsMatrix *a, ScsArena *arena);

/* Back to the initial scale and multipliers. True if R has changed thereby. */
bool scs_metric_reset(ScsMetric *metric);

/* Before a warm start: the next problem may be another one. True if R has changed.
 * scratch has length m. */
bool scs_metric_relax(ScsMetric *metric, const ScsConeSet *cones, scs_float *scratch);

/* Start of a solve: no evidence, no updates. */
void scs_metric_begin(ScsMetric *metric);

/* Take in the evidence of a check at iteration iter; if it is time to move, change scale,
 * multipliers and R and return true. update_cost is what a new factorisation costs in
 * iterations. scratch has length m. */
bool scs_metric_adapt(ScsMetric *metric, const ScsMetricEvidence *evidence,
                      const ScsConeSet *cones, scs_int iter, scs_float update_cost,
                      scs_float *scratch);

/* out = R^(1/2) v, and v = R^(-1/2) v: to and from the coordinates in which the norm of R,
 * where the iteration is nonexpansive, is the Euclidean one. v and out may be the same. */
void scs_metric_to_euclidean(const ScsMetric *metric, const scs_float *v,
                             scs_float *out);
void scs_metric_from_euclidean(const ScsMetric *metric, scs_float *v);

/* Take over the state of another metric of the same problem. */
void scs_metric_copy(ScsMetric *metric, const ScsMetric *original);

#endif
