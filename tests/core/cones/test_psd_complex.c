/* SPDX-License-Identifier: MIT */
#include "core/cones/projection_check.h"
#include "core/la/slow_eigen.h"

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)n;
    return fmaxl(0, -slow_smallest(v, k->cs[0], 1));
}

static void projects(void) {
    for (scs_int n = 1; n <= 8; ++n) {
        if (n > 2 && !scs_lapack_linked()) {
            break;
        }
        const ProjectionCase test = {
            .name = "complex positive semidefinite cone",
            .cone = {.cs = &n, .cssize = 1},
            .outside = outside,
            .outside_dual = outside,
            .tolerance = 1e-13, /* order 10: some hundred roundings */
            .lapack = n > 2 ? scs_lapack_linked() : NULL,
        };
        projection_run(&test, n <= 2 ? 8000 : 1000);
    }
}

static void agrees_with_known_points(void) {
    scs_int cs[] = {0, 1, 2};
    const ScsCone cone = {.cs = cs, .cssize = 3};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 5, NULL, &arena, NULL) == SCS_OK);
    const double r[5] = {1, 2, 2, 2, 2};
    const double root = sqrt(2);
    /* [0 -i; i 0] has the positive part [1 -i; i 1] / 2. */
    double y[5] = {3, 0, 0, root, 0};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    const double expected[5] = {3, 0.5, 0, root / 2, 0.5};
    for (int i = 0; i < 5; ++i) {
        CHECK_NEAR(y[i], expected[i], 1e-15);
    }
    scs_arena_release(&arena);
}

static void needs_lapack_beyond_order_two(void) {
    scs_int cs[] = {2, 3};
    CHECK(!scs_cone_set_needs_lapack(&(ScsCone){.cs = cs, .cssize = 1}));
    const ScsCone cone = {.cs = cs, .cssize = 2};
    CHECK(scs_cone_set_needs_lapack(&cone));
    ScsArena arena = {0};
    ScsConeSet set;
    ScsError error = {SCS_OK, ""};
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, &error) ==
          SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "complex positive semidefinite cones need LAPACK");
    scs_arena_release(&arena);
}

static void refuses_bad_sizes(void) {
    scs_int cs[] = {3, -2};
    projection_refuses(&(ScsCone){.cs = cs, .cssize = 2}, SCS_ERROR_CONE, "cs",
                       "entry 1 is -2");
    projection_refuses(&(ScsCone){.cs = NULL, .cssize = 2}, SCS_ERROR_CONE, "cs",
                       "no values");
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"agrees with known points", agrees_with_known_points},
        {"needs LAPACK beyond order two", needs_lapack_beyond_order_two},
        {"refuses bad sizes", refuses_bad_sizes},
    };
    return CHECK_RUN(cases);
}
