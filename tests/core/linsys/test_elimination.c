/* SPDX-License-Identifier: MIT
 *
 * Order, tree and counts against a symbolic elimination on a dense pattern.
 */
#include "linsys/elimination.h"

#include "support/check.h"
#include "systems.h"

enum { MOST = 80 };

typedef struct {
    bool filled[MOST][MOST];
} Pattern;

static void check_elimination(const ScsKkt *kkt, Pattern *pattern) {
    scs_int order[MOST];
    scs_int inverse[MOST];
    scs_int parent[MOST];
    scs_int count[MOST];
    ScsError error;
    const scs_int size = kkt->size;
    CHECK_EQUAL(scs_elimination_order(kkt, order, inverse, parent, count, NULL, &error),
                SCS_OK);
    memset(pattern, 0, sizeof *pattern);
    for (scs_int j = 0; j < size; ++j) {
        CHECK_EQUAL(inverse[order[j]], j);
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            const scs_int one = inverse[j];
            const scs_int two = inverse[kkt->row[k]];
            pattern->filled[one < two ? two : one][one < two ? one : two] = true;
        }
    }
    for (scs_int j = 0; j < size; ++j) {
        scs_int entries = 0;
        scs_int first = -1;
        for (scs_int i = j + 1; i < size; ++i) {
            if (pattern->filled[i][j]) {
                first = first < 0 ? i : first;
                ++entries;
                for (scs_int k = i + 1; k < size; ++k) {
                    pattern->filled[k][i] |= pattern->filled[k][j];
                }
            }
        }
        CHECK_EQUAL(count[j], entries);
        CHECK_EQUAL(parent[j], first);
    }
}

static void counts_are_those_of_the_factor(void) {
    Random random = {95};
    Pattern *pattern = (Pattern *)calloc(1, sizeof *pattern);
    for (int trial = 0; trial < 100; ++trial) {
        System s = system_create(&random, 1 + random_below(&random, MOST / 2),
                                 1 + random_below(&random, MOST / 2),
                                 0.2 * random_unit(&random), 0, trial % 2);
        ScsArena arena = {0};
        ScsError error;
        ScsKkt kkt;
        CHECK_EQUAL(scs_kkt_assemble(&kkt, &s.a, system_p(&s), &arena, &error), SCS_OK);
        check_elimination(&kkt, pattern);
        scs_arena_release(&arena);
        system_free(&s);
    }
    free(pattern);
}

/* Of a long and dense A the long side goes first, and nothing fills but the short one. */
static void long_sides_go_first(void) {
    Random random = {96};
    Pattern *pattern = (Pattern *)calloc(1, sizeof *pattern);
    for (int wide = 0; wide < 2; ++wide) {
        const scs_int n = wide ? 40 : 6;
        System s = system_create(&random, n, wide ? 6 : 40, 0.8, 0, 0);
        ScsArena arena = {0};
        ScsError error;
        ScsElimination analysis;
        CHECK_EQUAL(scs_elimination_analyse(&analysis, &s.a, NULL, &arena, &error),
                    SCS_OK);
        check_elimination(&analysis.kkt, pattern);
        for (scs_int k = 0; k < 40; ++k) {
            CHECK((analysis.order[k] < n) == wide);
        }
        CHECK_EQUAL(analysis.entries, s.a.p[n] + 6 * 5 / 2);
        scs_arena_release(&arena);
        system_free(&s);
    }
    free(pattern);
}

/* So they do where minimum degree would take longer than it can save, and not where it is
 * quick. */
static void minimum_degree_must_pay(void) {
    Random random = {98};
    for (int dense = 0; dense < 2; ++dense) {
        const scs_int m = 80;
        const scs_int n = 320;
        System s = system_create(&random, n, m, dense ? 0.22 : 0.02, 0, 0);
        ScsArena arena = {0};
        ScsError error;
        ScsElimination analysis;
        CHECK_EQUAL(scs_elimination_analyse(&analysis, &s.a, NULL, &arena, &error),
                    SCS_OK);
        bool by_sides = true;
        for (scs_int k = 0; k < n; ++k) {
            by_sides = by_sides && analysis.order[k] < n;
        }
        CHECK_EQUAL(by_sides, dense == 1);
        CHECK(analysis.entries <= s.a.p[n] + m * (m - 1) / 2);
        scs_arena_release(&arena);
        system_free(&s);
    }
}

/* Minimum degree takes time, which may be refused; sides that are told apart take none. */
static void analyses_within_a_limit(void) {
    Random random = {97};
    for (int by_sides = 0; by_sides < 2; ++by_sides) {
        System s = by_sides ? system_create(&random, 6, 40, 0.8, 0, 0)
                            : system_create(&random, 40, 40, 0.3, 0, 1);
        const double limits[] = {INFINITY, 0, -1};
        for (int k = 0; k < 3; ++k) {
            ScsArena arena = {0};
            ScsError error;
            ScsElimination analysis;
            ScsElimination whole;
            double visits = limits[k];
            CHECK_EQUAL(
                scs_elimination_analyse(&whole, &s.a, system_p(&s), &arena, &error),
                SCS_OK);
            CHECK_EQUAL(scs_elimination_analyse_within(&analysis, &s.a, system_p(&s),
                                                       &visits, &arena, &error),
                        SCS_OK);
            CHECK_EQUAL(visits == 0, by_sides);
            CHECK_EQUAL(analysis.kkt.size, whole.kkt.size);
            CHECK_EQUAL(analysis.order != NULL, visits <= limits[k]);
            CHECK_EQUAL(analysis.order != NULL, k == 0 || (k == 1 && by_sides));
            CHECK_EQUAL(analysis.entries, analysis.order ? whole.entries : 0);
            scs_arena_release(&arena);
        }
        system_free(&s);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"counts are those of the factor", counts_are_those_of_the_factor},
        {"long sides go first", long_sides_go_first},
        {"minimum degree must pay", minimum_degree_must_pay},
        {"analyses within a limit", analyses_within_a_limit},
    };
    return CHECK_RUN(cases);
}
