/* SPDX-License-Identifier: MIT
 *
 * Solves that end early: limits, interruption, hooks.
 */
#include "core/solver/scaled_work.h"
#include "support/answer.h"

#include <stdatomic.h>

/* Never reaches its tolerances. */
static ScsSettings endless(void) {
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    settings.max_iters = 2000000000;
    return settings;
}

/* The iterate that a limit leaves behind is what one more step would start from: s in K,
 * y in K*, complementary, and info that tells the truth about it. */
static void check_honest(const TestProblem *problem, const ScsSolution *point,
                         const ScsInfo *info) {
    const TestJudgement judged = test_judge(problem, point);
    const double size = 1 + judged.primal_size + judged.dual_size;
    CHECK(judged.outside <= 1e-9 * size);
    CHECK(judged.outside_dual <= 1e-9 * size);
    CHECK(judged.slackness <= 1e-9 * size * size);
    CHECK_NEAR(info->res_pri, judged.primal, 1e-10 * size);
    CHECK_NEAR(info->res_dual, judged.dual, 1e-10 * size);
    CHECK_NEAR(info->pobj, judged.pobj, 1e-10 * size * size);
}

static void iteration_limit(void) {
    static const scs_int limits[] = {1, 2, 3, 24, 25, 26, 27, 50, 101};
    for (int kind = 0; kind < TEST_INFEASIBLE; ++kind) {
        for (size_t k = 0; k < sizeof limits / sizeof *limits; ++k) {
            TestProblem problem = test_problem((TestKind)kind);
            ScsSettings settings = endless();
            settings.max_iters = limits[k];
            ScsWork *work = open_work(&problem, &settings);
            ScsSolution point = test_solution(&problem);
            ScsInfo info;
            const scs_int status = scs_solve(work, &point, &info, 0);
            if (status == SCS_UNBOUNDED_INACCURATE && limits[k] < 10) {
                /* tau starts small: these few steps look like those along a ray */
                CHECK_EQUAL(info.iter, limits[k]);
                scs_finish(work);
                test_solution_free(&point);
                test_problem_free(&problem);
                continue;
            }
            if (status != SCS_SOLVED) { /* an exact solution is allowed */
                CHECK_EQUAL(status, SCS_SOLVED_INACCURATE);
                CHECK_EQUAL(info.iter, limits[k]);
                CHECK_CONTAINS(info.status, "solved (inaccurate - reached max_iters)");
            }
            check_honest(&problem, &point, &info);
            scs_finish(work);
            test_solution_free(&point);
            test_problem_free(&problem);
        }
    }
}

/* With eps_infeas = 0 the certificate stays inaccurate. */
static void iteration_limit_of_certificates(void) {
    static const scs_int inaccurate[] = {SCS_INFEASIBLE_INACCURATE,
                                         SCS_UNBOUNDED_INACCURATE};
    for (int k = 0; k < 2; ++k) {
        TestShape shape = {
            .seed = 3, .n = 10, .z = 3, .l = 20, .q_count = 2, .q_rows = 4};
        TestProblem problem =
            k ? test_random_unbounded(&shape) : test_random_infeasible(&shape);
        ScsSettings settings = endless();
        settings.max_iters = 1000;
        ScsWork *work = open_work(&problem, &settings);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        CHECK_EQUAL(scs_solve(work, &point, &info, 0), inaccurate[k]);
        CHECK_EQUAL(info.iter, 1000);
        CHECK_CONTAINS(info.status, "(inaccurate - reached max_iters)");
        const TestJudgement judged = test_judge(&problem, &point);
        CHECK_NEAR(k ? judged.ctx : judged.bty, -1, 1e-12);
        scs_finish(work);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

static void time_limit(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = endless();
    settings.time_limit_secs = 1e-10;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED_INACCURATE);
    CHECK_CONTAINS(info.status, "reached time_limit_secs");
    CHECK(info.iter < 1000);
    check_honest(&problem, &point, &info);
    scs_finish(work);

    settings.time_limit_secs = 0.05;
    work = open_work(&problem, &settings);
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED_INACCURATE);
    CHECK_CONTAINS(info.status, "reached time_limit_secs");
    CHECK(info.solve_time >= 50);
    CHECK(info.iter > 0);
    check_honest(&problem, &point, &info);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* With all tolerances zero there is nothing wrong but the end. */
static void zero_tolerances(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = endless();
    settings.max_iters = 3000;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    const scs_int status = scs_solve(work, &point, &info, 0);
    CHECK(status == SCS_SOLVED || status == SCS_SOLVED_INACCURATE);
    CHECK_NEAR(info.pobj, problem.optimum, 1e-8 * (1 + fabs(problem.optimum)));
    check_honest(&problem, &point, &info);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* ---- hooks ---- */

typedef struct {
    ScsWork *work;
    int polls;   /* of the interrupted hook */
    int checks;  /* calls of the progress hook */
    int stop_at; /* which of them says stop; 0 none */
    scs_int last_iter;
    bool sane;
    ScsProgress last;
} Watch;

static int poll(void *context) {
    Watch *watch = context;
    return ++watch->polls == watch->stop_at;
}

static int progress(void *context, const ScsProgress *p) {
    Watch *watch = context;
    watch->sane = watch->sane && p->iter > watch->last_iter && p->time >= 0 &&
                  p->scale > 0 && isfinite(p->res_pri) && isfinite(p->res_dual) &&
                  isfinite(p->gap) && isfinite(p->pobj) && isfinite(p->dobj);
    watch->last_iter = p->iter;
    watch->last = *p;
    return ++watch->checks == watch->stop_at;
}

static int interrupt_from_inside(void *context, const ScsProgress *p) {
    (void)p;
    Watch *watch = context;
    if (++watch->checks == 2) {
        scs_interrupt(watch->work);
    }
    return 0;
}

static void check_interrupted(const TestProblem *problem, const ScsSolution *point,
                              const ScsInfo *info) {
    CHECK_EQUAL(info->status_val, SCS_SIGINT);
    CHECK(strcmp(info->status, "interrupted") == 0);
    CHECK_EQUAL(info->iter, -1);
    check_all(point->x, problem->data.n, 1);
    check_all(point->y, problem->data.m, 1);
    check_all(point->s, problem->data.m, 1);
}

/* Solve without end under the hooks; they stop it. */
static void stopped_by(ScsHooks hooks, Watch *watch) {
    TestProblem problem = test_random_solved(&every_cone);
    const ScsSettings settings = endless();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    *watch = (Watch){.work = work, .stop_at = 3, .last_iter = -1, .sane = true};
    hooks.context = watch;
    scs_set_hooks(work, &hooks);
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SIGINT);
    check_interrupted(&problem, &point, &info);
    scs_finish(work);

    /* The same workspace, another end: nothing sticks. */
    ScsSettings finite = test_settings();
    work = open_work(&problem, &finite);
    scs_set_hooks(work, &hooks);
    *watch = (Watch){.work = work, .stop_at = 1, .last_iter = -1, .sane = true};
    scs_solve(work, &point, &info, 0);
    scs_set_hooks(work, NULL);
    scs_solve(work, &point, &info, 0);
    check_answer(&problem, &point, &info, 1e-9);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void interrupted_hook(void) {
    Watch watch;
    const ScsHooks hooks = {.interrupted = poll};
    stopped_by(hooks, &watch);
}

static void progress_hook(void) {
    Watch watch;
    const ScsHooks hooks = {.progress = progress};
    stopped_by(hooks, &watch);
    CHECK(watch.sane);
}

static void hooks_are_called_on_time(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = endless();
    settings.max_iters = 500;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    Watch watch = {.last_iter = -1, .sane = true};
    const ScsHooks hooks = {
        .context = &watch, .interrupted = poll, .progress = progress};
    scs_set_hooks(work, &hooks);
    scs_solve(work, &point, &info, 0);
    CHECK(watch.sane);
    CHECK(watch.polls >= info.iter); /* every iteration */
    CHECK(watch.checks >= 2);
    CHECK(watch.last_iter <= info.iter);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* The last call is for the check that ends the solve, and cannot stop it any more. */
static void progress_sees_the_end(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = test_settings();
    settings.eps_abs = 1e-6;
    settings.eps_rel = 1e-5;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    Watch watch = {.last_iter = -1, .sane = true};
    const ScsHooks hooks = {.context = &watch, .progress = progress};
    scs_set_hooks(work, &hooks);
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
    const ScsProgress *last = &watch.last;
    CHECK_EQUAL(last->iter, info.iter);
    CHECK(last->res_pri == info.res_pri && last->res_dual == info.res_dual &&
          last->gap == info.gap && last->pobj == info.pobj && last->dobj == info.dobj);
    CHECK(last->res_pri <= last->tol_pri && last->res_dual <= last->tol_dual &&
          last->gap <= last->tol_gap);

    const int checks = watch.checks;
    watch = (Watch){.last_iter = -1, .sane = true, .stop_at = checks};
    ScsWork *again = open_work(&problem, &settings);
    scs_set_hooks(again, &hooks);
    CHECK_EQUAL(scs_solve(again, &point, &info, 0), SCS_SOLVED);
    CHECK_EQUAL(watch.checks, checks);
    scs_finish(again);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void interrupt_from_a_hook(void) {
    Watch watch;
    const ScsHooks hooks = {.progress = interrupt_from_inside};
    TestProblem problem = test_random_solved(&every_cone);
    const ScsSettings settings = endless();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    watch = (Watch){.work = work};
    ScsHooks with_context = hooks;
    with_context.context = &watch;
    scs_set_hooks(work, &with_context);
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SIGINT);
    CHECK_EQUAL(watch.checks, 2);
    check_interrupted(&problem, &point, &info);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* A request before the solve begins is gone by then. */
static void interrupt_before_a_solve_is_forgotten(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_interrupt(work);
    scs_solve(work, &point, &info, 0);
    check_answer(&problem, &point, &info, 1e-9);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"iteration limit", iteration_limit},
        {"iteration limit of certificates", iteration_limit_of_certificates},
        {"time limit", time_limit},
        {"zero tolerances", zero_tolerances},
        {"interrupted hook", interrupted_hook},
        {"progress hook", progress_hook},
        {"hooks are called on time", hooks_are_called_on_time},
        {"progress sees the end", progress_sees_the_end},
        {"interrupt from a hook", interrupt_from_a_hook},
        {"interrupt before a solve is forgotten",
         interrupt_before_a_solve_is_forgotten},
    };
    return CHECK_RUN(cases);
}
