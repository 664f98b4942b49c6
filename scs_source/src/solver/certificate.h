/* SPDX-License-Identifier: MIT
 *
 * Whether a certificate means what it says. |A'y| <= eps (-b'y) proves no more than that
 * every feasible x has a 1-norm of at least 1 / eps, which is nothing special in units in
 * which x is large, and it also holds for a y without any meaning if b is large against A.
 * So we ask for two things more: the inequality must hold in the units of the equilibrated
 * problem too, where b and x are of size 1, and A'y must be small because its terms cancel.
 * And the certificate that there is nothing to solve because P is not what it should be.
 */
#ifndef SCS_SOLVER_CERTIFICATE_H
#define SCS_SOLVER_CERTIFICATE_H

#include "solver/workspace.h"

/* For SCS_INFEASIBLE, with the current iterate and residuals: |A~'y~| <= eps_infeas
 * (-b~'y~), and |A'y| is below a thousandth of | |A|'|y| |, in infinity norms. For
 * SCS_UNBOUNDED: the same of Px against |P||x| and of Ax + s against |A||x| + |s|. True for
 * any other status. Uses work->scratch. */
bool scs_certificate_is_sound(ScsWork *work, scs_int status);

/* Whether the current x proves that P is not positive semidefinite, which the factorisation
 * of K does not notice where A makes up for it: x'Px < 0 by more than the rounding of data,
 * a millionth of |x|'|P||x|. Uses work->scratch. */
bool scs_certificate_denies_convexity(ScsWork *work);

#endif
