/* SPDX-License-Identifier: MIT
 *
 * Where text goes: to the print hook if there is one, else to the standard output. Nothing
 * else in the core prints.
 */
#ifndef SCS_BASE_SINK_H
#define SCS_BASE_SINK_H

#include "base/error.h"

/* Format at most 1 kB of text and hand it to the sink of hooks (which may be NULL). */
void scs_sink_print(const ScsHooks *hooks, const char *format, ...)
    SCS_PRINTF_LIKE(2, 3);

#endif
