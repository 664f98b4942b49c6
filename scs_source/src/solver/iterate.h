/* SPDX-License-Identifier: MIT
 *
 * The steps of one iteration of Douglas-Rachford splitting on the homogeneous embedding
 * (O'Donoghue 2021, algorithm 1). For letters see workspace.h.
 */
#ifndef SCS_SOLVER_ITERATE_H
#define SCS_SOLVER_ITERATE_H

#include "solver/workspace.h"

/* g = (R + M)^-1 h and what depends on it; after R, M or h changed. */
SCS_MUST_CHECK ScsErrorCode scs_iterate_prepare(ScsWork *work, ScsError *error);

/* v = 0 but for tau = 1. */
void scs_iterate_start_cold(ScsWork *work);

/* v = (x~, y~ + s~ / R_y, 1) from a point of the problem as given; NaN entries count as
 * zero. */
void scs_iterate_start_warm(ScsWork *work, const ScsSolution *start);

/* Scale v to norm sqrt(n + m + 1): the embedding is homogeneous, so only the direction of
 * v matters, and tau must not drift to zero by rounding. */
void scs_iterate_normalise(ScsWork *work);

/* ut = (R + Q)^-1 R v. With fix_tau the last entry is 1 instead. */
SCS_MUST_CHECK ScsErrorCode scs_iterate_linear_step(ScsWork *work, bool fix_tau,
                                                    ScsError *error);

/* u = nearest point of R^n x K* x R_+ to 2 ut - v, or one that is off by a small share of
 * step. With fix_tau the last entry is 1. */
SCS_MUST_CHECK ScsErrorCode scs_iterate_cone_step(ScsWork *work, bool fix_tau,
                                                  ScsError *error);

/* The same, and u is the nearest point. */
SCS_MUST_CHECK ScsErrorCode scs_iterate_exact_cone_step(ScsWork *work, bool fix_tau,
                                                        ScsError *error);

/* step = |u - ut| in the norm of R, if it is used. */
void scs_iterate_measure_step(ScsWork *work);

/* rsk = R (u + v - 2 ut) */
void scs_iterate_slack_step(ScsWork *work);

/* v += alpha (u - ut) */
void scs_iterate_dual_step(ScsWork *work);

/* After R changed: the v that has the same rsk as before. */
void scs_iterate_remap(ScsWork *work);

#endif
