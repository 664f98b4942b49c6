/* SPDX-License-Identifier: MIT
 *
 * The indirect backend where the analysis of K has been made already, and how hard its
 * systems are.
 */
#ifndef SCS_LINSYS_INDIRECT_H
#define SCS_LINSYS_INDIRECT_H

#include "linsys/elimination.h"
#include "linsys/linsys.h"

/* As create in linsys.h. The analysis is only read, and during the call alone. */
ScsErrorCode scs_indirect_create(ScsLinSys **self, const ScsElimination *analysis,
                                 const ScsMatrix *a, const ScsMatrix *p,
                                 const scs_float *r, ScsArena *arena,
                                 ScsError *error) SCS_MUST_CHECK;

/* How many steps of conjugate gradients take a residual to the given share of what it is,
 * `most` if that many do not. The right-hand side is made up, always the same, and of the
 * kind that iterations have: of size |A| all over. Numbers that are not finite count as
 * `most`. */
scs_int scs_indirect_count_steps(ScsLinSys *self, scs_float tolerance, scs_int most);

#endif
