/* SPDX-License-Identifier: MIT
 *
 * For a given u let z(u) be the best z. The derivative by u of what is left,
 *
 *     u - head - k theta - sum_i max(c_i - theta - u, 0),
 *
 * increases, and between its kinks it is linear; its root is found by following z(u) from
 * u = 0 on. At first z_i = u for the k largest numbers and 0 for the others. When u exceeds
 * the gap between number k and number k + 1, these two become the first members of the
 * middle part, in which 0 < z_i < u; as u grows further theta falls and theta + u rises, so
 * that the middle part can only grow, by the next number above or the next below. With a
 * numbers above it, m members and r = k - a,
 *
 *     theta = (middle sum - r u) / m,
 *     root  = (head + upper sum + r / m * middle sum) / (1 + a + r^2 / m).
 *
 * Related, for a given bound on the sum: Roth and Cui, "On O(n) algorithms for projection
 * onto the top-k-sum sublevel set" (2023).
 */
#include "cones/top_sum.h"

#include "base/real.h"

/* The numbers c[begin..end) are the middle part. */
typedef struct {
    scs_int begin, end;
    scs_float upper_sum, middle_sum;
} Middle;

static scs_float sum(const scs_float *c, scs_int n) {
    scs_float result = 0;
    for (scs_int i = 0; i < n; ++i) {
        result += c[i];
    }
    return result;
}

ScsTopSum scs_top_sum_solve(scs_float head, const scs_float *c, scs_int known,
                            scs_int k) {
    const scs_float upper_sum = sum(c, k);
    scs_float u = (head + upper_sum) / (scs_float)(k + 1);
    if (u <= 0) {
        return (ScsTopSum){0, c[0], 0};
    }
    if (known == k || u <= c[k - 1] - c[k]) { /* nothing in the middle */
        return (ScsTopSum){u, c[k - 1] - u, k};
    }
    Middle part = {k - 1, k + 1, sum(c, k - 1), c[k - 1] + c[k]};
    for (;;) {
        const scs_float size = (scs_float)(part.end - part.begin);
        const scs_float above = (scs_float)part.begin;
        const scs_float rest = (scs_float)(k - part.begin);
        u = (head + part.upper_sum + rest / size * part.middle_sum) /
            (1 + above + rest * rest / size);
        /* Where the next number above and the next below come in. */
        const scs_float up =
            part.begin > 0
                ? (size * c[part.begin - 1] - part.middle_sum) / (size - rest)
                : INFINITY;
        const scs_float down =
            part.end < known ? (part.middle_sum - size * c[part.end]) / rest : INFINITY;
        if (u <= up && u <= down) {
            return (ScsTopSum){scs_max(u, 0), (part.middle_sum - rest * u) / size,
                               part.end};
        }
        if (up <= down) {
            part.middle_sum += c[--part.begin];
            part.upper_sum -= c[part.begin];
        } else {
            part.middle_sum += c[part.end++];
        }
    }
}

scs_float scs_top_sum_part(const ScsTopSum *solution, scs_float c_i) {
    return scs_clamp(c_i - solution->theta, 0, solution->u);
}
