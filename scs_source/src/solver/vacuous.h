/* SPDX-License-Identifier: MIT
 *
 * Inequalities that say nothing: rows of the nonnegative orthant whose b_i is so large that
 * it stands for infinity, as modelling tools write it (1e20, 1e30). Kept as numbers they
 * would drown all others in every norm. Instead the iteration sees b_i = 0 with s_i free
 * and y_i = 0, and the s that is reported gets b_i back.
 */
#ifndef SCS_SOLVER_VACUOUS_H
#define SCS_SOLVER_VACUOUS_H

#include "cones/cone_set.h"
#include "problem/problem.h"

typedef struct {
    scs_int *rows;     /* room for every row of the orthant */
    scs_float *bounds; /* their b */
    scs_int count;
} ScsVacuous;

/* Take memory from the arena (test arena->failed); nothing is vacuous yet. */
void scs_vacuous_create(ScsVacuous *vacuous, const ScsConeSet *cones, ScsArena *arena);

/* Find the rows for the b that the user gave, which is in problem->b, keep their b_i and
 * set it to zero there. */
void scs_vacuous_extract(ScsVacuous *vacuous, ScsProblem *problem,
                         const ScsConeSet *cones);

/* v[row] = 0 for these rows; v has length m. */
void scs_vacuous_clear(const ScsVacuous *vacuous, scs_float *v);

/* s[row] += b_i for these rows. */
void scs_vacuous_restore(const ScsVacuous *vacuous, scs_float *s);

/* Take over the rows of another workspace's, for the same cones. */
void scs_vacuous_copy(ScsVacuous *vacuous, const ScsVacuous *original);

#endif
