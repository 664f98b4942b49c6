/* SPDX-License-Identifier: MIT
 *
 * Fill-reducing ordering of a symmetric sparse matrix: approximate minimum degree on a
 * quotient graph (Amestoy, Davis, Duff 1996, "An approximate minimum degree ordering
 * algorithm", SIAM J. Matrix Anal. Appl. 17(4)).
 */
#ifndef SCS_LINSYS_ORDER_H
#define SCS_LINSYS_ORDER_H

#include "base/error.h"

/* order[k] becomes the node to eliminate k-th, for k < n. The graph is given by the strict
 * upper triangle of the matrix by columns: start has length n + 1, row[] < column, no
 * entry twice. Takes about 2.4 start[n] + 15 n integers while it runs. Fails only when
 * memory is short. The order depends on the pattern alone. */
ScsErrorCode scs_order_minimum_degree(scs_int n, const scs_int *start,
                                      const scs_int *row, scs_int *order,
                                      ScsError *error) SCS_MUST_CHECK;

#endif
