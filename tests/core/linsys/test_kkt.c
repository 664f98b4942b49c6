/* SPDX-License-Identifier: MIT */
#include "linsys/kkt.h"

#include "support/check.h"

#include "systems.h"

/* Expand one triangle of a permuted K to dense and compare with K applied to units. */
static void compare(const ScsKkt *kkt, const System *s, const scs_int *order,
                    ScsTriangle triangle) {
    const size_t size = (size_t)system_size(s);
    const ScsKktValues values = {s->p.x, s->a.x, s->r};
    double *dense = (double *)calloc(size * size, sizeof *dense);
    for (size_t j = 0; j < size; ++j) {
        dense[j * size + j] =
            scs_kkt_diagonal(kkt, &values, (scs_int)j, order ? order[j] : (scs_int)j);
        scs_int before = -1;
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            const size_t i = (size_t)kkt->row[k];
            CHECK(triangle == SCS_TRIANGLE_UPPER ? i < j : i > j);
            CHECK(kkt->row[k] > before);
            before = kkt->row[k];
            dense[j * size + i] = dense[i * size + j] = scs_kkt_entry(kkt, &values, k);
        }
    }
    double *unit = (double *)calloc(2 * size, sizeof *unit);
    for (size_t j = 0; j < size; ++j) {
        memset(unit, 0, size * sizeof *unit);
        unit[order ? (size_t)order[j] : j] = 1;
        system_multiply(s, unit, unit + size, NULL);
        for (size_t i = 0; i < size; ++i) {
            CHECK_EQUAL(dense[j * size + i],
                        unit[size + (order ? (size_t)order[i] : i)]);
        }
    }
    free(unit);
    free(dense);
}

/* The pattern alone must have the entries of the lower triangle, in any order. */
static void compare_pattern(const ScsKkt *lower, const ScsKkt *kkt,
                            const scs_int *inverse, ScsTriangle triangle) {
    const ptrdiff_t size = lower->size;
    const bool flipped = triangle == SCS_TRIANGLE_UPPER;
    ScsArena arena = {0};
    ScsKkt pattern;
    scs_kkt_permute_pattern(&pattern, kkt, inverse, triangle, &arena);
    bool *has = SCS_NEW(&arena, bool, size *size);
    if (CHECK(!arena.failed)) {
        CHECK(pattern.size == size && !pattern.source && !pattern.diagonal);
        CHECK_EQUAL(pattern.start[size], lower->start[size]);
        for (ptrdiff_t j = 0; j < size; ++j) {
            for (scs_int k = pattern.start[j]; k < pattern.start[j + 1]; ++k) {
                has[flipped ? j + pattern.row[k] * size : pattern.row[k] + j * size] =
                    true;
            }
        }
        for (ptrdiff_t j = 0; j < size; ++j) {
            for (scs_int k = lower->start[j]; k < lower->start[j + 1]; ++k) {
                CHECK(has[lower->row[k] + j * size]);
            }
        }
    }
    scs_arena_release(&arena);
}

static void assembles_and_permutes(void) {
    Random random = {21};
    for (int trial = 0; trial < 40; ++trial) {
        System s = system_create(&random, 1 + random_below(&random, 12),
                                 1 + random_below(&random, 12), 0.4, 2, trial % 3 != 0);
        ScsArena arena = {0};
        ScsError error;
        ScsKkt kkt;
        CHECK_EQUAL(scs_kkt_assemble(&kkt, &s.a, system_p(&s), &arena, &error), SCS_OK);
        compare(&kkt, &s, NULL, SCS_TRIANGLE_UPPER);
        scs_int order[24];
        scs_int inverse[24];
        for (scs_int k = 0; k < kkt.size; ++k) { /* a random shuffle */
            const scs_int other = random_below(&random, k + 1);
            order[k] = order[other];
            order[other] = k;
        }
        for (scs_int k = 0; k < kkt.size; ++k) {
            inverse[order[k]] = k;
        }
        ScsKkt permuted;
        scs_kkt_permute(&permuted, &kkt, order, inverse, &arena);
        compare(&permuted, &s, order, SCS_TRIANGLE_LOWER);
        compare_pattern(&permuted, &kkt, inverse, SCS_TRIANGLE_LOWER);
        compare_pattern(&permuted, &kkt, inverse, SCS_TRIANGLE_UPPER);
        CHECK(!arena.failed);
        scs_arena_release(&arena);
        system_free(&s);
    }
}

static void refuses_more_entries_than_indices_count(void) {
    if (sizeof(scs_int) > 4) {
        return;
    }
    /* Only the last column pointers are looked at before the refusal. */
    scs_int a_start[2] = {0, INT32_MAX - 10};
    scs_int p_start[2] = {0, 100};
    const ScsMatrix a = {NULL, NULL, a_start, 1, 1};
    const ScsMatrix p = {NULL, NULL, p_start, 1, 1};
    ScsArena arena = {0};
    ScsError error;
    ScsKkt kkt;
    CHECK_EQUAL(scs_kkt_assemble(&kkt, &a, &p, &arena, &error),
                SCS_ERROR_NOT_SUPPORTED);
    CHECK_CONTAINS(error.message, "SCS_INT64");
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"assembles and permutes", assembles_and_permutes},
        {"refuses more entries than indices count",
         refuses_more_entries_than_indices_count},
    };
    return CHECK_RUN(cases);
}
