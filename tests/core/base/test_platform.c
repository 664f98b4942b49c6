/* SPDX-License-Identifier: MIT */
#include "base/platform.h"

#include "support/check.h"

#include <time.h>

static void never_goes_backwards(void) {
    double last = scs_platform_clock_ms();
    for (int k = 0; k < 100000; ++k) {
        const double now = scs_platform_clock_ms();
        if (!CHECK(now >= last)) {
            return;
        }
        last = now;
    }
}

/* The clock agrees with the calendar's over a fifth of a second, give or take what a busy
 * machine takes between the two readings. */
static void counts_milliseconds(void) {
    struct timespec begin, now;
    timespec_get(&begin, TIME_UTC);
    const double start = scs_platform_clock_ms();
    double calendar;
    do {
        timespec_get(&now, TIME_UTC);
        calendar = 1e3 * (double)(now.tv_sec - begin.tv_sec) +
                   1e-6 * (double)(now.tv_nsec - begin.tv_nsec);
    } while (calendar < 200);
    const double measured = scs_platform_clock_ms() - start;
    CHECK(measured > 150);
    CHECK(measured < 5000);
}

static void resolves_microseconds(void) {
    const double start = scs_platform_clock_ms();
    double now = start;
    while (now == start) {
        now = scs_platform_clock_ms();
    }
    CHECK(now - start < 20); /* one tick, or a time slice lost */
}

int main(void) {
    static const CheckCase cases[] = {
        {"never goes backwards", never_goes_backwards},
        {"counts milliseconds", counts_milliseconds},
        {"resolves microseconds", resolves_microseconds},
    };
    return CHECK_RUN(cases);
}
