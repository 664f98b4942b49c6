/* SPDX-License-Identifier: MIT
 *
 * A box between two rows of other cones, whose t the data fix.
 */
#include "solver/ray.h"

#include "cones/cone_set.h"
#include "support/check.h"

#include <math.h>

enum { ROWS = 8, FIRST = 1, BOX = 6 }; /* and one row behind */

typedef struct {
    ScsArena arena;
    ScsConeSet cones;
    double along[ROWS];
    double w[ROWS];
    ScsRay ray;
} Case;

static scs_int last[] = {1};
static double low[] = {-1, -2, 0, 0.5, -INFINITY};
static double high[] = {1, 3, 4, 0.5, 7};

/* t = 2; rows 3 and 4 of the problem are at their bounds, row 5 is fixed. */
static const double s_at[ROWS] = {0, 2, 1, -4, 8, 1, 3, 5};
static const double y_at[ROWS] = {3, 11, 0, 2, -1.5, -6, 0, 0};

static const ScsConeBlock *box(const Case *c) { return &c->cones.blocks[1]; }

static bool open(Case *c, const ScsMatrix *a) {
    const ScsCone cone = {
        .z = 1, .bl = low, .bu = high, .bsize = BOX, .q = last, .qsize = 1};
    *c = (Case){.ray = {.rows = 0}};
    c->ray.along = c->along;
    CHECK(scs_cone_set_build(&c->cones, &cone, ROWS, NULL, &c->arena, NULL) == SCS_OK);
    const ScsConeBlock *block = box(c);
    CHECK_EQUAL(block->first, FIRST);
    CHECK_EQUAL(block->kind->linearise(block, s_at + FIRST, y_at + FIRST, c->w + FIRST),
                SCS_BOUNDARY_RAY);
    return scs_ray_follow(&c->ray, block, a, c->w + FIRST, s_at + FIRST);
}

/* Two columns; the second has a number in the row of t. */
static scs_int starts[] = {0, 2, 4};
static scs_int rows[] = {0, 3, 1, 4};
static double values[] = {1, 2, 0, 4};
static const ScsMatrix matrix = {
    .m = ROWS, .n = 2, .p = starts, .i = rows, .x = values};

static void needs_an_empty_row(void) {
    Case c;
    values[2] = 1e-9;
    CHECK(!open(&c, &matrix));
    CHECK_EQUAL(c.ray.rows, 0);
    scs_arena_release(&c.arena);
    values[2] = 0;
    CHECK(open(&c, &matrix));
    CHECK_EQUAL(c.ray.rows, BOX);
    scs_arena_release(&c.arena);
}

/* ds = 0.3 times the ray, where rows are active, beside A dx. */
static void knows_the_motion_of_s(void) {
    Case c;
    CHECK(open(&c, &matrix));
    const double adx[ROWS] = {5, 0, 6, 7, 8, 9, 10, 11};
    const double ds[ROWS] = {0, 0.6, 0, -1.2, 2.4, 0.3, 0, 0};
    double rest[ROWS];
    for (int i = 0; i < ROWS; ++i) {
        rest[i] = adx[i] + ds[i];
    }
    scs_ray_enter(&c.ray, rest);
    for (int i = 0; i < ROWS; ++i) {
        CHECK_NEAR(rest[i], adx[i], 1e-14);
    }
    scs_arena_release(&c.arena);
}

static void makes_dy_normal(void) {
    Case c;
    CHECK(open(&c, &matrix));
    const double given[ROWS] = {1, 99, 0, 0.25, -3, 8, 0, 4};
    double dy[ROWS];
    double product = 0;
    for (int i = 0; i < ROWS; ++i) {
        dy[i] = given[i];
    }
    scs_ray_leave(&c.ray, dy);
    for (int i = 0; i < ROWS; ++i) {
        CHECK(i == FIRST || dy[i] == given[i]);
        product += i == 0 || i == ROWS - 1 ? 0 : s_at[i] * dy[i];
    }
    CHECK_NEAR(product, 0, 1e-13);
    scs_arena_release(&c.arena);
}

static void keeps_s_on_the_ray(void) {
    Case c;
    CHECK(open(&c, &matrix));
    const double b[ROWS] = {7, 1, 7, 7, 7, 7, 7, 7};
    double s[ROWS] = {4, 0, 0.1, 0, 0, 0, 0.2, 5};
    static const double expected[ROWS] = {4, 1, 0.1, -2, 4, 0.5, 0.2, 5};
    scs_ray_keep(&c.ray, b, s);
    for (int i = 0; i < ROWS; ++i) {
        CHECK_NEAR(s[i], expected[i], 1e-15);
    }
    scs_arena_release(&c.arena);
}

/* A point far outside: only t stays, and both parts are as precise as if it had been fixed
 * from the start. */
static void projects_with_t_fixed(void) {
    Case c;
    CHECK(open(&c, &matrix));
    double r[ROWS] = {1, 0.5, 2, 1, 3, 1, 1, 1};
    const double s_wanted[ROWS] = {0, 1, 40, -9, 2, 0, 3, 0};
    static const double s_nearest[ROWS] = {0, 1, 1, -2, 2, 0.5, 3, 0};
    double y[ROWS], s[ROWS], v[ROWS];
    scs_ray_stiffen(&c.ray, r);
    for (int i = 0; i < ROWS; ++i) {
        v[i] = -s_wanted[i] / r[i];
        y[i] = v[i];
    }
    CHECK(scs_cone_set_project_dual(&c.cones, y, r, NULL) == SCS_OK);
    for (int i = 0; i < ROWS; ++i) {
        s[i] = r[i] * (y[i] - v[i]);
    }
    scs_ray_complete(&c.ray, s, y);
    double slope = 0;
    for (int i = FIRST; i < FIRST + BOX; ++i) {
        CHECK_NEAR(s[i], s_nearest[i], 1e-5);
        slope -= i > FIRST ? y[i] * s_nearest[i] : 0;
    }
    CHECK_NEAR(y[FIRST], slope, 1e-4);
    double product = 0;
    for (int i = FIRST; i < FIRST + BOX; ++i) {
        product += y[i] * s[i];
    }
    CHECK_NEAR(product, 0, 1e-13);
    scs_arena_release(&c.arena);
}

static void does_nothing_without_a_ray(void) {
    const ScsRay none = {.rows = 0};
    double v[] = {1, 2, 3};
    const double b[] = {4, 5, 6};
    scs_ray_enter(&none, v);
    scs_ray_leave(&none, v);
    scs_ray_keep(&none, b, v);
    scs_ray_stiffen(&none, v);
    scs_ray_complete(&none, b, v);
    for (int i = 0; i < 3; ++i) {
        CHECK_EQUAL(v[i], i + 1);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"needs an empty row", needs_an_empty_row},
        {"knows the motion of s", knows_the_motion_of_s},
        {"makes dy normal", makes_dy_normal},
        {"keeps s on the ray", keeps_s_on_the_ray},
        {"projects with t fixed", projects_with_t_fixed},
        {"does nothing without a ray", does_nothing_without_a_ray},
    };
    return CHECK_RUN(cases);
}
