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

/* minimize x'Px / 2 + c'x subject to x0 - x1 = difference, where P has the eigenvectors
 * (1, -1) and (1, 1). */
static scs_int solve_with(double first, double second, double difference,
                          ScsError *error) {
    double p[] = {(first + second) / 2, (second - first) / 2, (first + second) / 2};
    scs_int p_rows[] = {0, 0, 1};
    scs_int p_starts[] = {0, 1, 3};
    double a[] = {1, -1};
    scs_int a_rows[] = {0, 0};
    scs_int a_starts[] = {0, 1, 2};
    double b[] = {difference};
    double c[] = {0.1, 0.1};
    ScsMatrix hessian = {p, p_rows, p_starts, 2, 2};
    ScsMatrix matrix = {a, a_rows, a_starts, 1, 2};
    const ScsData data = {.m = 1, .n = 2, .A = &matrix, .P = &hessian, .b = b, .c = c};
    const ScsCone cone = {.z = 1};
    const ScsSettings settings = test_settings();
    ScsWork *work = scs_init_ex(&data, &cone, &settings, NULL, error);
    CHECK(work);
    ScsSolution solution = {0};
    ScsInfo info;
    const scs_int status = scs_solve_ex(work, &solution, &info, 0, error);
    test_solution_free(&solution);
    scs_finish(work);
    return status;
}

/* The factorisation notices neither: A makes up for what P lacks. */
static void negative_curvature_is_noticed(void) {
    ScsError error = {0};
    CHECK_EQUAL(solve_with(-1, 1, 1, &error), SCS_FAILED);
    CHECK_EQUAL(error.code, SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "P is not positive semidefinite");
}

static void rounding_is_no_negative_curvature(void) {
    ScsError error = {0};
    CHECK_EQUAL(solve_with(1, 1, 1, &error), SCS_SOLVED);
    CHECK_EQUAL(solve_with(1, 0, 1, &error), SCS_UNBOUNDED);
    CHECK_EQUAL(solve_with(-1e-8, 1, 1, &error), SCS_SOLVED);
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
        {"negative curvature is noticed", negative_curvature_is_noticed},
        {"rounding is no negative curvature", rounding_is_no_negative_curvature},
        {"rounding is no certificate", rounding_is_no_certificate},
        {"other statuses pass", other_statuses_pass},
    };
    return CHECK_RUN(cases);
}
