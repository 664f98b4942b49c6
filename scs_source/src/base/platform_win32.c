/* SPDX-License-Identifier: MIT
 *
 * Windows.
 */
#include "base/platform.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

double scs_platform_clock_ms(void) {
    LARGE_INTEGER ticks, per_second;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&per_second);
    return 1e3 * (double)ticks.QuadPart / (double)per_second.QuadPart;
}
