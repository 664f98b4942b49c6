/* SPDX-License-Identifier: MIT
 *
 * When the metric may move again.
 */
#include "solver/metric.h"

#include "core/solver/scaled_work.h"
#include "la/vec.h"

/* When an update is due after the one in iteration 4000. */
static scs_int next_update(const ScsCone *cone, scs_int m) {
    const ScsSettings settings = test_settings();
    ScsArena arena = {0};
    ScsConeSet cones;
    ScsError error;
    CHECK_EQUAL(scs_cone_set_build(&cones, cone, m, NULL, &arena, &error), SCS_OK);
    ScsMetric metric;
    scs_int empty[] = {0};
    const ScsMatrix a = {.m = m, .p = empty};
    scs_metric_create(&metric, &settings, &cones, &a, &arena);
    scs_metric_begin(&metric);
    metric.last_update = 4000;
    double *ones = SCS_NEW(&arena, double, m), *scratch = SCS_NEW(&arena, double, m);
    scs_vec_fill(1, ones, m);
    const ScsMetricEvidence evidence = {
        .relative_primal = 4,
        .relative_dual = 1,
        .rows = {.profile = ones, .y = ones, .s = ones},
    };
    scs_int iter = 4000;
    do {
        iter += 25;
    } while (!scs_metric_adapt(&metric, &evidence, &cones, iter, 1, scratch));
    scs_arena_release(&arena);
    return iter;
}

/* A tenth of the iterations, 100 at most only if the metric knows where to go. */
static void late_updates_are_rare_among_curved_cones(void) {
    scs_int sizes[] = {3, 4};
    const ScsCone linear = {.z = 3, .l = 4};
    const ScsCone curved = {.l = 3, .q = &sizes[1], .qsize = 1};
    const ScsCone matrices = {.l = 1, .s = &sizes[0], .ssize = 1};
    CHECK_EQUAL(next_update(&linear, 7), 4100);
    CHECK_EQUAL(next_update(&curved, 7), 4450); /* 4450 - 4000 >= 445 */
    CHECK_EQUAL(next_update(&matrices, 7), 4100);
}

int main(void) {
    static const CheckCase cases[] = {
        {"late updates are rare among curved cones",
         late_updates_are_rare_among_curved_cones},
    };
    return CHECK_RUN(cases);
}
