/* SPDX-License-Identifier: MIT
 *
 * Equilibration: the solver works on
 *
 *     A~ = D A E,  P~ = E P E,  b~ = sigma D b,  c~ = sigma E c,
 *
 * with positive diagonal D (m) and E (n) and a positive number sigma that even out the
 * norms of rows and columns of
 *
 *     [ P  A' c ]
 *     [ A  0  b ]
 *     [ c' b' 0 ]
 *
 * (Ruiz, "A scaling algorithm to equilibrate both rows and columns norms in matrices",
 * 2001): b and c take part because the embedding's linear map holds them, too. The
 * iterates relate to those of the problem as given by
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
    scs_float reach; /* |(b~, c~)| in the infinity norm */
} ScsScaling;

/* D = E = I, sigma = 1. Takes memory from the arena (test arena->failed). */
void scs_scaling_create(ScsScaling *scaling, scs_int m, scs_int n, ScsArena *arena);

/* Find D, E and sigma for the problem and scale its matrices in place, not b and c. Rows of a
 * non-separable cone share one factor. scratch has length 2 (n + m). */
void scs_scaling_equilibrate(ScsScaling *scaling, ScsProblem *problem,
                             const ScsConeSet *cones, scs_float *scratch);

/* Write h = (c~, b~), length n + m, with the sigma that brings them to the size that
 * those of scs_scaling_equilibrate came to, so that it suits new b and c. With `normalize`
 * false sigma is 1. */
void scs_scaling_scale_vectors(ScsScaling *scaling, const ScsProblem *problem,
                               bool normalize, scs_float *h);

#endif
