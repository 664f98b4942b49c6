/* SPDX-License-Identifier: MIT
 *
 * Which backend runs where the user names none: direct or indirect, by what they cost. The
 * choice depends on the matrices and on the metric at the start, so that it repeats; the
 * one exception is a factor that memory has no room for.
 *
 * The fill decides, and where that is large a trial: conjugate gradients on a made-up
 * right-hand side, for as many steps as would still pay.
 *
 * The dense backend is up to twice as fast on full matrices with one BLAS thread, and
 * several times slower where programs solve in threads while BLAS has threads of its own,
 * which cannot be seen from here. So it runs on request only.
 */
#ifndef SCS_LINSYS_CHOICE_H
#define SCS_LINSYS_CHOICE_H

#include "linsys/elimination.h"

/* Up to how many steps of conjugate gradients in an iteration the indirect backend is the
 * faster one; 0 where it is not worth a trial. */
scs_int scs_choice_worthwhile_steps(const ScsElimination *analysis);

/* Whether a factor leaves room for all else in so many bytes of memory (0: not known). */
bool scs_choice_factor_fits(const ScsElimination *analysis, double memory);

#endif
