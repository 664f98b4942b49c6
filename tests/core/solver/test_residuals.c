/* SPDX-License-Identifier: MIT
 *
 * Against a computation from the data as given, in long double.
 */
#include "solver/residuals.h"

#include "core/solver/scaled_work.h"
#include "solver/solution.h"

enum { VARIANTS = 6 };

/* A random iterate: u, and rsk of the same kind; tau and kappa as told. */
static ScsWork *open_at(int variant, double tau, double kappa, TestProblem *problem) {
    TestShape shape = every_cone;
    shape.seed = (unsigned)variant + 20;
    shape.quadratic = variant % 2 == 0;
    *problem = test_random_solved(&shape);
    ScsSettings settings = test_settings();
    settings.normalize = variant < 4;
    ScsWork *work = open_work(problem, &settings);
    unsigned seed = (unsigned)variant;
    randomise(work->u, whole(work), &seed);
    randomise(work->rsk, whole(work), &seed);
    work->u[whole(work) - 1] = tau;
    work->rsk[whole(work) - 1] = kappa;
    return work;
}

static void divide(const TestProblem *problem, ScsSolution *point, double tau) {
    for (scs_int j = 0; j < problem->data.n; ++j) {
        point->x[j] /= tau;
    }
    for (scs_int i = 0; i < problem->data.m; ++i) {
        point->y[i] /= tau;
        point->s[i] /= tau;
    }
}

static void check_close(double value, double expected, double size) {
    CHECK_NEAR(value, expected, 1e-12 * (size + fabs(expected)));
}

static void residuals_of_the_point(void) {
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        const double tau = 0.3;
        ScsWork *work = open_at(k, tau, 0, &problem);
        const ScsResiduals *res = &work->residuals;
        CHECK_EQUAL(res->iter, -1);
        scs_residuals_compute(work, 75);
        CHECK_EQUAL(res->iter, 75);
        CHECK_EQUAL(res->tau, tau);
        CHECK_EQUAL(res->kappa, 0);
        ScsSolution point = test_solution(&problem);
        unscale_work(work, work->u, &point);
        divide(&problem, &point, tau);
        const TestJudgement judged = test_judge(&problem, &point);
        check_close(res->res_pri, judged.primal, judged.primal_size);
        check_close(res->res_dual, judged.dual, judged.dual_size);
        check_close(res->gap, judged.gap, judged.gap_size);
        check_close(res->pobj, judged.pobj, judged.gap_size);
        check_close(res->dobj, judged.dobj, judged.gap_size);
        check_close(res->primal_size, judged.primal_size, 0);
        check_close(res->dual_size, judged.dual_size, 0);
        check_close(res->gap_size, judged.gap_size, 0);
        check_close(res->ctx / tau, judged.ctx, judged.gap_size);
        check_close(res->bty / tau, judged.bty, judged.gap_size);
        check_close(res->xpx / tau / tau, judged.xpx, judged.gap_size);
        test_solution_free(&point);
        scs_finish(work);
        test_problem_free(&problem);
    }
}

static void certificates(void) {
    int infeasible = 0, unbounded = 0;
    for (int k = 0; k < 4 * VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_at(k % VARIANTS + k, 0.01, 3, &problem);
        const ScsResiduals *res = &work->residuals;
        scs_residuals_compute(work, 0);
        ScsSolution point = test_solution(&problem);
        unscale_work(work, work->u, &point);
        const TestJudgement judged = test_judge(&problem, &point);
        CHECK_EQUAL(res->kappa, 3);
        if (judged.bty < 0) {
            check_close(res->res_infeas, judged.aty / -judged.bty, 0);
            ++infeasible;
        } else {
            CHECK(isnan(res->res_infeas));
        }
        if (judged.ctx < 0) {
            check_close(res->res_unbdd_a, judged.ray / -judged.ctx, 0);
            check_close(res->res_unbdd_p, judged.px / -judged.ctx, 0);
            ++unbounded;
        } else {
            CHECK(isnan(res->res_unbdd_a) && isnan(res->res_unbdd_p));
        }
        test_solution_free(&point);
        scs_finish(work);
        test_problem_free(&problem);
    }
    CHECK(infeasible > 0 && infeasible < 4 * VARIANTS); /* both signs occurred */
    CHECK(unbounded > 0 && unbounded < 4 * VARIANTS);
}

/* What the metric learns about single rows: finite, not negative, and larger where the
 * residual is. */
static void profile(void) {
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_at(k, 1, 0, &problem);
        scs_residuals_compute(work, 0);
        for (scs_int i = 0; i < problem.data.m; ++i) {
            const double share = work->residuals.profile[i];
            CHECK(share >= 0 &&
                  share <= 3); /* a sum of three relative to the largest */
        }
        const scs_int n = work->problem.n;
        /* Make row 4 hold exactly: its share vanishes. */
        work->rsk[n + 4] = work->h[n + 4] - work->residuals.ax[4];
        scs_residuals_compute(work, 1);
        CHECK_NEAR(work->residuals.profile[4], 0, 1e-12);
        scs_finish(work);
        test_problem_free(&problem);
    }
}

/* tau = 0 is where certificates live: no division by zero, and never "solved". */
static void without_tau(void) {
    TestProblem problem;
    ScsWork *work = open_at(0, 0, 1, &problem);
    scs_residuals_compute(work, 0);
    const ScsResiduals *res = &work->residuals;
    CHECK(!isnan(res->res_pri) && !isnan(res->res_dual) && !isnan(res->gap));
    CHECK(!isnan(res->pobj) && !isnan(res->dobj));
    CHECK(res->res_pri > 1e6 && res->res_dual > 1e6);
    for (scs_int i = 0; i < problem.data.m; ++i) {
        CHECK(isfinite(res->profile[i]));
    }
    scs_finish(work);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"residuals of the point", residuals_of_the_point},
        {"certificates", certificates},
        {"profile", profile},
        {"without tau", without_tau},
    };
    return CHECK_RUN(cases);
}
