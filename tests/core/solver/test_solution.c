/* SPDX-License-Identifier: MIT
 *
 * From a planted iterate to the answer, for every status.
 */
#include "solver/solution.h"

#include "core/solver/scaled_work.h"
#include "solver/iterate.h"

typedef struct {
    TestProblem problem;
    ScsWork *work;
    ScsSolution point;
    ScsInfo info;
} Case;

/* u and rsk random, with b'y and c'x of the given sign. */
static void set_up(Case *c, double sign) {
    TestShape shape = every_cone;
    c->problem = test_random_solved(&shape);
    const ScsSettings settings = test_settings();
    c->work = open_work(&c->problem, &settings);
    c->point = test_solution(&c->problem);
    ScsWork *work = c->work;
    unsigned seed = 4;
    const scs_int n = work->problem.n;
    randomise(work->u, whole(work), &seed);
    randomise(work->rsk, whole(work), &seed);
    work->u[whole(work) - 1] = 0.25;
    scs_residuals_compute(work, 40);
    for (scs_int j = 0; j < n; ++j) {
        work->u[j] *= work->residuals.ctx * sign > 0 ? 1 : -1;
    }
    for (scs_int i = 0; i < work->problem.m; ++i) {
        work->u[n + i] *= work->residuals.bty * sign > 0 ? 1 : -1;
    }
    scs_residuals_compute(work, 40);
    memset(&c->info, 0x5a, sizeof c->info);
}

static void tear_down(Case *c) {
    scs_finish(c->work);
    test_solution_free(&c->point);
    test_problem_free(&c->problem);
}

static bool all_nan(const double *v, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        if (!isnan(v[i])) {
            return false;
        }
    }
    return true;
}

static bool all_finite(const double *v, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        if (!isfinite(v[i])) {
            return false;
        }
    }
    return true;
}

static void expect_vectors(const Case *c, bool x, bool y, bool s) {
    const scs_int n = c->problem.data.n;
    const scs_int m = c->problem.data.m;
    CHECK(x ? all_finite(c->point.x, n) : all_nan(c->point.x, n));
    CHECK(y ? all_finite(c->point.y, m) : all_nan(c->point.y, m));
    CHECK(s ? all_finite(c->point.s, m) : all_nan(c->point.s, m));
}

static void solved(void) {
    static const scs_int statuses[] = {SCS_SOLVED, SCS_SOLVED_INACCURATE};
    for (int k = 0; k < 2; ++k) {
        Case c;
        set_up(&c, 1);
        scs_solution_finish(c.work, statuses[k],
                            k ? SCS_STOP_ITERATIONS : SCS_STOP_NONE, 41, &c.point,
                            &c.info);
        expect_vectors(&c, true, true, true);
        CHECK_EQUAL(c.info.status_val, statuses[k]);
        CHECK_EQUAL(c.info.iter, 41);
        const TestJudgement judged = test_judge(&c.problem, &c.point);
        CHECK_NEAR(c.info.res_pri, judged.primal, 1e-12 * judged.primal_size);
        CHECK_NEAR(c.info.res_dual, judged.dual, 1e-12 * judged.dual_size);
        CHECK_NEAR(c.info.pobj, judged.pobj, 1e-12 * judged.gap_size);
        CHECK_NEAR(c.info.comp_slack, judged.slackness,
                   1e-12 * (judged.slackness + judged.gap_size));
        CHECK_EQUAL(c.info.scale, c.work->metric.scale);
        CHECK(c.info.setup_time > 0);
        CHECK(strcmp(c.info.lin_sys_solver, c.work->linsys_kind->name) == 0);
        tear_down(&c);
    }
}

/* Undoing the scaling returns the very numbers that it was made from. */
static void unscaling_is_exact(void) {
    Case c;
    set_up(&c, 1);
    const scs_int n = c.problem.data.n;
    const scs_int m = c.problem.data.m;
    unsigned seed = 8;
    ScsSolution start = test_solution(&c.problem);
    randomise(start.x, n, &seed);
    randomise(start.y, m, &seed);
    scs_iterate_start_warm(c.work, &start); /* s = 0, so v = (x~, y~, 1) */
    memcpy(c.work->u, c.work->v, (size_t)whole(c.work) * sizeof *c.work->u);
    scs_residuals_compute(c.work, 1);
    scs_solution_finish(c.work, SCS_SOLVED, SCS_STOP_NONE, 1, &c.point, &c.info);
    for (scs_int j = 0; j < n; ++j) {
        CHECK_NEAR(c.point.x[j], start.x[j], 1e-15 * fabs(start.x[j]));
    }
    for (scs_int i = 0; i < m; ++i) {
        CHECK_NEAR(c.point.y[i], start.y[i], 1e-15 * fabs(start.y[i]));
    }
    test_solution_free(&start);
    tear_down(&c);
}

static void infeasible(void) {
    static const scs_int statuses[] = {SCS_INFEASIBLE, SCS_INFEASIBLE_INACCURATE};
    for (int k = 0; k < 2; ++k) {
        Case c;
        set_up(&c, -1);
        scs_solution_finish(c.work, statuses[k], k ? SCS_STOP_TIME : SCS_STOP_NONE, 5,
                            &c.point, &c.info);
        expect_vectors(&c, false, true, false);
        const TestJudgement judged = test_judge(&c.problem, &c.point);
        CHECK_NEAR(judged.bty, -1, 1e-12);
        CHECK_NEAR(c.info.res_infeas, judged.aty, 1e-12 * judged.aty);
        CHECK(c.info.pobj == INFINITY && c.info.dobj == INFINITY);
        CHECK(isnan(c.info.res_pri) && isnan(c.info.res_dual) && isnan(c.info.gap));
        CHECK(isnan(c.info.comp_slack));
        tear_down(&c);
    }
}

static void unbounded(void) {
    static const scs_int statuses[] = {SCS_UNBOUNDED, SCS_UNBOUNDED_INACCURATE};
    for (int k = 0; k < 2; ++k) {
        Case c;
        set_up(&c, -1);
        scs_solution_finish(c.work, statuses[k], k ? SCS_STOP_TIME : SCS_STOP_NONE, 5,
                            &c.point, &c.info);
        expect_vectors(&c, true, false, true);
        const TestJudgement judged = test_judge(&c.problem, &c.point);
        CHECK_NEAR(judged.ctx, -1, 1e-12);
        CHECK_NEAR(c.info.res_unbdd_a, judged.ray, 1e-12 * judged.ray);
        CHECK_NEAR(c.info.res_unbdd_p, judged.px, 1e-12 * judged.px);
        CHECK(c.info.pobj == -INFINITY && c.info.dobj == -INFINITY);
        CHECK(isnan(c.info.res_pri) && isnan(c.info.res_dual) && isnan(c.info.gap));
        tear_down(&c);
    }
}

static void interrupted_and_failed(void) {
    static const scs_int statuses[] = {SCS_SIGINT, SCS_FAILED};
    for (int k = 0; k < 2; ++k) {
        Case c;
        set_up(&c, -1); /* b'y, c'x < 0: there are residuals of certificates */
        scs_solution_finish(c.work, statuses[k], SCS_STOP_NONE, 7, &c.point, &c.info);
        expect_vectors(&c, false, false, false);
        CHECK_EQUAL(c.info.status_val, statuses[k]);
        CHECK_EQUAL(c.info.iter, k == 0 ? -1 : 7);
        CHECK(isnan(c.info.pobj) && isnan(c.info.dobj) && isnan(c.info.res_pri));
        CHECK(isnan(c.info.res_infeas) && isnan(c.info.res_unbdd_a) &&
              isnan(c.info.res_unbdd_p));
        tear_down(&c);
    }
}

static void words(void) {
    static const struct {
        scs_int status;
        ScsStop stop;
        const char *words;
    } rows[] = {
        {SCS_SOLVED, SCS_STOP_NONE, "solved"},
        {SCS_SOLVED_INACCURATE, SCS_STOP_ITERATIONS,
         "solved (inaccurate - reached max_iters)"},
        {SCS_SOLVED_INACCURATE, SCS_STOP_TIME,
         "solved (inaccurate - reached time_limit_secs)"},
        {SCS_INFEASIBLE, SCS_STOP_NONE, "infeasible"},
        {SCS_INFEASIBLE_INACCURATE, SCS_STOP_ITERATIONS,
         "infeasible (inaccurate - reached max_iters)"},
        {SCS_UNBOUNDED, SCS_STOP_NONE, "unbounded"},
        {SCS_UNBOUNDED_INACCURATE, SCS_STOP_TIME,
         "unbounded (inaccurate - reached time_limit_secs)"},
        {SCS_SIGINT, SCS_STOP_NONE, "interrupted"},
        {SCS_FAILED, SCS_STOP_NONE, "failure"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; ++k) {
        Case c;
        set_up(&c, -1);
        scs_solution_finish(c.work, rows[k].status, rows[k].stop, 1, &c.point, &c.info);
        CHECK_CONTAINS(c.info.status, rows[k].words);
        CHECK_EQUAL(strlen(c.info.status), strlen(rows[k].words));
        tear_down(&c);
    }
}

static void acceleration_off_leaves_zeros(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    settings.acceleration_lookback = 0;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_residuals_compute(work, 0);
    scs_solution_finish(work, SCS_FAILED, SCS_STOP_NONE, 0, &point, &info);
    const AaStats none = {0};
    CHECK(memcmp(&info.aa_stats, &none, sizeof none) == 0);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* A call that never came to have a workspace. */
static void failed_before_it_began(void) {
    double x[2] = {1, 2}, y[3] = {1, 2, 3};
    ScsSolution point = {.x = x, .y = y, .s = NULL};
    ScsInfo info;
    memset(&info, 0x5a, sizeof info);
    scs_solution_failed(&point, 2, 3, &info);
    CHECK(all_nan(x, 2) && all_nan(y, 3) && !point.s);
    CHECK_EQUAL(info.status_val, SCS_FAILED);
    CHECK_EQUAL(info.iter, -1);
    CHECK(strcmp(info.status, "failure") == 0);
    CHECK(isnan(info.pobj) && isnan(info.res_infeas) && isnan(info.solve_time));
    x[0] = 5;
    scs_solution_failed(&point, 0, 0, &info); /* sizes unknown: nothing is touched */
    CHECK_EQUAL(x[0], 5);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solved", solved},
        {"unscaling is exact", unscaling_is_exact},
        {"infeasible", infeasible},
        {"unbounded", unbounded},
        {"interrupted and failed", interrupted_and_failed},
        {"words", words},
        {"acceleration off leaves zeros", acceleration_off_leaves_zeros},
        {"failed before it began", failed_before_it_began},
    };
    return CHECK_RUN(cases);
}
