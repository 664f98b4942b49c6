/* SPDX-License-Identifier: MIT
 *
 * A quick way to cut singular values off: with the eigenpairs (sigma_j^2, v_j) of X'X,
 *
 *     Y = X - X sum_j (1 - u / sigma_j) v_j v_j'  over sigma_j > u,
 *
 * has the singular vectors of X and no singular value above u. Only the pairs above the cut
 * are computed. Rounding perturbs X'X by eps sigma_1^2, and Y = X f(X'X) where f has at
 * u^2 a slope of at most 1 / (2 u^2): the error is about eps sigma_1^2 / (2 u), so that few
 * digits are lost while the cut is not small next to sigma_1. If it is, nothing is done.
 */
#ifndef SCS_CONES_GRAM_CUT_H
#define SCS_CONES_GRAM_CUT_H

#include "base/arena.h"
#include "base/error.h"
#include "scs_lapack.h"

typedef struct ScsGramCut ScsGramCut;

/* For m x n matrices. NULL if the arena failed. */
ScsGramCut *scs_gram_cut_new(ScsArena *arena, scs_int m, scs_int n,
                             const ScsLapack *lapack);

/* Replace y = (head, X), X by columns, by the nearest point with singular values <= head.
 * *cut holds a guess of the new head, 0 for none, and then, if X was changed, the new head.
 * *done tells whether the result is accurate; if not, y is as it was. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_gram_cut_project(ScsGramCut *gram, scs_float *y,
                                                 scs_float *cut, bool *done,
                                                 ScsError *error);

/* Forget how many singular values were cut off last. */
void scs_gram_cut_reset(ScsGramCut *gram);

#endif
