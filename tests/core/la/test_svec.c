/* SPDX-License-Identifier: MIT */
#include "la/svec.h"
#include "support/check.h"

#include <math.h>

enum { N = 7, MOST = N * N };

static void fill(double *v, int n) {
    for (int i = 0; i < n; ++i) {
        v[i] = sin(1 + 3 * i);
    }
}

static void counts(void) {
    CHECK_EQUAL(scs_svec_length(0), 0);
    CHECK_EQUAL(scs_svec_length(4), 10);
    CHECK(scs_svec_length(INT32_MAX) == 2305843008139952128);
}

static void unpacks_the_lower_triangle(void) {
    const double root = sqrt(2);
    const double v[6] = {1, 2 * root, 3 * root, 4, 5 * root, 6};
    double matrix[9] = {0, 0, 0, -7, 0, 0, -8, -9, 0};
    const double expected[9] = {2, 4, 6, -7, 8, 10, -8, -9, 12};
    scs_svec_unpack(v, 2, 3, matrix);
    for (int i = 0; i < 9; ++i) {
        CHECK_NEAR(matrix[i], expected[i], 1e-14); /* what is above is not touched */
    }
}

static void unpacks_hermitian(void) {
    const double root = sqrt(2);
    const double v[4] = {1, 2 * root, 3 * root, 4};
    double matrix[8] = {0, 9, 0, 0, -7, -8, 0, 9};
    const double expected[8] = {2, 0, 4, 6, -7, -8, 8, 0};
    scs_svec_unpack_hermitian(v, 2, 2, matrix);
    for (int i = 0; i < 8; ++i) {
        CHECK_NEAR(matrix[i], expected[i], 1e-14);
    }
}

static void keeps_inner_products(void) {
    double v[MOST];
    double matrix[2 * MOST];
    fill(v, N * N);
    scs_svec_unpack_hermitian(v, 1, N, matrix);
    double square = 0;
    for (int j = 0; j < N; ++j) {
        for (int i = j; i < N; ++i) {
            const double *entry = matrix + 2 * (i + j * N);
            square += (i == j ? 1 : 2) * (entry[0] * entry[0] + entry[1] * entry[1]);
        }
    }
    for (int i = 0; i < N * N; ++i) {
        square -= v[i] * v[i];
    }
    CHECK_NEAR(square, 0, 1e-13);
}

static void packs_what_it_unpacked(void) {
    for (scs_int n = 0; n <= N; ++n) {
        for (int hermitian = 0; hermitian < 2; ++hermitian) {
            const int rows = hermitian ? n * n : (int)scs_svec_length(n);
            double v[MOST];
            double back[MOST];
            double matrix[2 * MOST] = {0};
            fill(v, rows);
            fill(back, rows);
            if (hermitian) {
                scs_svec_unpack_hermitian(v, 4, n, matrix);
                scs_svec_pack_hermitian(matrix, 0.5, n, -1, back);
            } else {
                scs_svec_unpack(v, 4, n, matrix);
                scs_svec_pack(matrix, 0.5, n, -1, back);
            }
            for (int i = 0; i < rows; ++i) { /* 2 v - v */
                CHECK_NEAR(back[i], v[i], 1e-15);
            }
        }
    }
}

static void mirrors(void) {
    enum { LARGE = 37 };
    static double matrix[LARGE * LARGE];
    for (int n = 0; n <= LARGE; n += n < 4 ? 1 : 11) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                matrix[i + j * n] = i >= j ? 100 * i + j : -1;
            }
        }
        scs_svec_mirror(matrix, n);
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                CHECK_EQUAL(matrix[i + j * n], i >= j ? 100 * i + j : 100 * j + i);
            }
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"counts", counts},
        {"unpacks the lower triangle", unpacks_the_lower_triangle},
        {"unpacks Hermitian", unpacks_hermitian},
        {"keeps inner products", keeps_inner_products},
        {"packs what it unpacked", packs_what_it_unpacked},
        {"mirrors", mirrors},
    };
    return CHECK_RUN(cases);
}
