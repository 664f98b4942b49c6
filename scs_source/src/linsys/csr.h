/* SPDX-License-Identifier: MIT
 *
 * Patterns of sparse matrices by rows, as cuSPARSE wants them, with the place in A or P
 * that each value comes from: new values need no symbolic work. Columns are sorted.
 */
#ifndef SCS_LINSYS_CSR_H
#define SCS_LINSYS_CSR_H

#include "base/arena.h"
#include "base/error.h"

typedef struct {
    scs_int rows;
    scs_int *start;  /* rows + 1 */
    scs_int *column; /* start[rows] */
    scs_int *source; /* start[rows]: entry of the matrix, -1 if it has none there */
} ScsCsr;

/* A (m by n, columns sorted) by rows. */
ScsErrorCode scs_csr_by_rows(ScsCsr *csr, const ScsMatrix *a, ScsArena *arena,
                             ScsError *error) SCS_MUST_CHECK;

/* Both triangles of P (n by n, upper triangle, columns sorted, or NULL) and all of its
 * diagonal. Fails if there are more entries than scs_int counts. */
ScsErrorCode scs_csr_symmetric(ScsCsr *csr, const ScsMatrix *p, scs_int n,
                               ScsArena *arena, ScsError *error) SCS_MUST_CHECK;

#endif
