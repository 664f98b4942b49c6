/* SPDX-License-Identifier: MIT
 *
 * The rules by which a backend is chosen, on sizes alone; test_auto.c has real systems.
 */
#include "linsys/choice.h"

#include "support/check.h"
#include "systems.h"

static void dense_takes_full_matrices_of_some_size(void) {
    CHECK(scs_choice_may_be_dense(2000, 400, 2000 * 400));
    CHECK(scs_choice_may_be_dense(400, 2000, 2000 * 400));
    CHECK(!scs_choice_may_be_dense(2000, 400, 2000 * 40));
    CHECK(!scs_choice_may_be_dense(60, 20, 60 * 20));
    CHECK(!scs_choice_may_be_dense(2000, 2, 2000 * 2));
    CHECK(!scs_choice_may_be_dense(500, 500, 500 * 500));
    CHECK(!scs_choice_may_be_dense(0, 500, 0));
    CHECK(!scs_choice_may_be_dense(INT32_MAX, INT32_MAX, INT32_MAX));
}

/* Of wide matrices the dual complement is taken, which needs a diagonal P. */
static void dense_looks_at_p(void) {
    Random random = {301};
    System tall = system_create(&random, 160, 320, 1, 0, 0);
    System wide = system_create(&random, 320, 160, 1, 0, 0);
    ScsMatrix full_tall = random_semidefinite(&random, 160, 2, 1, 1);
    ScsMatrix full_wide = random_semidefinite(&random, 320, 2, 1, 1);
    ScsMatrix none = random_semidefinite(&random, 320, 0, 0, 1);
    CHECK(scs_choice_is_dense(&tall.a, NULL));
    CHECK(scs_choice_is_dense(&tall.a, &full_tall));
    CHECK(scs_choice_is_dense(&wide.a, NULL));
    CHECK(scs_choice_is_dense(&wide.a, &none));
    CHECK(!scs_choice_is_dense(&wide.a, &full_wide));
    CHECK(scs_choice_may_be_dense(wide.m, wide.n, wide.a.p[wide.n]));
    matrix_free(&none);
    matrix_free(&full_wide);
    matrix_free(&full_tall);
    system_free(&wide);
    system_free(&tall);
}

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
        {"dense takes full matrices of some size",
         dense_takes_full_matrices_of_some_size},
        {"dense looks at P", dense_looks_at_p},
        {"the more fill, the more steps", the_more_fill_the_more_steps},
        {"a factor needs room", a_factor_needs_room},
    };
    return CHECK_RUN(cases);
}
