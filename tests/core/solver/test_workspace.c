/* SPDX-License-Identifier: MIT */
#include "solver/workspace.h"

#include "core/solver/scaled_work.h"
#include "support/answer.h"

static void solve(ScsWork *work, ScsSolution *point, ScsInfo *info) {
    scs_solve(work, point, info, 0);
}

static void owns_copies_of_everything(void) {
    TestProblem problem = test_random_solved(&every_cone);
    TestProblem same = test_random_solved(&every_cone);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    test_problem_free(&problem); /* and with it all that was given */
    ScsSolution point = test_solution(&same);
    ScsInfo info;
    solve(work, &point, &info);
    check_answer(&same, &point, &info, 1e-9);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&same);
}

static void settings_keep_no_strings(void) {
    TestProblem problem = test_problem(TEST_LP);
    ScsSettings settings = test_settings();
    settings.write_data_filename = "a";
    settings.log_csv_filename = "test_workspace.tmp";
    ScsError error;
    ScsWork *work = NULL;
    CHECK_EQUAL(scs_workspace_create(&work, &problem.data, &problem.cone, &settings,
                                     NULL, &error),
                SCS_OK);
    if (CHECK(work)) {
        CHECK(!work->settings.write_data_filename && !work->settings.log_csv_filename);
    }
    scs_workspace_destroy(work);
    scs_workspace_destroy(NULL);
    remove("test_workspace.tmp");
    test_problem_free(&problem);
}

/* P with eigenvalues 3 and -1: its diagonal looks fine, the factorisation finds out. */
static ScsData indefinite(ScsMatrix *p) {
    static scs_float b[] = {-1, 0.3, -0.5}, c[] = {-1, -1};
    static scs_float values[] = {1, 2, 1};
    static scs_int rows[] = {0, 0, 1}, starts[] = {0, 1, 3};
    *p = (ScsMatrix){.x = values, .i = rows, .p = starts, .m = 2, .n = 2};
    return (ScsData){.m = 3, .n = 2, .P = p, .b = b, .c = c};
}

static void an_indefinite_p_is_refused(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsMatrix p;
    ScsData data = indefinite(&p);
    data.A = problem.data.A;
    ScsSettings settings = test_settings();
    ScsError error = {0};
    ScsWork *work = (ScsWork *)1;
    /* The rows of A hide the negative curvature from a factorisation at a small scale, so
     * they are made weak: A / 1000. */
    for (int k = 0; k < 4; ++k) {
        data.A->x[k] *= 1e-3;
    }
    settings.normalize = 0;
    CHECK_EQUAL(
        scs_workspace_create(&work, &data, &problem.cone, &settings, NULL, &error),
        SCS_ERROR_NUMERICAL);
    CHECK(!work);
    CHECK_EQUAL(error.code, SCS_ERROR_NUMERICAL);
    CHECK(strlen(error.message) > 10);
    test_problem_free(&problem);
}

static void unknown_backends_are_refused(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = test_settings();
    const ScsOptions options = {.linear_solver = (ScsLinearSolver)99};
    ScsError error = {0};
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_SETTING);
    test_problem_free(&problem);
}

/* New vectors are solved like those of a workspace built for them; not to the last bit,
 * because the equilibration is that of the old ones. */
static void updated_vectors_are_as_good_as_new(void) {
    TestShape shape = every_cone;
    TestProblem first = test_random_solved(&shape);
    TestProblem second = test_random_solved(&shape);
    for (scs_int i = 0; i < second.data.m; ++i) {
        second.data.b[i] += i % 2 ? 0.01 : 0;
    }
    for (scs_int j = 0; j < second.data.n; ++j) {
        second.data.c[j] += 0.01;
    }
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&first, &settings);
    ScsWork *fresh = open_work(&second, &settings);
    ScsError error;
    CHECK_EQUAL(
        scs_workspace_update_vectors(work, second.data.b, second.data.c, &error),
        SCS_OK);
    ScsSolution a = test_solution(&first), b = test_solution(&first);
    ScsInfo info, expected;
    solve(work, &a, &info);
    solve(fresh, &b, &expected);
    CHECK_EQUAL(info.status_val, expected.status_val);
    CHECK_EQUAL(info.status_val, SCS_SOLVED);
    CHECK_NEAR(info.pobj, expected.pobj, 1e-3 * (1 + fabs(expected.pobj)));
    scs_finish(work);
    scs_finish(fresh);
    test_solution_free(&a);
    test_solution_free(&b);
    test_problem_free(&first);
    test_problem_free(&second);
}

static void vectors_left_out_stay(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    double h[5];
    ScsError error;
    memcpy(h, work->h, sizeof h);
    CHECK_EQUAL(scs_workspace_update_vectors(work, NULL, NULL, &error), SCS_OK);
    CHECK(test_same_bits(work->h, h, 5));
    const double c[] = {5, 6};
    CHECK_EQUAL(scs_workspace_update_vectors(work, NULL, c, &error), SCS_OK);
    CHECK(test_same_bits(work->problem.b, problem.data.b, 3));
    CHECK(test_same_bits(work->problem.c, c, 2));
    CHECK(work->times.setup >= 0);
    scs_finish(work);
    test_problem_free(&problem);
}

/* The scaling stays, so that values come out as D A E again. */
static void updated_matrices_are_scaled_alike(void) {
    TestProblem problem = test_random_solved(&every_cone);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    const ScsMatrix *a = work->problem.a;
    const ScsMatrix *p = work->problem.p;
    double values[512], p_values[256], d[64];
    ScsError error;
    memcpy(d, work->scaling.d, (size_t)problem.data.m * sizeof *d);
    for (scs_int k = 0; k < a->p[a->n]; ++k) {
        values[k] = 1 + k % 3;
    }
    for (scs_int k = 0; k < p->p[p->n]; ++k) {
        p_values[k] = 2 * problem.data.P->x[k];
    }
    CHECK_EQUAL(scs_workspace_update_matrices(work, p_values, values, &error), SCS_OK);
    CHECK(test_same_bits(d, work->scaling.d, problem.data.m));
    for (scs_int j = 0; j < a->n; ++j) {
        const double *e = work->scaling.e;
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            CHECK_NEAR(a->x[k], d[a->i[k]] * values[k] * e[j], 1e-15 * fabs(a->x[k]));
        }
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            CHECK_NEAR(p->x[k], e[p->i[k]] * p_values[k] * e[j], 1e-15 * fabs(p->x[k]));
        }
    }
    CHECK(!work->broken);
    scs_finish(work);
    test_problem_free(&problem);
}

static void a_broken_factor_can_be_mended(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    settings.normalize = 0;
    for (int k = 0; k < 4; ++k) { /* see an_indefinite_p_is_refused */
        problem.data.A->x[k] *= 1e-3;
    }
    ScsWork *work = open_work(&problem, &settings);
    const double bad[] = {1, 2, 1};
    ScsError error = {0};
    CHECK_EQUAL(scs_workspace_update_matrices(work, bad, NULL, &error),
                SCS_ERROR_NUMERICAL);
    CHECK(work->broken);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    CHECK_EQUAL(scs_solve_ex(work, &point, &info, 0, &error), SCS_FAILED);
    CHECK_EQUAL(error.code, SCS_ERROR_NUMERICAL);
    CHECK_EQUAL(info.status_val, SCS_FAILED);
    CHECK_EQUAL(scs_workspace_update_vectors(work, problem.data.b, NULL, &error),
                SCS_OK);
    CHECK(work->broken); /* vectors cannot help */
    CHECK_EQUAL(scs_workspace_update_matrices(work, problem.data.P->x, NULL, &error),
                SCS_OK);
    CHECK(!work->broken);
    ScsWork *fresh = open_work(&problem, &settings);
    ScsSolution expected = test_solution(&problem);
    solve(work, &point, &info);
    solve(fresh, &expected, &info);
    CHECK(test_same_solution(&problem, &point, &expected));
    scs_finish(work);
    scs_finish(fresh);
    test_solution_free(&point);
    test_solution_free(&expected);
    test_problem_free(&problem);
}

/* A clone has the metric, scaling and vectors of its original. */
static void a_clone_has_the_state(void) {
    TestProblem problem = test_random_solved(&every_cone);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    work->metric.scale = 3;
    ScsError error;
    ScsWork *clone = NULL;
    CHECK_EQUAL(scs_workspace_clone(&clone, work, &error), SCS_OK);
    if (CHECK(clone)) {
        const scs_int n = problem.data.n;
        const scs_int m = problem.data.m;
        CHECK_EQUAL(clone->metric.scale, 3);
        CHECK(test_same_bits(clone->scaling.d, work->scaling.d, m));
        CHECK(test_same_bits(clone->scaling.e, work->scaling.e, n));
        CHECK_EQUAL(clone->scaling.sigma, work->scaling.sigma);
        CHECK(test_same_bits(clone->h, work->h, n + m));
        CHECK(test_same_bits(clone->g, work->g, n + m));
        CHECK(clone->h != work->h && clone->problem.a->x != work->problem.a->x);
    }
    scs_finish(clone);
    scs_finish(work);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"owns copies of everything", owns_copies_of_everything},
        {"settings keep no strings", settings_keep_no_strings},
        {"an indefinite P is refused", an_indefinite_p_is_refused},
        {"unknown backends are refused", unknown_backends_are_refused},
        {"updated vectors are as good as new", updated_vectors_are_as_good_as_new},
        {"vectors left out stay", vectors_left_out_stay},
        {"updated matrices are scaled alike", updated_matrices_are_scaled_alike},
        {"a broken factor can be mended", a_broken_factor_can_be_mended},
        {"a clone has the state", a_clone_has_the_state},
    };
    return CHECK_RUN(cases);
}
