/* SPDX-License-Identifier: MIT */
#include "cones/top_sum.h"
#include "core/cones/projection_check.h"

static int descending(const void *a, const void *b) {
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x < y) - (x > y);
}

static double sorted_point(int trial, double spread, uint64_t *seed, double *c,
                           scs_int n) {
    double w[MOST_ROWS];
    projection_point(trial, spread, seed, w, n + 1);
    memcpy(c, w + 1, (size_t)n * sizeof *c);
    qsort(c, (size_t)n, sizeof *c, descending);
    return w[0];
}

/* The conditions for the least value: z is the point, and its multipliers fit. Those of
 * z_i <= u add up with k theta to u - head. */
static double failure(double head, const double *c, scs_int n, scs_int k,
                      ScsTopSum solution) {
    double unit = fmax(projection_largest(c, n), fabs(head));
    unit = unit > 0 ? unit : 1;
    const long double u = solution.u / unit;
    const long double theta = solution.theta / unit;
    long double sum = 0;
    long double pull = u - head / unit - k * theta;
    long double worst = fmaxl(-u, 0);
    for (scs_int i = 0; i < n; ++i) {
        const long double z = scs_top_sum_part(&solution, c[i]) / unit;
        const long double free = c[i] / unit - theta;
        worst = fmaxl(worst, fabsl(z - fminl(fmaxl(free, 0), u)));
        worst = fmaxl(worst, i >= solution.used ? z : 0);
        sum += z;
        pull -= fmaxl(free - u, 0);
    }
    if (u > 0) {
        worst = fmaxl(worst, fabsl(pull) / n);
    } else { /* in the polar cone: the k largest add up to -head at most */
        long double largest = head / unit;
        for (scs_int i = 0; i < k; ++i) {
            largest += c[i] / unit;
        }
        worst = fmaxl(worst, largest / n);
    }
    return (double)fmaxl(worst, fabsl(sum - k * u) / n);
}

static void meets_the_conditions(void) {
    uint64_t seed = 3;
    for (int trial = 0; trial < 60000; ++trial) {
        const scs_int n = 2 + trial % 40;
        const scs_int k = 1 + (trial / 7) % (n - 1);
        double c[MOST_ROWS];
        const double head =
            sorted_point(trial / 40, trial % 3 == 0 ? 200 : 4, &seed, c, n);
        const ScsTopSum solution = scs_top_sum_solve(head, c, n, k);
        const double off = failure(head, c, n, k, solution);
        if (!(off < 4e-16 * n)) {
            printf("  n = %d, k = %d, trial %d: off by %g\n", (int)n, (int)k, trial,
                   off);
            CHECK(off < 4e-16 * n);
            return;
        }
    }
}

static void needs_no_more_than_it_uses(void) {
    uint64_t seed = 31;
    int partial = 0;
    for (int trial = 0; trial < 20000; ++trial) {
        const scs_int n = 3 + trial % 40;
        const scs_int k = 1 + (trial / 5) % (n - 1);
        double c[MOST_ROWS];
        const double head = sorted_point(4, 1, &seed, c, n);
        const ScsTopSum all = scs_top_sum_solve(head, c, n, k);
        const scs_int known = all.used > k ? all.used : k;
        const ScsTopSum some = scs_top_sum_solve(head, c, known, k);
        CHECK(some.u == all.u && some.used == all.used);
        /* Too few: the first of the others exceeds theta, so that this is found out. */
        if (all.used > k) {
            const ScsTopSum few = scs_top_sum_solve(head, c, known - 1, k);
            CHECK(c[known - 1] > few.theta);
            ++partial;
        }
    }
    CHECK(partial > 1000);
}

static void knows_small_examples(void) {
    const double c[] = {5, 3, 1};
    /* Nothing in the middle: (u - 0)^2 + (u - 5)^2 is least at 2.5, but the gap is 2. */
    ScsTopSum solution = scs_top_sum_solve(0, c, 3, 1);
    CHECK_NEAR(solution.u, 8.0 / 3, 1e-15); /* then z = (2.333, .333, 0) */
    CHECK_EQUAL(solution.used, 2);
    solution = scs_top_sum_solve(-2, c, 3, 1);
    CHECK_NEAR(solution.u, 1.5, 1e-15);
    CHECK_EQUAL(solution.used, 1);
    CHECK_NEAR(scs_top_sum_part(&solution, 5), 1.5, 1e-15);
    CHECK_EQUAL(scs_top_sum_part(&solution, 3), 0);
    solution = scs_top_sum_solve(-5, c, 3, 1);
    CHECK_EQUAL(solution.u, 0);
    CHECK_EQUAL(solution.used, 0);
    /* On the cone already: z = c. */
    const double inside[] = {4, 3, 1, 0};
    solution = scs_top_sum_solve(4, inside, 4, 2);
    CHECK_NEAR(solution.u, 4, 1e-15);
    for (int i = 0; i < 4; ++i) {
        CHECK_NEAR(scs_top_sum_part(&solution, inside[i]), inside[i], 2e-15);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"meets the conditions", meets_the_conditions},
        {"needs no more than it uses", needs_no_more_than_it_uses},
        {"knows small examples", knows_small_examples},
    };
    return CHECK_RUN(cases);
}
