/* SPDX-License-Identifier: MIT
 *
 * Products and the rectangles that are found for them, on matrices drawn as patterns.
 */
#include "la/dense_blocks.h"

#include "la/csc.h"
#include "support/check.h"

#include <stdlib.h>

static uint64_t state = 1;

static double uniform(void) { /* in [-1, 1) */
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-52 - 1;
}

typedef bool Pattern(scs_int i, scs_int j);

static ScsMatrix draw(Pattern *has, scs_int m, scs_int n) {
    ScsMatrix a = {NULL, NULL, NULL, m, n};
    a.p = (scs_int *)calloc((size_t)n + 1, sizeof *a.p);
    for (scs_int j = 0; j < n; ++j) {
        a.p[j + 1] = a.p[j];
        for (scs_int i = 0; i < m; ++i) {
            a.p[j + 1] += has(i, j);
        }
    }
    /* exactly as much as there is: a sanitizer sees what is read behind */
    const size_t nnz = (size_t)a.p[n];
    a.i = (scs_int *)calloc(nnz ? nnz : 1, sizeof *a.i);
    a.x = (scs_float *)calloc(nnz ? nnz : 1, sizeof *a.x);
    size_t k = 0;
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int i = 0; i < m; ++i) {
            if (has(i, j)) {
                a.i[k] = i;
                a.x[k++] = uniform();
            }
        }
    }
    return a;
}

static void check_products(const ScsDenseBlocks *blocks, const ScsMatrix *a) {
    ScsArena arena = {0};
    const scs_int m = a->m;
    const scs_int n = a->n;
    double *both = SCS_NEW(&arena, double, (ptrdiff_t)m + n);
    double *y = SCS_NEW(&arena, double, m);
    double *x = SCS_NEW(&arena, double, n);
    double *expected_y = SCS_NEW(&arena, double, m);
    double *expected_x = SCS_NEW(&arena, double, n);
    if (CHECK(!arena.failed)) {
        for (scs_int k = 0; k < m + n; ++k) {
            both[k] = uniform();
        }
        scs_dense_blocks_multiply(blocks, both + m, y);
        scs_dense_blocks_multiply(blocks, both + m, y); /* adds */
        scs_dense_blocks_multiply_transposed(blocks, both, x);
        scs_dense_blocks_multiply_transposed(blocks, both, x);
        scs_csc_multiply(a, both + m, expected_y);
        for (scs_int i = 0; i < m; ++i) {
            CHECK_NEAR(y[i], 2 * expected_y[i], 1e-12);
        }
        scs_csc_multiply_transposed(a, both, expected_x);
        for (scs_int j = 0; j < n; ++j) {
            CHECK_NEAR(x[j], 2 * expected_x[j], 1e-12);
        }
    }
    scs_arena_release(&arena);
}

/* Check products, also after values have changed; returns how many blocks with a run there
 * are, *rows of the first. */
static scs_int check_pattern(Pattern *has, scs_int m, scs_int n, scs_int *rows) {
    ScsMatrix a = draw(has, m, n);
    ScsArena arena = {0};
    ScsDenseBlocks blocks;
    scs_dense_blocks_create(&blocks, &a, &arena);
    scs_int found = 0;
    if (CHECK(!arena.failed)) {
        check_products(&blocks, &a);
        for (scs_int k = 0; k < scs_csc_nnz(&a); ++k) {
            a.x[k] = uniform();
        }
        scs_dense_blocks_renew(&blocks);
        check_products(&blocks, &a);
        *rows = 0;
        for (scs_int b = 0; b < blocks.count; ++b) {
            *rows = *rows ? *rows : blocks.blocks[b].rows;
            found += blocks.blocks[b].rows > 0;
        }
    }
    scs_arena_release(&arena);
    free(a.p);
    free(a.i);
    free(a.x);
    return found;
}

static bool full(scs_int i, scs_int j) { return i >= 0 && j >= 0; }
static bool none(scs_int i, scs_int j) { return i < 0 && j < 0; }
static bool above_identity(scs_int i, scs_int j) { return i < 50 || i == 51 + j; }
static bool below_identity(scs_int i, scs_int j) { return i > 40 || i == j; }
static bool two_blocks(scs_int i, scs_int j) { return (i < 30) == (j < 12); }
static bool triangle(scs_int i, scs_int j) { return i >= j; }
static bool chequered(scs_int i, scs_int j) { return (i + j) % 2 == 0; }
static bool with_holes(scs_int i, scs_int j) { return i != 3 + (i * j) % 7 && j != 9; }

static void finds_rectangles(void) {
    scs_int rows = 0;
    CHECK_EQUAL(check_pattern(full, 60, 20, &rows), 1);
    CHECK_EQUAL(rows, 60);
    CHECK_EQUAL(check_pattern(above_identity, 91, 40, &rows), 1);
    CHECK_EQUAL(rows, 50);
    CHECK_EQUAL(check_pattern(below_identity, 101, 40, &rows), 1);
    CHECK_EQUAL(rows, 60);
    CHECK_EQUAL(check_pattern(two_blocks, 60, 20, &rows), 2);
    CHECK_EQUAL(rows, 30);
}

static void multiplies_whatever_there_is(void) {
    scs_int rows = 0;
    CHECK_EQUAL(check_pattern(none, 30, 20, &rows), 0);
    CHECK_EQUAL(check_pattern(full, 0, 7, &rows), 0);
    CHECK_EQUAL(check_pattern(chequered, 40, 40, &rows), 0);
    CHECK(check_pattern(triangle, 60, 45, &rows) > 1);
    CHECK(check_pattern(with_holes, 60, 45, &rows) > 1);
    CHECK_EQUAL(check_pattern(full, 17, 1, &rows), 1);
}

/* Columns are too short, rows are not. */
static void multiplies_long_rows(void) {
    scs_int rows = 0;
    CHECK_EQUAL(check_pattern(full, 5, 90, &rows), 1);
    CHECK_EQUAL(rows, 90);
    CHECK_EQUAL(check_pattern(chequered, 15, 60, &rows), 0);
    CHECK_EQUAL(check_pattern(none, 3, 20, &rows), 0);
    CHECK_EQUAL(check_pattern(full, 15, 59, &rows), 0); /* not so much longer */
}

int main(void) {
    static const CheckCase cases[] = {
        {"finds rectangles", finds_rectangles},
        {"multiplies whatever there is", multiplies_whatever_there_is},
        {"multiplies long rows", multiplies_long_rows},
    };
    return CHECK_RUN(cases);
}
