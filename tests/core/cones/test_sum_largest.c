/* SPDX-License-Identifier: MIT */
#include "core/cones/projection_check.h"
#include "core/cones/spectral_check.h"

/* The distance to the facet. */
static long double outside(const ScsCone *k, const long double *v, scs_int rows) {
    (void)rows;
    const scs_int n = k->sl_n[0];
    long double values[SLOW_MOST];
    spectral_values(v + 1, n, values);
    long double sum = -v[0];
    for (scs_int i = 0; i < k->sl_k[0]; ++i) {
        sum += values[n - 1 - i];
    }
    return fmaxl(sum, 0) / sqrtl(k->sl_k[0] + 1);
}

static long double outside_dual(const ScsCone *k, const long double *v, scs_int rows) {
    (void)rows;
    const scs_int n = k->sl_n[0];
    long double values[SLOW_MOST];
    spectral_values(v + 1, n, values);
    long double trace = 0;
    for (scs_int i = 0; i < n; ++i) {
        trace += values[i];
    }
    const long double in_box = fmaxl(values[n - 1], -v[0] - values[0]);
    return fmaxl(fmaxl(in_box, -v[0]), fabsl(trace + k->sl_k[0] * v[0]) / n);
}

static void projects(void) {
    for (scs_int n = 2; n <= 10; ++n) {
        for (scs_int k = 1; k < n; k += n < 6 ? 1 : 3) {
            const ProjectionCase test = {
                .name = "sum of largest eigenvalues",
                .cone = {.sl_n = &n, .sl_k = &k, .sl_size = 1},
                .outside = outside,
                .outside_dual = outside_dual,
                .tolerance = 1e-13,
            };
            projection_run(&test, 800);
        }
    }
}

static void projects_structured_matrices(void) {
    for (scs_int n = 2; n <= 10; n += 2) {
        for (scs_int k = 1; k < n; k += 2) {
            const ScsCone cone = {.sl_n = &n, .sl_k = &k, .sl_size = 1};
            const SpectralCase test = {&cone, n, 1, outside, outside_dual, 1e-13};
            spectral_run(&test, 300);
        }
    }
}

/* The number of pairs that the last point needed is too small for the next. */
static void finds_more_pairs_than_last_time(void) {
    enum { N = 40, ROWS = 1 + N * (N + 1) / 2 };
    scs_int n = N;
    scs_int k = 2;
    const ScsCone cone = {.sl_n = &n, .sl_k = &k, .sl_size = 1};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, ROWS, NULL, &arena, NULL) == SCS_OK);
    static double y[ROWS], r[ROWS], last[ROWS];
    const double spreads[] = {100, 1e-3, 1, 1e-9, 30, 0};
    for (int s = 0; s < 6; ++s) {
        for (int cold = 0; cold < 2; ++cold) {
            /* A diagonal matrix: the wanted z are those of its diagonal. */
            memset(y, 0, sizeof y);
            scs_int at = 1;
            for (int j = 0; j < N; ++j) {
                r[j] = 1;
                y[at] = -1 - spreads[s] * j * j / (N * N);
                at += N - j;
            }
            y[0] = 0.5;
            if (cold) {
                scs_cone_set_reset(&set);
            }
            CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
            double trace = 0;
            at = 1;
            for (int j = 0; j < N; ++j) {
                CHECK(y[at] <= 1e-14 && y[at] >= -y[0] - 1e-14);
                trace += y[at];
                at += N - j;
            }
            CHECK_NEAR(trace, -k * y[0], 1e-12 * y[0]);
            for (int i = 0; i < ROWS && cold; ++i) {
                CHECK_NEAR(y[i], last[i], 1e-12 * y[0]);
            }
            memcpy(last, y, sizeof last);
        }
    }
    scs_arena_release(&arena);
}

static void fails_with_lapack(void) {
    scs_int n = 400;
    scs_int k = 2;
    const ScsCone cone = {.sl_n = &n, .sl_k = &k, .sl_size = 1};
    CHECK(scs_cone_set_needs_lapack(&cone));
    scs_int small = 100;
    CHECK(!scs_cone_set_needs_lapack(
        &(ScsCone){.sl_n = &small, .sl_k = &k, .sl_size = 1}));
    spectral_fails(&cone, 1 + 400 * 401 / 2, "sum-of-largest-eigenvalues cones");
}

static void refuses_bad_sizes(void) {
    scs_int n[] = {3, 4, 1};
    scs_int k[] = {1, 4, 0};
    projection_refuses(&(ScsCone){.sl_n = n, .sl_k = k, .sl_size = 2}, SCS_ERROR_CONE,
                       "sl_k", "entry 1 is 4, must be less than its sl_n, 4");
    projection_refuses(&(ScsCone){.sl_n = n, .sl_k = k, .sl_size = 3}, SCS_ERROR_CONE,
                       "sl_n", "entry 2 is 1, must be at least 2");
    projection_refuses(&(ScsCone){.sl_n = n, .sl_k = k + 2, .sl_size = 1},
                       SCS_ERROR_CONE, "sl_k", "entry 0 is 0, must be at least 1");
    projection_refuses(&(ScsCone){.sl_n = n, .sl_size = 1}, SCS_ERROR_CONE, "sl_k",
                       "no values");
    projection_refuses(&(ScsCone){.sl_size = -1}, SCS_ERROR_CONE, "sl_n", "negative");
}

static void survives_numbers_that_are_none(void) {
    for (scs_int n = 2; n <= 6; ++n) {
        for (scs_int k = 1; k < n; ++k) {
            const ScsCone cone = {.sl_n = &n, .sl_k = &k, .sl_size = 1};
            projection_survives(&cone, 1 + n * (n + 1) / 2, NULL);
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"projects structured matrices", projects_structured_matrices},
        {"finds more pairs than last time", finds_more_pairs_than_last_time},
        {"fails with LAPACK", fails_with_lapack},
        {"refuses bad sizes", refuses_bad_sizes},
        {"survives numbers that are none", survives_numbers_that_are_none},
    };
    return CHECK_RUN(cases);
}
