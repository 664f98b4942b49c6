/* SPDX-License-Identifier: MIT */
#include "core/cones/boundary_check.h"
#include "core/cones/projection_check.h"

/* The larger root of X (X - x) = c, and X - x. */
static long double side(long double x, long double c, long double *shift) {
    const long double larger = (fabsl(x) + sqrtl(x * x + 4 * c)) / 2;
    const long double smaller = larger > 0 ? c / larger : 0;
    *shift = x > 0 ? smaller : larger;
    return x > 0 ? larger : smaller;
}

/* The decomposition v = p - q the slow way, in long double, by halving. */
static void slow(long double a, const long double *v, long double *p, long double *q) {
    const long double x = v[0];
    const long double y = v[1];
    const long double z = fabsl(v[2]);
    for (int i = 0; i < 3; ++i) {
        p[i] = v[i];
        q[i] = 0;
    }
    if (x >= 0 && y >= 0 && powl(x, a) * powl(y, 1 - a) >= z) {
        return;
    }
    for (int i = 0; i < 3; ++i) {
        p[i] = 0;
        q[i] = -v[i];
    }
    const long double u = a > 0 ? powl(fmaxl(-x, 0) / a, a) : 1;
    const long double w = a < 1 ? powl(fmaxl(-y, 0) / (1 - a), 1 - a) : 1;
    if (x <= 0 && y <= 0 && u * w >= z) {
        return;
    }
    long double low = -11000;
    long double high = 11000;
    long double r = 0;
    long double d = 0;
    for (int step = 0; step < 200; ++step) {
        const long double logit = (low + high) / 2;
        const long double odds = expl(-fabsl(logit));
        r = z * (logit > 0 ? 1 : odds) / (1 + odds);
        d = z * (logit > 0 ? odds : 1) / (1 + odds);
        p[0] = side(x, a * r * d, &q[0]);
        p[1] = side(y, (1 - a) * r * d, &q[1]);
        if (powl(p[0], a) * powl(p[1], 1 - a) > r) {
            low = logit;
        } else {
            high = logit;
        }
    }
    p[2] = copysignl(r, v[2]);
    q[2] = -copysignl(d, v[2]);
}

static long double length(const long double *v) {
    return sqrtl(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

static long double outside_cone(long double a, const long double *v) {
    long double p[3], q[3];
    slow(a, v, p, q);
    return length(q);
}

static long double outside_polar(long double a, const long double *v) {
    const long double minus[3] = {-v[0], -v[1], -v[2]};
    long double p[3], q[3];
    slow(a, minus, p, q);
    return length(p);
}

static long double outside(const ScsCone *k, const long double *v, scs_int n) {
    (void)n;
    return k->p[0] < 0 ? outside_polar(-k->p[0], v) : outside_cone(k->p[0], v);
}

static long double outside_dual(const ScsCone *k, const long double *v, scs_int n) {
    (void)n;
    return k->p[0] < 0 ? outside_cone(-k->p[0], v) : outside_polar(k->p[0], v);
}

static void projects(void) {
    double exponents[] = {0.5, 0.25, 0.9,  0.01,  0.999, 1e-6, 1e-20,    1e-300,
                          0,   1,    -0.5, -0.01, -0.7,  -1,   1 - 1e-15};
    for (size_t i = 0; i < sizeof exponents / sizeof *exponents; ++i) {
        for (int wide = 0; wide < 3; ++wide) {
            const double spreads[] = {200, 3, 10};
            const ProjectionCase test = {
                .name = "power cone",
                .cone = {.p = &exponents[i], .psize = 1},
                .outside = outside,
                .outside_dual = outside_dual,
                .tolerance = 4e-15,
                .spread = spreads[wide],
            };
            projection_run(&test, 250);
        }
    }
}

/* Points p - q made from orthogonal points of the boundaries, so that the answer is
 * known: q is a multiple of the gradient (a r / X, (1 - a) r / Y, -1) at p. */
static void finds_points_of_the_boundary(void) {
    uint64_t seed = 5;
    for (int trial = 0; trial < 10000; ++trial) {
        double a[2] = {projection_uniform(&seed), 0};
        a[1] = -a[0];
        const ScsCone cone = {.p = a, .psize = 2};
        ScsArena arena = {0};
        ScsConeSet set;
        CHECK(scs_cone_set_build(&set, &cone, 6, NULL, &arena, NULL) == SCS_OK);
        const double spread = trial % 2 ? 1 : 20;
        const double x = fabs(projection_power(&seed, spread));
        const double y = fabs(projection_power(&seed, spread));
        const double r = pow(x, a[0]) * pow(y, 1 - a[0]);
        const double d = fabs(projection_power(&seed, spread));
        const double sign = trial % 3 ? 1 : -1;
        const double p[3] = {x, y, sign * r};
        const double q[3] = {a[0] * r / x * d, (1 - a[0]) * r / y * d, -sign * d};
        double v[6];
        const double metric[6] = {7, 7, 7, 1, 1, 1};
        for (int i = 0; i < 3; ++i) {
            v[i] = q[i] - p[i];
            v[3 + i] = p[i] - q[i];
        }
        const double unit = projection_largest(v, 6);
        CHECK(scs_cone_set_project_dual(&set, v, metric, NULL) == SCS_OK);
        for (int i = 0; i < 3; ++i) {
            CHECK_NEAR(v[i], q[i], 1e-14 * unit);
            CHECK_NEAR(v[3 + i], p[i], 1e-14 * unit);
        }
        scs_arena_release(&arena);
    }
}

static void refuses_bad_exponents(void) {
    double p[] = {0.5, 1.5, NAN};
    projection_refuses(&(ScsCone){.p = p, .psize = 2}, SCS_ERROR_CONE, "p",
                       "entry 1 is 1.5");
    p[1] = -1;
    projection_refuses(&(ScsCone){.p = p, .psize = 3}, SCS_ERROR_CONE, "p",
                       "entry 2 is nan");
    projection_refuses(&(ScsCone){.psize = 3}, SCS_ERROR_CONE, "p", "no values");
}

static void survives_numbers_that_are_none(void) {
    const double parameters[] = {0, 0.3, 0.9, 1, -0.3, -0.9};
    for (int i = 0; i < 6; ++i) {
        double p = parameters[i];
        projection_survives(&(ScsCone){.p = &p, .psize = 1}, 3, NULL);
    }
}

static void describes_its_boundary(void) {
    static const double exponents[] = {0.5, 0.1, 0.8, -0.3, -0.9};
    for (size_t k = 0; k < sizeof exponents / sizeof *exponents; ++k) {
        double p[] = {exponents[k]};
        boundary_run(&(ScsCone){.p = p, .psize = 1}, 3, true);
    }
}

/* A cone that is a polyhedron, and an edge, are beyond it. */
static void knows_what_it_cannot_describe(void) {
    double p[] = {0, 0.5};
    const double s[] = {1, 1, 1};
    const double y[] = {0, 1, -1};
    double w[3];
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &(ScsCone){.p = p, .psize = 2}, 6, NULL, &arena,
                             NULL) == SCS_OK);
    const ScsConeBlock *flat = &set.blocks[0];
    CHECK(flat->kind->linearise(flat, s, y, w) == SCS_BOUNDARY_UNKNOWN);
    const double on_edge[] = {1, 0, 0};
    const double off_edge[] = {0, 1, 0};
    const ScsConeBlock *round = &set.blocks[1];
    CHECK(round->kind->linearise(round, on_edge, off_edge, w) == SCS_BOUNDARY_UNKNOWN);
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"projects", projects},
        {"finds points of the boundary", finds_points_of_the_boundary},
        {"refuses bad exponents", refuses_bad_exponents},
        {"survives numbers that are none", survives_numbers_that_are_none},
        {"describes its boundary", describes_its_boundary},
        {"knows what it cannot describe", knows_what_it_cannot_describe},
    };
    return CHECK_RUN(cases);
}
