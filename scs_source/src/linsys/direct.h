/* SPDX-License-Identifier: MIT
 *
 * The sparse direct backend where the analysis of K has been made already.
 */
#ifndef SCS_LINSYS_DIRECT_H
#define SCS_LINSYS_DIRECT_H

#include "linsys/elimination.h"
#include "linsys/linsys.h"

/* As create in linsys.h. The analysis is only read, and during the call alone. */
ScsErrorCode scs_direct_create(ScsLinSys **self, const ScsElimination *analysis,
                               const ScsMatrix *a, const ScsMatrix *p,
                               const scs_float *r, ScsArena *arena,
                               ScsError *error) SCS_MUST_CHECK;

#endif
