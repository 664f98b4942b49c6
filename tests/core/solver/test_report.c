/* SPDX-License-Identifier: MIT
 *
 * What is printed, and that nothing is when the user wants silence.
 */
#include "solver/report.h"

#include "core/solver/scaled_work.h"
#include "support/capture.h"

static Capture capture; /* large, and cleared by open_report */

static ScsWork *open_report(const TestProblem *problem, const ScsSettings *settings) {
    capture_clear(&capture);
    const ScsOptions options = {.hooks = {.context = &capture, .print = capture_print}};
    ScsError error = {0};
    ScsWork *work =
        scs_init_ex(&problem->data, &problem->cone, settings, &options, &error);
    if (!work) {
        printf("scs_init_ex: %s\n", error.message);
        exit(2);
    }
    return work;
}

static void the_problem_is_described(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = test_settings();
    settings.verbose = 1;
    settings.time_limit_secs = 17.5;
    ScsWork *work = open_report(&problem, &settings);
    CHECK_CONTAINS(capture.text, SCS_VERSION);
    CHECK_CONTAINS(capture.text, "n: 12, constraints m: 22");
    CHECK_CONTAINS(capture.text, "second-order cones: 8 rows in 2 blocks");
    CHECK_CONTAINS(capture.text, "box cone: 5 rows");
    CHECK_CONTAINS(capture.text, "zero");
    CHECK_CONTAINS(capture.text, "eps_abs: 1.0e-09");
    CHECK_CONTAINS(capture.text, "acceleration: type I,");
    CHECK_CONTAINS(capture.text, "time_limit_secs: 17.5");
    CHECK_CONTAINS(capture.text, work->linsys_kind->name);
    char entries[64];
    snprintf(entries, sizeof entries, "nnz(A): %ld, nnz(P): %ld",
             (long)problem.data.A->p[12], (long)problem.data.P->p[12]);
    CHECK_CONTAINS(capture.text, entries);
    scs_finish(work);
    test_problem_free(&problem);
}

static void what_is_off_is_left_out(void) {
    TestProblem problem = test_problem(TEST_LP);
    ScsSettings settings = test_settings();
    settings.verbose = 1;
    settings.acceleration_lookback = 0;
    ScsWork *work = open_report(&problem, &settings);
    CHECK(!strstr(capture.text, "acceleration:"));
    CHECK(!strstr(capture.text, "time_limit"));
    CHECK(!strstr(capture.text, "second-order"));
    CHECK_CONTAINS(capture.text, "nnz(P): 0");
    scs_finish(work);
    test_problem_free(&problem);
}

static void table_and_footer(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    settings.verbose = 1;
    ScsWork *work = open_report(&problem, &settings);
    capture_clear(&capture);
    scs_report_start(work);
    CHECK_CONTAINS(capture.text, "iter | pri res | dua res |   gap   |");
    work->residuals.iter = 1250;
    work->residuals.res_pri = 1.25e-3;
    work->residuals.pobj = 1;
    work->residuals.dobj = 2;
    capture_clear(&capture);
    scs_report_row(work, 1500);
    CHECK_CONTAINS(capture.text, "  1250| 1.25e-03|");
    CHECK_CONTAINS(capture.text, "| 1.50e+00|");  /* the mean objective */
    CHECK_CONTAINS(capture.text, "| 1.50e+00\n"); /* seconds */
    CHECK_EQUAL(capture_count(&capture, "\n"), 1);

    ScsInfo info = {.status = "solved", .status_val = SCS_SOLVED, .pobj = 1, .dobj = 3};
    info.setup_time = 500;
    info.solve_time = 1500;
    capture_clear(&capture);
    scs_report_end(work, &info);
    CHECK_CONTAINS(capture.text, "status:   solved\n");
    CHECK_CONTAINS(capture.text,
                   "total: 2.00e+00s = setup: 5.00e-01s + solve: 1.50e+00s");
    CHECK_CONTAINS(capture.text, "objective = 2.000000\n");
    info.status_val = SCS_SOLVED_INACCURATE;
    capture_clear(&capture);
    scs_report_end(work, &info);
    CHECK_CONTAINS(capture.text, "objective = 2.000000 (inaccurate)\n");
    scs_finish(work);
    test_problem_free(&problem);
}

/* A whole solve: one head, one footer, rows in order. */
static void a_whole_solve(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = test_settings();
    settings.verbose = 1;
    settings.eps_abs = settings.eps_rel = 0;
    settings.max_iters = 600;
    ScsWork *work = open_report(&problem, &settings);
    capture_clear(&capture);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &point, &info, 0);
    CHECK_EQUAL(capture_count(&capture, "iter | pri res"), 1);
    CHECK_EQUAL(capture_count(&capture, "\n     0|"), 1);
    CHECK_EQUAL(capture_count(&capture, "\n   600|"), 1); /* the last one */
    CHECK(capture_count(&capture, "|") >= 3 * 6);
    CHECK_EQUAL(capture_count(&capture, "status:"), 1);
    CHECK_CONTAINS(capture.text, info.status);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void silence(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        const ScsSettings settings = test_settings();
        ScsWork *work = open_report(&problem, &settings);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        scs_solve(work, &point, &info, 0);
        CHECK_EQUAL(scs_update(work, problem.data.b, problem.data.c), 0);
        scs_solve(work, &point, &info, 1);
        scs_finish(work);
        CHECK_EQUAL(capture.used, 0);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"the problem is described", the_problem_is_described},
        {"what is off is left out", what_is_off_is_left_out},
        {"table and footer", table_and_footer},
        {"a whole solve", a_whole_solve},
        {"silence", silence},
    };
    return CHECK_RUN(cases);
}
