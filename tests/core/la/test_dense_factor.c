/* SPDX-License-Identifier: MIT
 *
 * Orders around the width of a panel, against sums and products written out.
 */
#include "la/dense_factor.h"

#include "support/check.h"

#include <stdlib.h>

static uint64_t state = 1;

static double uniform(void) { /* in [-1, 1) */
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-52 - 1;
}

/* T as subtract takes it. */
static double *random_columns(ptrdiff_t rows, ptrdiff_t columns) {
    const ptrdiff_t size = rows * columns + SCS_DENSE_SLACK;
    double *t = (double *)calloc((size_t)size, sizeof *t);
    for (ptrdiff_t k = 0; k < size; ++k) {
        t[k] = uniform();
    }
    return t;
}

/* factor := C = (order + depth) I + T diag(weight) T', full := the same, as a square. */
static void build(ScsDenseFactor *factor, double *full, scs_int order,
                  ptrdiff_t depth) {
    double *t = random_columns(order, depth);
    double *weight = (double *)calloc((size_t)depth + 1, sizeof *weight);
    double *minus = (double *)calloc((size_t)depth + 1, sizeof *minus);
    for (ptrdiff_t k = 0; k < depth; ++k) {
        weight[k] = 1 + uniform();
        minus[k] = -weight[k];
    }
    scs_dense_factor_clear(factor);
    for (scs_int j = 0; j < order; ++j) {
        *scs_dense_factor_entry(factor, j, j) += (double)(order + depth);
    }
    scs_dense_factor_subtract(factor, t, depth, minus);
    for (scs_int j = 0; j < order; ++j) {
        for (scs_int i = 0; i < order; ++i) {
            double sum = i == j ? (double)(order + depth) : 0;
            for (ptrdiff_t k = 0; k < depth; ++k) {
                sum += weight[k] * t[i + k * order] * t[j + k * order];
            }
            full[i + (ptrdiff_t)j * order] = sum;
        }
    }
    free(t);
    free(weight);
    free(minus);
}

static void check_order(scs_int order, ptrdiff_t depth) {
    ScsArena arena = {0};
    ScsDenseFactor factor;
    ScsDenseFactor copy;
    scs_dense_factor_create(&factor, order, &arena);
    scs_dense_factor_create(&copy, order, &arena);
    double *full = SCS_NEW(&arena, double, (ptrdiff_t)order *order);
    double *x = SCS_NEW(&arena, double, order);
    double *b = SCS_NEW(&arena, double, order);
    double *again = SCS_NEW(&arena, double, order);
    if (!CHECK(!arena.failed)) {
        return;
    }
    for (int turn = 0; turn < 2; ++turn) { /* a factor can be built anew */
        build(&factor, full, order, depth);
        for (scs_int j = 0; j < order; ++j) {
            x[j] = uniform();
            for (scs_int i = j; i < order; ++i) {
                CHECK_NEAR(*scs_dense_factor_entry(&factor, i, j),
                           full[i + (ptrdiff_t)j * order], 1e-11);
            }
        }
        for (scs_int i = 0; i < order; ++i) {
            b[i] = 0;
            for (scs_int j = 0; j < order; ++j) {
                b[i] += full[i + (ptrdiff_t)j * order] * x[j];
            }
            again[i] = b[i];
        }
        CHECK_EQUAL(scs_dense_factor_factorise(&factor), -1);
        scs_dense_factor_solve(&factor, b);
        scs_dense_factor_copy(&factor, &copy);
        scs_dense_factor_solve(&copy, again);
        for (scs_int i = 0; i < order; ++i) {
            CHECK_NEAR(b[i], x[i], 1e-12);
            CHECK_EQUAL(again[i], b[i]);
        }
    }
    scs_arena_release(&arena);
}

static void solves_for_every_order(void) {
    const scs_int orders[] = {0, 1, 2, 7, 8, 9, 60, 191, 192, 193, 200, 385, 450};
    for (size_t k = 0; k < sizeof orders / sizeof *orders; ++k) {
        check_order(orders[k], orders[k] % 5);
        check_order(orders[k], k % 2 ? SCS_DENSE_DEPTH : 31);
    }
}

static void names_the_first_bad_pivot(void) {
    const scs_int order = 300;
    const double bad[] = {0, -1, NAN, INFINITY};
    const scs_int places[] = {0, 100, 191, 192, 299};
    ScsArena arena = {0};
    ScsDenseFactor factor;
    scs_dense_factor_create(&factor, order, &arena);
    for (size_t k = 0; CHECK(!arena.failed) && k < 20; ++k) {
        const scs_int place = places[k / 4];
        scs_dense_factor_clear(&factor);
        for (scs_int j = 0; j < order; ++j) {
            *scs_dense_factor_entry(&factor, j, j) = 1;
        }
        *scs_dense_factor_entry(&factor, place, place) = bad[k % 4];
        CHECK_EQUAL(scs_dense_factor_factorise(&factor), place);
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves for every order", solves_for_every_order},
        {"names the first bad pivot", names_the_first_bad_pivot},
    };
    return CHECK_RUN(cases);
}
