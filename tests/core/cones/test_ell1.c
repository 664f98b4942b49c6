/* SPDX-License-Identifier: MIT */
#include "core/cones/projection_check.h"

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)k;
    long double sum = 0;
    for (scs_int i = 1; i < n; ++i) {
        sum += fabsl(v[i]);
    }
    return fmaxl(0, sum - v[0]) / sqrtl(n); /* the distance to the facet */
}

static long double outside_dual(const ScsCone *k, const long double *v, scs_int n) {
    (void)k;
    long double worst = 0;
    for (scs_int i = 1; i < n; ++i) {
        worst = fmaxl(worst, fabsl(v[i]) - v[0]);
    }
    return fmaxl(worst, -v[0]);
}

static void projects(void) {
    for (scs_int n = 1; n < 40; ++n) {
        const ProjectionCase test = {
            .name = "l1 norm cone",
            .cone = {.ell1 = &n, .ell1_size = 1},
            .outside = outside,
            .outside_dual = outside_dual,
            .tolerance = 4e-15,
        };
        projection_run(&test, 400);
    }
}

static int descending(const void *a, const void *b) {
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x < y) - (x > y);
}

/* By sorting: cut off the largest entries one after the other as long as the cut stays
 * below the next. */
static double slow_cut(const double *w, scs_int n) {
    double size[MOST_ROWS];
    for (scs_int i = 1; i < n; ++i) {
        size[i - 1] = fabs(w[i]);
    }
    qsort(size, (size_t)n - 1, sizeof *size, descending);
    long double sum = w[0];
    scs_int many = 0;
    while (many < n - 1 && sum < (many + 1) * (long double)size[many]) {
        sum += size[many++];
    }
    return (double)fmaxl(sum / (many + 1), 0);
}

static void agrees_with_sorting(void) {
    uint64_t seed = 21;
    for (int trial = 0; trial < 20000; ++trial) {
        scs_int rows = 2 + trial % (MOST_ROWS - 1);
        scs_int size = rows - 1;
        double w[MOST_ROWS], y[MOST_ROWS];
        projection_point(trial, trial % 2 ? 200 : 4, &seed, w, rows);
        if (trial % 5 == 0) { /* entries that leave the set one by one */
            for (scs_int i = 1; i < rows; ++i) {
                w[i] = ldexp(1, (int)(trial % 7 * i));
            }
        }
        const ScsCone cone = {.ell1 = &size, .ell1_size = 1};
        ScsArena arena = {0};
        ScsConeSet set;
        double r[MOST_ROWS];
        projection_metric(false, &seed, r, rows);
        CHECK(scs_cone_set_build(&set, &cone, rows, NULL, &arena, NULL) == SCS_OK);
        projection_project(&set, w, r, y);
        const double cut = slow_cut(w, rows);
        const double unit = projection_largest(w, rows);
        if (w[0] >= projection_largest(w + 1, size)) {
            CHECK(memcmp(w, y, (size_t)rows * sizeof *y) == 0);
        } else {
            const double tolerance = 1e-15 * check_reference_slack() * unit;
            CHECK_NEAR(y[0], cut, tolerance);
            for (scs_int i = 1; i < rows; ++i) {
                CHECK_NEAR(y[i], copysign(fmin(fabs(w[i]), cut), w[i]), tolerance);
            }
        }
        scs_arena_release(&arena);
    }
}

static void survives_the_largest_numbers(void) {
    scs_int size = 5;
    const ScsCone cone = {.ell1 = &size, .ell1_size = 1};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 6, NULL, &arena, NULL) == SCS_OK);
    const double r[6] = {1, 1, 1, 1, 1, 1};
    double y[6] = {0, DBL_MAX, -DBL_MAX, DBL_MAX, DBL_MAX, 1};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    for (int i = 0; i < 5; ++i) {
        CHECK_NEAR(y[i], (i == 2 ? -0.8 : 0.8) * DBL_MAX, 1e-15 * DBL_MAX);
    }
    CHECK_EQUAL(y[5], 1);
    scs_arena_release(&arena);
}

static void refuses_bad_sizes(void) {
    scs_int sizes[] = {1, 0};
    projection_refuses(&(ScsCone){.ell1 = sizes, .ell1_size = 2}, SCS_ERROR_CONE,
                       "ell1", "entry 1 is 0, must be at least 1");
    projection_refuses(&(ScsCone){.ell1_size = 2}, SCS_ERROR_CONE, "ell1", "no values");
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"agrees with sorting", agrees_with_sorting},
        {"survives the largest numbers", survives_the_largest_numbers},
        {"refuses bad sizes", refuses_bad_sizes},
    };
    return CHECK_RUN(cases);
}
