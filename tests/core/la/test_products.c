/* SPDX-License-Identifier: MIT */
#include "la/products.h"

#include "core/la/tridiagonals.h"
#include "support/check.h"

enum { MOST = 80, ENTRIES = MOST * MOST };

static double a[ENTRIES], b[ENTRIES], c[ENTRIES], before[ENTRIES];

/* By the kernels, then by the linked LAPACK, if any. */
static int ways(ScsProducts *by) {
    by[0] = scs_products_by(NULL);
    by[1] = scs_products_by(scs_lapack_linked());
    return scs_lapack_linked() ? 2 : 1;
}

static void fill(double *x, uint64_t seed) {
    for (int i = 0; i < ENTRIES; ++i) {
        x[i] = tridiagonal_uniform(&seed);
    }
}

static void check_multiply(const ScsProducts *by, ScsProductShape shape, double alpha,
                           double beta) {
    const scs_int m = shape.rows;
    const scs_int depth = shape.depth;
    fill(c, 3);
    if (beta == 0) { /* must not be read */
        for (scs_int i = 0; i < m * shape.columns; ++i) {
            c[i] = NAN;
        }
    }
    memcpy(before, c, sizeof c);
    scs_products_multiply(by, shape, alpha, a, b, beta, c);
    for (scs_int j = 0; j < shape.columns; ++j) {
        for (scs_int i = 0; i < m; ++i) {
            double sum = beta == 0 ? 0 : beta * before[i + j * m];
            for (scs_int k = 0; k < depth; ++k) {
                const double left = a[shape.transposed ? k + i * depth : i + k * m];
                sum += alpha * left * b[k + j * depth];
            }
            CHECK_NEAR(c[i + j * m], sum, 1e-13);
        }
    }
    for (scs_int i = m * shape.columns; i < ENTRIES; ++i) {
        CHECK(c[i] == before[i]);
    }
}

static void multiplies(void) {
    const scs_int sizes[] = {1, 2, 7, 9, 24, 67};
    const double factors[][2] = {{1, 0}, {1, 1}, {2.5, -1}, {-1, 0.5}};
    ScsProducts by[2];
    fill(a, 1);
    fill(b, 2);
    for (int way = 0; way < ways(by); ++way) {
        for (int s = 0; s < 6 * 6 * 6; ++s) {
            const ScsProductShape shape = {s % 2 == 1, sizes[s % 6], sizes[s / 6 % 6],
                                           sizes[s / 36]};
            const double *factor = factors[s % 4];
            check_multiply(&by[way], shape, factor[0], factor[1]);
            const ScsProductShape other = {!shape.transposed, shape.rows, shape.columns,
                                           shape.depth};
            check_multiply(&by[way], other, factor[0], factor[1]);
        }
    }
}

static double entry(const double *x, scs_int rows, scs_int i, scs_int j, bool outer,
                    scs_int depth) {
    double sum = 0;
    for (scs_int k = 0; k < depth; ++k) {
        sum += outer ? x[i + k * rows] * x[j + k * rows]
                     : x[k + i * rows] * x[k + j * rows];
    }
    return sum;
}

static void makes_triangles(void) {
    const scs_int sizes[] = {1, 2, 7, 8, 9, 24, 63, 64, 65, 80};
    ScsProducts by[2];
    fill(a, 1);
    for (int way = 0; way < ways(by); ++way) {
        for (int s = 0; s < 10 * 10; ++s) {
            const scs_int rows = sizes[s % 10];
            const scs_int columns = sizes[s / 10];
            fill(c, 3);
            scs_products_inner(&by[way], rows, columns, a, c);
            for (scs_int j = 0; j < columns; ++j) {
                for (scs_int i = j; i < columns; ++i) {
                    CHECK_NEAR(c[i + j * columns], entry(a, rows, i, j, false, rows),
                               1e-13);
                }
            }
            const double sign = s % 2 ? 1 : -1;
            scs_products_outer(&by[way], rows, columns, sign, a, c);
            for (scs_int j = 0; j < rows; ++j) {
                for (scs_int i = j; i < rows; ++i) {
                    CHECK_NEAR(c[i + j * rows],
                               sign * entry(a, rows, i, j, true, columns), 1e-13);
                }
            }
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"multiplies", multiplies},
        {"makes triangles", makes_triangles},
    };
    return CHECK_RUN(cases);
}
