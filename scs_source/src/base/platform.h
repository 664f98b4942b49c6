/* SPDX-License-Identifier: MIT
 *
 * What the core needs from the operating system; one source file per system.
 */
#ifndef SCS_BASE_PLATFORM_H
#define SCS_BASE_PLATFORM_H

/* Milliseconds on a clock that never goes backwards; only differences mean anything. */
double scs_platform_clock_ms(void);

#endif
