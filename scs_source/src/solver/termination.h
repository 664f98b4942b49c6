/* SPDX-License-Identifier: MIT
 *
 * When to stop, and with what status.
 */
#ifndef SCS_SOLVER_TERMINATION_H
#define SCS_SOLVER_TERMINATION_H

#include "scs.h"
#include "solver/residuals.h"

/* SCS_SOLVED, SCS_INFEASIBLE or SCS_UNBOUNDED if the residuals meet the tolerances, else
 * SCS_UNFINISHED. The stopping rule of the solver:
 *
 *     solved      |Ax + s - b|       <= eps_abs + eps_rel max(|Ax|, |s|, |b|),
 *                 |Px + A'y + c|     <= eps_abs + eps_rel max(|Px|, |A'y|, |c|),
 *                 |x'Px + c'x + b'y| <= eps_abs + eps_rel max(x'Px, |c'x|, |b'y|)
 *     infeasible  b'y < 0 and |A'y| <= eps_infeas (-b'y)
 *     unbounded   c'x < 0 and |Px|, |Ax + s| <= eps_infeas (-c'x)
 */
scs_int scs_termination_test(const ScsResiduals *residuals,
                             const ScsSettings *settings);

/* What the residuals are compared with in the first three lines. */
typedef struct {
    scs_float pri, dual, gap;
} ScsTolerances;

ScsTolerances scs_termination_tolerances(const ScsResiduals *residuals,
                                         const ScsSettings *settings);

/* The status when a limit was reached: the nearest of SCS_SOLVED_INACCURATE,
 * SCS_INFEASIBLE_INACCURATE and SCS_UNBOUNDED_INACCURATE. */
scs_int scs_termination_nearest(const ScsResiduals *residuals);

#endif
