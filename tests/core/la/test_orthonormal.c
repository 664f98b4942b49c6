/* SPDX-License-Identifier: MIT */
#include "core/la/tridiagonals.h"
#include "la/orthonormal.h"
#include "support/check.h"

#include <stdlib.h>

enum { N = 40, K = 9, SPACE = N * K + SCS_DENSE_SLACK };

static double overlap(const double *v, int a, int b) {
    double product = 0;
    for (int i = 0; i < N; ++i) {
        product += v[a * N + i] * v[b * N + i];
    }
    return product;
}

/* K columns of norm 1 whose overlaps are about `size`. */
static void make(double *v, double size) {
    uint64_t seed = 3;
    for (int k = 0; k < K; ++k) {
        double square = 0;
        for (int i = 0; i < N; ++i) {
            v[k * N + i] = (i == 2 * k) + size * tridiagonal_uniform(&seed);
            square += v[k * N + i] * v[k * N + i];
        }
        for (int i = 0; i < N; ++i) {
            v[k * N + i] /= sqrt(square);
        }
    }
}

static void check_polish(const ScsProducts *by) {
    const double sizes[] = {0, 1e-15, 1e-12, 1e-8, 1e-5, 1e-2, 0.1};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s) {
        double input[N * K], first[SPACE], second[SPACE], gram[K * K];
        double *vectors = first;
        double *spare = second;
        make(input, sizes[s]);
        memcpy(first, input, sizeof input);
        CHECK(scs_orthonormal_polish(N, K, &vectors, &spare, gram, by));
        CHECK(vectors != spare);
        for (int a = 0; a < K; ++a) {
            for (int b = 0; b <= a; ++b) {
                CHECK_NEAR(overlap(vectors, a, b), a == b, 2e-14);
            }
            for (int i = 0; i < N; ++i) { /* no column moves by more than it must */
                CHECK_NEAR(vectors[a * N + i], input[a * N + i], 2 * sizes[s] + 1e-14);
            }
        }
    }
}

static void polishes(void) {
    const ScsProducts own = scs_products_by(NULL);
    check_polish(&own);
    const ScsProducts linked = scs_products_by(scs_lapack_linked());
    check_polish(&linked);
}

static void refuses_dependent_columns(void) {
    const ScsProducts by = scs_products_by(NULL);
    double first[SPACE], second[SPACE], gram[K * K];
    double *vectors = first;
    double *spare = second;
    make(first, 0);
    memcpy(first + N, first, N * sizeof *first);
    CHECK(!scs_orthonormal_polish(N, K, &vectors, &spare, gram, &by));
    first[0] = NAN;
    CHECK(!scs_orthonormal_polish(N, K, &vectors, &spare, gram, &by));
}

int main(void) {
    static const CheckCase cases[] = {
        {"polishes", polishes},
        {"refuses dependent columns", refuses_dependent_columns},
    };
    return CHECK_RUN(cases);
}
