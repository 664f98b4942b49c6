/* SPDX-License-Identifier: MIT */
#include "core/cones/boundary_check.h"
#include "core/cones/projection_check.h"

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)k;
    long double worst = 0;
    for (scs_int i = 0; i < n; ++i) {
        worst = fmaxl(worst, fabsl(v[i]));
    }
    return worst;
}

static long double nowhere_outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)k, (void)v, (void)n;
    return 0;
}

static void leaves_the_dual_alone(void) {
    for (scs_int n = 1; n < 10; ++n) {
        const ProjectionCase test = {
            .name = "zero cone",
            .cone = {.z = n},
            .outside = outside,
            .outside_dual = nowhere_outside,
            .tolerance = 0,
            .metric = true,
        };
        projection_run(&test, 200);
    }
}

static void weighs_a_thousand(void) {
    double bound[] = {1, 1};
    const ScsCone cone = {.z = 3, .l = 1, .bl = bound, .bu = bound, .bsize = 3};
    scs_int ends[] = {0, 1};
    scs_int row = 4;
    double value = 1;
    const ScsMatrix a = {.m = 7, .n = 1, .p = ends, .i = &row, .x = &value};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 7, NULL, &arena, NULL) == SCS_OK);
    CHECK_EQUAL(set.count, 3);
    double weight[7];
    for (int fixed = 0; fixed < 2; ++fixed) { /* t of the box */
        row = fixed ? 5 : 4;
        scs_cone_set_weights(&set, &a, weight);
        for (int i = 0; i < 7; ++i) {
            CHECK_EQUAL(weight[i], i < 3 || (fixed && i == 4) ? 1000 : 1);
        }
    }
    scs_arena_release(&arena);
}

static void refuses_negative_counts(void) {
    projection_refuses(&(ScsCone){.z = -4}, SCS_ERROR_CONE, "z", "-4 is negative");
}

static void describes_its_boundary(void) { boundary_run(&(ScsCone){.z = 4}, 4, false); }

int main(void) {
    static const CheckCase cases[] = {
        {"leaves the dual alone", leaves_the_dual_alone},
        {"weighs a thousand", weighs_a_thousand},
        {"refuses negative counts", refuses_negative_counts},
        {"describes its boundary", describes_its_boundary},
    };
    return CHECK_RUN(cases);
}
