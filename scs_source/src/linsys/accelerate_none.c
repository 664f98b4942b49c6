/* SPDX-License-Identifier: MIT
 *
 * In the place of accelerate.c where there is no Accelerate framework: a backend that says
 * so and does nothing else.
 */
#include "linsys/linsys.h"

extern const ScsLinSysKind scs_linsys_accelerate;

static ScsErrorCode never_available(ScsError *error) {
    return scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                         "the linear solver accelerate is Apple's, for macOS, and not "
                         "part of this build; use auto");
}

const ScsLinSysKind scs_linsys_accelerate = {
    .name = "sparse-direct-accelerate",
    .available = never_available,
};
