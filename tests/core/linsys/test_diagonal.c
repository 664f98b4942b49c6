/* SPDX-License-Identifier: MIT */
#include "linsys/diagonal.h"

#include "support/check.h"

#include "systems.h"

#include <math.h>

static double entry(const ScsMatrix *matrix, scs_int i, scs_int j) {
    double value = 0;
    for (scs_int k = matrix->p[j]; k < matrix->p[j + 1]; ++k) {
        value += matrix->i[k] == i ? matrix->x[k] : 0;
    }
    return value;
}

static void inverts_what_the_formula_says(void) {
    Random random = {5};
    for (int trial = 0; trial < 20; ++trial) {
        const scs_int m = 1 + random_below(&random, 8);
        const scs_int n = 1 + random_below(&random, 8);
        ScsMatrix a = random_matrix(&random, m, n, 0.5);
        ScsMatrix p = random_semidefinite(&random, n, 1, 0.5, 1);
        double r[16];
        for (scs_int k = 0; k < n + m; ++k) {
            r[k] = 0.5 + (double)random_below(&random, 10);
        }
        const ScsMatrix *with = trial % 2 ? &p : NULL;
        double inverse[8];
        ScsError error = {SCS_OK, ""};
        CHECK_EQUAL(scs_diagonal_invert(&a, with, r, inverse, &error), SCS_OK);
        for (scs_int j = 0; j < n; ++j) {
            double sum = r[j] + (with ? entry(&p, j, j) : 0);
            for (scs_int i = 0; i < m; ++i) {
                sum += entry(&a, i, j) * entry(&a, i, j) / r[n + i];
            }
            CHECK_NEAR(inverse[j] * sum, 1, 1e-14);
        }
        matrix_free(&a);
        matrix_free(&p);
    }
}

static void names_the_column_that_is_not_positive(void) {
    double values[] = {1, 1};
    scs_int rows[] = {0, 0};
    scs_int starts[] = {0, 1, 2};
    const ScsMatrix a = {values, rows, starts, 1, 2};
    double curvature[] = {-9};
    scs_int p_rows[] = {1};
    scs_int p_starts[] = {0, 0, 1};
    const ScsMatrix p = {curvature, p_rows, p_starts, 2, 2};
    const double r[] = {1, 1, 1};
    double inverse[2];
    ScsError error = {SCS_OK, ""};
    CHECK_EQUAL(scs_diagonal_invert(&a, &p, r, inverse, &error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "column 1");
    curvature[0] = INFINITY;
    CHECK_EQUAL(scs_diagonal_invert(&a, &p, r, inverse, &error), SCS_ERROR_NUMERICAL);
}

int main(void) {
    static const CheckCase cases[] = {
        {"inverts what the formula says", inverts_what_the_formula_says},
        {"names the column that is not positive",
         names_the_column_that_is_not_positive},
    };
    return CHECK_RUN(cases);
}
