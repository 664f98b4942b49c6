/* SPDX-License-Identifier: MIT
 *
 * scs_solve and scs_update take no memory, and give none back.
 */
#include "capi/counting_allocator.h"

#include "scs_ext.h"
#include "support/answer.h"
#include "support/capture.h"

#include <stdlib.h>

static ScsWork *open_work(const TestProblem *problem, const ScsSettings *settings,
                          const ScsOptions *options) {
    ScsWork *work =
        scs_init_ex(&problem->data, &problem->cone, settings, options, NULL);
    if (!work) {
        exit(2);
    }
    return work;
}

/* Everything after scs_init, without a call of the allocator. */
static void use(ScsWork *work, const TestProblem *problem) {
    ScsSolution point = test_solution(problem);
    ScsInfo info;
    const long calls = allocator.calls;
    const long living = allocator.living;
    for (int warm = 0; warm < 2; ++warm) {
        scs_solve(work, &point, &info, warm);
        CHECK_EQUAL(info.status_val, problem->status);
        CHECK_EQUAL(scs_update(work, problem->data.b, problem->data.c), 0);
        const ScsMatrix *a = problem->data.A;
        CHECK_EQUAL(scs_update_matrices(work, NULL, 0, a->x, a->p[a->n], NULL), 0);
    }
    scs_interrupt(work);
    CHECK_EQUAL(allocator.calls, calls);
    CHECK_EQUAL(allocator.living, living);
    test_solution_free(&point);
}

static void the_allocator_is_watched(void) {
    const long calls = allocator.calls;
    const long living = allocator.living;
    TestProblem problem = test_problem(TEST_LP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings, NULL);
    CHECK(allocator.calls > calls);
    CHECK(allocator.living > living);
    scs_finish(work);
    test_problem_free(&problem);
    CHECK_EQUAL(allocator.living, living);
}

static void small_problems(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        const ScsSettings settings = test_settings();
        ScsWork *work = open_work(&problem, &settings, NULL);
        use(work, &problem);
        scs_finish(work);
        test_problem_free(&problem);
    }
}

/* With refactorisations, type II acceleration and without any. */
static void a_larger_problem(void) {
    for (int variant = 0; variant < 3; ++variant) {
        const TestShape shape = {.seed = 4,
                                 .n = 60,
                                 .z = 10,
                                 .l = 90,
                                 .box = 20,
                                 .q_count = 5,
                                 .q_rows = 9,
                                 .quadratic = true};
        TestProblem problem = test_random_solved(&shape);
        ScsSettings settings = test_settings();
        settings.scale = 100;
        settings.acceleration_lookback = variant == 2 ? 0 : 10;
        settings.acceleration_type_1 = variant == 0;
        ScsWork *work = open_work(&problem, &settings, NULL);
        use(work, &problem);
        scs_finish(work);
        test_problem_free(&problem);
    }
}

static Capture capture;

static void the_report(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    settings.verbose = 1;
    const ScsOptions options = {.hooks = {.context = &capture, .print = capture_print}};
    ScsWork *work = open_work(&problem, &settings, &options);
    use(work, &problem);
    CHECK(capture.used > 0);
    scs_finish(work);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"the allocator is watched", the_allocator_is_watched},
        {"small problems", small_problems},
        {"a larger problem", a_larger_problem},
        {"the report", the_report},
    };
    return CHECK_RUN(cases);
}
