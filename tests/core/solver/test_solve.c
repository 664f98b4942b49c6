/* SPDX-License-Identifier: MIT
 *
 * Known answers, repeated and warm-started solves.
 */
#include "solver/solve.h"

#include "core/solver/scaled_work.h"
#include "support/answer.h"

static void solve_and_check(const TestProblem *problem, const ScsSettings *settings,
                            double eps) {
    ScsWork *work = open_work(problem, settings);
    ScsSolution point = test_solution(problem);
    ScsInfo info;
    const scs_int status = scs_solve(work, &point, &info, 0);
    CHECK_EQUAL(status, info.status_val);
    check_answer(problem, &point, &info, eps);
    scs_finish(work);
    test_solution_free(&point);
}

static void known_answers(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        const ScsSettings settings = test_settings();
        solve_and_check(&problem, &settings, 1e-9);
        test_problem_free(&problem);
    }
}

static const TestShape shapes[] = {
    {.n = 10, .z = 4, .l = 20},
    {.n = 15, .l = 30, .quadratic = true},
    {.n = 10, .z = 3, .box = 9, .l = 4},
    {.n = 12, .q_count = 4, .q_rows = 5},
    {.n = 12, .z = 2, .l = 6, .box = 6, .q_count = 3, .q_rows = 4, .quadratic = true},
    {.n = 40, .z = 10, .l = 60, .q_count = 5, .q_rows = 8, .quadratic = true},
};

enum { SHAPES = sizeof shapes / sizeof *shapes, SEEDS = 4 };

static void each_shape(TestProblem (*make)(const TestShape *)) {
    for (int k = 0; k < SHAPES; ++k) {
        for (unsigned seed = 1; seed <= SEEDS; ++seed) {
            TestShape shape = shapes[k];
            shape.seed = seed;
            TestProblem problem = make(&shape);
            ScsSettings settings = test_settings();
            settings.eps_abs = settings.eps_rel = settings.eps_infeas = 1e-8;
            solve_and_check(&problem, &settings, 1e-8);
            test_problem_free(&problem);
        }
    }
}

static void random_solved(void) { each_shape(test_random_solved); }
static void random_infeasible(void) { each_shape(test_random_infeasible); }
static void random_unbounded(void) { each_shape(test_random_unbounded); }

/* Every setting that shapes the path leads to the same answer. */
static void every_setting(void) {
    enum { VARIANTS = 16 };
    for (int variant = 0; variant < VARIANTS; ++variant) {
        for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
            TestProblem problem = test_problem((TestKind)kind);
            ScsSettings s = test_settings();
            s.eps_abs = s.eps_rel = 1e-7;
            switch (variant) {
            case 0:
                s.normalize = 0;
                break;
            case 1:
                s.scale = 10;
                break;
            case 2:
                s.scale = 1e-3;
                break;
            case 3:
                s.adaptive_scale = 0;
                s.scale = 1;
                break;
            case 4:
                s.adaptive_diag_scale = 0;
                break;
            case 5:
                s.rho_x = 1e-3;
                break;
            case 6:
                s.alpha = 1;
                break;
            case 7:
                s.alpha = 1.9;
                break;
            case 8:
                s.acceleration_lookback = 0;
                break;
            case 9:
                s.acceleration_lookback = 3;
                break;
            case 10:
                s.acceleration_interval = 1;
                break;
            case 11:
                s.acceleration_type_1 = 0;
                break;
            case 12:
                s.acceleration_regularization = -1e-10;
                break;
            case 13:
                s.acceleration_regularization = 0;
                break;
            case 14:
                s.acceleration_relaxation = 0.8;
                break;
            default:
                s.time_limit_secs = 1000;
                break;
            }
            const int before = check_failures;
            solve_and_check(&problem, &s, 1e-7);
            if (check_failures > before) {
                printf("    with variant %d of the settings\n", variant);
            }
            test_problem_free(&problem);
        }
    }
}

static void loose_tolerances(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = test_settings();
    settings.eps_abs = 1e-2;
    settings.eps_rel = 0;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
    const TestJudgement judged = test_judge(&problem, &point);
    CHECK(judged.primal <= 1e-2 && judged.dual <= 1e-2 && judged.gap <= 1e-2);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* Solving again from the solution is over at once. */
static void warm_start(void) {
    for (int k = 0; k < SHAPES; ++k) {
        TestShape shape = shapes[k];
        shape.seed = 9;
        TestProblem problem = test_random_solved(&shape);
        const ScsSettings settings = test_settings();
        ScsWork *work = open_work(&problem, &settings);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
        CHECK_EQUAL(scs_solve(work, &point, &info, 1), SCS_SOLVED);
        CHECK(info.iter < 10);
        check_answer(&problem, &point, &info, 1e-9);
        scs_finish(work);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

/* NaN in a warm start counts as zero. */
static void warm_start_with_nan(void) {
    TestProblem problem = test_random_solved(&every_cone);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    point.x[0] = point.y[1] = point.s[2] = NAN;
    scs_solve(work, &point, &info, 1);
    check_answer(&problem, &point, &info, 1e-9);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* After b and c have changed, through infeasible and back. */
static void from_one_status_to_another(void) {
    TestProblem problem = test_problem(TEST_LP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    double b[6];
    memcpy(b, problem.data.b, sizeof b);
    for (int round = 0; round < 2; ++round) {
        for (int warm = 0; warm < 2; ++warm) {
            b[1] = -1; /* x_0 <= -1 and x_0 >= 0 */
            CHECK_EQUAL(scs_update(work, b, NULL), 0);
            CHECK_EQUAL(scs_solve(work, &point, &info, warm), SCS_INFEASIBLE);
            CHECK(isnan(point.x[0]) && isnan(point.s[0]) && isfinite(point.y[0]));
            b[1] = problem.data.b[1];
            CHECK_EQUAL(scs_update(work, b, NULL), 0);
            scs_solve(work, &point, &info, warm); /* from NaN in x and s */
            check_answer(&problem, &point, &info, 1e-9);
        }
    }
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* Fresh solves of the same problem agree in every bit: on two workspaces, and the second
 * on one, whatever the first has left behind. */
static void runs_repeat_bit_by_bit(void) {
    for (int k = 0; k < SHAPES; ++k) {
        TestShape shape = shapes[k];
        shape.seed = 17;
        TestProblem problem = test_random_solved(&shape);
        ScsSettings settings = test_settings();
        settings.scale = 30; /* far off, so that the metric moves */
        ScsWork *work = open_work(&problem, &settings);
        ScsWork *other = open_work(&problem, &settings);
        ScsSolution a = test_solution(&problem), b = test_solution(&problem);
        ScsInfo first, second;
        scs_solve(work, &a, &first, 0);
        scs_solve(other, &b, &second, 0);
        CHECK(test_same_solution(&problem, &a, &b));
        CHECK_EQUAL(first.iter, second.iter);
        CHECK_EQUAL(first.scale, second.scale);
        scs_solve(work, &b, &second, 0);
        CHECK(test_same_solution(&problem, &a, &b));
        CHECK_EQUAL(first.iter, second.iter);
        CHECK_EQUAL(first.scale_updates, second.scale_updates);
        CHECK_EQUAL(first.pobj, second.pobj);
        scs_finish(work);
        scs_finish(other);
        test_solution_free(&a);
        test_solution_free(&b);
        test_problem_free(&problem);
    }
}

static void a_scale_far_off_is_adapted(void) {
    TestProblem problem = test_random_solved(&shapes[1]);
    ScsSettings settings = test_settings();
    settings.scale = 100;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
    CHECK(info.scale_updates > 0);
    CHECK(info.scale != 100);
    scs_finish(work);
    settings.adaptive_scale = 0;
    work = open_work(&problem, &settings);
    scs_solve(work, &point, &info, 0);
    CHECK_EQUAL(info.scale_updates, 0);
    CHECK_EQUAL(info.scale, 100);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void acceleration_is_counted(void) {
    TestProblem problem = test_random_solved(&shapes[5]);
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = 0; /* run on, so that there are steps */
    settings.max_iters = 1000;
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &point, &info, 0);
    CHECK(info.aa_stats.iter > 0);
    CHECK(info.aa_stats.n_accept > 0);
    CHECK(info.accepted_accel_steps > 0);
    CHECK(info.accepted_accel_steps + info.rejected_accel_steps <=
          info.aa_stats.n_accept + info.aa_stats.n_safeguard_reject);
    scs_finish(work);
    settings.acceleration_lookback = 0;
    work = open_work(&problem, &settings);
    scs_solve(work, &point, &info, 0);
    CHECK_EQUAL(info.aa_stats.iter, 0);
    CHECK_EQUAL(info.accepted_accel_steps + info.rejected_accel_steps, 0);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* The first iteration fixes tau, so it is another map than what follows: its pair says
 * nothing. Nor does that of an iteration after which the metric moves. */
static void acceleration_sees_one_map(void) {
    TestProblem problem = test_random_solved(&shapes[5]);
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = 0;
    settings.acceleration_interval = 1;
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    for (scs_int iters = 1; iters <= 60; ++iters) {
        settings.max_iters = iters;
        ScsWork *work = open_work(&problem, &settings);
        scs_solve(work, &point, &info, 0);
        const scs_int moved = work->metric.last_update;
        CHECK_EQUAL(info.aa_stats.iter, iters > moved + 2 ? iters - moved - 2 : 0);
        CHECK(iters != 60 || moved > 0); /* or the test shows nothing */
        scs_finish(work);
    }
    test_solution_free(&point);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"known answers", known_answers},
        {"random solved", random_solved},
        {"random infeasible", random_infeasible},
        {"random unbounded", random_unbounded},
        {"every setting", every_setting},
        {"loose tolerances", loose_tolerances},
        {"warm start", warm_start},
        {"warm start with NaN", warm_start_with_nan},
        {"from one status to another", from_one_status_to_another},
        {"runs repeat bit by bit", runs_repeat_bit_by_bit},
        {"a scale far off is adapted", a_scale_far_off_is_adapted},
        {"acceleration is counted", acceleration_is_counted},
        {"acceleration sees one map", acceleration_sees_one_map},
    };
    return CHECK_RUN(cases);
}
