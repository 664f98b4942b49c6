/* SPDX-License-Identifier: MIT
 *
 * What every projection must satisfy, checked for one kind of cone at a time on random and
 * on nasty points. A test supplies how far a vector is outside K and K*.
 *
 * y is the nearest point of K* to w in the metric r if and only if, with s = r (y - w),
 * y is in K*, s is in K and y's = 0. So these three conditions are a complete oracle.
 */
#ifndef TESTS_CORE_CONES_PROJECTION_CHECK_H
#define TESTS_CORE_CONES_PROJECTION_CHECK_H

#include "cones/cone_set.h"
#include "cones/cone_table.h"
#include "support/check.h"

#include <float.h>
#include <stdint.h>
#include <stdlib.h>

enum { MOST_ROWS = 64 };

typedef struct {
    const char *name;
    ScsCone cone; /* its only block is under test */
    /* How far v (largest entry of size 1 or v = 0) is from being in K and in K*: 0 inside,
     * the size of the violation outside. */
    long double (*outside)(const ScsCone *k, const long double *v, scs_int n);
    long double (*outside_dual)(const ScsCone *k, const long double *v, scs_int n);
    double tolerance; /* relative to the largest entry */
    double spread;    /* entries range over 10^-spread .. 10^spread; 0 means 200 */
    bool metric;      /* try metrics that vary by row */
    const ScsLapack *lapack; /* for kinds that need it */
} ProjectionCase;

/* ---- counting allocations, where the C library lets us ---- */

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PROJECTION_SANITIZED
#endif
#endif
#if defined(__GLIBC__) && !defined(PROJECTION_SANITIZED) &&                            \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
static long projection_allocations;
void *malloc(size_t size) {
    ++projection_allocations;
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
    ++projection_allocations;
    return __libc_calloc(count, size);
}
#else
static long projection_allocations;
#endif

/* ---- points ---- */

static inline double projection_uniform(uint64_t *seed) { /* in (0, 1) */
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return ((double)(*seed >> 11) + 0.5) / 9007199254740992.0;
}

static inline double projection_normal(uint64_t *seed) {
    const double u = projection_uniform(seed);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * projection_uniform(seed));
}

static inline double projection_power(uint64_t *seed, double spread) {
    const double sign = projection_uniform(seed) < 0.5 ? -1 : 1;
    return sign * pow(10, spread * (2 * projection_uniform(seed) - 1));
}

/* A point of family `round`, in turn tame, sparse, equal, mixed, tiny, huge. */
static inline void projection_point(int round, double spread, uint64_t *seed, double *w,
                                    scs_int n) {
    const double unit = fabs(projection_power(seed, spread));
    for (scs_int i = 0; i < n; ++i) {
        switch (round % 8) {
        case 0:
            w[i] = projection_normal(seed);
            break;
        case 1:
            w[i] = projection_uniform(seed) < 0.5 ? 0 : projection_normal(seed);
            break;
        case 2:
            w[i] = projection_uniform(seed) < 0.5 ? -unit : unit;
            break;
        case 3:
            w[i] = projection_power(seed, spread);
            break;
        case 4:
            w[i] = unit * projection_normal(seed);
            break;
        case 5: /* only a few magnitudes, so that ties and near ties happen */
            w[i] = pow(10, floor(8 * projection_uniform(seed)) - 4) *
                   (projection_uniform(seed) < 0.5 ? -1 : 1);
            break;
        case 6:
            w[i] = projection_power(seed, 3);
            break;
        default:
            w[i] = floor(5 * projection_uniform(seed)) - 2;
            break;
        }
    }
}

static inline void projection_metric(bool varies, uint64_t *seed, double *r,
                                     scs_int n) {
    const double common = pow(10, 4 * projection_uniform(seed) - 2);
    for (scs_int i = 0; i < n; ++i) {
        r[i] = varies ? pow(10, 6 * projection_uniform(seed) - 3) : common;
    }
}

/* ---- the checks ---- */

static inline double projection_largest(const double *v, scs_int n) {
    double largest = 0;
    for (scs_int i = 0; i < n; ++i) {
        largest = fabs(v[i]) > largest ? fabs(v[i]) : largest;
    }
    return largest;
}

static inline void projection_fail(const ProjectionCase *test, const char *what,
                                   double size, const double *w, const double *r,
                                   const double *y, scs_int n) {
    char text[400];
    int used =
        snprintf(text, sizeof text, "%s: %s is off by %.3g\n", test->name, what, size);
    for (scs_int i = 0; i < n && i < 4 && used > 0 && used < 300; ++i) {
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "  w %.17g r %.6g y %.17g\n", w[i], r[i], y[i]);
    }
    check_report(0, __FILE__, __LINE__, text);
}

static inline void projection_project(ScsConeSet *set, const double *w, const double *r,
                                      double *y) {
    memcpy(y, w, (size_t)set->rows * sizeof *y);
    const long before = projection_allocations;
    CHECK(scs_cone_set_project_dual(set, y, r, NULL) == SCS_OK);
    CHECK(projection_allocations == before);
}

/* Near the end of the range of numbers there are fewer digits: the relative size of the
 * steps between numbers there, seen through the metric. */
static inline double projection_granularity(const ProjectionCase *test, const double *r,
                                            double unit, scs_int n) {
    double low = 1;
    double high = 1;
    for (scs_int i = 0; i < n; ++i) {
        low = fmin(low, r[i]);
        high = fmax(high, r[i]);
    }
    const double step = unit > 0 && unit < 1 ? DBL_TRUE_MIN / unit : DBL_TRUE_MIN;
    return 4 * n * step * (test->metric ? 1e3 * high / low : high / low);
}

/* The three conditions, for the two scaled so that the largest entry is 1: cones do not
 * mind, and squares of entries stay in range. */
static inline void projection_check_moreau(const ProjectionCase *test, const double *w,
                                           const double *r, const double *y,
                                           scs_int n) {
    long double dual[MOST_ROWS];
    long double primal[MOST_ROWS];
    long double w_unit = 0; /* of y and w */
    long double s_unit = 0; /* of s and r w */
    for (scs_int i = 0; i < n; ++i) {
        if (!isfinite(y[i])) {
            projection_fail(test, "finiteness", y[i], w, r, y, n);
            return;
        }
        w_unit = fmaxl(w_unit, fabsl((long double)w[i]));
        s_unit = fmaxl(s_unit, fabsl((long double)w[i] * r[i]));
    }
    if (w_unit == 0) {
        CHECK_EQUAL(projection_largest(y, n), 0);
        return;
    }
    long double product = 0;
    for (scs_int i = 0; i < n; ++i) {
        dual[i] = y[i] / w_unit;
        primal[i] = r[i] * ((long double)y[i] - w[i]) / s_unit;
        product += dual[i] * primal[i];
    }
    const double tolerance =
        test->tolerance + projection_granularity(test, r, (double)w_unit, n);
    const double in_dual = (double)test->outside_dual(&test->cone, dual, n);
    const double in_primal = (double)test->outside(&test->cone, primal, n);
    if (!(in_dual <= tolerance)) {
        projection_fail(test, "y in K*", in_dual, w, r, y, n);
    }
    if (!(in_primal <= tolerance)) {
        projection_fail(test, "s in K", in_primal, w, r, y, n);
    }
    if (!(fabs((double)product) <= tolerance * (double)n)) {
        projection_fail(test, "y's = 0", (double)product, w, r, y, n);
    }
}

static inline double projection_distance(const double *a, const double *b,
                                         const double *r, double unit, scs_int n) {
    double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        const double d = a[i] / unit - b[i] / unit;
        sum += r[i] * d * d;
    }
    return sqrt(sum);
}

static inline void projection_run(const ProjectionCase *test, int rounds) {
    ScsArena arena = {0};
    ScsConeSet set;
    ScsError error = {SCS_OK, ""};
    int64_t n64 = 0;
    for (scs_int j = 0; j < scs_cone_table_size; ++j) {
        if (scs_cone_table[j]->count(&test->cone)) {
            n64 = scs_cone_table[j]->rows(&test->cone, 0);
        }
    }
    const scs_int n = (scs_int)n64;
    CHECK(n > 0 && n <= MOST_ROWS);
    if (scs_cone_set_build(&set, &test->cone, n, test->lapack, &arena, &error) !=
        SCS_OK) {
        check_report(0, __FILE__, __LINE__, error.message);
        return;
    }
    const double spread = test->spread > 0 ? test->spread : 200;
    uint64_t seed = 88172645463325252ULL;
    double w[MOST_ROWS] = {0}, r[MOST_ROWS], y[MOST_ROWS], again[MOST_ROWS];
    double w_last[MOST_ROWS] = {0}, y_last[MOST_ROWS];
    const int failures = check_failures;
    for (int round = 0; round < rounds && check_failures < failures + 5; ++round) {
        if (round % 16 == 0) { /* else the next check compares different metrics */
            projection_metric(test->metric && round % 32 == 0, &seed, r, n);
        }
        if (round > 0) { /* the first point is zero */
            projection_point(round / 2, spread, &seed, w, n);
        }
        const double largest = projection_largest(w, n);
        for (scs_int i = 0; largest > 0 && round % 7 == 6 && i < n; ++i) {
            w[i] = w[i] / largest * 1e-312; /* denormal */
        }
        projection_project(&set, w, r, y);
        projection_check_moreau(test, w, r, y, n);
        const double unit =
            fmax(projection_largest(w, n), projection_largest(w_last, n));
        const double loose =
            10 * (test->tolerance + projection_granularity(test, r, unit, n));
        if (unit > 0) {
            projection_project(&set, y, r, again); /* y is on the boundary, or inside */
            const double moved = projection_distance(y, again, r, unit, n);
            if (!(moved <= loose * sqrt(n * projection_largest(r, n)))) {
                projection_fail(test, "idempotence", moved, w, r, y, n);
            }
        }
        if (unit > 0 && round % 16 != 0) {
            const double before = projection_distance(w, w_last, r, unit, n);
            const double after = projection_distance(y, y_last, r, unit, n);
            if (!(after <= before + loose * sqrt(n * projection_largest(r, n)))) {
                projection_fail(test, "nonexpansiveness", after - before, w, r, y, n);
            }
        }
        memcpy(w_last, w, sizeof w);
        memcpy(y_last, y, sizeof y);
        /* A start from nothing gives the same point. */
        scs_cone_set_reset(&set);
        projection_project(&set, w, r, again);
        for (scs_int i = 0; i < n; ++i) {
            if (unit > 0 && !(fabs(again[i] - y[i]) <= loose * unit)) {
                projection_fail(test, "start", again[i] - y[i], w, r, y, n);
                break;
            }
        }
    }
    scs_arena_release(&arena);
}

/* Validation must fail with code, naming field and reason. */
static inline void projection_refuses(const ScsCone *k, ScsErrorCode code,
                                      const char *field, const char *reason) {
    ScsError error = {SCS_OK, ""};
    char quoted[32];
    snprintf(quoted, sizeof quoted, "'%s'", field);
    CHECK(scs_cone_set_validate(k, 1000, &error) == code);
    CHECK(error.code == code);
    CHECK_CONTAINS(error.message, quoted);
    CHECK_CONTAINS(error.message, reason);
}

/* ---- numbers that are no use ---- */

/* A NaN or an infinity anywhere comes to an end, and nothing of it is left afterwards; the
 * largest numbers give finite ones. */
static inline void projection_survives(const ScsCone *cone, scs_int rows,
                                       const ScsLapack *lapack) {
    const double bad[] = {NAN, INFINITY, -INFINITY};
    double y[MOST_ROWS], r[MOST_ROWS], point[MOST_ROWS] = {0}, expected[MOST_ROWS];
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, cone, rows, lapack, &arena, NULL) == SCS_OK);
    uint64_t seed = 7;
    for (scs_int i = 0; i < rows; ++i) {
        point[i] = projection_normal(&seed);
        r[i] = 1;
    }
    memcpy(expected, point, sizeof point);
    CHECK(scs_cone_set_project_dual(&set, expected, r, NULL) == SCS_OK);
    for (int b = 0; b < 3; ++b) {
        for (scs_int i = 0; i < rows; ++i) {
            ScsError error;
            memcpy(y, point, sizeof point);
            y[i] = bad[b];
            const ScsErrorCode code = scs_cone_set_project_dual(&set, y, r, &error);
            CHECK(code == SCS_OK || code == SCS_ERROR_NUMERICAL);
        }
    }
    scs_cone_set_reset(&set);
    memcpy(y, point, sizeof point);
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    CHECK(memcmp(y, expected, (size_t)rows * sizeof *y) == 0);
    for (int round = 0; round < 64; ++round) {
        for (scs_int i = 0; i < rows; ++i) {
            y[i] = projection_uniform(&seed) < 0.5 ? -DBL_MAX : DBL_MAX;
        }
        CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
        for (scs_int i = 0; i < rows; ++i) {
            CHECK(isfinite(y[i]));
        }
    }
    scs_arena_release(&arena);
}

#endif
