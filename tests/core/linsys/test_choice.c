/* SPDX-License-Identifier: MIT
 *
 * The rules by which a backend is chosen, on sizes alone; test_auto.c has real systems.
 */
#include "linsys/choice.h"

#include "support/check.h"
#include "systems.h"

/* For an analysis with so many entries of K and of L. */
static scs_int steps_for(scs_int size, scs_int given, double entries, double flops) {
    scs_int *start = (scs_int *)calloc((size_t)size + 1, sizeof *start);
    start[size] = given;
    const ScsElimination analysis = {
        .kkt = {.size = size, .start = start}, .entries = entries, .flops = flops};
    const scs_int steps = scs_choice_worthwhile_steps(&analysis);
    free(start);
    return steps;
}

static void the_more_fill_the_more_steps(void) {
    CHECK_EQUAL(steps_for(1000, 4000, 4000, 4000), 0);
    CHECK_EQUAL(steps_for(1000, 4000, 20000, 20000), 0);
    /* What fits is what the indirect backend would factorise, too. */
    CHECK_EQUAL(steps_for(1000, 4000, 20000, 1e12), 0);
    scs_int before = 0;
    for (int power = 0; power < 12; ++power) {
        const scs_int steps = steps_for(1000, 4000, 4000 * pow(10, power), 0);
        CHECK(steps >= before);
        before = steps;
    }
    CHECK(before > 100);
}

static ScsElimination analyse(const System *s, ScsArena *arena) {
    ScsElimination analysis = {0};
    ScsError error;
    CHECK_EQUAL(scs_elimination_analyse(&analysis, &s->a, system_p(s), arena, &error),
                SCS_OK);
    return analysis;
}

/* A full matrix: the least that is known beforehand is not more than what comes out, but
 * for the last row, which shares its columns with those; more of anything costs more. */
static void costs_grow(void) {
    Random random = {9};
    System s = system_create(&random, 60, 90, 1, 0, 1);
    ScsArena arena = {0};
    ScsElimination analysis = analyse(&s, &arena);
    const ScsCost least = scs_choice_direct_least(&s.a, &s.p);
    const ScsCost less = scs_choice_direct_least(&s.a, NULL);
    const ScsCost direct = scs_choice_direct_cost(&analysis);
    CHECK(less.solve > 0 && less.update > 0 && less.setup > 0);
    CHECK(less.solve < least.solve && less.update < least.update);
    CHECK(least.solve <= 1.02 * direct.solve);
    CHECK(least.update <= 1.02 * direct.update);
    ++analysis.count[0];
    CHECK(scs_choice_direct_cost(&analysis).solve > direct.solve);
    scs_arena_release(&arena);
    system_free(&s);
}

/* Where the long side of A goes first the fill is known beforehand. */
static void sides_are_known_beforehand(void) {
    Random random = {10};
    System s = system_create(&random, 300, 50, 0.3, 0, 0);
    ScsArena arena = {0};
    const ScsElimination analysis = analyse(&s, &arena);
    const ScsCost least = scs_choice_direct_least(&s.a, NULL);
    const ScsCost direct = scs_choice_direct_cost(&analysis);
    CHECK(least.solve > 0.95 * direct.solve && least.solve <= 1.02 * direct.solve);
    scs_arena_release(&arena);
    system_free(&s);
}

static void dense_must_be_faster_by_a_margin(void) {
    const ScsCost direct = {.setup = 1000, .solve = 100, .update = 500};
    ScsCost dense = direct;
    CHECK(!scs_choice_dense_pays(&dense, &direct));
    dense.solve = 96;
    CHECK(!scs_choice_dense_pays(&dense, &direct));
    dense.solve = 30;
    CHECK(scs_choice_dense_pays(&dense, &direct));
    dense.setup = 100000;
    CHECK(!scs_choice_dense_pays(&dense, &direct));
}

/* As long as that takes, and no longer. */
static void an_ordering_may_take_what_it_can_save(void) {
    const ScsCost direct = {.setup = 1000, .solve = 100, .update = 500};
    ScsCost dense = direct;
    dense.solve = 200;
    const double most = scs_choice_worthwhile_visits(&dense, &direct);
    CHECK(most > 0);
    ScsCost ordered = direct;
    ordered.setup += scs_choice_visits_cost(0.99 * most);
    CHECK(!scs_choice_dense_pays(&dense, &ordered));
    ordered.setup += scs_choice_visits_cost(0.02 * most);
    CHECK(scs_choice_dense_pays(&dense, &ordered));
    dense.solve = 10;
    CHECK(scs_choice_dense_pays(&dense, &direct));
    CHECK(scs_choice_worthwhile_visits(&dense, &direct) < 0);
}

static void a_factor_needs_room(void) {
    ScsElimination analysis = {.entries = 1e9};
    CHECK(!scs_choice_factor_fits(&analysis, 8e9));
    CHECK(!scs_choice_factor_fits(&analysis, 12e9));
    CHECK(scs_choice_factor_fits(&analysis, 32e9));
    CHECK(scs_choice_factor_fits(&analysis, 0)); /* nobody knows */
}

int main(void) {
    static const CheckCase cases[] = {
        {"the more fill, the more steps", the_more_fill_the_more_steps},
        {"costs grow", costs_grow},
        {"sides are known beforehand", sides_are_known_beforehand},
        {"dense must be faster by a margin", dense_must_be_faster_by_a_margin},
        {"an ordering may take what it can save",
         an_ordering_may_take_what_it_can_save},
        {"a factor needs room", a_factor_needs_room},
    };
    return CHECK_RUN(cases);
}
