/* SPDX-License-Identifier: MIT */
#include "core/cones/projection_check.h"
#include "core/la/slow_eigen.h"

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)n;
    return fmaxl(0, -slow_smallest(v, k->s[0], 0));
}

static void projects(void) {
    for (scs_int n = 1; n <= 10; ++n) {
        const ProjectionCase test = {
            .name = "positive semidefinite cone",
            .cone = {.s = &n, .ssize = 1},
            .outside = outside,
            .outside_dual = outside,
            .tolerance = 1e-13, /* order 10: some hundred roundings */
        };
        projection_run(&test, n <= 3 ? 8000 : 1500);
    }
}

static void agrees_with_known_points(void) {
    scs_int s[] = {0, 1, 2, 1, 3};
    const ScsCone cone = {.s = s, .ssize = 5};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 11, NULL, &arena, NULL) == SCS_OK);
    const double r[11] = {1, 2, 2, 2, 1, 3, 3, 3, 3, 3, 3};
    const double root = sqrt(2);
    /* [0 1; 1 0] has the positive part [1 1; 1 1] / 2. */
    double y[11] = {-1, 0, root, 0, 2, 1, 0, 0, -2, 0, 3};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    const double expected[11] = {0, 0.5, root / 2, 0.5, 2, 1, 0, 0, 0, 0, 3};
    for (int i = 0; i < 11; ++i) {
        CHECK_NEAR(y[i], expected[i], 1e-15);
    }
    scs_arena_release(&arena);
}

static void needs_lapack_beyond_order_100(void) {
    scs_int s[] = {3, 100, 101};
    CHECK(!scs_cone_set_needs_lapack(&(ScsCone){.s = s, .ssize = 2}));
    const ScsCone cone = {.s = s, .ssize = 3};
    CHECK(scs_cone_set_needs_lapack(&cone));
    ScsArena arena = {0};
    ScsConeSet set;
    ScsError error = {SCS_OK, ""};
    CHECK(scs_cone_set_build(&set, &cone, 6 + 5050 + 5151, NULL, &arena, &error) ==
          SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "positive semidefinite cones need LAPACK");
    scs_arena_release(&arena);
}

static void refuses_bad_sizes(void) {
    scs_int s[] = {3, -2};
    projection_refuses(&(ScsCone){.s = s, .ssize = 2}, SCS_ERROR_CONE, "s",
                       "entry 1 is -2");
    projection_refuses(&(ScsCone){.s = NULL, .ssize = 2}, SCS_ERROR_CONE, "s",
                       "no values");
    ScsError error = {SCS_OK, ""};
    scs_int large[] = {INT32_MAX, INT32_MAX};
    const ScsCone overflowing = {.s = large, .ssize = 2};
    CHECK(scs_cone_set_validate(&overflowing, 5, &error) == SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "add up to 4611686016279904256");
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"agrees with known points", agrees_with_known_points},
        {"needs LAPACK beyond order 100", needs_lapack_beyond_order_100},
        {"refuses bad sizes", refuses_bad_sizes},
    };
    return CHECK_RUN(cases);
}
