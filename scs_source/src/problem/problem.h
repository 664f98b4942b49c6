/* SPDX-License-Identifier: MIT
 *
 * The library's own copy of the problem.
 */
#ifndef SCS_PROBLEM_PROBLEM_H
#define SCS_PROBLEM_PROBLEM_H

#include "base/arena.h"
#include "scs.h"

typedef struct {
    scs_int m, n;
    ScsMatrix *a; /* m by n; scaled in place by the equilibration */
    ScsMatrix *p; /* upper triangle, scaled alike; NULL if it is zero */
    scs_float *b; /* length m, as the user gave it but for solver/vacuous.h */
    scs_float *c; /* length n, as the user gave it */
} ScsProblem;

/* Copy validated data into the arena (which may fail: test arena->failed). */
void scs_problem_copy(ScsProblem *problem, const ScsData *data, ScsArena *arena);

/* Copy a problem, whatever its scaling. */
void scs_problem_clone(ScsProblem *problem, const ScsProblem *original,
                       ScsArena *arena);

#endif
