/* SPDX-License-Identifier: MIT
 *
 * A tiny test harness for C and C++: named cases, every failed check reported with file,
 * line and values, one executable per source file.
 *
 *     static void adds(void) { CHECK_EQUAL(1 + 1, 2); }
 *     int main(void) { static const CheckCase cases[] = {{"adds", adds}}; return CHECK_RUN(cases); }
 *
 * Checks return whether they held, so that a case can end early. They count without a lock:
 * use them in the main thread only.
 */
#ifndef TESTS_SUPPORT_CHECK_H
#define TESTS_SUPPORT_CHECK_H

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name;
    void (*run)(void);
} CheckCase;

static int check_failures; /* failed checks, of which a case may have many */

static inline int check_report(int good, const char *file, int line, const char *text) {
    if (!good) {
        ++check_failures;
        printf("%s:%d: failed: %s\n", file, line, text);
    }
    return good;
}

static inline int check_near(double a, double b, double tolerance, const char *file,
                             int line, const char *text) {
    char message[512];
    snprintf(message, sizeof message, "%s: %.17g against %.17g, tolerance %g", text, a,
             b, tolerance);
    return check_report(a == b || fabs(a - b) <= tolerance, file, line, message);
}

/* How much less a slow reference computed in long double may be trusted here: nothing,
 * unless that is only another name for double (MSVC, macOS and 32-bit systems on ARM). */
static inline double check_reference_slack(void) {
    return LDBL_MANT_DIG > DBL_MANT_DIG ? 1 : 100;
}

static inline int check_text(const char *text, const char *part, const char *file,
                             int line) {
    const int good = strstr(text, part) ? 1 : 0;
    if (!good) {
        ++check_failures;
        printf("%s:%d: failed: \"%s\" contains \"%s\"\n", file, line, text, part);
    }
    return good;
}

static inline int check_run(const CheckCase *cases, size_t count) {
    int failed = 0;
    for (size_t i = 0; i < count; ++i) {
        const int before = check_failures;
        cases[i].run();
        const int good = check_failures == before;
        failed += !good;
        printf("%s %s\n", good ? "ok    " : "FAILED", cases[i].name);
        fflush(stdout); /* so that a crash shows where it happened */
    }
    printf("%d passed, %d failed\n", (int)count - failed, failed);
    return failed ? 1 : 0;
}

#define CHECK(condition) check_report((condition) != 0, __FILE__, __LINE__, #condition)
#define CHECK_EQUAL(a, b)                                                              \
    check_near((double)(a), (double)(b), 0, __FILE__, __LINE__, #a " == " #b)
#define CHECK_NEAR(a, b, tolerance)                                                    \
    check_near((a), (b), (tolerance), __FILE__, __LINE__, #a " ~ " #b)
/* text contains part */
#define CHECK_CONTAINS(text, part) check_text((text), (part), __FILE__, __LINE__)
#define CHECK_RUN(cases) check_run((cases), sizeof(cases) / sizeof *(cases))

#endif
