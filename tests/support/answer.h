/* SPDX-License-Identifier: MIT
 *
 * Checks of a whole answer: the point by its own residuals, and that info tells the truth.
 */
#ifndef TESTS_SUPPORT_ANSWER_H
#define TESTS_SUPPORT_ANSWER_H

#include "support/check.h"
#include "support/judge.h"

static inline void check_all(const double *v, scs_int n, int nan) {
    for (scs_int i = 0; i < n; ++i) {
        if (!CHECK(nan ? isnan(v[i]) : isfinite(v[i]))) {
            return;
        }
    }
}

static inline void check_solved(const TestProblem *problem, const ScsSolution *point,
                                const ScsInfo *info, double eps) {
    const TestJudgement judged = test_judge(problem, point);
    CHECK(judged.primal <= 1.0001 * (eps + eps * judged.primal_size));
    CHECK(judged.dual <= 1.0001 * (eps + eps * judged.dual_size));
    CHECK(judged.gap <= 1.0001 * (eps + eps * judged.gap_size));
    CHECK(judged.outside <= 1e-7 * (1 + judged.s));
    CHECK(judged.outside_dual <= 1e-7 * (1 + judged.dual_size));
    CHECK(judged.slackness <= 1e-7 * (1 + judged.gap_size));

    const double digits = 1e-10 * (1 + fabs(judged.pobj) + judged.primal_size);
    CHECK_NEAR(info->res_pri, judged.primal, digits);
    CHECK_NEAR(info->res_dual, judged.dual, digits + 1e-10 * judged.dual_size);
    CHECK_NEAR(info->gap, judged.gap, digits + 1e-10 * judged.gap_size);
    CHECK_NEAR(info->pobj, judged.pobj, digits);
    CHECK_NEAR(info->dobj, judged.dobj, digits + 1e-10 * judged.gap_size);
    CHECK_NEAR(info->comp_slack, judged.slackness, digits);

    const double far = 100 * eps * (1 + judged.gap_size);
    CHECK_NEAR(info->pobj, problem->optimum, far);
    for (scs_int j = 0; problem->x && j < problem->data.n; ++j) {
        CHECK_NEAR(point->x[j], problem->x[j], 1e3 * eps * (1 + judged.primal_size));
    }
}

static inline void check_infeasible(const TestProblem *problem,
                                    const ScsSolution *point, const ScsInfo *info,
                                    double eps) {
    const TestJudgement judged = test_judge(problem, point);
    check_all(point->x, problem->data.n, 1);
    check_all(point->s, problem->data.m, 1);
    check_all(point->y, problem->data.m, 0);
    CHECK_NEAR(judged.bty, -1, 1e-12);
    CHECK(judged.aty <= 1.0001 * eps);
    CHECK(judged.outside_dual <= 1e-9);
    CHECK(info->pobj == INFINITY && info->dobj == INFINITY);
    CHECK(isnan(info->res_pri) && isnan(info->res_dual) && isnan(info->gap));
    CHECK_NEAR(info->res_infeas, judged.aty, 1e-10);
    for (scs_int i = 0; problem->y && i < problem->data.m; ++i) {
        CHECK_NEAR(point->y[i], problem->y[i], 10 * eps);
    }
}

static inline void check_unbounded(const TestProblem *problem, const ScsSolution *point,
                                   const ScsInfo *info, double eps) {
    const TestJudgement judged = test_judge(problem, point);
    check_all(point->x, problem->data.n, 0);
    check_all(point->s, problem->data.m, 0);
    check_all(point->y, problem->data.m, 1);
    CHECK_NEAR(judged.ctx, -1, 1e-12);
    CHECK(judged.px <= 1.0001 * eps);
    CHECK(judged.ray <= 1.0001 * eps);
    CHECK(judged.outside <= 1e-9);
    CHECK(info->pobj == -INFINITY && info->dobj == -INFINITY);
    CHECK(isnan(info->res_pri) && isnan(info->res_dual) && isnan(info->gap));
    CHECK_NEAR(info->res_unbdd_a, judged.ray, 1e-10);
    CHECK_NEAR(info->res_unbdd_p, judged.px, 1e-10);
    for (scs_int j = 0; problem->x && j < problem->data.n; ++j) {
        CHECK_NEAR(point->x[j], problem->x[j], 10 * eps);
    }
}

/* The answer is of the status that the problem has, within eps. */
static inline void check_answer(const TestProblem *problem, const ScsSolution *point,
                                const ScsInfo *info, double eps) {
    const int before = check_failures;
    CHECK_EQUAL(info->status_val, problem->status);
    CHECK(info->iter >= 0);
    if (info->status_val != problem->status) {
        printf("    %s: %s after %ld iterations\n", problem->name, info->status,
               (long)info->iter);
        return;
    }
    switch (problem->status) {
    case SCS_SOLVED:
        CHECK(strcmp(info->status, "solved") == 0);
        check_solved(problem, point, info, eps);
        break;
    case SCS_INFEASIBLE:
        CHECK(strcmp(info->status, "infeasible") == 0);
        check_infeasible(problem, point, info, eps);
        break;
    default:
        CHECK(strcmp(info->status, "unbounded") == 0);
        check_unbounded(problem, point, info, eps);
        break;
    }
    if (check_failures > before) {
        printf("    in problem %s\n", problem->name);
    }
}

#endif
