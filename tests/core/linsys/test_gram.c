/* SPDX-License-Identifier: MIT
 *
 * Both complements of random matrices with full and nearly empty vectors.
 */
#include "linsys/gram.h"

#include "support/check.h"
#include "systems.h"

/* A with rows and columns of every density: from none to all of their entries. */
static ScsMatrix mixed_matrix(Random *random, scs_int m, scs_int n) {
    double *dense = (double *)calloc((size_t)m * (size_t)n + 1, sizeof *dense);
    for (scs_int i = 0; i < m; ++i) {
        const double row = random_unit(random);
        for (scs_int j = 0; j < n; ++j) {
            const double density = i % 3 ? row * row * row : j % 4 ? 1 : 0.1;
            dense[i + (ptrdiff_t)j * m] =
                random_unit(random) < density ? 2 * random_unit(random) - 1 : 0;
        }
    }
    ScsMatrix a = matrix_from_dense(dense, m, n);
    free(dense);
    return a;
}

/* Entry (i, j) of A' R^-1 A, or of A D^-1 A' if dual. */
static double *expected_squares(const ScsMatrix *a, bool dual, const double *divisor) {
    const scs_int order = dual ? a->m : a->n;
    double *dense = (double *)calloc((size_t)a->m * (size_t)a->n + 1, sizeof *dense);
    double *squares =
        (double *)calloc((size_t)order * (size_t)order + 1, sizeof *dense);
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            dense[a->i[k] + (ptrdiff_t)j * a->m] = a->x[k];
        }
    }
    const ptrdiff_t step = dual ? 1 : a->m; /* from entry to entry of a vector */
    const ptrdiff_t jump = dual ? a->m : 1; /* from vector to vector */
    for (scs_int v = 0; v < (dual ? a->n : a->m); ++v) {
        const double *const vector = dense + v * jump;
        for (scs_int j = 0; j < order; ++j) {
            for (scs_int i = 0; i < order; ++i) {
                squares[i + (ptrdiff_t)j * order] +=
                    vector[i * step] * vector[j * step] / divisor[v];
            }
        }
    }
    free(dense);
    return squares;
}

static void check_sizes(Random *random, scs_int m, scs_int n, bool dual,
                        double density) {
    ScsMatrix a =
        density > 0 ? random_matrix(random, m, n, density) : mixed_matrix(random, m, n);
    ScsArena arena = {0};
    ScsGram gram;
    ScsDenseFactor c;
    const scs_int order = dual ? m : n;
    const scs_int vectors = dual ? n : m;
    scs_gram_create(&gram, &a, dual, &arena);
    scs_dense_factor_create(&c, order, &arena);
    double *divisor = SCS_NEW(&arena, double, vectors);
    if (!CHECK(!arena.failed)) {
        return;
    }
    for (scs_int turn = 0; turn < 2; ++turn) { /* it can be done again */
        for (scs_int v = 0; v < vectors; ++v) {
            divisor[v] = pow(10, 2 * random_unit(random) - 1);
        }
        double *expected = expected_squares(&a, dual, divisor);
        scs_dense_factor_clear(&c);
        scs_gram_add(&gram, divisor, &c);
        for (scs_int j = 0; j < order; ++j) {
            for (scs_int i = j; i < order; ++i) {
                CHECK_NEAR(*scs_dense_factor_entry(&c, i, j),
                           expected[i + (ptrdiff_t)j * order], 1e-10);
            }
        }
        free(expected);
        for (scs_int k = 0; k < a.p[n]; ++k) {
            a.x[k] *= 2;
        }
    }
    CHECK(scs_gram_work(&gram) >= 0);
    scs_arena_release(&arena);
    matrix_free(&a);
}

static void adds_all_squares(void) {
    Random random = {41};
    const scs_int sizes[][2] = {{1, 1},    {5, 9},     {40, 30},  {300, 20},
                                {20, 300}, {700, 210}, {210, 700}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; ++k) {
        for (int dual = 0; dual < 2; ++dual) {
            check_sizes(&random, sizes[k][0], sizes[k][1], dual, 0);
        }
    }
}

/* More short rows than are copied at a time, and no row at all. */
static void takes_sparse_and_full_matrices(void) {
    Random random = {42};
    for (int dual = 0; dual < 2; ++dual) {
        check_sizes(&random, 3000, 40, false, 0.1);
        check_sizes(&random, 40, 900, dual, 0.1);
        check_sizes(&random, 250, 50, dual, 1);
        check_sizes(&random, 50, 250, dual, 1);
        check_sizes(&random, 0, 6, dual, 1);
    }
}

static void prefers_the_cheaper_way(void) {
    Random random = {43};
    ScsArena arena = {0};
    const double densities[] = {0.01, 0.05, 1};
    double work[3];
    for (int k = 0; k < 3; ++k) {
        ScsMatrix a = random_matrix(&random, 400, 100, densities[k]);
        ScsGram gram;
        scs_gram_create(&gram, &a, false, &arena);
        work[k] = scs_gram_work(&gram);
        matrix_free(&a);
    }
    CHECK(!arena.failed);
    CHECK(work[0] < work[1] && work[1] < work[2]);
    CHECK_EQUAL(work[2], 0.5 * 400 * 100 * 100);
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"adds all squares", adds_all_squares},
        {"takes sparse and full matrices", takes_sparse_and_full_matrices},
        {"prefers the cheaper way", prefers_the_cheaper_way},
    };
    return CHECK_RUN(cases);
}
