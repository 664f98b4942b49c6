/* SPDX-License-Identifier: MIT */
#include "la/jacobi.h"
#include "support/check.h"

#include <float.h>
#include <stdint.h>

enum { N = SCS_JACOBI_ORDER };

static double uniform(uint64_t *seed) {
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*seed >> 11) / 9007199254740992.0 - 0.5;
}

/* A V = V L and V'V = I to a few units of rounding. */
static void check(double input[N][N]) {
    double a[N][N];
    double v[N][N];
    memcpy(a, input, sizeof a);
    double norm = 0;
    for (int i = 0; i < N * N; ++i) {
        norm = fmax(norm, fabs(input[i / N][i % N]));
    }
    scs_jacobi_three(a, v);
    for (int i = 0; i < N; ++i) {
        for (int j = 0; j < N; ++j) {
            double residual = -v[i][j] * a[j][j];
            double overlap = i == j ? -1 : 0;
            for (int k = 0; k < N; ++k) {
                residual += input[i][k] * v[k][j];
                overlap += v[k][i] * v[k][j];
            }
            CHECK_NEAR(residual, 0, 16 * DBL_EPSILON * norm);
            CHECK_NEAR(overlap, 0, 16 * DBL_EPSILON);
        }
    }
}

static void diagonalises(void) {
    uint64_t seed = 5;
    for (int round = 0; round < 20000; ++round) {
        double a[N][N];
        for (int i = 0; i < N; ++i) {
            for (int j = i; j < N; ++j) {
                a[i][j] = a[j][i] = uniform(&seed) * pow(10, -(round % 40) * i);
            }
        }
        if (round % 3 == 0) { /* nearly a multiple of the identity */
            for (int i = 0; i < N; ++i) {
                for (int j = 0; j < N; ++j) {
                    a[i][j] = (i == j) + pow(10, -(round % 17)) * a[i][j];
                }
            }
        }
        check(a);
    }
}

static void special_matrices(void) {
    double zero[N][N] = {{0}};
    check(zero);
    double ones[N][N] = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    check(ones);
    double large[N][N] = {{1e100, -1e100, 1}, {-1e100, 1e100, 0}, {1, 0, 1e-100}};
    check(large);
    double swap[N][N] = {{0, 0, 1e-90}, {0, 1e-90, 0}, {1e-90, 0, 0}};
    check(swap);
}

int main(void) {
    static const CheckCase cases[] = {
        {"diagonalises", diagonalises},
        {"special matrices", special_matrices},
    };
    return CHECK_RUN(cases);
}
