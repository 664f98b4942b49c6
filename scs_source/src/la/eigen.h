/* SPDX-License-Identifier: MIT
 *
 * Eigenproblems of one symmetric or Hermitian matrix of order n >= 1, in steps, so that a
 * cone computes no more of the spectrum than it needs:
 *
 *     fill scs_eigen_matrix(e)           lower triangle, by columns
 *     scs_eigen_reduce(e)                to tridiagonal form T = Q'XQ
 *     k = scs_eigen_count_below(e, 0)    by Sturm's sequence, O(n)
 *     scs_eigen_pairs(e, first, count)   eigenvalues in ascending order, with vectors
 *     scs_eigen_accumulate(e, weights)   sum_j weights_j q_j q_j' over those pairs
 *
 * All memory is taken at creation, about 3 n^2 numbers (Hermitian: 6 n^2); nothing is
 * allocated later. A Hermitian matrix has complex entries as pairs (re, im), so its buffers
 * are twice as long.
 *
 * Real matrices of order up to SCS_EIGEN_OWN_ORDER are left to code of our own, whether or
 * not there is a LAPACK: it is as fast up to order 64 or so, 8 % slower from 80 on (up to
 * 14 % were seen), and importing SciPy's takes longer than most such problems. Larger and
 * Hermitian ones go through ScsLapack.
 *
 * Scale: entries must be finite and well inside the range of doubles (say 1e-100 to
 * 1e100): the caller divides by the largest one first if it is not.
 */
#ifndef SCS_LA_EIGEN_H
#define SCS_LA_EIGEN_H

#include "base/arena.h"
#include "base/error.h"
#include "scs_lapack.h"

/* The one place where this limit is set: measured with OpenBLAS on Zen 4. */
enum { SCS_EIGEN_OWN_ORDER = 100 };

typedef struct ScsEigen ScsEigen;

/* Whether matrices of this order cannot do without LAPACK. */
static inline bool scs_eigen_needs_lapack(scs_int n, bool hermitian) {
    return hermitian || n > SCS_EIGEN_OWN_ORDER;
}

/* Workspace for matrices of order n; lapack may be NULL if they do not need it. NULL if the
 * arena failed. */
ScsEigen *scs_eigen_new(ScsArena *arena, scs_int n, bool hermitian,
                        const ScsLapack *lapack);

/* From now on matrices of this order, which is at most that of new. */
void scs_eigen_set_order(ScsEigen *eigen, scs_int n);

/* Memory that holds nothing between the last call for one matrix and reduce for the next;
 * of a real one more than 2 n^2 numbers, unless n is beyond 46338. */
scs_float *scs_eigen_scratch(ScsEigen *eigen, ptrdiff_t *length);

/* n x n by columns, leading dimension n. The caller writes the lower triangle; reduce
 * overwrites it. */
scs_float *scs_eigen_matrix(ScsEigen *eigen);

/* Reduce the matrix to tridiagonal form. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_eigen_reduce(ScsEigen *eigen, ScsError *error);

/* How many eigenvalues of the reduced matrix are smaller than x. */
scs_int scs_eigen_count_below(const ScsEigen *eigen, scs_float x);

/* Compute the eigenpairs number first .. first + count - 1 of the reduced matrix, counted
 * from 0 in ascending order. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_eigen_pairs(ScsEigen *eigen, scs_int first,
                                            scs_int count, ScsError *error);

/* The eigenvalues alone, before scs_eigen_pairs if that is called too. */
void scs_eigen_some_values(ScsEigen *eigen, scs_int first, scs_int count,
                           scs_float *values);

/* The values of scs_eigen_pairs, ascending but for rounding. */
const scs_float *scs_eigen_values(const ScsEigen *eigen);

/* The vectors of scs_eigen_pairs as columns; real matrices only. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_eigen_vectors(ScsEigen *eigen,
                                              const scs_float **vectors,
                                              ScsError *error);

/* Write sum_j weight[j] q_j q_j' over the pairs of scs_eigen_pairs into the lower triangle
 * of scs_eigen_matrix, whose strict upper triangle is then undefined. All weights >= 0 or
 * all <= 0. The vectors are used up. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_eigen_accumulate(ScsEigen *eigen,
                                                 const scs_float *weight,
                                                 ScsError *error);

#endif
