/* SPDX-License-Identifier: MIT
 *
 * POSIX systems.
 */
#define _POSIX_C_SOURCE 199309L

#include "base/platform.h"

#include <time.h>

double scs_platform_clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}
