/* SPDX-License-Identifier: MIT
 *
 * Numbers that run away: a solve that they spoil says so, and the next one is well.
 */
#include "solver/solve.h"

#include "core/solver/scaled_work.h"
#include "support/answer.h"

typedef struct {
    TestProblem problem;
    ScsWork *work;
    ScsSolution point;
    ScsInfo info;
    ScsError error;
} Case;

static void set_up(Case *c) {
    c->problem = test_random_solved(&every_cone);
    const ScsSettings settings = test_settings();
    c->work = open_work(&c->problem, &settings);
    c->point = test_solution(&c->problem);
}

static void tear_down(Case *c) {
    scs_finish(c->work);
    test_solution_free(&c->point);
    test_problem_free(&c->problem);
}

static void start_at(Case *c, double entry) {
    for (scs_int j = 0; j < c->problem.data.n; ++j) {
        c->point.x[j] = entry;
    }
    for (scs_int i = 0; i < c->problem.data.m; ++i) {
        c->point.y[i] = c->point.s[i] = entry;
    }
}

static scs_int solve_warm(Case *c) {
    return scs_solve_ex(c->work, &c->point, &c->info, 1, &c->error);
}

static void infinite_start(void) {
    Case c;
    set_up(&c);
    start_at(&c, 0);
    c.point.x[1] = INFINITY;
    CHECK_EQUAL(solve_warm(&c), SCS_FAILED);
    CHECK_EQUAL(c.error.code, SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(c.error.message, "not finite");
    CHECK(c.info.iter == 0);
    start_at(&c, 0);
    CHECK_EQUAL(solve_warm(&c), SCS_SOLVED);
    check_answer(&c.problem, &c.point, &c.info, 1e-9);
    tear_down(&c);
}

/* Squares of the start overflow. */
static void huge_start(void) {
    Case c;
    set_up(&c);
    start_at(&c, 1e200);
    CHECK_EQUAL(solve_warm(&c), SCS_SOLVED);
    check_answer(&c.problem, &c.point, &c.info, 1e-9);
    tear_down(&c);
}

/* If it was the metric with which K could not be factorised, a warm start must not insist
 * on it. */
static void metric_that_cannot_be_factorised(void) {
    Case c;
    set_up(&c);
    c.work->broken = true;
    c.work->metric.scale = NAN;
    for (ptrdiff_t i = 0; i < whole(c.work) - 1; ++i) {
        c.work->metric.r[i] = NAN;
    }
    start_at(&c, 0);
    CHECK_EQUAL(solve_warm(&c), SCS_SOLVED);
    check_answer(&c.problem, &c.point, &c.info, 1e-9);
    tear_down(&c);
}

int main(void) {
    static const CheckCase cases[] = {
        {"infinite start", infinite_start},
        {"huge start", huge_start},
        {"metric that cannot be factorised", metric_that_cannot_be_factorised},
    };
    return CHECK_RUN(cases);
}
