/* SPDX-License-Identifier: MIT
 *
 * The lift of a vector cone to symmetric matrices. A cone of (head, X) that depends on X
 * through its eigenvalues alone, in any order, is projected on by projecting (head,
 * eigenvalues of X) on the vector cone and keeping the eigenvectors; see Cederberg and
 * Boyd, "Projection onto spectral matrix cones" (2024). The same holds for singular values
 * (nuclear.c).
 *
 *     unit = scs_spectral_scale(y, rows)
 *     scs_spectral_reduce(eigen, x, n, &scale)
 *     scs_eigen_pairs(...), its values times scale being the eigenvalues
 *     scs_spectral_store(eigen, weights, sign, n, x, error)
 *     scs_spectral_unscale(y, rows, unit)
 */
#ifndef SCS_CONES_SPECTRAL_H
#define SCS_CONES_SPECTRAL_H

#include "la/eigen.h"

/* Divide y by a power of two, which is returned, such that its largest entry is of moderate
 * size: 1 if it is anyway. 0, and y as it was, if an entry is not finite: a projection must
 * then leave it alone, for the solver reports it, and eigenvalues that are not numbers lead
 * searches astray. */
scs_float scs_spectral_scale(scs_float *y, scs_int rows);

/* Multiply again; what would be infinite becomes the largest number. */
void scs_spectral_unscale(scs_float *y, scs_int rows, scs_float unit);

/* Load X of order n from its rows x and reduce it to tridiagonal form. X may be small next
 * to the head, so that it is divided by *scale. */
SCS_MUST_CHECK ScsErrorCode scs_spectral_reduce(ScsEigen *eigen, const scs_float *x,
                                                scs_int n, scs_float *scale,
                                                ScsError *error);

/* x = sign * sum_j weight_j q_j q_j' over the pairs computed last, weight_j >= 0. */
SCS_MUST_CHECK ScsErrorCode scs_spectral_store(ScsEigen *eigen, const scs_float *weight,
                                               scs_float sign, scs_int n, scs_float *x,
                                               ScsError *error);

#endif
