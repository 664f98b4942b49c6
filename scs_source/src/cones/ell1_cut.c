/* SPDX-License-Identifier: MIT
 *
 * The nearest point cuts the |w_i| off at the u >= 0 that minimises
 *
 *     1/2 (u - head)^2 + 1/2 sum_i max(|w_i| - u, 0)^2,
 *
 * the root of u = (head + sum over |w_i| > u of |w_i|) / (1 + how many they are). The
 * derivative is concave, so Newton's method, which solves this equation for the set cut
 * off at the last u, approaches the root from the left after its first step and ends at
 * it; see Condat, "Fast projection onto the simplex and the l1 ball", Mathematical
 * Programming 158 (2016), on this and its relatives.
 */
#include "cones/ell1_cut.h"

#include "base/real.h"

#include <float.h>

/* Where Newton's method goes from u, for unit times w. */
static scs_float newton(scs_float head, const scs_float *w, scs_int n, scs_float u,
                        scs_float unit) {
    enum { LANES = 4 }; /* partial sums, so that the compiler may use vectors */
    scs_float sum[LANES] = {0};
    scs_float many[LANES] = {0};
    scs_int i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (scs_int j = 0; j < LANES; ++j) {
            const scs_float size = unit * fabs(w[i + j]);
            const scs_float out = (scs_float)(size > u); /* no branch to mispredict */
            sum[j] += out * size;
            many[j] += out;
        }
    }
    for (; i < n; ++i) {
        const scs_float size = unit * fabs(w[i]);
        const scs_float out = (scs_float)(size > u);
        sum[0] += out * size;
        many[0] += out;
    }
    return (head + ((sum[0] + sum[1]) + (sum[2] + sum[3]))) /
           (1 + ((many[0] + many[1]) + (many[2] + many[3])));
}

/* The root in (low, high), from the guess u. Each step drops entries from the set, but
 * adversarial ones may leave one by one: halving the interval now and then bounds the
 * number of passes. */
static scs_float find_cut(scs_float head, const scs_float *w, scs_int n, scs_float high,
                          scs_float guess, scs_float unit) {
    enum { FREE_STEPS = 10, MOST_STEPS = 300 };
    scs_float low = 0;
    scs_float u = guess < high ? guess : 0;
    for (int k = 0; k < MOST_STEPS; ++k) {
        const scs_float next = newton(head, w, n, u, unit);
        if (fabs(next - u) <= 2 * DBL_EPSILON * u) {
            return next;
        }
        if (next >= u) {
            low = u;
        } else if (u > 0) {
            high = u;
        } else { /* the derivative is positive from 0 on */
            return 0;
        }
        const bool halve = k >= FREE_STEPS && k % 2;
        u = halve ? 0.5 * (low + high) : scs_max(next, low);
    }
    return u;
}

scs_float scs_ell1_cut_find(scs_float head, const scs_float *w, scs_int n,
                            scs_float largest, scs_float guess) {
    const bool huge = largest > 1e290 || head < -1e290; /* sums would overflow */
    if (!huge) {
        return find_cut(head, w, n, largest, guess, 1);
    }
    const scs_float unit = 0x1p-80;
    return find_cut(unit * head, w, n, unit * largest, 0, unit) / unit;
}
