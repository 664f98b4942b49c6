/* SPDX-License-Identifier: MIT */
#include "cones/ell1_cut.h"
#include "core/cones/projection_check.h"

/* The derivative that vanishes at the cut, u - head - sum_i max(|w_i| - u, 0). */
static long double derivative(double head, const double *w, scs_int n, long double u) {
    long double value = u - head;
    for (scs_int i = 0; i < n; ++i) {
        value -= fmaxl(fabsl((long double)w[i]) - u, 0);
    }
    return value;
}

static void finds_the_root(void) {
    uint64_t seed = 12;
    for (int trial = 0; trial < 20000; ++trial) {
        const scs_int n = 1 + trial % (MOST_ROWS - 1);
        double w[MOST_ROWS];
        projection_point(trial, trial % 2 ? 200 : 4, &seed, w, n + 1);
        const double largest = projection_largest(w + 1, n);
        if (largest <= w[0]) {
            continue;
        }
        const double cut = scs_ell1_cut_find(w[0], w + 1, n, largest, 0);
        const double guess = scs_ell1_cut_find(w[0], w + 1, n, largest, 0.7 * largest);
        const double unit = fmax(largest, fabs(w[0]));
        CHECK_NEAR(cut, guess, 2e-15 * unit);
        CHECK(cut >= 0 && cut <= largest);
        const long double off = derivative(w[0], w + 1, n, cut);
        CHECK(cut == 0 ? off >= -1e-14L * n * unit : fabsl(off) <= 1e-14L * n * unit);
    }
}

static void takes_the_largest_numbers(void) {
    const double w[] = {DBL_MAX, -DBL_MAX, DBL_MAX, DBL_MAX};
    CHECK_NEAR(scs_ell1_cut_find(0, w, 4, DBL_MAX, 0), 0.8 * DBL_MAX, 1e-15 * DBL_MAX);
    CHECK_EQUAL(scs_ell1_cut_find(-DBL_MAX, w, 1, DBL_MAX, 0), 0);
    CHECK_EQUAL(scs_ell1_cut_find(-DBL_MAX, (double[]){1}, 1, 1, 0.5), 0);
}

int main(void) {
    static const CheckCase cases[] = {
        {"finds the root", finds_the_root},
        {"takes the largest numbers", takes_the_largest_numbers},
    };
    return CHECK_RUN(cases);
}
