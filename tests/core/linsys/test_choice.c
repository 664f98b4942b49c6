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
        {"a factor needs room", a_factor_needs_room},
    };
    return CHECK_RUN(cases);
}
