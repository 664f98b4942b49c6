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
 * memory is short. The order depends on the pattern alone.
 *
 * Time goes into visits of entries of lists. *visits says how many may be made and becomes
 * how many were, if that is less. If all nodes would take more, judging by the first
 * sixteenth of them or more, it becomes that greater number and there is no order; so it is
 * after a negative limit always. NULL: as many as it takes. */
ScsErrorCode scs_order_minimum_degree(scs_int n, const scs_int *start,
                                      const scs_int *row, scs_int *order,
                                      double *visits, ScsError *error) SCS_MUST_CHECK;

#endif
