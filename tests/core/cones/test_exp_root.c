/* SPDX-License-Identifier: MIT */
#include "cones/exp_root.h"
#include "core/cones/projection_check.h"

static const double guesses[] = {NAN, 0,     1,      -1,       40,
                                 -40, 1e300, -1e300, INFINITY, -INFINITY};
enum { GUESSES = sizeof guesses / sizeof *guesses, NEAR = 8 };

/* The guess number i: some next to the root, at distances of 1e-14 to 1, and some anywhere. */
static double guess_for(int i, double rho, uint64_t *seed) {
    if (i >= NEAR) {
        return guesses[i - NEAR];
    }
    return rho +
           pow(10, -2.0 * i) * (2 * projection_uniform(seed) - 1) * fmax(1, fabs(rho));
}

/* How much rho changes when v = a p - b q does by its own length: only what is orthogonal to
 * p and q, along n, tells. */
static long double sensitivity(double rho, double a, double b) {
    const long double power = expl(rho);
    const long double p[3] = {rho, 1, power};
    const long double q[3] = {-1, rho - 1, 1 / power};
    const long double n[3] = {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2],
                              p[0] * q[1] - p[1] * q[0]};
    const long double slope[3] = {a, -b, a * power + b / power};
    long double across = 0;
    long double normal = 0;
    long double length = 0;
    for (int i = 0; i < 3; ++i) {
        across += n[i] * slope[i];
        normal += n[i] * n[i];
        length += (a * p[i] - b * q[i]) * (a * p[i] - b * q[i]);
    }
    return sqrtl(length) * sqrtl(normal) / fabsl(across);
}

static void check_root(double rho, double a, double b, double unit, uint64_t *seed) {
    const double primal = a * exp(rho);
    const double dual = b * exp(-rho);
    const ScsExpPoint v = {unit * (a * rho + b), unit * (a - b * (rho - 1)),
                           unit * (primal - dual)};
    const double tolerance = 2e-15 * (double)(fabs(rho) + sensitivity(rho, a, b));
    for (int i = 0; i < NEAR + GUESSES; ++i) {
        CHECK_NEAR(scs_exp_root_find(v, guess_for(i, rho, seed)), rho, tolerance);
    }
}

/* Both parts of any size, v up to both ends of what is allowed. */
static void finds_the_root(void) {
    uint64_t seed = 21;
    for (int trial = 0; trial < 10000; ++trial) {
        const double range = trial % 3 == 0 ? 2 : trial % 3 == 1 ? 30 : 600;
        const double rho = range * (2 * projection_uniform(&seed) - 1);
        const double a = fabs(projection_power(&seed, 8)) / exp(fmax(rho, 0));
        const double b = fabs(projection_power(&seed, 8)) / exp(fmax(-rho, 0));
        const double unit = trial % 4 ? 1 : fabs(projection_power(&seed, 80));
        check_root(rho, a, b, unit, &seed);
    }
}

/* Far out on the rays an exponential is nothing: the root is the end of the interval. */
static void finds_the_end_of_the_interval(void) {
    uint64_t seed = 22;
    for (int trial = 0; trial < 2000; ++trial) {
        const double far = 800 + fabs(projection_power(&seed, 6));
        const double z = trial % 2 ? projection_uniform(&seed) : 0;
        for (int i = 0; i < NEAR + GUESSES; ++i) {
            const double below = guess_for(i, -far, &seed);
            CHECK_NEAR(scs_exp_root_find((ScsExpPoint){-1, 1 / far, -z}, below), -far,
                       4e-16 * far);
            const double above = guess_for(i, 1 + far, &seed);
            CHECK_NEAR(scs_exp_root_find((ScsExpPoint){1, -far, z}, above), 1 + far,
                       4e-16 * far);
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"finds the root", finds_the_root},
        {"finds the end of the interval", finds_the_end_of_the_interval},
    };
    return CHECK_RUN(cases);
}
