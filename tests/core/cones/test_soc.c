/* SPDX-License-Identifier: MIT */
#include "core/cones/boundary_check.h"
#include "core/cones/projection_check.h"

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)k;
    long double square = 0;
    for (scs_int i = 1; i < n; ++i) {
        square += v[i] * v[i];
    }
    return fmaxl(0, sqrtl(square) - v[0]);
}

static void projects(void) {
    for (scs_int n = 1; n <= 20; ++n) {
        scs_int q[] = {n};
        const ProjectionCase test = {
            .name = "second-order cone",
            .cone = {.q = q, .qsize = 1},
            .outside = outside,
            .outside_dual = outside,
            .tolerance = 1e-14,
        };
        projection_run(&test, 2000);
    }
}

static void agrees_with_known_points(void) {
    scs_int q[] = {3, 0, 1, 1};
    const ScsCone cone = {.q = q, .qsize = 4};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 5, NULL, &arena, NULL) == SCS_OK);
    const double r[5] = {2, 2, 2, 1, 1};
    double y[5] = {0, 3, 4, -1, 2};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    const double expected[5] = {2.5, 1.5, 2, 0, 2};
    for (int i = 0; i < 5; ++i) {
        CHECK_NEAR(y[i], expected[i], 1e-15);
    }
    scs_arena_release(&arena);
}

static void survives_the_largest_numbers(void) {
    scs_int q[] = {4};
    const ScsCone cone = {.q = q, .qsize = 1};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 4, NULL, &arena, NULL) == SCS_OK);
    const double r[4] = {1, 1, 1, 1};
    double y[4] = {DBL_MAX, DBL_MAX, -DBL_MAX, DBL_MAX};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    for (int i = 0; i < 4; ++i) {
        CHECK(isfinite(y[i]));
    }
    scs_arena_release(&arena);
}

static void refuses_bad_sizes(void) {
    scs_int q[] = {3, -2};
    projection_refuses(&(ScsCone){.q = q, .qsize = 2}, SCS_ERROR_CONE, "q",
                       "entry 1 is -2");
    projection_refuses(&(ScsCone){.q = NULL, .qsize = 2}, SCS_ERROR_CONE, "q",
                       "no values");
    projection_refuses(&(ScsCone){.q = q, .qsize = -1}, SCS_ERROR_CONE, "q",
                       "length -1");
}

static void describes_its_boundary(void) {
    for (scs_int n = 1; n <= 12; ++n) {
        scs_int q[] = {n};
        boundary_run(&(ScsCone){.q = q, .qsize = 1}, n, n > 1);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"agrees with known points", agrees_with_known_points},
        {"survives the largest numbers", survives_the_largest_numbers},
        {"refuses bad sizes", refuses_bad_sizes},
        {"describes its boundary", describes_its_boundary},
    };
    return CHECK_RUN(cases);
}
