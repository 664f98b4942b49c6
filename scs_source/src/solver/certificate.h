/* SPDX-License-Identifier: MIT
 *
 * Whether a certificate is more than a small vector.
 *
 * |A'y| <= eps (-b'y) also holds for a y without any meaning if b is large against A, and
 * then names a feasible problem infeasible. In a true certificate A'y is small because its
 * terms cancel, so we ask for that as well.
 */
#ifndef SCS_SOLVER_CERTIFICATE_H
#define SCS_SOLVER_CERTIFICATE_H

#include "solver/workspace.h"

/* For SCS_INFEASIBLE: |A'y| is below a thousandth of | |A|'|y| |, in infinity norms, for
 * the current iterate and residuals. For SCS_UNBOUNDED: the same of Px against |P||x| and
 * of Ax + s against |A||x| + |s|. True for any other status. Uses work->scratch. */
bool scs_certificate_is_sound(ScsWork *work, scs_int status);

#endif
