/* SPDX-License-Identifier: MIT
 *
 * The order in which the rows of K are eliminated, and how many entries its factor then
 * has: minimum degree, or the long side of A before the short one where A is dense and
 * minimum degree would take too long, then a postorder of the elimination tree, so that
 * columns of L that are used together lie together.
 */
#ifndef SCS_LINSYS_ELIMINATION_H
#define SCS_LINSYS_ELIMINATION_H

#include "linsys/kkt.h"

/* What is known about a factor before there is one. */
typedef struct {
    ScsKkt kkt;     /* upper triangle, as given */
    scs_int *order; /* see below; all four of length kkt.size, or NULL */
    scs_int *inverse;
    scs_int *parent;
    scs_int *count;
    double entries; /* of L below the diagonal */
    double flops;   /* multiplications and additions of a factorisation */
} ScsElimination;

/* Analyse K for A (m by n) and P (upper triangle, or NULL), with memory from the arena. On
 * this backends agree about what they cost, and whichever is chosen builds on it: ordering
 * is most of the time of a set-up. Fails when memory is short or K has more entries than
 * scs_int counts. */
ScsErrorCode scs_elimination_analyse(ScsElimination *self, const ScsMatrix *a,
                                     const ScsMatrix *p, ScsArena *arena,
                                     ScsError *error) SCS_MUST_CHECK;

/* The same for somebody who has another use for the time: *visits limits the ordering and
 * becomes what it takes (linsys/order.h). Where that is more, there is only kkt, and order
 * is NULL. */
ScsErrorCode scs_elimination_analyse_within(ScsElimination *self, const ScsMatrix *a,
                                            const ScsMatrix *p, double *visits,
                                            ScsArena *arena,
                                            ScsError *error) SCS_MUST_CHECK;

/* If the long side of A (m by n) comes first, what is left is a full matrix of the short
 * side: this is how many entries it adds to those of K, in_p of which are off the diagonal
 * of P; infinite if P would fill the long side. No order saves more than all of them. */
double scs_elimination_sides_fill(double m, double n, double in_p);

/* Whether those are so few, by the entries of K off the diagonal, that no other order is
 * tried. */
bool scs_elimination_takes_sides(double fill, double entries);

/* For K by its upper triangle: order[k] is the row that is eliminated k-th, inverse the
 * other way round, parent the elimination tree in the new numbers and count[k] the entries
 * of column k of L below the diagonal; all of length kkt->size. visits, which may be NULL,
 * as in linsys/order.h: nothing is there if it has grown. Fails only when memory is short. */
ScsErrorCode scs_elimination_order(const ScsKkt *kkt, scs_int *order, scs_int *inverse,
                                   scs_int *parent, scs_int *count, double *visits,
                                   ScsError *error) SCS_MUST_CHECK;

#endif
