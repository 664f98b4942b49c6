/* SPDX-License-Identifier: MIT
 *
 * Which backend runs where the user names none: dense, direct or indirect, by what they
 * cost. The choice depends on the matrices, on the metric at the start and on whether
 * there is LAPACK, so that it repeats; the one exception is a factor that memory has no
 * room for.
 *
 * Dense is decided by sizes alone, before anything is analysed. Between the other two the
 * fill decides, and where that is large a trial: conjugate gradients on a made-up
 * right-hand side, for as many steps as would still pay.
 */
#ifndef SCS_LINSYS_CHOICE_H
#define SCS_LINSYS_CHOICE_H

#include "linsys/elimination.h"

/* Whether the dense backend may be chosen for A (m by n) with so many entries, P allowing:
 * whoever has to look for LAPACK first need not where it may not. */
bool scs_choice_may_be_dense(scs_int m, scs_int n, scs_int entries);

/* Whether it is chosen, P being the upper triangle or NULL. */
bool scs_choice_is_dense(const ScsMatrix *a, const ScsMatrix *p);

/* Up to how many steps of conjugate gradients in an iteration the indirect backend is the
 * faster one; 0 where it is not worth a trial. */
scs_int scs_choice_worthwhile_steps(const ScsElimination *analysis);

/* Whether a factor leaves room for all else in so many bytes of memory (0: not known). */
bool scs_choice_factor_fits(const ScsElimination *analysis, double memory);

#endif
