/* SPDX-License-Identifier: MIT
 *
 * Reductions keep eight partial sums: strict floating-point rules forbid the compiler to
 * make them itself, and eight fill the vector units and hide the latency of additions.
 */
#include "la/vec.h"

#include <math.h>
#include <string.h>

enum { LANES = 8 };

static scs_float sum_lanes(const scs_float *part) {
    return ((part[0] + part[4]) + (part[2] + part[6])) +
           ((part[1] + part[5]) + (part[3] + part[7]));
}

scs_float scs_vec_dot(const scs_float *x, const scs_float *y, ptrdiff_t n) {
    scs_float part[LANES] = {0};
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (int k = 0; k < LANES; ++k) {
            part[k] += x[i + k] * y[i + k];
        }
    }
    scs_float tail = 0;
    for (; i < n; ++i) {
        tail += x[i] * y[i];
    }
    return sum_lanes(part) + tail;
}

scs_float scs_vec_norm2(const scs_float *x, ptrdiff_t n) {
    return sqrt(scs_vec_dot(x, x, n));
}

scs_float scs_vec_distance2(const scs_float *x, const scs_float *y, ptrdiff_t n) {
    scs_float part[LANES] = {0};
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (int k = 0; k < LANES; ++k) {
            const scs_float d = x[i + k] - y[i + k];
            part[k] += d * d;
        }
    }
    scs_float tail = 0;
    for (; i < n; ++i) {
        tail += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return sqrt(sum_lanes(part) + tail);
}

scs_float scs_vec_norm_inf(const scs_float *x, ptrdiff_t n) {
    scs_float largest = 0;
    scs_float poison = 0; /* becomes NaN as soon as an entry is NaN or infinite */
    for (ptrdiff_t i = 0; i < n; ++i) {
        const scs_float a = fabs(x[i]);
        largest = a > largest ? a : largest;
        poison += 0 * x[i];
    }
    return isfinite(largest) ? largest + poison : largest;
}

void scs_vec_axpy(scs_float a, const scs_float *x, scs_float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; ++i) {
        y[i] += a * x[i];
    }
}

void scs_vec_scale(scs_float a, scs_float *x, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; ++i) {
        x[i] *= a;
    }
}

void scs_vec_multiply(const scs_float *d, scs_float *x, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; ++i) {
        x[i] *= d[i];
    }
}

void scs_vec_fill(scs_float a, scs_float *x, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; ++i) {
        x[i] = a;
    }
}

void scs_vec_copy(const scs_float *x, scs_float *y, ptrdiff_t n) {
    if (n > 0) {
        memmove(y, x, (size_t)n * sizeof *x);
    }
}

ptrdiff_t scs_vec_find_nonfinite(const scs_float *x, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; ++i) {
        if (!isfinite(x[i])) {
            return i;
        }
    }
    return -1;
}
