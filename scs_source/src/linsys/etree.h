/* SPDX-License-Identifier: MIT
 *
 * The elimination tree of a symmetric matrix, and what follows from it alone (Liu 1990,
 * "The role of elimination trees in sparse factorization", SIAM J. Matrix Anal. Appl.
 * 11(1)). parent[j] is the first row below the diagonal of column j of the factor, or -1
 * for a root.
 */
#ifndef SCS_LINSYS_ETREE_H
#define SCS_LINSYS_ETREE_H

#include "scs_types.h"

#include <stddef.h>

/* The tree of the matrix whose strict upper triangle by columns is (start, row). work has
 * length n. */
void scs_etree_build(scs_int n, const scs_int *start, const scs_int *row,
                     scs_int *parent, scs_int *work);

/* post[k] becomes the k-th node of a postorder: children before parents, subtrees in one
 * piece, siblings by increasing weight (so that a child of many rows comes last, next to
 * its parent). work has length 3 n. */
void scs_etree_postorder(scs_int n, const scs_int *parent, const scs_int *weight,
                         scs_int *post, scs_int *work);

/* count[j] becomes the number of entries of column j of the factor below the diagonal, for
 * a postordered matrix (parent[j] > j, subtrees contiguous) whose strict LOWER triangle by
 * columns is (start, row) (Gilbert, Ng, Peyton 1994, "An efficient algorithm to compute row
 * and column counts for sparse Cholesky factorization", SIAM J. Matrix Anal. Appl. 15(4)).
 * work has length 4 n. */
void scs_etree_column_counts(scs_int n, const scs_int *start, const scs_int *row,
                             const scs_int *parent, scs_int *count, scs_int *work);

#endif
