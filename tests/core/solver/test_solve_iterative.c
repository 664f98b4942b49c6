/* SPDX-License-Identifier: MIT
 *
 * Whole solves with conjugate gradients, which answer the linear system of an iteration only
 * so far: they end as those with a direct solver do.
 */
#include "core/solver/scaled_work.h"
#include "scs_ext.h"

static scs_int solve_by(ScsLinearSolver choice, const TestProblem *problem, double eps,
                        bool refine) {
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = eps;
    const ScsOptions options = {.linear_solver = choice};
    ScsError error = {SCS_OK, ""};
    ScsWork *work =
        scs_init_ex(&problem->data, &problem->cone, &settings, &options, &error);
    if (!CHECK(work)) {
        return 0;
    }
    work->refine.possible = refine && work->refine.possible;
    ScsInfo info;
    ScsSolution solution = test_solution(problem);
    CHECK_EQUAL(scs_solve_ex(work, &solution, &info, 0, &error), problem->status);
    test_solution_free(&solution);
    scs_finish(work);
    return info.iter;
}

static void check(TestProblem problem, double eps) {
    const scs_int direct = solve_by(SCS_LINSYS_QDLDL, &problem, eps, false);
    const scs_int iterative = solve_by(SCS_LINSYS_CPU_INDIRECT, &problem, eps, false);
    CHECK(iterative <= 2 * direct + 50);
    test_problem_free(&problem);
}

static TestShape shape(unsigned seed) {
    return (TestShape){
        .seed = seed, .n = 30, .z = 5, .l = 30, .q_count = 2, .q_rows = 5};
}

static void solves(void) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const TestShape linear = shape(seed);
        TestShape quadratic = linear;
        quadratic.quadratic = true;
        check(test_random_solved(&linear), 1e-6);
        check(test_random_solved(&quadratic), 1e-6);
    }
}

/* With the steps at the end, too: over all problems at most a tenth more iterations. */
static void takes_no_more_iterations(void) {
    scs_int direct = 0;
    scs_int iterative = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        TestShape random = shape(seed);
        random.quadratic = seed % 2;
        random.q_count = seed % 3;
        TestProblem problem = test_random_solved(&random);
        direct += solve_by(SCS_LINSYS_QDLDL, &problem, 1e-6, true);
        iterative += solve_by(SCS_LINSYS_CPU_INDIRECT, &problem, 1e-6, true);
        test_problem_free(&problem);
    }
    if (!CHECK(iterative <= 1.1 * direct)) {
        printf("    %d iterations, %d with a factor\n", (int)iterative, (int)direct);
    }
}

static void certifies(void) {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        const TestShape random = shape(seed);
        check(test_random_infeasible(&random), 1e-7);
        check(test_random_unbounded(&random), 1e-7);
    }
}

/* A cold solve does not depend on how the one before it ended. */
static void forgets_infeasibility(void) {
    const TestShape random = shape(3);
    TestProblem problem = test_random_infeasible(&random);
    const ScsSettings settings = test_settings();
    const ScsOptions options = {.linear_solver = SCS_LINSYS_CPU_INDIRECT};
    ScsSolution solution[2] = {test_solution(&problem), test_solution(&problem)};
    ScsInfo info[2];
    double *b = calloc((size_t)problem.data.m, sizeof *b); /* x = 0 is feasible */
    for (scs_int i = random.z; i < problem.data.m; ++i) {
        b[i] =
            i < random.z + random.l || (i - random.z - random.l) % random.q_rows == 0;
    }
    for (int worn = 0; worn < 2; ++worn) {
        ScsError error;
        ScsWork *work =
            scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error);
        if (!CHECK(work)) {
            return;
        }
        if (worn) {
            CHECK_EQUAL(scs_solve(work, &solution[1], &info[1], 0), SCS_INFEASIBLE);
        }
        CHECK_EQUAL(scs_update(work, b, NULL), 0);
        CHECK_EQUAL(scs_solve(work, &solution[worn], &info[worn], 0), SCS_SOLVED);
        scs_finish(work);
    }
    CHECK_EQUAL(info[0].iter, info[1].iter);
    CHECK(test_same_solution(&problem, &solution[0], &solution[1]));
    free(b);
    test_solution_free(&solution[0]);
    test_solution_free(&solution[1]);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves", solves},
        {"takes no more iterations", takes_no_more_iterations},
        {"certifies", certifies},
        {"forgets infeasibility", forgets_infeasibility},
    };
    return CHECK_RUN(cases);
}
