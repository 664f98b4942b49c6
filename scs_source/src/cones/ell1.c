/* SPDX-License-Identifier: MIT
 *
 * The l1 norm cone {(t, x): |x|_1 <= t}, whose dual {(u, y): |y_i| <= u} is what has to be
 * projected on. The nearest point cuts the |w_i| off at the u >= 0 that minimises
 *
 *     1/2 (u - w_0)^2 + 1/2 sum_i max(|w_i| - u, 0)^2,
 *
 * the root of u = (w_0 + sum over |w_i| > u of |w_i|) / (1 + how many they are). The
 * derivative is concave, so Newton's method, which solves this equation for the set cut
 * off at the last u, approaches the root from the left after its first step and ends at
 * it; see Condat, "Fast projection onto the simplex and the l1 ball", Mathematical
 * Programming 158 (2016), on this and its relatives.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "la/vec.h"

#include <float.h>

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_sizes("ell1", k->ell1, k->ell1_size, 1, error);
}

static scs_int count(const ScsCone *k) { return k->ell1_size; }

static int64_t rows(const ScsCone *k, scs_int i) { return (int64_t)k->ell1[i] + 1; }

/* Where Newton's method goes from u. */
static scs_float newton(scs_float head, const scs_float *w, scs_int n, scs_float u) {
    enum { LANES = 4 }; /* partial sums, so that the compiler may use vectors */
    scs_float sum[LANES] = {0};
    scs_float many[LANES] = {0};
    scs_int i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (scs_int j = 0; j < LANES; ++j) {
            const scs_float size = fabs(w[i + j]);
            const scs_float out = (scs_float)(size > u); /* no branch to mispredict */
            sum[j] += out * size;
            many[j] += out;
        }
    }
    for (; i < n; ++i) {
        const scs_float size = fabs(w[i]);
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
                          scs_float guess) {
    enum { FREE_STEPS = 10, MOST_STEPS = 300 };
    scs_float low = 0;
    scs_float u = guess < high ? guess : 0;
    for (int k = 0; k < MOST_STEPS; ++k) {
        const scs_float next = newton(head, w, n, u);
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

/* The same for numbers whose sums would overflow; y is overwritten. */
static scs_float find_cut_scaled(scs_float *y, scs_int n, scs_float largest) {
    const scs_float unit = 0x1p-80;
    scs_vec_scale(unit, y, n + 1);
    const scs_float cut = find_cut(y[0], y + 1, n, unit * largest, 0);
    scs_vec_scale(1 / unit, y, n + 1);
    return cut / unit;
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    (void)error;
    const scs_int n = block->rows - 1;
    scs_float *w = y + 1;
    scs_float *last_cut = block->state;
    const scs_float largest = scs_vec_norm_inf(w, n);
    if (largest <= y[0]) {
        return SCS_OK;
    }
    const bool huge = largest > 1e290 || y[0] < -1e290;
    const scs_float cut = huge ? find_cut_scaled(y, n, largest)
                               : find_cut(y[0], w, n, largest, *last_cut);
    *last_cut = cut;
    y[0] = cut;
    for (scs_int i = 0; i < n; ++i) {
        w[i] = scs_clamp(w[i], -cut, cut);
    }
    return SCS_OK;
}

static void reset(ScsConeBlock *block) {
    scs_float *last_cut = block->state;
    *last_cut = 0;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    (void)lapack;
    (void)k;
    block->state = SCS_NEW(arena, scs_float, 1); /* zeroed: no guess */
}

const ScsConeKind scs_cone_ell1 = {
    .name = "l1 norm cones",
    .separable = false,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .setup = setup,
    .reset = reset,
    .project_dual = project_dual,
};
