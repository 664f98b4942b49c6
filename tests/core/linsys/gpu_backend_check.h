/* SPDX-License-Identifier: MIT
 *
 * What holds for both GPU backends, on the stand-in: besides the contract, for which
 * test_backends.c runs over them, that every call that fails is reported and nothing is
 * left behind, that a device is kept to, and that the whole solver runs on them.
 */
#ifndef TESTS_CORE_LINSYS_GPU_BACKEND_CHECK_H
#define TESTS_CORE_LINSYS_GPU_BACKEND_CHECK_H

#include "backend.h"
#include "fake_gpu.h"

#include "scs_ext.h"
#include "support/problems.h"

/* What a refused call leads to: 0 is a code of its library's own, 2 means lack of memory
 * for the runtime, cuSPARSE and cuDSS. */
static const unsigned refusals[] = {0, 2};

static inline void check_report_of_refusal(ScsErrorCode code, const ScsError *error) {
    CHECK(code == SCS_ERROR_BACKEND || code == SCS_ERROR_MEMORY ||
          (code == SCS_ERROR_UNAVAILABLE &&
           strstr(error->message, "cudaGetDeviceCount")));
    CHECK_EQUAL(error->code, code);
    CHECK_CONTAINS(error->message, "NVIDIA");
}

static inline void check_refused_create(const ScsLinSysKind *tested, const System *s,
                                        unsigned refusal) {
    const long before = fake_gpu()->alive;
    bool refused = true;
    long k = 0;
    for (; refused && k < 10000; ++k) {
        Backend b = {0};
        refuse_call(k, refusal);
        const ScsErrorCode code =
            tested->create(&b.self, &s->a, system_p(s), s->r, &b.arena, &b.error);
        refused = was_refused();
        refuse_call(-1, 0);
        CHECK_EQUAL(code != SCS_OK, refused);
        CHECK((b.self == NULL) == refused);
        if (refused) {
            check_report_of_refusal(code, &b.error);
            CHECK_EQUAL(fake_gpu()->alive, before);
        }
        backend_free(&b);
        CHECK_EQUAL(fake_gpu()->alive, before);
    }
    CHECK(!refused && k > 20);
}

typedef enum { UPDATE_METRIC, UPDATE_VALUES, SOLVE, CLONE } Work;

static inline ScsErrorCode do_work(const ScsLinSysKind *tested, Backend *b, Backend *c,
                                   const System *s, Work work) {
    double x[64];
    Random random = {91};
    random_vector(&random, x, system_size(s));
    switch (work) {
    case UPDATE_METRIC:
        return tested->update_metric(b->self, s->r, &b->error);
    case UPDATE_VALUES:
        return tested->update_values(b->self, s->r, &b->error);
    case SOLVE:
        return tested->solve(b->self, x, x, 1e-3, &b->error);
    default:
        return tested->clone(&c->self, b->self, &s->a, system_p(s), &c->arena,
                             &b->error);
    }
}

static inline void check_refused_work(const ScsLinSysKind *tested, const System *s,
                                      Work work, unsigned refusal) {
    Random random = {92};
    Backend b;
    CHECK_EQUAL(backend_create(&b, s), SCS_OK);
    const long before = fake_gpu()->alive;
    bool refused = true;
    long k = 0;
    for (; refused && k < 10000; ++k) {
        Backend c = {0};
        refuse_call(k, refusal);
        const ScsErrorCode code = do_work(tested, &b, &c, s, work);
        refused = was_refused();
        refuse_call(-1, 0);
        CHECK_EQUAL(code != SCS_OK, refused);
        CHECK((c.self != NULL) == (work == CLONE && !refused));
        if (refused) {
            check_report_of_refusal(code, &b.error);
            CHECK_EQUAL(fake_gpu()->alive, before);
        }
        backend_free(&c);
        CHECK_EQUAL(tested->update_metric(b.self, s->r, &b.error), SCS_OK);
        check_solves(&b, s, &random, 1e-10);
    }
    CHECK(!refused && k > 3);
    backend_free(&b);
}

static void survives_every_refusal(void) {
    const ScsLinSysKind *const tested = kind();
    Random random = {93};
    System s = system_create(&random, 12, 9, 0.4, 1, 1);
    for (int k = 0; k < 2; ++k) {
        check_refused_create(tested, &s, refusals[k]);
        for (int work = UPDATE_METRIC; work <= CLONE; ++work) {
            check_refused_work(tested, &s, (Work)work, refusals[k]);
        }
    }
    CHECK_EQUAL(fake_gpu()->alive, 0);
    system_free(&s);
}

static void keeps_to_its_device(void) {
    FakeCuda *const fake = fake_gpu();
    Random random = {94};
    System s = system_create(&random, 20, 15, 0.3, 1, 1);
    Backend b;
    Backend c = {0};
    fake->current = 1;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    fake->current = 0;
    check_solves(&b, &s, &random, 1e-10);
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(kind()->clone(&c.self, b.self, &s.a, system_p(&s), &c.arena, &c.error),
                SCS_OK);
    char text[80];
    kind()->describe(b.self, text, sizeof text);
    CHECK_CONTAINS(text, "CUDA device: 1");
    kind()->describe(c.self, text, sizeof text);
    CHECK_CONTAINS(text, "CUDA device: 0"); /* a clone is opened like a new one */
    CHECK(same_solution(&b, &c, &s));
    backend_free(&b);
    backend_free(&c);
    CHECK_EQUAL(fake->current, 0);
    CHECK_EQUAL(fake->alive, 0);
    system_free(&s);
}

/* What users see: a device that fails before there is a solver, then within one. */
static void fails_in_the_middle_of_a_solve(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    const ScsOptions options = {.linear_solver = backend_choice};
    ScsSolution solution = test_solution(&problem);
    ScsInfo info;
    ScsError error;
    refuse_call(3, 1);
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
    refuse_call(-1, 0);
    ScsWork *work =
        scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error);
    if (CHECK(work)) {
        refuse_call(10, 1);
        CHECK_EQUAL(scs_solve_ex(work, &solution, &info, 0, &error), SCS_FAILED);
        CHECK_EQUAL(error.code, SCS_ERROR_BACKEND);
        CHECK_CONTAINS(error.message, "NVIDIA's");
        refuse_call(3, 1);
        CHECK(!scs_clone(work, &error));
        CHECK_EQUAL(error.code, SCS_ERROR_BACKEND);
        refuse_call(0, 1);
        CHECK(scs_update_ex(work, problem.data.b, NULL, &error) < 0);
        CHECK_EQUAL(error.code, SCS_ERROR_BACKEND);
        refuse_call(-1, 0);
        CHECK_EQUAL(scs_solve_ex(work, &solution, &info, 0, &error), SCS_SOLVED);
        scs_finish(work);
    }
    CHECK_EQUAL(fake_gpu()->alive, 0);
    test_solution_free(&solution);
    test_problem_free(&problem);
}

/* The solver as a whole, against the direct one of the CPU. */
static inline void check_whole_solve(TestProblem problem, double share_of_iterations) {
    const ScsLinearSolver choices[] = {SCS_LINSYS_QDLDL, backend_choice};
    ScsInfo info[2];
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = 1e-7;
    for (int k = 0; k < 2; ++k) {
        ScsOptions options = {.linear_solver = choices[k]};
        ScsError error = {SCS_OK, ""};
        ScsWork *work =
            scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error);
        if (!CHECK(work)) {
            printf("%s\n", error.message);
            break;
        }
        ScsSolution solution = test_solution(&problem);
        CHECK_EQUAL(scs_solve_ex(work, &solution, &info[k], 0, &error), problem.status);
        ScsWork *twin = scs_clone(work, &error);
        CHECK(twin);
        CHECK_EQUAL(scs_solve_ex(twin, &solution, &info[k], 0, &error), problem.status);
        scs_finish(work);
        scs_finish(twin);
        test_solution_free(&solution);
    }
    CHECK_CONTAINS(info[1].lin_sys_solver, kind()->name);
    CHECK((double)info[1].iter <= share_of_iterations * (double)info[0].iter + 50);
    CHECK_EQUAL(fake_gpu()->alive, 0);
    test_problem_free(&problem);
}

static void runs_the_solver(void) {
    const TestShape shape = {
        .seed = 5, .n = 30, .z = 5, .l = 30, .q_count = 2, .q_rows = 5};
    TestShape quadratic = shape;
    quadratic.quadratic = true;
    check_whole_solve(test_random_solved(&shape), 1.1);
    check_whole_solve(test_random_solved(&quadratic), 1.1);
    check_whole_solve(test_problem(TEST_INFEASIBLE), 1.5);
    check_whole_solve(test_problem(TEST_UNBOUNDED), 1.5);
}

#endif
