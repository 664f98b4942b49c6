/* SPDX-License-Identifier: MIT */
#include "cones/gram_cut.h"
#include "core/cones/projection_check.h"

enum { M = 9, N = 6, ROWS = 1 + M * N };

/* Orthonormal columns: a product of reflections applied to those of the identity. */
static void orthonormal(scs_int m, scs_int n, uint64_t *seed, double *q) {
    memset(q, 0, (size_t)(m * n) * sizeof *q);
    for (scs_int j = 0; j < n; ++j) {
        q[j + m * j] = 1;
    }
    for (int k = 0; k < 3; ++k) {
        double normal[M];
        double square = 0;
        for (scs_int i = 0; i < m; ++i) {
            normal[i] = projection_normal(seed);
            square += normal[i] * normal[i];
        }
        for (scs_int j = 0; j < n; ++j) {
            double product = 0;
            for (scs_int i = 0; i < m; ++i) {
                product += normal[i] * q[i + m * j];
            }
            for (scs_int i = 0; i < m; ++i) {
                q[i + m * j] -= 2 * product / square * normal[i];
            }
        }
    }
}

static void compose(const double *u, const double *values, const double *v, double *x) {
    for (int j = 0; j < N; ++j) {
        for (int i = 0; i < M; ++i) {
            long double sum = 0;
            for (int l = 0; l < N; ++l) {
                sum += (long double)u[i + M * l] * values[l] * v[j + N * l];
            }
            x[i + M * j] = (double)sum;
        }
    }
}

/* The cut for descending values, one after the other. */
static double slow_cut(double head, const double *values) {
    double sum = head;
    int many = 0;
    while (many < N && sum < (many + 1) * values[many]) {
        sum += values[many++];
    }
    return fmax(sum / (many + 1), 0);
}

static void cuts_known_matrices(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    ScsArena arena = {0};
    ScsGramCut *gram = scs_gram_cut_new(&arena, M, N, lapack);
    CHECK(gram != NULL);
    uint64_t seed = 9;
    int accepted = 0;
    int refused = 0;
    double last = 0;
    for (int trial = 0; trial < 3000; ++trial) {
        double u[M * N], v[N * N], values[N], x[M * N], y[ROWS], expected[ROWS];
        orthonormal(M, N, &seed, u);
        orthonormal(N, N, &seed, v);
        for (int i = 0; i < N; ++i) { /* some of them equal or zero */
            const double ratio = trial % 4 == 0 ? 1 : projection_uniform(&seed);
            values[i] = i == 0 ? 1 : values[i - 1] * ratio * (trial % 9 ? 1 : i != 3);
        }
        y[0] = 3 * projection_uniform(&seed) - 1.8;
        compose(u, values, v, x);
        memcpy(y + 1, x, sizeof x);
        const double head = y[0];
        const double wanted = slow_cut(head, values);
        bool done;
        const long before = projection_allocations;
        CHECK(scs_gram_cut_project(gram, y, &last, &done, NULL) == SCS_OK);
        CHECK(projection_allocations == before);
        if (!done) {
            ++refused;
            CHECK(wanted < 0.06);
            CHECK(y[0] == head && memcmp(y + 1, x, sizeof x) == 0);
            continue;
        }
        ++accepted;
        for (int i = 0; i < N; ++i) {
            values[i] = fmin(values[i], head > 1 ? 1 : wanted);
        }
        expected[0] = head > 1 ? head : wanted;
        compose(u, values, v, expected + 1);
        for (int i = 0; i < ROWS; ++i) {
            CHECK_NEAR(y[i], expected[i], 5e-14);
        }
        if (trial % 5 == 0) {
            scs_gram_cut_reset(gram);
            last = 0;
        }
    }
    CHECK(accepted > 1500);
    CHECK(refused > 100);
    scs_arena_release(&arena);
}

static void leaves_extreme_numbers_alone(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    ScsArena arena = {0};
    ScsGramCut *gram = scs_gram_cut_new(&arena, M, N, lapack);
    const double sizes[] = {0, 1e-60, 1e60};
    for (int s = 0; s < 3; ++s) {
        double y[ROWS] = {0};
        y[1] = sizes[s];
        double cut = 0;
        bool done = true;
        CHECK(scs_gram_cut_project(gram, y, &cut, &done, NULL) == SCS_OK);
        CHECK(!done && y[0] == 0 && y[1] == sizes[s] && cut == 0);
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"cuts known matrices", cuts_known_matrices},
        {"leaves extreme numbers alone", leaves_extreme_numbers_alone},
    };
    return CHECK_RUN(cases);
}
