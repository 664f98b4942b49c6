/* SPDX-License-Identifier: MIT */
#include "core/cones/boundary_check.h"
#include "core/cones/projection_check.h"

/* Violations are distances to the violated half-space, whose normal has norm about
 * 1 + |bound|. */
static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    long double worst = fmaxl(0, -v[0]);
    for (scs_int i = 1; i < n; ++i) {
        const long double low = k->bl[i - 1];
        const long double high = k->bu[i - 1];
        if (isfinite(low)) {
            worst = fmaxl(worst, (v[0] * low - v[i]) / (1 + fabsl(low)));
        }
        if (isfinite(high)) {
            worst = fmaxl(worst, (v[i] - v[0] * high) / (1 + fabsl(high)));
        }
    }
    return worst;
}

/* y_0 + min { y's : bl <= s <= bu } >= 0 */
static long double outside_dual(const ScsCone *k, const long double *v, scs_int n) {
    long double worst = 0;
    long double least = v[0];
    long double normal = 1;
    for (scs_int i = 1; i < n; ++i) {
        const long double bound = v[i] > 0 ? k->bl[i - 1] : k->bu[i - 1];
        if (v[i] != 0 && isinf(bound)) {
            worst = fmaxl(worst, fabsl(v[i]));
        } else if (v[i] != 0) {
            least += bound * v[i];
            normal += fabsl(bound);
        }
    }
    return fmaxl(worst, -least / normal);
}

static void bounds(uint64_t *seed, double *low, double *high, scs_int n,
                   double spread) {
    for (scs_int i = 0; i < n; ++i) {
        const double a = projection_power(seed, spread);
        const double b = projection_power(seed, spread);
        const double kind = projection_uniform(seed);
        low[i] = kind < 0.2 ? -INFINITY : fmin(a, b);
        high[i] = kind > 0.1 && kind < 0.3 ? INFINITY : fmax(a, b);
        if (kind > 0.8) {
            low[i] = 0;
            high[i] = fabs(a);
        }
        if (kind > 0.9) {
            high[i] = low[i];
        }
    }
}

static void projects(void) {
    uint64_t seed = 7;
    for (int trial = 0; trial < 25; ++trial) {
        double low[MOST_ROWS], high[MOST_ROWS];
        const scs_int rows = 1 + trial % 24;
        bounds(&seed, low, high, rows - 1, trial % 2 ? 1 : 3);
        const ProjectionCase test = {
            .name = "box cone",
            .cone = {.bl = low, .bu = high, .bsize = rows},
            .outside = outside,
            .outside_dual = outside_dual,
            .tolerance = 1e-12,
            .metric = true,
        };
        projection_run(&test, 500);
    }
}

/* The slow way to t: halve the interval on which the derivative changes its sign. */
static long double slow_root(const double *low, const double *high, const double *w,
                             const double *r, scs_int rows) {
    long double a = 0;
    long double b = 1e30L;
    for (int step = 0; step < 400; ++step) {
        const long double t = (a + b) / 2;
        long double slope = t / r[0] + w[0];
        for (scs_int i = 1; i < rows; ++i) {
            const long double x = -(long double)r[i] * w[i];
            long double s = x;
            s = isfinite(low[i - 1]) ? fmaxl(s, t * low[i - 1]) : s;
            s = isfinite(high[i - 1]) ? fminl(s, t * high[i - 1]) : s;
            if (s != x) {
                slope += (s - x) / r[i] * (s > x ? low[i - 1] : high[i - 1]);
            }
        }
        if (slope > 0) {
            b = t;
        } else {
            a = t;
        }
    }
    return a;
}

/* Bounds over the whole range that counts as finite; many breakpoints; scaled rows. */
static void agrees_with_bisection(void) {
    uint64_t seed = 11;
    for (int trial = 0; trial < 700; ++trial) {
        double low[MOST_ROWS], high[MOST_ROWS], w[MOST_ROWS], r[MOST_ROWS],
            d[MOST_ROWS];
        double y[MOST_ROWS];
        const scs_int rows = 1 + trial % MOST_ROWS;
        bounds(&seed, low, high, rows - 1, trial % 14);
        projection_point(trial, 3, &seed, w, rows);
        projection_metric(true, &seed, r, rows);
        ScsArena arena = {0};
        ScsConeSet set;
        const ScsCone cone = {.bl = low, .bu = high, .bsize = rows};
        CHECK(scs_cone_set_build(&set, &cone, rows, NULL, &arena, NULL) == SCS_OK);
        projection_project(&set, w, r, y);
        for (int again = 0; again < 2; ++again) {
            const long double t = slow_root(low, high, w, r, rows);
            for (scs_int i = 0; i < rows; ++i) {
                long double s = -(long double)r[i] * w[i];
                if (i == 0) {
                    s = t;
                } else {
                    s = isfinite(low[i - 1]) ? fmaxl(s, t * low[i - 1]) : s;
                    s = isfinite(high[i - 1]) ? fminl(s, t * high[i - 1]) : s;
                }
                const double bound = i ? fabs((double)s) / r[i] : 0;
                CHECK_NEAR(y[i], (double)(w[i] + s / r[i]),
                           1e-11 * (projection_largest(w, rows) + bound));
            }
            for (scs_int i = 0; i < rows; ++i) {
                d[i] = fabs(projection_power(&seed, 2));
            }
            scs_cone_set_rescale(&set, d);
            for (scs_int i = 1; i < rows; ++i) {
                low[i - 1] *= d[i] / d[0];
                high[i - 1] *= d[i] / d[0];
            }
            projection_project(&set, w, r, y);
        }
        scs_arena_release(&arena);
    }
}

static void takes_large_bounds_as_infinite(void) {
    double low[] = {-1e15, -1e300, 2};
    double high[] = {1, 1e20, INFINITY};
    const ScsCone cone = {.bl = low, .bu = high, .bsize = 4};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 4, NULL, &arena, NULL) == SCS_OK);
    const double r[4] = {1, 1, 1, 1};
    double y[4] = {-1, 5, 7, -1}; /* s wants to be (1, -5, -7, 1), gets t = 0.6 */
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    CHECK_NEAR(y[0], -0.4, 1e-15);
    CHECK_EQUAL(y[1], 0);
    CHECK_EQUAL(y[2], 0);
    CHECK_NEAR(y[3], 0.2, 1e-15);
    scs_arena_release(&arena);
}

static void refuses_bad_bounds(void) {
    double good_low[] = {0, 1};
    double good_high[] = {1, 1};
    double nan_low[] = {0, NAN};
    double high_low[] = {0, INFINITY};
    double huge_low[] = {0, 1e15};
    double low_high[] = {1, -1e16};
    double crossed[] = {0, 1.5};
    projection_refuses(&(ScsCone){.bl = nan_low, .bu = good_high, .bsize = 3},
                       SCS_ERROR_CONE, "bl", "entry 1 is nan");
    projection_refuses(&(ScsCone){.bl = good_low, .bu = nan_low, .bsize = 3},
                       SCS_ERROR_CONE, "bu", "entry 1 is nan");
    projection_refuses(&(ScsCone){.bl = high_low, .bu = good_high, .bsize = 3},
                       SCS_ERROR_CONE, "bl", "entry 1 is inf");
    projection_refuses(&(ScsCone){.bl = huge_low, .bu = huge_low, .bsize = 3},
                       SCS_ERROR_CONE, "bl", "+infinity");
    projection_refuses(&(ScsCone){.bl = good_low, .bu = low_high, .bsize = 3},
                       SCS_ERROR_CONE, "bu", "entry 1 is -1e+16");
    projection_refuses(&(ScsCone){.bl = crossed, .bu = good_high, .bsize = 3},
                       SCS_ERROR_CONE, "bl", "entry 1 is 1.5, larger than entry 1");
    projection_refuses(&(ScsCone){.bu = good_high, .bsize = 3}, SCS_ERROR_CONE, "bl",
                       "no values");
    projection_refuses(&(ScsCone){.bl = good_low, .bsize = 3}, SCS_ERROR_CONE, "bu",
                       "no values");
    projection_refuses(&(ScsCone){.bsize = -3}, SCS_ERROR_CONE, "bsize", "-3");
}

/* Rows as given, and scaled. At t = 0 nothing is said. */
static void describes_its_boundary(void) {
    enum { ROUNDS = 200, TRIALS = 24 };
    uint64_t seed = 3;
    int known = 0;
    for (int trial = 0; trial < TRIALS; ++trial) {
        double low[MOST_ROWS], high[MOST_ROWS], d[MOST_ROWS];
        const scs_int rows = 1 + trial % 12;
        bounds(&seed, low, high, rows - 1, 1);
        const ScsCone cone = {.bl = low, .bu = high, .bsize = rows};
        ScsArena arena = {0};
        ScsConeSet set;
        CHECK(scs_cone_set_build(&set, &cone, rows, NULL, &arena, NULL) == SCS_OK);
        for (scs_int i = 0; i < rows; ++i) {
            d[i] = fabs(projection_power(&seed, 1));
        }
        if (trial >= TRIALS / 2) {
            scs_cone_set_rescale(&set, d);
        }
        int wrong = 0;
        for (int round = 0; round < ROUNDS; ++round) {
            ScsBoundary boundary;
            wrong += !(boundary_try(&set, &seed, round % 2, &boundary) < 1e-4);
            known += boundary == SCS_BOUNDARY_RAY;
        }
        if (!CHECK(wrong <= ROUNDS / 50)) {
            printf("    %d of %d points\n", wrong, (int)ROUNDS);
        }
        scs_arena_release(&arena);
    }
    CHECK(known > ROUNDS * TRIALS / 2 && known < ROUNDS * TRIALS);
}

/* At each bound, off them, on one of them without a multiplier, and where there is only
 * one value; rounding changes nothing. */
static void tells_active_rows(void) {
    double low[] = {-1, -1, -1, -1, 2, -INFINITY, -INFINITY};
    double high[] = {3, 3, 3, 3, 2, INFINITY, 1};
    const ScsCone cone = {.bl = low, .bu = high, .bsize = 8};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 8, NULL, &arena, NULL) == SCS_OK);
    const ScsConeBlock *block = &set.blocks[0];
    static const int active[] = {1, 1, 1, 0, 0, 1, 0, 1};
    for (int off = -1; off <= 1; ++off) {
        const double tiny = off * 1e-15;
        double s[] = {2, -2 + tiny, 6 + tiny, 1, -2, 4 + tiny, 50, 2 + tiny};
        double y[] = {20.6, 0.7, -3, tiny, 0, 0.1, 0, -0.6};
        double w[8];
        CHECK_EQUAL(block->kind->linearise(block, s, y, w), SCS_BOUNDARY_RAY);
        for (int i = 0; i < 8; ++i) {
            CHECK(active[i] ? w[i] == 0 : isinf(w[i]));
        }
        s[0] = 0;
        CHECK_EQUAL(block->kind->linearise(block, s, y, w), SCS_BOUNDARY_UNKNOWN);
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"agrees with bisection", agrees_with_bisection},
        {"takes large bounds as infinite", takes_large_bounds_as_infinite},
        {"refuses bad bounds", refuses_bad_bounds},
        {"describes its boundary", describes_its_boundary},
        {"tells active rows", tells_active_rows},
    };
    return CHECK_RUN(cases);
}
