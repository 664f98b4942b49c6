/* SPDX-License-Identifier: MIT
 *
 * Equilibration: the solver works on
 *
 *     A~ = D A E,  P~ = E P E,  b~ = sigma D b,  c~ = sigma E c,
 *
 * with positive diagonal D (m) and E (n) that even out the norms of rows and columns of
 * [P A'; A 0] (Ruiz, "A scaling algorithm to equilibrate both rows and columns norms in
 * matrices", 2001), and sigma > 0 that brings (b~, c~) to size 1. Its iterates relate to
 * those of the problem as given by
 *
 *     x~ = sigma x / E,  y~ = sigma y / D,  s~ = sigma D s.
 */
#ifndef SCS_SOLVER_EQUILIBRATE_H
#define SCS_SOLVER_EQUILIBRATE_H

#include "cones/cone_set.h"
#include "problem/problem.h"

typedef struct {
    scs_float *d; /* length m: D */
    scs_float *e; /* length n: E */
    scs_float sigma;
} ScsScaling;

/* D = E = I, sigma = 1. Takes memory from the arena (test arena->failed). */
void scs_scaling_create(ScsScaling *scaling, scs_int m, scs_int n, ScsArena *arena);

/* Find D and E for the problem's matrices and scale these in place. Rows of a
 * non-separable cone share one factor. scratch has length 2 (n + m). */
void scs_scaling_equilibrate(ScsScaling *scaling, ScsProblem *problem,
                             const ScsConeSet *cones, scs_float *scratch);

/* Find sigma for the problem's b and c and write h = (c~, b~), length n + m. With
 * `normalize` false sigma stays 1. */
void scs_scaling_scale_vectors(ScsScaling *scaling, const ScsProblem *problem,
                               bool normalize, scs_float *h);

#endif
