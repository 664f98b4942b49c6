/* SPDX-License-Identifier: MIT
 *
 * From the last iterate to what the user receives.
 */
#ifndef SCS_SOLVER_SOLUTION_H
#define SCS_SOLVER_SOLUTION_H

#include "solver/workspace.h"

/* Why a solve ended short of the tolerances. */
typedef enum { SCS_STOP_NONE, SCS_STOP_ITERATIONS, SCS_STOP_TIME } ScsStop;

/* Fill solution (its vectors are not NULL) and info for the given status. Solved: the
 * point. Infeasible: y scaled to b'y = -1, x and s NaN. Unbounded: x and s scaled to c'x =
 * -1, y NaN. Interrupted or failed: all NaN. */
void scs_solution_finish(ScsWork *work, scs_int status, ScsStop stop, scs_int iter,
                         ScsSolution *solution, ScsInfo *info);

/* Info of a call that never got to solve; solution vectors, where present, become NaN (n
 * and m are 0 if unknown). */
void scs_solution_failed(ScsSolution *solution, scs_int n, scs_int m, ScsInfo *info);

#endif
