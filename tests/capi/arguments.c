/* SPDX-License-Identifier: MIT
 *
 * What each function does with arguments that are wrong, missing or left to it.
 */
#include "scs_ext.h"
#include "support/answer.h"

#include <stdlib.h>

static ScsWork *open_work(const TestProblem *problem) {
    const ScsSettings settings = test_settings();
    ScsWork *work = scs_init_ex(&problem->data, &problem->cone, &settings, NULL, NULL);
    if (!work) {
        exit(2);
    }
    return work;
}

static void version(void) { CHECK(strcmp(scs_version(), SCS_VERSION) == 0); }

static void init_without_arguments(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = test_settings();
    ScsError error;
    CHECK(!scs_init_ex(NULL, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, "data");
    CHECK(!scs_init_ex(&problem.data, NULL, &settings, NULL, &error));
    CHECK_CONTAINS(error.message, "cone");
    CHECK(!scs_init_ex(&problem.data, &problem.cone, NULL, NULL, &error));
    CHECK_CONTAINS(error.message, "settings");
    CHECK(!scs_init_ex(NULL, NULL, NULL, NULL, NULL));
    CHECK(!scs_init(NULL, NULL, NULL)); /* prints why */
    test_problem_free(&problem);
}

static void init_reports_what_is_wrong(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    ScsError error;
    settings.alpha = 2;
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_SETTING);
    settings = test_settings();
    ScsCone cone = problem.cone;
    cone.l = 7;
    CHECK(!scs_init_ex(&problem.data, &cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_CONE);
    problem.data.b[0] = NAN;
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    problem.data.b[0] = 1;
    ScsWork *work = scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error);
    CHECK(work);
    CHECK_EQUAL(error.code, SCS_OK); /* no error of before is left */
    scs_finish(work);
    test_problem_free(&problem);
}

static void solve_without_arguments(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsWork *work = open_work(&problem);
    ScsSolution point = {0};
    ScsInfo info;
    ScsError error;
    CHECK_EQUAL(scs_solve_ex(NULL, &point, &info, 0, &error), SCS_FAILED);
    CHECK_CONTAINS(error.message, "work");
    CHECK_EQUAL(scs_solve_ex(work, NULL, &info, 0, &error), SCS_FAILED);
    CHECK_CONTAINS(error.message, "sol");
    CHECK_EQUAL(scs_solve_ex(work, &point, NULL, 0, &error), SCS_FAILED);
    CHECK_CONTAINS(error.message, "info");
    CHECK_EQUAL(scs_solve(NULL, &point, &info, 0), SCS_FAILED);
    CHECK(!point.x && !point.y && !point.s);
    scs_finish(work);
    scs_finish(NULL);
    test_problem_free(&problem);
}

/* Any of the three vectors may be left to the library, and then belongs to the caller. */
static void solve_provides_vectors(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsWork *work = open_work(&problem);
    for (int given = 0; given < 8; ++given) {
        ScsSolution point = test_solution(&problem);
        scs_float **const vectors[] = {&point.x, &point.y, &point.s};
        scs_float *kept[3];
        for (int k = 0; k < 3; ++k) {
            if (!(given >> k & 1)) {
                free(*vectors[k]);
                *vectors[k] = NULL;
            }
            kept[k] = *vectors[k];
        }
        ScsInfo info;
        scs_solve(work, &point, &info,
                  1); /* a warm start without vectors is a cold one */
        check_answer(&problem, &point, &info, 1e-9);
        for (int k = 0; k < 3; ++k) {
            CHECK(!kept[k] || kept[k] == *vectors[k]);
        }
        test_solution_free(&point);
    }
    scs_finish(work);
    test_problem_free(&problem);
}

static void update_refuses_and_keeps(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsWork *work = open_work(&problem);
    ScsSolution before = test_solution(&problem), after = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &before, &info, 0);
    double b[] = {1, INFINITY, 1}, c[] = {7, NAN};
    ScsError error;
    CHECK(scs_update_ex(work, b, NULL, &error) < 0);
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, "b[1] is inf");
    CHECK(scs_update_ex(work, b, problem.data.c, &error) < 0); /* bad b, good c */
    b[1] = 1;
    CHECK(scs_update_ex(work, b, c, &error) < 0); /* good b, bad c: neither is taken */
    CHECK_CONTAINS(error.message, "c[1] is nan");
    CHECK(scs_update(work, NULL, c) < 0);
    CHECK(scs_update_ex(NULL, b, NULL, &error) < 0);
    CHECK_EQUAL(scs_update(work, NULL, NULL), 0);
    scs_solve(work, &after, &info, 0);
    CHECK(test_same_solution(&problem, &before, &after));
    scs_finish(work);
    test_solution_free(&before);
    test_solution_free(&after);
    test_problem_free(&problem);
}

/* update before the first solve, and back to where one came from. */
static void update_at_any_time(void) {
    TestProblem problem = test_problem(TEST_LP);
    ScsWork *work = open_work(&problem);
    double b[] = {0, 1, 2, 3, 0, 0}, c[] = {1, 1, 1};
    CHECK_EQUAL(scs_update(work, b, c), 0);
    CHECK_EQUAL(scs_update(work, problem.data.b, problem.data.c), 0);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &point, &info, 0);
    check_answer(&problem, &point, &info, 1e-9);
    CHECK(info.setup_time >= 0);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void scs_on_bad_input(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = test_settings();
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    problem.data.c[0] = NAN;
    CHECK_EQUAL(scs(&problem.data, &problem.cone, &settings, &point, &info),
                SCS_FAILED);
    CHECK_EQUAL(info.status_val, SCS_FAILED);
    check_all(point.x, 2, 1);
    check_all(point.y, 3, 1);
    check_all(point.s, 3, 1);
    ScsSolution none = {0};
    CHECK_EQUAL(scs(NULL, &problem.cone, &settings, &none, &info), SCS_FAILED);
    CHECK(!none.x);
    CHECK_EQUAL(scs(&problem.data, &problem.cone, &settings, NULL, &info), SCS_FAILED);
    CHECK_EQUAL(scs(&problem.data, &problem.cone, &settings, &point, NULL), SCS_FAILED);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void dimensions(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsWork *work = open_work(&problem);
    const ScsDimensions size = scs_dimensions(work);
    CHECK(size.m == 3 && size.n == 2);
    CHECK_EQUAL(size.a_nnz, 4);
    CHECK_EQUAL(size.p_nnz, 3);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &point, &info, 0);
    CHECK(strcmp(scs_linear_solver_name(work), info.lin_sys_solver) == 0);
    test_solution_free(&point);
    scs_finish(work);
    test_problem_free(&problem);
    problem = test_problem(TEST_LP);
    work = open_work(&problem);
    CHECK_EQUAL(scs_dimensions(work).p_nnz, 0);
    scs_finish(work);
    test_problem_free(&problem);
}

static void clone_of_nothing(void) {
    ScsError error;
    CHECK(!scs_clone(NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK(!scs_clone(NULL, NULL));
}

int main(void) {
    static const CheckCase cases[] = {
        {"version", version},
        {"init without arguments", init_without_arguments},
        {"init reports what is wrong", init_reports_what_is_wrong},
        {"solve without arguments", solve_without_arguments},
        {"solve provides vectors", solve_provides_vectors},
        {"update refuses and keeps", update_refuses_and_keeps},
        {"update at any time", update_at_any_time},
        {"scs() on bad input", scs_on_bad_input},
        {"dimensions", dimensions},
        {"clone of nothing", clone_of_nothing},
    };
    return CHECK_RUN(cases);
}
