/* SPDX-License-Identifier: MIT
 *
 * A clone behaves as its original does, shares no state that changes, and outlives it.
 */
#include "scs_ext.h"
#include "support/answer.h"

#include <pthread.h>
#include <stdlib.h>

static const TestShape shape = {
    .seed = 8,
    .n = 14,
    .z = 3,
    .l = 8,
    .box = 6,
    .q_count = 2,
    .q_rows = 4,
    .quadratic = true,
};

/* A scale far off, so that the metric moves and clones part from their originals. */
static ScsSettings moving(void) {
    ScsSettings settings = test_settings();
    settings.scale = 50;
    return settings;
}

static ScsWork *open_work(const TestProblem *problem, const ScsSettings *settings) {
    ScsWork *work = scs_init_ex(&problem->data, &problem->cone, settings, NULL, NULL);
    if (!work) {
        exit(2);
    }
    return work;
}

static ScsWork *clone_of(const ScsWork *work) {
    ScsError error;
    ScsWork *clone = scs_clone(work, &error);
    if (!clone) {
        printf("scs_clone: %s\n", error.message);
        exit(2);
    }
    return clone;
}

/* Both solve, from the same start; every bit is the same. */
static void check_alike(const TestProblem *problem, ScsWork *work, ScsWork *clone,
                        const ScsSolution *start) {
    ScsSolution a = test_solution(problem), b = test_solution(problem);
    ScsInfo first, second;
    if (start) {
        memcpy(a.x, start->x, (size_t)problem->data.n * sizeof *a.x);
        memcpy(a.y, start->y, (size_t)problem->data.m * sizeof *a.y);
        memcpy(a.s, start->s, (size_t)problem->data.m * sizeof *a.s);
        memcpy(b.x, start->x, (size_t)problem->data.n * sizeof *b.x);
        memcpy(b.y, start->y, (size_t)problem->data.m * sizeof *b.y);
        memcpy(b.s, start->s, (size_t)problem->data.m * sizeof *b.s);
    }
    scs_solve(work, &a, &first, start != NULL);
    scs_solve(clone, &b, &second, start != NULL);
    CHECK_EQUAL(first.status_val, second.status_val);
    CHECK_EQUAL(first.iter, second.iter);
    CHECK_EQUAL(first.scale_updates, second.scale_updates);
    CHECK_EQUAL(first.scale, second.scale);
    CHECK(test_same_solution(problem, &a, &b));
    test_solution_free(&a);
    test_solution_free(&b);
}

static void of_a_fresh_workspace(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        const ScsSettings settings = test_settings();
        ScsWork *work = open_work(&problem, &settings);
        ScsWork *clone = clone_of(work);
        check_alike(&problem, work, clone, NULL);
        scs_finish(work);
        scs_finish(clone);
        test_problem_free(&problem);
    }
}

/* After a solve has moved the metric and b and c are new, cold and warm. */
static void of_a_used_workspace(void) {
    for (int warm = 0; warm < 2; ++warm) {
        TestProblem problem = test_random_solved(&shape);
        const ScsSettings settings = moving();
        ScsWork *work = open_work(&problem, &settings);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        scs_solve(work, &point, &info, 0);
        CHECK(info.scale_updates > 0);
        problem.data.b[0] += 0.1;
        problem.data.c[0] -= 0.1;
        CHECK_EQUAL(scs_update(work, problem.data.b, problem.data.c), 0);
        ScsWork *clone = clone_of(work);
        const ScsDimensions size = scs_dimensions(clone);
        CHECK(size.m == problem.data.m && size.n == problem.data.n);
        check_alike(&problem, work, clone, warm ? &point : NULL);
        scs_finish(clone);
        scs_finish(work);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

/* max x_0 - x_1 - x_2 with |x_0| <= t = 1 - x_0 and |(x_1, x_2)| <= 2. */
static TestProblem of_changing_t(void) {
    static const double a[] = {1, 0, 0, -1, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, -1};
    static const double b[] = {1, 0, 2, 0, 0}, c[] = {-1, 1, 1};
    double lower[] = {-1}, upper[] = {1};
    scs_int q[] = {3};
    const ScsCone cone = {.bsize = 2, .bl = lower, .bu = upper, .q = q, .qsize = 1};
    return test_problem_from_dense("box of changing t", 5, 3, a, NULL, b, c, &cone);
}

/* Whether t is a constant or a variable decides much when a workspace is made, and nothing
 * any more when it has become the other in new values and a clone is made. */
static void of_a_box_whose_t_has_changed(void) {
    for (int constant = 0; constant < 2; ++constant) {
        TestProblem problem = of_changing_t();
        ScsMatrix *a = problem.data.A; /* t is in the first row and column */
        const ScsSettings settings = test_settings();
        ScsError error;
        a->x[0] = constant ? 1 : 0;
        ScsWork *work = open_work(&problem, &settings);
        a->x[0] = constant ? 0 : 1;
        CHECK_EQUAL(scs_update_matrices(work, NULL, 0, a->x, a->p[3], &error), 0);
        ScsWork *clone = clone_of(work);
        problem.optimum = -2 * sqrt(2.) - (constant ? 1 : 0.5);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        check_alike(&problem, work, clone, NULL);
        scs_solve(clone, &point, &info, 0);
        check_answer(&problem, &point, &info, 1e-9);
        scs_finish(work);
        scs_finish(clone);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

/* What one does, the other does not notice. */
static void independent(void) {
    for (int changed = 0; changed < 2; ++changed) { /* the original; the clone */
        TestProblem problem = test_random_solved(&shape);
        const ScsSettings settings = moving();
        ScsWork *work = open_work(&problem, &settings);
        ScsSolution before = test_solution(&problem), after = test_solution(&problem);
        ScsInfo info;
        scs_solve(work, &before, &info, 0);
        ScsWork *clone = clone_of(work);
        ScsWork *one = changed ? clone : work;
        ScsWork *rest = changed ? work : clone;
        const ScsMatrix *a = problem.data.A;
        for (scs_int k = 0; k < a->p[a->n]; ++k) {
            a->x[k] *= 1.5;
        }
        problem.data.c[0] += 1;
        CHECK_EQUAL(scs_update(one, NULL, problem.data.c), 0);
        CHECK_EQUAL(scs_update_matrices(one, NULL, 0, a->x, a->p[a->n], NULL), 0);
        scs_solve(one, &after, &info, 0);
        CHECK(!test_same_solution(&problem, &before, &after));
        scs_solve(rest, &after, &info, 0);
        CHECK(test_same_solution(&problem, &before, &after));
        scs_finish(clone);
        scs_finish(work);
        test_solution_free(&before);
        test_solution_free(&after);
        test_problem_free(&problem);
    }
}

static void finished_in_either_order(void) {
    for (int order = 0; order < 2; ++order) {
        TestProblem problem = test_random_solved(&shape);
        const ScsSettings settings = moving();
        ScsWork *work = open_work(&problem, &settings);
        ScsWork *clone = clone_of(work);
        ScsWork *grandchild = clone_of(clone);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        scs_finish(order ? work : clone);
        scs_solve(order ? clone : work, &point, &info, 0);
        check_answer(&problem, &point, &info, 1e-9);
        scs_finish(order ? clone : work);
        scs_solve(grandchild, &point, &info, 0);
        check_answer(&problem, &point, &info, 1e-9);
        scs_finish(grandchild);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

static int count_calls(void *context) {
    ++*(int *)context;
    return 0;
}

static void hooks_are_not_inherited(void) {
    TestProblem problem = test_problem(TEST_LP);
    const ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    int calls = 0;
    const ScsHooks hooks = {.context = &calls, .interrupted = count_calls};
    scs_set_hooks(work, &hooks);
    ScsWork *clone = clone_of(work);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(clone, &point, &info, 0);
    CHECK_EQUAL(calls, 0);
    scs_solve(work, &point, &info, 0);
    CHECK(calls > 0);
    scs_finish(work);
    scs_finish(clone);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* ---- two threads ---- */

typedef struct {
    ScsWork *work;
    const TestProblem *problem;
    ScsSolution point;
    ScsInfo info;
} Task;

static void *run(void *argument) {
    Task *task = argument;
    for (int k = 0; k < 20; ++k) { /* each cold solve renews the shared factor */
        scs_solve(task->work, &task->point, &task->info, 0);
    }
    scs_finish(task->work);
    return NULL;
}

static void used_by_two_threads(void) {
    TestProblem problem = test_random_solved(&shape);
    const ScsSettings settings = moving();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution expected = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &expected, &info, 0);
    for (int round = 0; round < 10; ++round) {
        Task tasks[2];
        pthread_t threads[2];
        for (int k = 0; k < 2; ++k) {
            tasks[k] = (Task){.work = clone_of(work), .problem = &problem};
            tasks[k].point = test_solution(&problem);
        }
        for (int k = 0; k < 2; ++k) {
            if (!CHECK_EQUAL(pthread_create(&threads[k], NULL, run, &tasks[k]), 0)) {
                exit(2);
            }
        }
        for (int k = 0; k < 2; ++k) {
            pthread_join(threads[k], NULL);
            CHECK(test_same_solution(&problem, &tasks[k].point, &expected));
            CHECK_EQUAL(tasks[k].info.iter, info.iter);
            test_solution_free(&tasks[k].point);
        }
    }
    scs_finish(work);
    test_solution_free(&expected);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"of a fresh workspace", of_a_fresh_workspace},
        {"of a used workspace", of_a_used_workspace},
        {"of a box whose t has changed", of_a_box_whose_t_has_changed},
        {"independent", independent},
        {"finished in either order", finished_in_either_order},
        {"hooks are not inherited", hooks_are_not_inherited},
        {"used by two threads", used_by_two_threads},
    };
    return CHECK_RUN(cases);
}
