/* SPDX-License-Identifier: MIT */
#include "linsys/csr.h"

#include "support/check.h"

#include "systems.h"

/* The dense matrix of a pattern, by columns, with these values; checks that it is sorted. */
static void fill_dense(const ScsCsr *csr, const double *values, double *dense,
                       scs_int columns) {
    for (scs_int i = 0; i < csr->rows * columns; ++i) {
        dense[i] = 0;
    }
    for (scs_int i = 0; i < csr->rows; ++i) {
        for (scs_int k = csr->start[i]; k < csr->start[i + 1]; ++k) {
            CHECK(csr->column[k] >= 0 && csr->column[k] < columns);
            CHECK(k == csr->start[i] || csr->column[k] > csr->column[k - 1]);
            dense[i + csr->column[k] * csr->rows] =
                csr->source[k] < 0 ? 0 : values[csr->source[k]];
        }
    }
}

static void lists_rows(void) {
    Random random = {31};
    for (int trial = 0; trial < 20; ++trial) {
        const scs_int m = 1 + random_below(&random, 12);
        const scs_int n = 1 + random_below(&random, 12);
        ScsMatrix a = random_matrix(&random, m, n, trial % 5 * 0.25);
        ScsArena arena = {0};
        ScsError error = {SCS_OK, ""};
        ScsCsr csr;
        double dense[144];
        CHECK_EQUAL(scs_csr_by_rows(&csr, &a, &arena, &error), SCS_OK);
        CHECK_EQUAL(csr.rows, m);
        CHECK_EQUAL(csr.start[m], a.p[n]);
        fill_dense(&csr, a.x, dense, n);
        ScsMatrix again = matrix_from_dense(dense, m, n);
        CHECK_EQUAL(again.p[n], a.p[n]);
        CHECK(memcmp(again.x, a.x, (size_t)a.p[n] * sizeof *a.x) == 0);
        CHECK(memcmp(again.i, a.i, (size_t)a.p[n] * sizeof *a.i) == 0);
        matrix_free(&again);
        matrix_free(&a);
        scs_arena_release(&arena);
    }
}

static void mirrors_a_triangle(void) {
    Random random = {32};
    for (int trial = 0; trial < 20; ++trial) {
        const scs_int n = 1 + random_below(&random, 12);
        ScsMatrix p =
            random_semidefinite(&random, n, trial % 4, 0.2 + 0.1 * (trial % 3), 1);
        ScsArena arena = {0};
        ScsError error = {SCS_OK, ""};
        ScsCsr csr;
        double dense[144];
        double expected[144] = {0};
        CHECK_EQUAL(scs_csr_symmetric(&csr, &p, n, &arena, &error), SCS_OK);
        scs_int entries = n;
        for (scs_int j = 0; j < n; ++j) {
            for (scs_int k = p.p[j]; k < p.p[j + 1]; ++k) {
                expected[p.i[k] + j * n] = expected[j + p.i[k] * n] = p.x[k];
                entries += p.i[k] == j ? 0 : 2;
            }
        }
        fill_dense(&csr, p.x, dense, n);
        CHECK_EQUAL(csr.start[n], entries);
        CHECK(memcmp(dense, expected, (size_t)(n * n) * sizeof *dense) == 0);
        matrix_free(&p);
        scs_arena_release(&arena);
    }
}

static void is_the_diagonal_without_p(void) {
    ScsArena arena = {0};
    ScsError error = {SCS_OK, ""};
    ScsCsr csr;
    CHECK_EQUAL(scs_csr_symmetric(&csr, NULL, 5, &arena, &error), SCS_OK);
    CHECK_EQUAL(csr.start[5], 5);
    for (scs_int i = 0; i < 5; ++i) {
        CHECK_EQUAL(csr.start[i], i);
        CHECK_EQUAL(csr.column[i], i);
        CHECK_EQUAL(csr.source[i], -1);
    }
    scs_arena_release(&arena);
}

static void reports_lack_of_memory(void) {
    Random random = {33};
    ScsMatrix a = random_matrix(&random, 4, 3, 1);
    ScsArena arena = {.failed = true};
    ScsError error = {SCS_OK, ""};
    ScsCsr csr;
    CHECK_EQUAL(scs_csr_by_rows(&csr, &a, &arena, &error), SCS_ERROR_MEMORY);
    CHECK_EQUAL(scs_csr_symmetric(&csr, NULL, 3, &arena, &error), SCS_ERROR_MEMORY);
    matrix_free(&a);
}

int main(void) {
    static const CheckCase cases[] = {
        {"lists rows", lists_rows},
        {"mirrors a triangle", mirrors_a_triangle},
        {"is the diagonal without P", is_the_diagonal_without_p},
        {"reports lack of memory", reports_lack_of_memory},
    };
    return CHECK_RUN(cases);
}
