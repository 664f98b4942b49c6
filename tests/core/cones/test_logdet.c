/* SPDX-License-Identifier: MIT */
#include "core/cones/logdet_check.h"
#include "core/cones/projection_check.h"
#include "core/cones/spectral_check.h"

static long double outside(const ScsCone *k, const long double *v, scs_int rows) {
    (void)rows;
    long double values[SLOW_MOST];
    spectral_values(v + 2, k->d[0], values);
    return logdet_outside(v[0], v[1], values, k->d[0]);
}

static long double outside_dual(const ScsCone *k, const long double *v, scs_int rows) {
    (void)rows;
    long double values[SLOW_MOST];
    spectral_values(v + 2, k->d[0], values);
    return logdet_outside_dual(v[0], v[1], values, k->d[0]);
}

static void projects(void) {
    for (scs_int n = 1; n <= 10; ++n) {
        const ProjectionCase test = {
            .name = "log-determinant cone",
            .cone = {.d = &n, .dsize = 1},
            .outside = outside,
            .outside_dual = outside_dual,
            .tolerance = 1e-13,
        };
        projection_run(&test, n < 5 ? 3000 : 600);
    }
}

static void projects_structured_matrices(void) {
    for (scs_int n = 2; n <= 10; n += 2) {
        const ScsCone cone = {.d = &n, .dsize = 1};
        const SpectralCase test = {&cone, n, 2, outside, outside_dual, 1e-13};
        spectral_run(&test, 300);
    }
}

static void fails_with_lapack(void) {
    scs_int n = 400;
    const ScsCone cone = {.d = &n, .dsize = 1};
    spectral_fails(&cone, 2 + 400 * 401 / 2, "log-determinant cones");
}

static void needs_lapack_beyond_order_100(void) {
    scs_int d[] = {100, 101};
    CHECK(!scs_cone_set_needs_lapack(&(ScsCone){.d = d, .dsize = 1}));
    CHECK(scs_cone_set_needs_lapack(&(ScsCone){.d = d, .dsize = 2}));
}

static void refuses_bad_sizes(void) {
    scs_int d[] = {1, 0};
    projection_refuses(&(ScsCone){.d = d, .dsize = 2}, SCS_ERROR_CONE, "d",
                       "entry 1 is 0, must be at least 1");
    projection_refuses(&(ScsCone){.dsize = 2}, SCS_ERROR_CONE, "d", "no values");
    projection_refuses(&(ScsCone){.dsize = -1}, SCS_ERROR_CONE, "d", "-1 is negative");
}

static void survives_numbers_that_are_none(void) {
    for (scs_int n = 1; n <= 5; ++n) {
        const ScsCone cone = {.d = &n, .dsize = 1};
        projection_survives(&cone, 2 + n * (n + 1) / 2, NULL);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"projects structured matrices", projects_structured_matrices},
        {"fails with LAPACK", fails_with_lapack},
        {"needs LAPACK beyond order 100", needs_lapack_beyond_order_100},
        {"refuses bad sizes", refuses_bad_sizes},
        {"survives numbers that are none", survives_numbers_that_are_none},
    };
    return CHECK_RUN(cases);
}
