/* SPDX-License-Identifier: MIT */
#include "cones/logdet_vector.h"
#include "core/cones/logdet_check.h"
#include "core/cones/projection_check.h"

enum { MOST = 200 };

static double unit_of(const double *w, scs_int rows) {
    const double unit = projection_largest(w, rows);
    return unit > 0 ? unit : 1;
}

/* The three conditions of projection_check.h. Returns how badly they fail. */
static double failure(const double *w, const double *y, scs_int n) {
    long double dual[MOST];
    long double primal[MOST];
    const long double unit = unit_of(w, n + 2);
    long double product = 0;
    for (scs_int i = 0; i < n + 2; ++i) {
        if (!isfinite(y[i])) {
            return INFINITY;
        }
        dual[i] = y[i] / unit;
        primal[i] = (y[i] - (long double)w[i]) / unit;
        product += dual[i] * primal[i];
    }
    const long double in_dual = logdet_outside_dual(dual[0], dual[1], dual + 2, n);
    const long double in_primal = logdet_outside(primal[0], primal[1], primal + 2, n);
    const long double steps = DBL_TRUE_MIN / unit; /* numbers are that far apart */
    return (double)(fmaxl(fmaxl(in_dual, in_primal), fabsl(product) / n) - 4 * steps);
}

static void meets_the_conditions(void) {
    uint64_t seed = 5;
    double worst = 0;
    for (int trial = 0; trial < 30000; ++trial) {
        const scs_int n = 1 + trial % 40;
        double w[MOST], y[MOST];
        projection_point(trial / 40, trial % 3 == 0 ? 200 : 6, &seed, w, n + 2);
        memcpy(y, w, sizeof y);
        ScsLogdetStart start = {0};
        const bool outside = scs_logdet_vector_project_dual(y, y + 2, n, &start);
        CHECK(outside || memcmp(w, y, (size_t)(n + 2) * sizeof *w) == 0);
        worst = fmax(worst, failure(w, y, n));
        /* Again from there, from elsewhere and from nowhere near. */
        const double unit = unit_of(w, n + 2);
        double again[MOST];
        for (int k = 0; k < 3; ++k) {
            memcpy(again, w, sizeof again);
            start.u *= k == 1 ? 1.5 : 1;
            start.exponent += k == 2 ? 300 : 0;
            (void)scs_logdet_vector_project_dual(again, again + 2, n, &start);
            for (scs_int i = 0; i < n + 2; ++i) {
                worst = fmax(worst, 0.1 * fabs(again[i] - y[i]) / unit);
            }
        }
        if (!(worst < 1e-14 * n)) {
            printf("  n = %d, trial %d: off by %g\n", (int)n, trial, worst);
            CHECK(worst < 1e-14 * n);
            return;
        }
    }
}

/* Points made from the answer: (t, v, x) on the boundary of K and its partner in K*. */
static void finds_constructed_points(void) {
    uint64_t seed = 77;
    for (int trial = 0; trial < 20000; ++trial) {
        const scs_int n = 1 + trial % 60;
        const double spread = trial % 4;
        long double v = fabs(projection_power(&seed, spread));
        long double u = fabs(projection_power(&seed, spread));
        double w[MOST], y[MOST];
        long double q[MOST];
        long double log_sum = 0;
        for (scs_int i = 0; i < n; ++i) {
            const long double x = v * fabs(projection_power(&seed, spread));
            log_sum += logl(x / v);
            q[i + 2] = u * v / x;
            w[i + 2] = (double)(q[i + 2] - x);
        }
        q[0] = u;
        q[1] = u * (log_sum - n);
        w[0] = (double)(u + v * log_sum);
        w[1] = (double)(q[1] - v);
        memcpy(y, w, sizeof y);
        ScsLogdetStart start = {0};
        CHECK(scs_logdet_vector_project_dual(y, y + 2, n, &start));
        const double unit = unit_of(w, n + 2);
        for (scs_int i = 0; i < n + 2; ++i) {
            CHECK_NEAR(y[i], (double)q[i], 1e-14 * n * unit);
        }
        CHECK(start.evaluations > 0);
    }
}

static void is_quick_from_a_good_start(void) {
    uint64_t seed = 8;
    long cold = 0;
    long warm = 0;
    int searches = 0;
    for (int trial = 0; trial < 4000; ++trial) {
        enum { N = 20 };
        double w[N + 2], y[N + 2];
        projection_point(0, 1, &seed, w, N + 2);
        ScsLogdetStart start = {0};
        memcpy(y, w, sizeof y);
        (void)scs_logdet_vector_project_dual(y, y + 2, N, &start);
        if (start.evaluations == 0) {
            continue;
        }
        ++searches;
        cold += start.evaluations;
        for (int i = 0; i < N + 2; ++i) {
            y[i] = w[i] * (1 + 1e-6 * projection_normal(&seed));
        }
        (void)scs_logdet_vector_project_dual(y, y + 2, N, &start);
        warm += start.evaluations;
    }
    CHECK(searches > 1000);
    CHECK((double)cold / searches < 14);
    CHECK((double)warm / searches < 5);
}

static void survives_the_ends_of_the_range(void) {
    const double sizes[] = {0, DBL_TRUE_MIN, 1e-310, DBL_MIN, 1, 1e200, DBL_MAX};
    enum { SIZES = sizeof sizes / sizeof *sizes, N = 2 };
    bool finite = true;
    for (int code = 0; code < SIZES * SIZES * SIZES * SIZES * 16; ++code) {
        double w[N + 2], y[N + 2];
        int rest = code;
        for (int i = 0; i < N + 2; ++i) {
            w[i] = rest % 2 ? -sizes[rest / 2 % SIZES] : sizes[rest / 2 % SIZES];
            rest /= 2 * SIZES;
        }
        memcpy(y, w, sizeof y);
        ScsLogdetStart start = {0};
        (void)scs_logdet_vector_project_dual(y, y + 2, N, &start);
        if (!(projection_largest(w, N + 2) >= DBL_MAX) && !(failure(w, y, N) < 1e-14)) {
            printf("  %g %g %g %g\n", w[0], w[1], w[2], w[3]);
            CHECK(failure(w, y, N) < 1e-14);
            return;
        }
        finite = finite && isfinite(y[0]) && isfinite(y[1]) && isfinite(y[2]) &&
                 isfinite(y[3]);
    }
    CHECK(finite);
}

int main(void) {
    static const CheckCase cases[] = {
        {"meets the conditions", meets_the_conditions},
        {"finds constructed points", finds_constructed_points},
        {"is quick from a good start", is_quick_from_a_good_start},
        {"survives the ends of the range", survives_the_ends_of_the_range},
    };
    return CHECK_RUN(cases);
}
