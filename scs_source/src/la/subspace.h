/* SPDX-License-Identifier: MIT
 *
 * The eigenvectors to the positive eigenvalues of a symmetric matrix B, if they are few,
 * from those of a matrix that differs little: subspace iteration with a Chebyshev
 * polynomial that damps the rest of the spectrum, and the Rayleigh-Ritz projection.
 * Rutishauser, "Simultaneous iteration method for symmetric matrices", Numerische
 * Mathematik 16 (1970); Zhou, Saad, Tiago and Chelikowsky, "Self-consistent-field
 * calculations using Chebyshev-filtered subspace iteration", Journal of Computational
 * Physics 219 (2006). All work is multiplication: of B with a block of vectors, and of
 * blocks with each other.
 *
 * The block holds, beside the wanted vectors, guards: those of the eigenvalues next to
 * zero on the other side, for convergence is as fast as the gap between what is wanted and
 * what is not in the block at all; and perhaps some of the other end of the spectrum, so
 * that a few eigenvalues far out there do not widen the interval to be damped.
 *
 * What is not in the block may become positive without its knowing. Against that, one guard
 * is planted at random again and again and looks for it, and a matrix is refused whose trace
 * and norm say that there must be more; both find large ones soon and small ones late. So a
 * caller starts anew from time to time, and does not take the result for the last word.
 */
#ifndef SCS_LA_SUBSPACE_H
#define SCS_LA_SUBSPACE_H

#include "base/arena.h"
#include "scs_lapack.h"

#include <stdbool.h>

typedef struct ScsSubspace ScsSubspace;

/* Workspace for at most `most` vectors of matrices of order n, 1 <= most <= n. It uses
 * scs_subspace_scratch numbers at scratch, which is the caller's between the calls. lapack
 * may be NULL where eigen.h needs none. NULL if the arena failed. */
ScsSubspace *scs_subspace_new(ScsArena *arena, scs_int n, scs_int most,
                              scs_float *scratch, const ScsLapack *lapack);

ptrdiff_t scs_subspace_scratch(scs_int n, scs_int most);

/* Where the caller puts orthonormal vectors, n x most, before it calls start. */
scs_float *scs_subspace_vectors(ScsSubspace *s);

/* There are vectors of so many eigenvalues at the bottom of the spectrum, of guards (at
 * least two) and of positive eigenvalues, in any order; low is a lower bound of the others,
 * roughly. */
void scs_subspace_start(ScsSubspace *s, scs_int bottom, scs_int guards,
                        scs_int positive, scs_float low);

/* How improve ended. */
typedef enum {
    SCS_SUBSPACE_GOOD,
    SCS_SUBSPACE_FAR, /* B is of another kind; what was good for the last one still is */
    SCS_SUBSPACE_LOST /* start anew */
} ScsSubspaceOutcome;

/* Bring the vectors to B (n x n, both triangles), with at most `products` >= 1
 * multiplications of B and the block, until the sum of accumulate differs by at most
 * tolerance > 0 (Frobenius norm, to first order) from that of the exact eigenpairs. FAR or
 * LOST if that does not suffice, or if nothing tells wanted eigenvalues from others. */
ScsSubspaceOutcome scs_subspace_improve(ScsSubspace *s, const scs_float *b,
                                        scs_float tolerance, scs_int products);

/* After GOOD: write the sum of t v v' over the pairs with t > 0 into the lower triangle of
 * matrix (n x n), positive semidefinite by construction. */
void scs_subspace_accumulate(ScsSubspace *s, scs_float *matrix);

/* Of the start, or as the last improvement found them: all vectors, guards, and those of
 * positive eigenvalues. */
scs_int scs_subspace_count(const ScsSubspace *s);
scs_int scs_subspace_guards(const ScsSubspace *s);
scs_int scs_subspace_positive(const ScsSubspace *s);

/* Drop guards, the farthest from zero first, until so many are left. */
void scs_subspace_trim(ScsSubspace *s, scs_int guards);

#endif
