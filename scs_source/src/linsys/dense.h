/* SPDX-License-Identifier: MIT
 *
 * What auto asks of the dense backend before and after it creates one.
 */
#ifndef SCS_LINSYS_DENSE_H
#define SCS_LINSYS_DENSE_H

#include "linsys/cost.h"
#include "linsys/linsys.h"

/* What the dense backend would cost, without refinement. The arena has scratch; check
 * arena->failed afterwards. */
ScsCost scs_dense_estimate(const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena);

/* Rows of the matrix that it would factorise. */
scs_int scs_dense_order(const ScsMatrix *a, const ScsMatrix *p);

/* Whether solves with the last metric need a step of refinement. */
bool scs_dense_is_refined(const ScsLinSys *self);

#endif
