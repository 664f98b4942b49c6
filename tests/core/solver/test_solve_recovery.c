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

static void set_up_with(Case *c, double scale) {
    c->problem = test_random_solved(&every_cone);
    ScsSettings settings = test_settings();
    settings.scale = scale;
    c->work = open_work(&c->problem, &settings);
    c->point = test_solution(&c->problem);
}

static void set_up(Case *c) { set_up_with(c, 0.1); }

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

/* A backend that refuses so many updates of its own accord. */
static const ScsLinSysKind *real;
static int metrics_refused, values_refused;

static ScsErrorCode refuse(int *refusals, ScsError *error) {
    if (*refusals == 0) {
        return SCS_OK;
    }
    --*refusals;
    return scs_error_set(error, SCS_ERROR_NUMERICAL, "refused");
}

static ScsErrorCode update_metric(ScsLinSys *self, const scs_float *r,
                                  ScsError *error) {
    const ScsErrorCode code = refuse(&metrics_refused, error);
    return code ? code : real->update_metric(self, r, error);
}

static ScsErrorCode update_values(ScsLinSys *self, const scs_float *r,
                                  ScsError *error) {
    const ScsErrorCode code = refuse(&values_refused, error);
    return code ? code : real->update_values(self, r, error);
}

/* If it happens in the middle of a solve, the metric begins again. */
static void metric_that_goes_too_far(void) {
    for (int again = 0; again < 2; ++again) {
        Case c;
        set_up_with(&c, 50); /* from where it moves */
        real = c.work->linsys_kind;
        ScsLinSysKind kind = *real;
        kind.update_metric = update_metric;
        kind.update_values = update_values;
        c.work->linsys_kind = &kind;
        metrics_refused = 1;
        values_refused = again;
        const scs_int status = scs_solve_ex(c.work, &c.point, &c.info, 0, &c.error);
        CHECK_EQUAL(metrics_refused + values_refused, 0);
        if (again) {
            CHECK_EQUAL(status, SCS_FAILED);
            CHECK_CONTAINS(c.error.message, "refused");
        } else {
            CHECK_EQUAL(status, SCS_SOLVED);
            check_answer(&c.problem, &c.point, &c.info, 1e-9);
        }
        c.work->linsys_kind = real;
        tear_down(&c);
    }
}

static int solves_left;

static ScsErrorCode solve_to_nothing(ScsLinSys *self, scs_float *rhs,
                                     const scs_float *guess, scs_float tolerance,
                                     ScsError *error) {
    const ScsErrorCode code = real->solve(self, rhs, guess, tolerance, error);
    rhs[0] = solves_left-- > 0 ? rhs[0] : NAN;
    return code;
}

/* Between two checks, of which the second never comes. */
static void limit_that_comes_first(void) {
    Case c;
    set_up(&c);
    real = c.work->linsys_kind;
    ScsLinSysKind kind = *real;
    kind.solve = solve_to_nothing;
    c.work->linsys_kind = &kind;
    c.work->settings.max_iters = 3;
    solves_left = 2;
    CHECK_EQUAL(scs_solve_ex(c.work, &c.point, &c.info, 0, &c.error), SCS_FAILED);
    CHECK_EQUAL(c.error.code, SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(c.error.message, "not finite after 3 iterations");
    c.work->linsys_kind = real;
    tear_down(&c);
}

int main(void) {
    static const CheckCase cases[] = {
        {"infinite start", infinite_start},
        {"huge start", huge_start},
        {"metric that cannot be factorised", metric_that_cannot_be_factorised},
        {"metric that goes too far", metric_that_goes_too_far},
        {"limit that comes first", limit_that_comes_first},
    };
    return CHECK_RUN(cases);
}
