/* SPDX-License-Identifier: MIT */
#include "core/cones/boundary_check.h"
#include "core/cones/projection_check.h"

/* The decomposition v = p - q the slow way, in long double: halving the interval that
 * holds the root, whose ends are found from the signs of a and b alone. */
static void slow(const long double *v, long double *p, long double *q) {
    const long double x = v[0];
    const long double y = v[1];
    const long double z = v[2];
    for (int i = 0; i < 3; ++i) {
        p[i] = v[i];
        q[i] = 0;
    }
    if ((y > 0 && y * expl(x / y) <= z) || (y == 0 && x <= 0 && z >= 0)) {
        return;
    }
    if ((x > 0 && x * expl(y / x) <= -expl(1) * z) || (x == 0 && y <= 0 && z <= 0)) {
        for (int i = 0; i < 3; ++i) {
            p[i] = 0;
            q[i] = -v[i];
        }
        return;
    }
    if (x <= 0 && y <= 0) {
        p[1] = 0;
        q[1] = -y;
        p[2] = fmaxl(z, 0);
        q[2] = p[2] - z;
        return;
    }
    const long double vast = sqrtl(LDBL_MAX);
    long double low = x > 0 ? 1 - y / x : -vast;
    long double high = y > 0 ? x / y : vast;
    long double rho = 0;
    for (int step = 0; step < 4000; ++step) {
        rho = (low + high) / 2;
        if (low < -1 && high > 1) {
            rho = 0;
        } else if (low < 0 && high < 0 && low < 2 * high) {
            rho = -sqrtl(low * high);
        } else if (low > 0 && high > 0 && high > 2 * low) {
            rho = sqrtl(low * high);
        }
        if (rho <= low || rho >= high) {
            break;
        }
        const long double square = rho * rho - rho + 1;
        const long double a = (y + (rho - 1) * x) / square;
        const long double b = (x - rho * y) / square;
        const long double primal = a > 0 ? a * expl(rho) : 0;
        const long double dual = b > 0 ? b * expl(-rho) : 0;
        if (primal - dual > z) {
            high = rho;
        } else {
            low = rho;
        }
    }
    const long double square = rho * rho - rho + 1;
    const long double a = (y + (rho - 1) * x) / square;
    const long double b = (x - rho * y) / square;
    if (rho > 0) {
        q[0] = -b;
        q[1] = b * (rho - 1);
        q[2] = b * expl(-rho);
    } else {
        q[0] = a * rho - x;
        q[1] = a - y;
        q[2] = a * expl(rho) - z;
    }
    for (int i = 0; i < 3; ++i) {
        p[i] = v[i] + q[i];
    }
}

static long double length(const long double *v) {
    return sqrtl(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

static long double outside_primal(const ScsCone *k, const long double *v, scs_int n) {
    (void)k, (void)n;
    long double p[3], q[3];
    slow(v, p, q);
    return length(q);
}

static long double outside_dual(const ScsCone *k, const long double *v, scs_int n) {
    (void)k, (void)n;
    const long double minus[3] = {-v[0], -v[1], -v[2]};
    long double p[3], q[3];
    slow(minus, p, q);
    return length(p);
}

static void projects(void) {
    const double spreads[] = {200, 3, 10, 0.5};
    for (int i = 0; i < 4; ++i) {
        const ProjectionCase primal = {
            .name = "exponential cone",
            .cone = {.ep = 1},
            .outside = outside_primal,
            .outside_dual = outside_dual,
            .tolerance = 2e-15,
            .spread = spreads[i],
        };
        projection_run(&primal, 4000);
        const ProjectionCase dual = {
            .name = "dual exponential cone",
            .cone = {.ed = 1},
            .outside = outside_dual,
            .outside_dual = outside_primal,
            .tolerance = 2e-15,
            .spread = spreads[i],
        };
        projection_run(&dual, 4000);
    }
}

/* Points p - q made from the rays of the boundary, so that the answer is known; rho over
 * the whole range in which its exponential is a number. */
static void finds_points_of_the_boundary(void) {
    uint64_t seed = 5;
    ScsArena arena = {0};
    ScsConeSet set;
    const ScsCone cone = {.ep = 1, .ed = 1};
    CHECK(scs_cone_set_build(&set, &cone, 6, NULL, &arena, NULL) == SCS_OK);
    const double r[6] = {1, 1, 1, 1, 1, 1};
    for (int trial = 0; trial < 20000; ++trial) {
        const double range = trial % 3 == 0 ? 2 : trial % 3 == 1 ? 30 : 600;
        const double rho = range * (2 * projection_uniform(&seed) - 1);
        const double a = fabs(projection_power(&seed, 8)) / exp(fmax(rho, 0));
        const double b = fabs(projection_power(&seed, 8)) / exp(fmax(-rho, 0));
        const double p[3] = {a * rho, a, a * exp(rho)};
        const double q[3] = {-b, b * (rho - 1), b * exp(-rho)};
        double y[6];
        for (int i = 0; i < 3; ++i) {
            y[i] = q[i] - p[i];
            y[3 + i] = p[i] - q[i];
        }
        const double unit = projection_largest(y, 6);
        if (trial % 2) {
            scs_cone_set_reset(&set);
        }
        CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
        for (int i = 0; i < 3; ++i) {
            CHECK_NEAR(y[i], q[i], 1e-14 * unit);
            CHECK_NEAR(y[3 + i], p[i], 1e-14 * unit);
        }
    }
    scs_arena_release(&arena);
}

static void knows_the_faces(void) {
    ScsArena arena = {0};
    ScsConeSet set;
    const ScsCone cone = {.ed = 5};
    CHECK(scs_cone_set_build(&set, &cone, 15, NULL, &arena, NULL) == SCS_OK);
    double r[15];
    for (int i = 0; i < 15; ++i) {
        r[i] = 3;
    }
    double y[15] = {-1, -2, 3, -1, -2, -3, 0, 1, 1, 1, 1, 2.718281828459046, 1, -1, -1};
    const double expected[15] = {-1, 0, 3, -1, 0, 0, 0, 1, 1, 1, 1, 2.718281828459046,
                                 0,  0, 0};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    for (int i = 0; i < 15; ++i) {
        CHECK_EQUAL(y[i], expected[i]);
    }
    scs_arena_release(&arena);
}

static void refuses_negative_counts(void) {
    projection_refuses(&(ScsCone){.ep = -1}, SCS_ERROR_CONE, "ep", "-1 is negative");
    projection_refuses(&(ScsCone){.ed = -2}, SCS_ERROR_CONE, "ed", "-2 is negative");
}

static void survives_numbers_that_are_none(void) {
    projection_survives(&(ScsCone){.ep = 1}, 3, NULL);
    projection_survives(&(ScsCone){.ed = 1}, 3, NULL);
}

static void describes_its_boundary(void) {
    boundary_run(&(ScsCone){.ep = 1}, 3, true);
    boundary_run(&(ScsCone){.ed = 1}, 3, true);
}

/* So far out on a ray that one of the numbers is zero the boundary is flat. */
static void describes_its_boundary_far_out(void) {
    static const struct {
        double s[3], y[3], w[3];
    } points[] = {
        {{-13, 0.25, 0}, {0, 0, 0.3}, {INFINITY, INFINITY, 0}},
        {{0, 0, 2}, {-1e-9, 1e-7, 0}, {0, 0, INFINITY}},
        {{-1, 0, 2}, {0, 3, 0}, {INFINITY, 0, INFINITY}},
        {{-1, 0, 0}, {0, 3, 2}, {INFINITY, 0, 0}},
    };
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &(ScsCone){.ep = 1}, 3, NULL, &arena, NULL) ==
          SCS_OK);
    const ScsConeBlock *block = &set.blocks[0];
    for (size_t k = 0; k < sizeof points / sizeof *points; ++k) {
        double w[3];
        CHECK(block->kind->linearise(block, points[k].s, points[k].y, w) ==
              SCS_BOUNDARY_FLAT);
        for (int i = 0; i < 3; ++i) {
            CHECK_EQUAL(w[i], points[k].w[i]);
        }
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"finds points of the boundary", finds_points_of_the_boundary},
        {"knows the faces", knows_the_faces},
        {"refuses negative counts", refuses_negative_counts},
        {"survives numbers that are none", survives_numbers_that_are_none},
        {"describes its boundary", describes_its_boundary},
        {"describes its boundary far out", describes_its_boundary_far_out},
    };
    return CHECK_RUN(cases);
}
