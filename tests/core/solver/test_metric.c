/* SPDX-License-Identifier: MIT
 *
 * What the metric promises whatever its rules: the formula of R, its limits, that it moves
 * in the right direction and only when it may.
 */
#include "solver/metric.h"

#include "base/real.h"
#include "core/solver/scaled_work.h"

enum { N = 12 };

typedef struct {
    TestProblem given;
    ScsArena arena;
    ScsConeSet cones;
    ScsMetric metric;
    ScsSettings settings;
    double *profile, *scratch;
    scs_int m;
} Case;

static void set_up(Case *c, const ScsSettings *settings) {
    *c = (Case){.given = test_random_solved(&every_cone), .settings = *settings};
    c->m = c->given.data.m;
    ScsError error;
    CHECK_EQUAL(
        scs_cone_set_build(&c->cones, &c->given.cone, c->m, NULL, &c->arena, &error),
        SCS_OK);
    scs_metric_create(&c->metric, &c->settings, &c->cones, N, c->m, &c->arena);
    scs_metric_begin(&c->metric);
    c->profile = SCS_NEW(&c->arena, double, c->m);
    c->scratch = SCS_NEW(&c->arena, double, c->m);
    for (scs_int i = 0; i < c->m; ++i) {
        c->profile[i] = pow(10, -(double)(i % 5));
    }
}

static void tear_down(Case *c) {
    scs_arena_release(&c->arena);
    test_problem_free(&c->given);
}

static void check_formula(const Case *c) {
    const ScsMetric *metric = &c->metric;
    for (scs_int j = 0; j < N; ++j) {
        CHECK_EQUAL(metric->r[j], c->settings.rho_x);
    }
    for (scs_int i = 0; i < c->m; ++i) {
        const double weight = i < c->given.cone.z ? 1000 : 1;
        const double expected = 1 / (metric->scale * weight * metric->d[i]);
        CHECK_NEAR(metric->r[N + i], expected, 1e-15 * expected);
        CHECK(metric->d[i] >= 1e-3 && metric->d[i] <= 1e3);
    }
    CHECK_EQUAL(metric->r[N + c->m], 10);
    CHECK(metric->scale >= 1e-6 && metric->scale <= 1e6);
    for (scs_int b = 0; b < c->cones.count; ++b) {
        const ScsConeBlock *block = &c->cones.blocks[b];
        for (scs_int i = 1; i < block->rows && !block->kind->separable; ++i) {
            CHECK_EQUAL(metric->d[block->first + i], metric->d[block->first]);
        }
    }
}

/* One check with the given ratio of primal to dual residual. */
static bool tell(Case *c, double ratio, scs_int iter) {
    const ScsMetricEvidence evidence = {
        .relative_primal = ratio,
        .relative_dual = 1,
        .profile = c->profile,
    };
    return scs_metric_adapt(&c->metric, &evidence, &c->cones, iter, 1, c->scratch);
}

/* Checks every 25 iterations; how often the metric moved. */
static int tell_often(Case *c, double ratio, scs_int iterations) {
    int moves = 0;
    for (scs_int iter = 25; iter <= iterations; iter += 25) {
        moves += tell(c, ratio, iter);
        check_formula(c);
    }
    return moves;
}

static void initial_state(void) {
    ScsSettings settings = test_settings();
    settings.rho_x = 1e-3;
    settings.scale = 0.7;
    Case c;
    set_up(&c, &settings);
    CHECK_EQUAL(c.metric.scale, 0.7);
    check_formula(&c);
    for (scs_int i = 0; i < c.m; ++i) {
        CHECK_EQUAL(c.metric.d[i], 1);
    }
    CHECK(!scs_metric_reset(&c.metric)); /* nothing to undo */
    tear_down(&c);
}

static void balanced_residuals_move_nothing(void) {
    const ScsSettings settings = test_settings();
    Case c;
    set_up(&c, &settings);
    for (scs_int i = 0; i < c.m; ++i) {
        c.profile[i] = 1; /* and no row behind another */
    }
    CHECK_EQUAL(tell_often(&c, 1, 1000), 0);
    CHECK_EQUAL(c.metric.updates, 0);
    CHECK_EQUAL(c.metric.scale, settings.scale);
    tear_down(&c);
}

/* A primal residual that lags wants a larger scale, a dual one a smaller. */
static void moves_towards_balance(void) {
    static const double ratios[] = {1e4, 1e-4};
    for (int diagonal = 0; diagonal < 2; ++diagonal) {
        for (int k = 0; k < 2; ++k) {
            ScsSettings settings = test_settings();
            settings.adaptive_diag_scale = diagonal;
            Case c;
            set_up(&c, &settings);
            const int moves = tell_often(&c, ratios[k], 1000);
            CHECK(moves > 0);
            CHECK_EQUAL(c.metric.updates, moves);
            CHECK(k == 0 ? c.metric.scale > settings.scale
                         : c.metric.scale < settings.scale);
            bool flat = true;
            for (scs_int i = 0; i < c.m; ++i) {
                flat = flat && c.metric.d[i] == 1;
            }
            CHECK_EQUAL(flat, !diagonal);
            tear_down(&c);
        }
    }
}

/* Rows that lag gain on those that are ahead. */
static void multipliers_follow_the_rows(void) {
    const ScsSettings settings = test_settings();
    Case c;
    set_up(&c, &settings);
    const scs_int first = c.given.cone.z; /* of the nonnegative rows */
    for (scs_int i = 0; i < c.m; ++i) {
        c.profile[i] = 1e-3;
    }
    c.profile[first] = 1;
    CHECK(tell_often(&c, 1e4, 1000) > 0);
    CHECK(c.metric.d[first] > c.metric.d[first + 1]);
    CHECK_EQUAL(c.metric.d[first + 1], c.metric.d[first + 2]);
    tear_down(&c);
}

static void stays_within_limits(void) {
    static const double ratios[] = {1e12, 1e-12, 0, INFINITY};
    for (int k = 0; k < 4; ++k) {
        const ScsSettings settings = test_settings();
        Case c;
        set_up(&c, &settings);
        for (scs_int i = 0; i < c.m; ++i) {
            c.profile[i] = i % 2 ? 1e30 : 0;
        }
        tell_often(&c, ratios[k], 20000);
        tear_down(&c);
    }
}

static void does_not_move_when_switched_off(void) {
    ScsSettings settings = test_settings();
    settings.adaptive_scale = 0;
    Case c;
    set_up(&c, &settings);
    CHECK_EQUAL(tell_often(&c, 1e6, 5000), 0);
    CHECK_EQUAL(c.metric.scale, settings.scale);
    tear_down(&c);
}

/* An update that costs as much as many iterations waits as long. */
static void waits_for_what_an_update_costs(void) {
    const ScsSettings settings = test_settings();
    Case c;
    set_up(&c, &settings);
    const ScsMetricEvidence evidence = {1e6, 1, c.profile};
    for (scs_int iter = 25; iter < 500; iter += 25) {
        CHECK(!scs_metric_adapt(&c.metric, &evidence, &c.cones, iter, 500, c.scratch));
    }
    tear_down(&c);
}

static void reset_and_begin(void) {
    const ScsSettings settings = test_settings();
    Case c, fresh;
    set_up(&c, &settings);
    set_up(&fresh, &settings);
    CHECK(tell_often(&c, 1e5, 1000) > 0);
    CHECK(scs_metric_reset(&c.metric));
    CHECK(!scs_metric_reset(&c.metric));
    scs_metric_begin(&c.metric);
    CHECK_EQUAL(c.metric.updates, 0);
    CHECK_EQUAL(c.metric.scale, settings.scale);
    CHECK(test_same_bits(c.metric.r, fresh.metric.r, N + c.m + 1));
    /* and what follows is what follows a fresh start */
    CHECK_EQUAL(tell_often(&c, 1e5, 1000), tell_often(&fresh, 1e5, 1000));
    CHECK(test_same_bits(c.metric.r, fresh.metric.r, N + c.m + 1));
    tear_down(&c);
    tear_down(&fresh);
}

static void copy_takes_over_the_state(void) {
    const ScsSettings settings = test_settings();
    Case c, other;
    set_up(&c, &settings);
    set_up(&other, &settings);
    CHECK(tell_often(&c, 1e5, 1000) > 0);
    scs_metric_copy(&other.metric, &c.metric);
    CHECK_EQUAL(other.metric.scale, c.metric.scale);
    CHECK(test_same_bits(other.metric.r, c.metric.r, N + c.m + 1));
    CHECK(test_same_bits(other.metric.d, c.metric.d, c.m));
    CHECK(other.metric.r != c.metric.r);
    for (scs_int iter = 1025; iter < 3000; iter += 25) {
        CHECK_EQUAL(tell(&c, 1e-3, iter), tell(&other, 1e-3, iter));
    }
    CHECK(test_same_bits(other.metric.r, c.metric.r, N + c.m + 1));
    tear_down(&c);
    tear_down(&other);
}

/* Blocks whose residuals differ part more slowly than rows that differ as much. */
static void blocks_stay_together(void) {
    const ScsSettings settings = test_settings();
    Case c;
    set_up(&c, &settings);
    const ScsConeBlock *last = &c.cones.blocks[c.cones.count - 1];
    const scs_int row = c.given.cone.z; /* of the nonnegative rows */
    for (scs_int i = 0; i < c.m; ++i) {
        c.profile[i] = 1e-2;
    }
    c.profile[row] = 1;
    for (scs_int i = 0; i < last->rows; ++i) {
        c.profile[last->first + i] = 1;
    }
    CHECK(!last->kind->separable && !last[-1].kind->separable);
    CHECK_EQUAL(tell_often(&c, 1, 25), 1);
    const double rows_apart = c.metric.d[row] / c.metric.d[row + 1];
    const double blocks_apart = c.metric.d[last->first] / c.metric.d[last[-1].first];
    CHECK(blocks_apart > 1);
    CHECK(blocks_apart < sqrt(rows_apart));
    tear_down(&c);
}

int main(void) {
    static const CheckCase cases[] = {
        {"initial state", initial_state},
        {"balanced residuals move nothing", balanced_residuals_move_nothing},
        {"moves towards balance", moves_towards_balance},
        {"blocks stay together", blocks_stay_together},
        {"multipliers follow the rows", multipliers_follow_the_rows},
        {"stays within limits", stays_within_limits},
        {"does not move when switched off", does_not_move_when_switched_off},
        {"waits for what an update costs", waits_for_what_an_update_costs},
        {"reset and begin", reset_and_begin},
        {"copy takes over the state", copy_takes_over_the_state},
    };
    return CHECK_RUN(cases);
}
