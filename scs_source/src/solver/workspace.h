/* SPDX-License-Identifier: MIT
 *
 * What a workspace owns, and how it comes and goes.
 *
 * Letters, as in O'Donoghue (2021), "Operator splitting for a homogeneous embedding of the
 * linear complementarity problem", all of length n + m + 1 in the order (x, y, tau) and in
 * the scaling of equilibrate.h:
 *
 *     u     iterate after the cone step: y in K*, tau >= 0
 *     ut    iterate after the linear step (u~ in the paper)
 *     v     the point of the fixed-point iteration v <- F(v)
 *     rsk   (0, s, kappa) = R (u + v - 2 ut), the other side of the complementarity
 *     h, g  (c, b) and (R + M)^-1 (c, b) without the last entry
 */
#ifndef SCS_SOLVER_WORKSPACE_H
#define SCS_SOLVER_WORKSPACE_H

#include "accel/anderson.h"
#include "cones/cone_set.h"
#include "linsys/linsys.h"
#include "problem/problem.h"
#include "scs_ext.h"
#include "solver/equilibrate.h"
#include "solver/metric.h"
#include "solver/refine.h"
#include "solver/residuals.h"
#include "solver/trace.h"
#include "solver/vacuous.h"

#include <stdatomic.h>

/* Milliseconds spent, by phase. */
typedef struct {
    scs_float setup, solve, linsys, cones, accel, newton;
} ScsTimes;

struct ScsWork {
    ScsArena arena; /* owns everything below but the backend's foreign handles */
    ScsSettings settings;
    ScsHooks hooks;
    const ScsLapack *lapack; /* NULL if there is none */
    atomic_int interrupted;  /* by scs_interrupt from any thread, or by the hook */

    ScsProblem problem;
    ScsScaling scaling;
    ScsConeSet cones;
    ScsVacuous vacuous;
    ScsMetric metric;
    const ScsLinSysKind *linsys_kind;
    ScsLinSys *linsys;
    ScsAnderson *accel; /* NULL if switched off */
    ScsRefine refine;
    bool broken; /* the last factorisation failed: the next solve tries anew */

    scs_float *u, *ut, *v, *rsk; /* n + m + 1 */
    scs_float *v_prev;           /* the same, times R^(1/2): for acceleration */
    scs_float *h, *g;            /* n + m */
    scs_float *rg;               /* n + m: R g */
    scs_float step;              /* |u - ut| in the norm of R, some iterations ago */
    scs_float tau_quadratic;     /* R_tau + g'R g, see iterate.c */
    scs_float *scratch;          /* 2 (n + m) */

    ScsResiduals residuals;
    ScsTrace *trace; /* NULL if switched off, and in a clone */
    ScsTimes times;
    scs_int accepted_steps, rejected_steps; /* of acceleration, in this solve */
};

/* Build a workspace from arguments whose layout, cones and settings have been checked;
 * *work is NULL on failure. Here and below error is not NULL. */
SCS_MUST_CHECK ScsErrorCode scs_workspace_create(ScsWork **work, const ScsData *data,
                                                 const ScsCone *cone,
                                                 const ScsSettings *settings,
                                                 const ScsOptions *options,
                                                 ScsError *error);

/* A workspace in the same state, sharing what the backend can share. */
SCS_MUST_CHECK ScsErrorCode scs_workspace_clone(ScsWork **work, const ScsWork *original,
                                                ScsError *error);

void scs_workspace_destroy(ScsWork *work);

/* New b and c (NULL keeps), already checked. */
SCS_MUST_CHECK ScsErrorCode scs_workspace_update_vectors(ScsWork *work,
                                                         const scs_float *b,
                                                         const scs_float *c,
                                                         ScsError *error);

/* New values of P and A (NULL keeps), already checked. D and E stay as they are. */
SCS_MUST_CHECK ScsErrorCode scs_workspace_update_matrices(ScsWork *work,
                                                          const scs_float *p_values,
                                                          const scs_float *a_values,
                                                          ScsError *error);

/* R has changed: renew the factorisation and g. */
SCS_MUST_CHECK ScsErrorCode scs_workspace_refactor(ScsWork *work, ScsError *error);

#endif
