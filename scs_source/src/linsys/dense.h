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

/* Error of one solve without refinement, relative to the iterate, in the norm of the metric. */
scs_float scs_dense_error(const ScsLinSys *self);

#endif
