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
    double *nothing; /* a y and an s that say nothing */
    scs_int m;
} Case;

static void set_up(Case *c, const ScsSettings *settings) {
    *c = (Case){.given = test_random_solved(&every_cone), .settings = *settings};
    c->m = c->given.data.m;
    ScsError error;
    CHECK_EQUAL(
        scs_cone_set_build(&c->cones, &c->given.cone, c->m, NULL, &c->arena, &error),
        SCS_OK);
    scs_metric_create(&c->metric, &c->settings, &c->cones, c->given.data.A, &c->arena);
    scs_metric_begin(&c->metric);
    c->profile = SCS_NEW(&c->arena, double, c->m);
    c->scratch = SCS_NEW(&c->arena, double, c->m);
    c->nothing = SCS_NEW(&c->arena, double, c->m);
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
        .rows = {.profile = c->profile, .y = c->nothing, .s = c->nothing},
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
    const ScsMetricEvidence evidence = {
        .relative_primal = 1e6,
        .relative_dual = 1,
        .rows = {.profile = c.profile, .y = c.nothing, .s = c.nothing}};
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

/* Scale before, and after a check with each of the ratios of which the last is due. */
static double scale_step(const double *ratios, int count, scs_int last) {
    const ScsSettings settings = test_settings();
    Case c;
    set_up(&c, &settings);
    c.metric.last_update = last - 25 * count;
    for (int k = 0; k < count; ++k) {
        const bool moved = tell(&c, ratios[k], last - 25 * (count - 1 - k));
        CHECK(!moved || k == count - 1);
    }
    const double step = c.metric.scale / settings.scale;
    tear_down(&c);
    return step;
}

/* Large steps early on, and only as far as all checks agree on. */
static void the_first_steps_are_larger(void) {
    const double far[] = {1e6, 1e6, 1e6, 1e6}, back[] = {1e-6, 1e-6, 1e-6, 1e-6};
    CHECK_NEAR(scale_step(far, 1, 25), 4, 1e-12);
    CHECK_NEAR(scale_step(back, 1, 25), 0.25, 1e-12);
    CHECK_NEAR(scale_step(far, 4, 1000), 2 * 1.025, 1e-12);
    const double nine[] = {9};
    CHECK_NEAR(scale_step(nine, 1, 25), 3, 1e-12);
    const double two[] = {1e6, 1e6, 1e6, 4.4}; /* sqrt(4.4) is the least that all say */
    CHECK_NEAR(scale_step(two, 4, 1000), 2 * 1.025, 1e-12);
    const double little[] = {1e6, 1e6, 1e6, 2};
    CHECK_NEAR(scale_step(little, 4, 1000), 2, 1e-12);
    const double divided[] = {1e6, 0.9, 1e6, 1e6};
    CHECK_NEAR(scale_step(divided, 4, 1000), 2, 1e-12);
}

/* One nonnegative row and semidefinite cones of orders 3 and 2. */
typedef struct {
    ScsArena arena;
    ScsConeSet cones;
    ScsMetric metric;
    double profile[10], scratch[10];
} Matrices;

static void set_up_matrices(Matrices *c) {
    static scs_int orders[] = {3, 2};
    const ScsCone cone = {.l = 1, .s = orders, .ssize = 2};
    const ScsSettings settings = test_settings();
    ScsError error;
    *c = (Matrices){.profile = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}};
    CHECK_EQUAL(scs_cone_set_build(&c->cones, &cone, 10, NULL, &c->arena, &error),
                SCS_OK);
    scs_int empty[] = {0};
    const ScsMatrix a = {.m = 10, .p = empty};
    scs_metric_create(&c->metric, &settings, &c->cones, &a, &c->arena);
    scs_metric_begin(&c->metric);
}

static bool show_ratio(Matrices *c, double ratio, const double *y, const double *s,
                       scs_int iter) {
    const ScsMetricEvidence evidence = {
        .relative_primal = ratio,
        .relative_dual = 1,
        .sizes_tell = true,
        .rows = {.profile = c->profile, .y = y, .s = s}};
    return scs_metric_adapt(&c->metric, &evidence, &c->cones, iter, 1, c->scratch);
}

static bool show(Matrices *c, const double *y, const double *s, scs_int iter) {
    return show_ratio(c, 1, y, s, iter);
}

/* But for the scale, if every check says that it is far off. */
static void semidefinite_cones_wait_but_the_scale_does_not(void) {
    const double y[10] = {1, 4, 0.1, -0.2, 1, 0.3, 1, 2, 0.1, 2};
    const double s[10] = {1, 1, 0.3, 0.1, 1, -0.2, 4, 2, 0.4, 2};
    Matrices c;
    set_up_matrices(&c);
    const double before = c.metric.scale;
    CHECK(show_ratio(&c, 100, y, s, 25));
    const double size = 10.7 / 11 / before; /* of y over that of s, see below */
    const double share = 1 / (1 + pow(25. / 200, 4));
    CHECK_NEAR(c.metric.scale, 4 * before * pow(size / 4, share), 1e-12);
    for (int k = 0; k < 10; ++k) {
        CHECK_EQUAL(c.metric.d[k], 1);
    }
    CHECK(!show_ratio(&c, 9, y, s, 50)); /* not far enough */
    CHECK(!show_ratio(&c, 100, y, s, 75));
    CHECK(!show_ratio(&c, 100, y, s, 100)); /* nor is that all that the checks say */
    CHECK(show_ratio(&c, 100, y, s, 125));
    CHECK(c.metric.d[1] != c.metric.d[4]);
    scs_arena_release(&c.arena);
}

/* Early on scale goes to where y and scale s are of one size: all of the way where
 * semidefinite cones dominate, which alone are asked then, half of it among other cones
 * that are their own duals, and in steps of a hundred at most. */
static void the_scale_follows_sizes(void) {
    static scs_int order[] = {3};
    static const double y[10] = {1, 6, 6, 6, 6, 6, 6, 6, 6, 6};
    static const double s[10] = {1, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    static const double little[10] = {1, 1e-9, 0, 0, 1e-9, 0, 1e-9, 1e-9, 0, 1e-9};
    const double share = 1 / (1 + pow(100. / 200, 4));
    for (int k = 0; k < 2; ++k) {
        Matrices c;
        set_up_matrices(&c);
        const double before = c.metric.scale;
        const double size = k ? 1e-2 : 3 / before;
        show(&c, k ? little : y, s, 100);
        CHECK_NEAR(c.metric.scale / before, pow(size, share), 1e-9);
        scs_arena_release(&c.arena);
    }
    const ScsCone cones[] = {{.l = 7, .q = order, .qsize = 1}, {.l = 7, .ep = 1}};
    for (int k = 0; k < 2; ++k) {
        const ScsSettings settings = test_settings();
        const ScsMatrix empty = {.m = 10};
        Matrices c = {.profile = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}};
        ScsError error;
        CHECK_EQUAL(scs_cone_set_build(&c.cones, &cones[k], 10, NULL, &c.arena, &error),
                    SCS_OK);
        scs_metric_create(&c.metric, &settings, &c.cones, &empty, &c.arena);
        scs_metric_begin(&c.metric);
        const double before = c.metric.scale;
        const double size = 55. / 19 / before;
        show(&c, y, s, 100);
        CHECK_NEAR(c.metric.scale / before, k ? 1 : pow(size, 0.5 * share), 1e-9);
        scs_arena_release(&c.arena);
    }
}

/* Towards d_ij = sqrt(Y_ii Y_jj / (S_ii S_jj)) up to a common factor, always a congruence,
 * and not before an update has had time to show. */
static void semidefinite_cones_follow_the_pair(void) {
    Matrices c;
    set_up_matrices(&c);
    const double y[10] = {1, 4, 0.1, -0.2, 1, 0.3, 1, 2, 0.1, 2};
    const double s[10] = {1, 1, 0.3, 0.1, 1, -0.2, 4, 2, 0.4, 2};
    CHECK(!show(&c, y, s, 25));
    CHECK(!show(&c, y, s, 75));
    for (scs_int iter = 100; iter <= 3000; iter += 100) {
        show(&c, y, s, iter);
        const double *d = c.metric.d;
        CHECK_EQUAL(d[0], 1); /* alone among the separable rows */
        CHECK_NEAR(d[2] * d[2], d[1] * d[4], 1e-12);
        CHECK_NEAR(d[3] * d[3], d[1] * d[6], 1e-12);
        CHECK_NEAR(d[5] * d[5], d[4] * d[6], 1e-12);
    }
    /* Ratios 4, 1, 1/4 and twice 1, but for the floor of small entries; updates end where
     * half of what is missing is no more than a tenth. */
    const double *d = c.metric.d;
    CHECK_NEAR(log(d[1] / d[4]), log(4), 0.25);
    CHECK_NEAR(log(d[6] / d[4]), -log(4), 0.25);
    CHECK_NEAR(log(d[7] / d[4]), 0, 0.25);
    CHECK_EQUAL(d[8], d[7]);
    CHECK_EQUAL(d[9], d[7]);
    scs_arena_release(&c.arena);
}

/* Nor does a block of which nothing is known yet move anything. */
static void semidefinite_cones_without_a_pair_stay(void) {
    Matrices c;
    set_up_matrices(&c);
    const double pair[10] = {1, 2, 0, 0, 2, 0, 2, 0, 0, 0};
    c.metric.scale = 1; /* where sizes of such a pair leave it */
    CHECK(!show(&c, pair, pair, 100));
    for (int k = 0; k < 10; ++k) {
        CHECK_EQUAL(c.metric.d[k], 1);
    }
    scs_arena_release(&c.arena);
}

/* A block that is zero on one or both sides, or far apart, leaves numbers and limits. */
static void semidefinite_cones_stay_within_limits(void) {
    static const double sides[][10] = {
        {0},
        {1, 1e300, 0, 0, 1e-300, 0, 1, 1, 0, 1},
        {1, -1, 0, 0, -1, 0, -1, 1e-320, 0, 0},
        {1, 1e30, 0, 0, 1, 0, 1e-30, 1, 0, 1},
    };
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) {
            Matrices c;
            set_up_matrices(&c);
            for (scs_int iter = 100; iter <= 5000; iter += 100) {
                show(&c, sides[i], sides[j], iter);
                for (int k = 0; k < 10; ++k) {
                    CHECK(c.metric.d[k] >= 1e-3 && c.metric.d[k] <= 1e3);
                }
            }
            scs_arena_release(&c.arena);
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"initial state", initial_state},
        {"semidefinite cones follow the pair", semidefinite_cones_follow_the_pair},
        {"semidefinite cones wait, but the scale does not",
         semidefinite_cones_wait_but_the_scale_does_not},
        {"the first steps are larger", the_first_steps_are_larger},
        {"the scale follows sizes", the_scale_follows_sizes},
        {"semidefinite cones without a pair stay",
         semidefinite_cones_without_a_pair_stay},
        {"semidefinite cones stay within limits",
         semidefinite_cones_stay_within_limits},
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
