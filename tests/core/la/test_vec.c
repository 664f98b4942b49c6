/* SPDX-License-Identifier: MIT */
#include "la/vec.h"

#include "support/check.h"
#include "support/problems.h"

#include <float.h>

enum { LONGEST = 67 }; /* beyond several widths of any vector unit, and odd */

typedef struct {
    double x[LONGEST], y[LONGEST];
} Pair;

static Pair draw(void) {
    unsigned seed = 3;
    Pair pair;
    for (int i = 0; i < LONGEST; ++i) {
        pair.x[i] = test_random(&seed);
        pair.y[i] = test_random(&seed);
    }
    return pair;
}

/* Every length, so that every remainder of the unrolled loops is met. */
static void sums(void) {
    const Pair p = draw();
    long double dot = 0, square = 0, distance = 0;
    for (int n = 0; n <= LONGEST; ++n) {
        CHECK_NEAR(scs_vec_dot(p.x, p.y, n), (double)dot, 1e-14);
        CHECK_NEAR(scs_vec_norm2(p.x, n), (double)sqrtl(square), 1e-14);
        CHECK_NEAR(scs_vec_distance2(p.x, p.y, n), (double)sqrtl(distance), 1e-14);
        if (n < LONGEST) {
            const long double d = (long double)p.x[n] - p.y[n];
            dot += (long double)p.x[n] * p.y[n];
            square += (long double)p.x[n] * p.x[n];
            distance += d * d;
        }
    }
}

static void sums_depend_on_the_input_alone(void) {
    const Pair p = draw();
    double moved[LONGEST + 3];
    for (int offset = 0; offset < 3; ++offset) { /* another alignment */
        scs_vec_copy(p.x, moved + offset, LONGEST);
        CHECK_EQUAL(scs_vec_dot(moved + offset, p.y, LONGEST),
                    scs_vec_dot(p.x, p.y, LONGEST));
    }
}

static void elementwise(void) {
    const Pair p = draw();
    for (int n = 0; n <= LONGEST; ++n) {
        Pair q = p;
        scs_vec_axpy(-2.5, q.x, q.y, n);
        scs_vec_multiply(p.y, q.x, n);
        Pair f = p;
        scs_vec_scale(3, f.x, n);
        scs_vec_fill(7, f.y, n);
        for (int i = 0; i < LONGEST; ++i) {
            CHECK_EQUAL(q.y[i], i < n ? p.y[i] + -2.5 * p.x[i] : p.y[i]);
            CHECK_EQUAL(q.x[i], i < n ? p.x[i] * p.y[i] : p.x[i]);
            CHECK_EQUAL(f.x[i], i < n ? 3 * p.x[i] : p.x[i]);
            CHECK_EQUAL(f.y[i], i < n ? 7 : p.y[i]);
        }
    }
}

static void copies(void) {
    const Pair p = draw();
    Pair q = p;
    scs_vec_copy(p.x, q.y, 5);
    CHECK(memcmp(q.y, p.x, 5 * sizeof(double)) == 0 && q.y[5] == p.y[5]);
    scs_vec_copy(q.x, q.x, LONGEST); /* onto itself */
    CHECK(memcmp(q.x, p.x, sizeof q.x) == 0);
    scs_vec_copy(NULL, NULL, 0);
}

static void largest_entry(void) {
    Pair p = draw();
    for (int n = 0; n <= LONGEST; ++n) {
        double largest = 0;
        for (int i = 0; i < n; ++i) {
            largest = fmax(largest, fabs(p.x[i]));
        }
        CHECK_EQUAL(scs_vec_norm_inf(p.x, n), largest);
    }
    CHECK_EQUAL(scs_vec_norm_inf(p.x, 0), 0);
    p.x[11] = -INFINITY;
    CHECK_EQUAL(scs_vec_norm_inf(p.x, LONGEST), INFINITY);
    const double huge[] = {DBL_MAX, -DBL_MAX};
    CHECK_EQUAL(scs_vec_norm_inf(huge, 2), DBL_MAX);
}

static void largest_entry_shows_every_nan(void) {
    for (int i = 0; i < LONGEST; ++i) {
        Pair p = draw();
        p.x[i] = NAN;
        CHECK(isnan(scs_vec_norm_inf(p.x, LONGEST)));
    }
    const double both[] = {INFINITY, NAN};
    CHECK(!isfinite(scs_vec_norm_inf(both, 2)));
}

static void finds_what_is_not_finite(void) {
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    Pair p = draw();
    CHECK_EQUAL(scs_vec_find_nonfinite(p.x, LONGEST), -1);
    CHECK_EQUAL(scs_vec_find_nonfinite(p.x, 0), -1);
    for (int i = 0; i < LONGEST; ++i) {
        Pair q = p;
        q.x[i] = bad[i % 3];
        q.x[LONGEST - 1] = NAN;
        CHECK_EQUAL(scs_vec_find_nonfinite(q.x, LONGEST), i);
        CHECK_EQUAL(scs_vec_find_nonfinite(q.x, i), -1);
    }
    p.x[0] = DBL_MAX;
    p.x[1] = DBL_TRUE_MIN;
    CHECK_EQUAL(scs_vec_find_nonfinite(p.x, LONGEST), -1);
}

int main(void) {
    static const CheckCase cases[] = {
        {"sums", sums},
        {"sums depend on the input alone", sums_depend_on_the_input_alone},
        {"elementwise", elementwise},
        {"copies", copies},
        {"largest entry", largest_entry},
        {"largest entry shows every NaN", largest_entry_shows_every_nan},
        {"finds what is not finite", finds_what_is_not_finite},
    };
    return CHECK_RUN(cases);
}
