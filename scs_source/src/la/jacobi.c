/* SPDX-License-Identifier: MIT */
#include "la/jacobi.h"

#include "base/real.h"

#include <float.h>

enum { N = SCS_JACOBI_ORDER };

/* Make entry (p, q) zero. */
static void rotate(scs_float a[N][N], scs_float v[N][N], int p, int q) {
    const scs_float theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    const scs_float t = copysign(1, theta) / (fabs(theta) + sqrt(theta * theta + 1));
    const scs_float c = 1 / sqrt(t * t + 1);
    const scs_float s = t * c;
    const int other = N - p - q;
    const scs_float shift = t * a[p][q];
    a[p][p] -= shift;
    a[q][q] += shift;
    a[p][q] = a[q][p] = 0;
    const scs_float x = a[other][p];
    const scs_float y = a[other][q];
    a[other][p] = a[p][other] = c * x - s * y;
    a[other][q] = a[q][other] = s * x + c * y;
    for (int i = 0; i < N; ++i) {
        const scs_float left = v[i][p];
        const scs_float right = v[i][q];
        v[i][p] = c * left - s * right;
        v[i][q] = s * left + c * right;
    }
}

void scs_jacobi_three(scs_float a[N][N], scs_float v[N][N]) {
    enum { MOST_SWEEPS = 20 }; /* five are usual, for convergence is quadratic */
    static const int pairs[N][2] = {{0, 1}, {0, 2}, {1, 2}};
    scs_float norm = 0;
    for (int i = 0; i < N; ++i) {
        for (int j = 0; j < N; ++j) {
            norm = scs_max(norm, fabs(a[i][j]));
            v[i][j] = i == j ? 1 : 0;
        }
    }
    const scs_float nothing = 0.25 * DBL_EPSILON * norm;
    bool done = false;
    for (int sweep = 0; sweep < MOST_SWEEPS && !done; ++sweep) {
        done = true;
        for (int k = 0; k < N; ++k) {
            if (fabs(a[pairs[k][0]][pairs[k][1]]) > nothing) {
                rotate(a, v, pairs[k][0], pairs[k][1]);
                done = false;
            }
        }
    }
}
