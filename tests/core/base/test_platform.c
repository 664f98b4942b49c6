/* SPDX-License-Identifier: MIT */
#include "base/platform.h"

#include "support/check.h"

#include <errno.h>
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

/* Milliseconds by another clock than the one tested. */
static double other_clock_ms(void) {
#if defined(TIME_UTC)
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
#else /* Windows before its library had that; there clock() is no processor time */
    return 1e3 * (double)clock() / CLOCKS_PER_SEC;
#endif
}

/* The clock agrees with another one over a fifth of a second, give or take what a busy
 * machine takes between the two readings. */
static void counts_milliseconds(void) {
    const double begin = other_clock_ms();
    const double start = scs_platform_clock_ms();
    while (other_clock_ms() - begin < 200) {
    }
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

static void opens_files(void) {
    int reason = -1;
    FILE *stream = scs_platform_open_file("test_platform.tmp", "wb", &reason);
    CHECK(stream);
    CHECK_EQUAL(reason, 0);
    if (stream) {
        fclose(stream);
        CHECK_EQUAL(remove("test_platform.tmp"), 0);
    }
    CHECK(!scs_platform_open_file("no/such/folder", "wb", &reason));
    CHECK_EQUAL(reason, ENOENT);
}

static void describes_errors(void) {
    char text[64];
    scs_platform_describe_error(ENOENT, text, sizeof text);
    CHECK_CONTAINS(text, "o such file or directory");
    scs_platform_describe_error(123456, text, sizeof text);
    CHECK_CONTAINS(text, "rror"); /* whatever the system says of a number it has not */
    char small[8];
    scs_platform_describe_error(ENOENT, small, sizeof small);
    CHECK(strlen(small) < sizeof small);
}

static void knows_the_memory(void) {
    const double bytes = scs_platform_memory();
    CHECK(bytes == 0 || (bytes > 0x1p24 && bytes < 0x1p60));
}

/* The C library of a system: of these names a system has one, or two for the same. */
static void *find_c_library(const char **name) {
    static const char *const names[] = {"libc.so.6", "libc.so", "libSystem.B.dylib",
                                        "msvcrt.dll"};
    for (size_t k = 0; k < sizeof names / sizeof *names; ++k) {
        void *library = scs_platform_library(names[k]);
        if (library) {
            *name = names[k];
            return library;
        }
    }
    return NULL;
}

static void loads_libraries(void) {
    const char *name = NULL;
    void *library = find_c_library(&name);
    if (!CHECK(library)) {
        return;
    }
    CHECK(scs_platform_library(name) == library);
    int (*absolute)(int) = (int (*)(int))scs_platform_symbol(library, "abs");
    CHECK(absolute && absolute(-3) == 3);
    CHECK(!scs_platform_symbol(library, "scs_has_no_such_function"));
    CHECK(!scs_platform_library("scs_no_such_library.so"));
    CHECK(!scs_platform_library("no/such/folder/scs_library"));
}

int main(void) {
    static const CheckCase cases[] = {
        {"never goes backwards", never_goes_backwards},
        {"counts milliseconds", counts_milliseconds},
        {"resolves microseconds", resolves_microseconds},
        {"opens files", opens_files},
        {"describes errors", describes_errors},
        {"knows the memory", knows_the_memory},
        {"loads libraries", loads_libraries},
    };
    return CHECK_RUN(cases);
}
