/* SPDX-License-Identifier: MIT
 *
 * Where multipliers go: to the scaling point of interior-point methods where all cones
 * are separable. The other rules are seen through the metric, see test_metric.c.
 */
#include "solver/multipliers.h"

#include "base/real.h"
#include "support/check.h"

enum { ROWS = 12 };

/* One equation, five inequalities, a box of five with its t, or other cones. */
static const double lower[] = {-1, -INFINITY, 0, -INFINITY, 2};
static const double upper[] = {1, 3, INFINITY, INFINITY, 2};
static const ScsCone polyhedral = {
    .z = 1, .l = 5, .bl = (double *)lower, .bu = (double *)upper, .bsize = 6};

enum { EQUATION = 0, FIRST = 1, T = 6, BOX = 7 };

typedef struct {
    ScsArena arena;
    ScsConeSet cones;
    double profile[ROWS], d[ROWS];
} Case;

static void set_up(Case *c, const ScsCone *cone) {
    *c = (Case){0};
    ScsError error;
    CHECK_EQUAL(scs_cone_set_build(&c->cones, cone, ROWS, NULL, &c->arena, &error),
                SCS_OK);
    for (int i = 0; i < ROWS; ++i) {
        c->profile[i] = c->d[i] = 1;
    }
}

static void follow(Case *c, const double *y, const double *s, double scale,
                   scs_int iter, int updates) {
    for (int k = 0; k < updates; ++k) {
        const ScsRowEvidence rows = {.profile = c->profile, .y = y, .s = s};
        double next[ROWS];
        scs_multipliers_propose(&c->cones, &rows, c->d, ROWS, scale, iter,
                                scs_reach_direct, next);
        for (int i = 0; i < ROWS; ++i) {
            CHECK(isfinite(next[i]) && next[i] >= 1e-6 && next[i] <= 1e6);
            c->d[i] = next[i];
        }
    }
}

/* Inequalities alone; what else there is stays where it is. */
static void inequalities_reach_the_scaling_point(void) {
    static const double y[ROWS] = {5, 2, 1, 0.5, 0.1, 1, 7, -2, 0, -1, 4, 3};
    static const double s[ROWS] = {0, 1, 4, 0.5, 2, 0.01, 1, 0.5, -2, 0.25, 9, 2};
    static const double scale = 0.1;
    Case c;
    set_up(&c, &polyhedral);
    follow(&c, y, s, scale, 1000, 100);
    CHECK_EQUAL(c.d[EQUATION], 1);
    for (int i = FIRST; i < T; ++i) {
        CHECK_NEAR(scale * c.d[i] * s[i] / y[i], 1, 2e-3); /* but for the floors */
    }
    CHECK_EQUAL(c.d[T], 1);
    CHECK_NEAR(scale * c.d[BOX] * 0.5, 2, 1e-4);       /* from the upper bound */
    CHECK_NEAR(scale * c.d[BOX + 1] * 5, 3e-6, 1e-10); /* y is nothing: its floor */
    CHECK_NEAR(scale * c.d[BOX + 2] * 0.25, 1, 1e-4);  /* from the lower bound */
    CHECK_EQUAL(c.d[BOX + 3], 1);                      /* a row without bounds */
    CHECK_NEAR(c.d[BOX + 4], 1e6, 1e2); /* both bounds: an equation, at the limit */
    scs_arena_release(&c.arena);
}

/* s / t is what lies between the bounds. */
static void boxes_scale_with_t(void) {
    static const double y[ROWS] = {0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0};
    static const double s[ROWS] = {0, 1, 1, 1, 1, 1, 10, 8, 0, 5, 0, 20};
    Case c;
    set_up(&c, &polyhedral);
    follow(&c, y, s, 1, 1000, 100);
    CHECK_NEAR(c.d[BOX], 1. / 2, 1e-3);
    scs_arena_release(&c.arena);
}

/* Early iterates are trusted less. */
static void steps_grow_with_the_iterations(void) {
    static const double y[ROWS] = {0, 8, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
    static const double s[ROWS] = {0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 2};
    static const scs_int iters[] = {25, 100, 10000};
    static const double shares[] = {0.08, 0.2, 0.396};
    for (int k = 0; k < 3; ++k) {
        Case c;
        set_up(&c, &polyhedral);
        follow(&c, y, s, 1, iters[k], 1);
        CHECK_NEAR(log(c.d[FIRST]) / log(8), shares[k], 1e-3);
        scs_arena_release(&c.arena);
    }
}

static void curved_cones_keep_inequalities_together(void) {
    static scs_int order[] = {4};
    const ScsCone mixed = {.z = 1, .l = 7, .q = order, .qsize = 1};
    static const double y[ROWS] = {5, 2, 1, 0.5, 0.1, 1, 7, 2, 3, 1, 1, 1};
    static const double s[ROWS] = {0, 1, 4, 0.5, 2, 0.01, 1, 0.5, 3, 1, 1, 1};
    Case c;
    set_up(&c, &mixed);
    follow(&c, y, s, 0.1, 1000, 100);
    for (int i = 0; i < ROWS; ++i) {
        CHECK_EQUAL(c.d[i], 1);
    }
    scs_arena_release(&c.arena);
}

/* Nothing says where the point is if one side is zero; what is far apart meets limits. */
static void stays_finite(void) {
    static const double sides[][ROWS] = {
        {0},
        {0, 1e300, 1e-300, 1, 0, -1, 1, 1e300, -1e300, 1, 1, 1},
        {1, 1e-320, 0, 1e-320, 0, 0, 0, 0, 1e-320, 0, 0, 0},
        {1, 1, 1e9, 1e-9, 1, 1, 1, 1, 1, 1, 1, 2},
    };
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) {
            for (int k = 0; k < 3; ++k) {
                Case c;
                set_up(&c, &polyhedral);
                follow(&c, sides[i], sides[j], pow(10, 6 * (k - 1)), 500, 30);
                for (int row = 0; row < ROWS && i == 0; ++row) {
                    CHECK_EQUAL(c.d[row], 1);
                }
                scs_arena_release(&c.arena);
            }
        }
    }
}

/* Half of the way back, on a logarithmic scale, but for what has not been there. */
static void relaxes_what_went_to_the_point(void) {
    static scs_int order[] = {4};
    const ScsCone cones[] = {polyhedral, {.z = 1, .l = 7, .q = order, .qsize = 1}};
    for (int k = 0; k < 2; ++k) {
        Case c;
        double next[ROWS];
        set_up(&c, &cones[k]);
        for (int i = 0; i < ROWS; ++i) {
            c.d[i] = i % 2 ? 1e-6 : 100;
        }
        scs_multipliers_relax(&c.cones, c.d, ROWS, next);
        for (int i = 0; i < ROWS; ++i) {
            const bool relaxed = k == 0 && i >= FIRST;
            CHECK_NEAR(next[i], relaxed ? sqrt(c.d[i]) : c.d[i], 1e-12);
        }
        scs_arena_release(&c.arena);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"inequalities reach the scaling point", inequalities_reach_the_scaling_point},
        {"boxes scale with t", boxes_scale_with_t},
        {"steps grow with the iterations", steps_grow_with_the_iterations},
        {"curved cones keep inequalities together",
         curved_cones_keep_inequalities_together},
        {"stays finite", stays_finite},
        {"relaxes what went to the point", relaxes_what_went_to_the_point},
    };
    return CHECK_RUN(cases);
}
