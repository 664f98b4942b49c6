/* SPDX-License-Identifier: MIT
 *
 * The nearest positive semidefinite matrix, for the real and the complex cone. Of the
 * spectrum of Y = sum_j lambda_j q_j q_j' only the smaller side is computed:
 *
 *     Pi(Y) = sum over lambda_j > 0 of lambda_j q_j q_j'
 *           = Y + sum over lambda_j < 0 of |lambda_j| q_j q_j'
 *
 * If it may be inexact (cone.h), the smaller side of a large real matrix is followed from
 * one projection to the next instead: see psd_inexact.h.
 *
 * Matrices are vectors as in la/svec.h. If the metric is a diagonal congruence, r_ij =
 * rho_i rho_j, then with D = diag(sqrt(rho)) the nearest point is D^-1 Pi(D Y D) D^-1,
 * because Y -> D Y D maps the cone onto itself and the metric to the Euclidean one.
 */
#ifndef SCS_CONES_SEMIDEFINITE_H
#define SCS_CONES_SEMIDEFINITE_H

#include "cones/cone.h"

typedef struct ScsSemidefinite ScsSemidefinite;

/* Whether order n is beyond what is done without LAPACK. */
bool scs_semidefinite_needs_lapack(scs_int n, bool hermitian);

/* For matrices of order n >= 0. The arena may fail; then, NULL. */
ScsSemidefinite *scs_semidefinite_new(ScsArena *arena, scs_int n, bool hermitian,
                                      const ScsLapack *lapack);

/* Slots of a kind whose blocks have a ScsSemidefinite as their state. */

/* Make r a congruence: r_ij = sqrt(r_ii r_jj). Constant r stays as it is, to the bit. */
void scs_semidefinite_extend_metric(const ScsConeBlock *block, scs_float *r);

void scs_semidefinite_reset(ScsConeBlock *block);
void scs_semidefinite_allow(ScsConeBlock *block, scs_float distance);

/* The metric is constant or a congruence. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_semidefinite_project_dual(ScsConeBlock *block,
                                                          scs_float *y,
                                                          const scs_float *r,
                                                          ScsError *error);

#endif
