/* SPDX-License-Identifier: MIT
 *
 * The loop.
 */
#ifndef SCS_SOLVER_SOLVE_H
#define SCS_SOLVER_SOLVE_H

#include "solver/workspace.h"

/* Solve from `start` (NULL: a fresh solve, as on a new workspace), whose vectors may be
 * those of the solution. Fills solution and info and returns info->status_val; error says
 * why if that is SCS_FAILED because of one, and not for want of a point at a limit. */
scs_int scs_solve_run(ScsWork *work, const ScsSolution *start, ScsSolution *solution,
                      ScsInfo *info, ScsError *error);

#endif
