/* SPDX-License-Identifier: MIT
 *
 * Certificates that a solve has found are sound; vectors without meaning are not, however
 * small their residual is against b or c.
 */
#include "solver/certificate.h"

#include "core/solver/scaled_work.h"
#include "solver/residuals.h"

/* Solve a known problem and leave its last iterate in the workspace. */
static ScsWork *solved_work(TestProblem *problem, TestKind which, scs_int status) {
    *problem = test_problem(which);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(problem, &settings);
    ScsSolution solution = {0};
    ScsInfo info;
    CHECK_EQUAL(scs_solve(work, &solution, &info, 0), status);
    test_solution_free(&solution);
    return work;
}

static void tear_down(ScsWork *work, TestProblem *problem) {
    scs_finish(work);
    test_problem_free(problem);
}

/* Random iterates, with b and c so large that every residual looks small. */
static void check_meaningless(ScsWork *work, scs_int status) {
    unsigned seed = 7;
    for (int k = 0; k < 20; ++k) {
        randomise(work->u, whole(work), &seed);
        randomise(work->rsk, whole(work), &seed);
        scs_residuals_compute(work, k);
        CHECK(!scs_certificate_is_sound(work, status));
    }
}

static void infeasible(void) {
    TestProblem problem;
    ScsWork *work = solved_work(&problem, TEST_INFEASIBLE, SCS_INFEASIBLE);
    CHECK(scs_certificate_is_sound(work, SCS_INFEASIBLE));
    check_meaningless(work, SCS_INFEASIBLE);
    tear_down(work, &problem);
}

static void unbounded(void) {
    TestProblem problem;
    ScsWork *work = solved_work(&problem, TEST_UNBOUNDED, SCS_UNBOUNDED);
    CHECK(scs_certificate_is_sound(work, SCS_UNBOUNDED));
    check_meaningless(work, SCS_UNBOUNDED);
    tear_down(work, &problem);
}

/* Feasible, but b dwarfs A: a tiny y makes |A'y| / (-b'y) small long before anything is
 * known. */
static void large_right_hand_side_is_not_infeasible(void) {
    double a[] = {1, -1};
    scs_int rows[] = {0, 1};
    scs_int starts[] = {0, 2};
    double b[] = {3e6, -2e6}; /* 2e6 <= x <= 3e6 */
    double c[] = {1};
    ScsMatrix matrix = {a, rows, starts, 2, 1};
    const ScsData data = {.m = 2, .n = 1, .A = &matrix, .b = b, .c = c};
    const ScsCone cone = {.l = 2};
    const ScsSettings settings = test_settings();
    ScsSolution solution = {0};
    ScsInfo info;
    CHECK_EQUAL(scs(&data, &cone, &settings, &solution, &info), SCS_SOLVED);
    CHECK_NEAR(solution.x[0], 2e6, 1e3);
    test_solution_free(&solution);
}

/* A y that only rounding has put there proves nothing, even if A'y is zero. */
static void rounding_is_no_certificate(void) {
    TestProblem problem;
    ScsWork *work = solved_work(&problem, TEST_INFEASIBLE, SCS_INFEASIBLE);
    for (scs_int i = 0; i < work->problem.m; ++i) {
        work->u[work->problem.n + i] *= 1e-16;
    }
    work->u[0] = 1;
    scs_residuals_compute(work, 1);
    CHECK(!scs_certificate_is_sound(work, SCS_INFEASIBLE));
    tear_down(work, &problem);
}

static void other_statuses_pass(void) {
    TestProblem problem;
    ScsWork *work = solved_work(&problem, TEST_INFEASIBLE, SCS_INFEASIBLE);
    CHECK(scs_certificate_is_sound(work, SCS_SOLVED));
    CHECK(scs_certificate_is_sound(work, SCS_UNFINISHED));
    tear_down(work, &problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"certificates of infeasibility", infeasible},
        {"certificates of unboundedness", unbounded},
        {"a large right-hand side", large_right_hand_side_is_not_infeasible},
        {"rounding is no certificate", rounding_is_no_certificate},
        {"other statuses pass", other_statuses_pass},
    };
    return CHECK_RUN(cases);
}
