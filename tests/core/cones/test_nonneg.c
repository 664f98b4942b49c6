/* SPDX-License-Identifier: MIT */
#include "core/cones/boundary_check.h"
#include "core/cones/projection_check.h"

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)k;
    long double worst = 0;
    for (scs_int i = 0; i < n; ++i) {
        worst = fmaxl(worst, -v[i]);
    }
    return worst;
}

static void projects(void) {
    for (scs_int n = 1; n < 20; ++n) {
        const ProjectionCase test = {
            .name = "nonnegative orthant",
            .cone = {.l = n},
            .outside = outside,
            .outside_dual = outside,
            .tolerance = 0,
            .metric = true,
        };
        projection_run(&test, 500);
    }
}

static void refuses_negative_counts(void) {
    projection_refuses(&(ScsCone){.l = -1}, SCS_ERROR_CONE, "l", "-1 is negative");
}

static void describes_its_boundary(void) { boundary_run(&(ScsCone){.l = 7}, 7, false); }

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"refuses negative counts", refuses_negative_counts},
        {"describes its boundary", describes_its_boundary},
    };
    return CHECK_RUN(cases);
}
