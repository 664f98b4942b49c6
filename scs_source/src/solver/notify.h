/* SPDX-License-Identifier: MIT
 *
 * The progress hook.
 */
#ifndef SCS_SOLVER_NOTIFY_H
#define SCS_SOLVER_NOTIFY_H

#include "solver/workspace.h"

/* Tell the hook, if there is one, what the residuals at hand say of iteration iter, so many
 * milliseconds after the solve began; whether it asks for an end. */
bool scs_notify_progress(const ScsWork *work, scs_int iter, double milliseconds);

#endif
