/* SPDX-License-Identifier: MIT
 *
 * The order in which the rows of K are eliminated, and how many entries its factor then
 * has: minimum degree, then a postorder of the elimination tree, so that columns of L that
 * are used together lie together.
 */
#ifndef SCS_LINSYS_ELIMINATION_H
#define SCS_LINSYS_ELIMINATION_H

#include "linsys/kkt.h"

/* For K by its upper triangle: order[k] is the row that is eliminated k-th, inverse the
 * other way round, parent the elimination tree in the new numbers and count[k] the entries
 * of column k of L below the diagonal; all of length kkt->size. Fails only when memory is
 * short. */
ScsErrorCode scs_elimination_order(const ScsKkt *kkt, scs_int *order, scs_int *inverse,
                                   scs_int *parent, scs_int *count,
                                   ScsError *error) SCS_MUST_CHECK;

#endif
