/* SPDX-License-Identifier: MIT
 *
 * A build without LAPACK: callers bring their own table or do without matrix cones.
 */
#include "scs_lapack.h"

#include <stddef.h>

const ScsLapack *scs_lapack_linked(void) { return NULL; }
