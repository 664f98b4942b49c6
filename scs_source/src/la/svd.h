/* SPDX-License-Identifier: MIT
 *
 * The thin singular value decomposition A = U diag(s) V' of an m x n matrix, m >= n >= 1,
 * through ScsLapack: by divide and conquer (dgesdd) or, should that not converge or n
 * exceed 23,168, by the QR iteration (dgesvd). All memory is taken at creation.
 */
#ifndef SCS_LA_SVD_H
#define SCS_LA_SVD_H

#include "base/arena.h"
#include "base/error.h"
#include "scs_lapack.h"

typedef struct ScsSvd ScsSvd;

/* Workspace for m x n matrices. NULL if the arena failed. */
ScsSvd *scs_svd_new(ScsArena *arena, scs_int m, scs_int n, const ScsLapack *lapack);

/* Decompose a, m x n by columns, which is left as it is. SCS_ERROR_NUMERICAL. */
SCS_MUST_CHECK ScsErrorCode scs_svd_decompose(ScsSvd *svd, const scs_float *a,
                                              ScsError *error);

/* The n singular values, descending. */
const scs_float *scs_svd_values(const ScsSvd *svd);

/* a = keep * a + U diag(weight) V' over the first `count` triplets. U is used up. */
void scs_svd_accumulate(ScsSvd *svd, const scs_float *weight, scs_int count,
                        scs_float keep, scs_float *a);

#endif
