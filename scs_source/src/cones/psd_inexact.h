/* SPDX-License-Identifier: MIT
 *
 * A projection on the positive semidefinite matrices that may be a little off, after the
 * idea of Rontsis, Goulart and Nakatsukasa, "Efficient semidefinite programming with
 * approximate ADMM", Journal of Optimization Theory and Applications 192 (2022). From one
 * projection of a solve to the next the matrix changes little, and often its positive or
 * its negative side is small. Then the eigenvectors of that side are followed by
 * la/subspace.h instead of being computed anew.
 *
 * The exact projection (semidefinite.c) does its part of the work as follows:
 *
 *     if (scs_psd_inexact_project(p, y, distance)) done
 *     reduce the matrix; negative = how many eigenvalues are
 *     scs_psd_inexact_prepare(p, negative, &guards)
 *     compute the pairs of the smaller side and as many guards, next to zero
 *     scs_psd_inexact_start(p, count), if there are guards
 *
 * Every so often, or when a matrix is too far from the last one, the exact projection is
 * asked for again by project's saying no.
 */
#ifndef SCS_CONES_PSD_INEXACT_H
#define SCS_CONES_PSD_INEXACT_H

#include "la/eigen.h"

typedef struct ScsPsdInexact ScsPsdInexact;

/* Real matrices of order n; eigen, of that order, is used as scratch. NULL if the exact
 * projection is fast enough, or if the arena failed. */
ScsPsdInexact *scs_psd_inexact_new(ScsArena *arena, scs_int n, ScsEigen *eigen,
                                   const ScsLapack *lapack);

/* Forget the eigenvectors. */
void scs_psd_inexact_reset(ScsPsdInexact *p);

/* Replace y, a matrix as in la/svec.h whose entries are of moderate size, by a point that
 * is at most distance from its projection, to first order. False, y being as it was, if an
 * exact projection is the better way, which it is with distance = 0. */
bool scs_psd_inexact_project(ScsPsdInexact *p, scs_float *y, scs_float distance);

/* Between reduction and eigenpairs of what project refused: how many guards are wanted, 0
 * for no start. */
SCS_MUST_CHECK ScsErrorCode scs_psd_inexact_prepare(ScsPsdInexact *p, scs_int negative,
                                                    scs_int *guards, ScsError *error);

/* After scs_eigen_pairs of these count pairs. */
SCS_MUST_CHECK ScsErrorCode scs_psd_inexact_start(ScsPsdInexact *p, scs_int count,
                                                  ScsError *error);

#endif
