/* SPDX-License-Identifier: MIT
 *
 * Different workspaces share nothing that changes: what many threads find at the same time
 * is, bit by bit, what one finds alone. Meant for the thread sanitizer as well.
 */
#include "scs_ext.h"
#include "support/answer.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4, ROUNDS = 6 };

typedef struct {
    TestProblem problem[TEST_PROBLEMS];
    ScsSolution alone[TEST_PROBLEMS];
    int wrong; /* answers that differ */
} Task;

static void set_up(Task *task) {
    task->wrong = 0;
    for (int k = 0; k < TEST_PROBLEMS; ++k) {
        task->problem[k] = test_problem((TestKind)k);
        task->alone[k] = test_solution(&task->problem[k]);
    }
}

static void tear_down(Task *task) {
    for (int k = 0; k < TEST_PROBLEMS; ++k) {
        test_solution_free(&task->alone[k]);
        test_problem_free(&task->problem[k]);
    }
}

/* Build, solve twice, update, solve, finish; the first answer goes to `point`. */
static void live(const TestProblem *problem, ScsSolution *point) {
    const ScsSettings settings = test_settings();
    ScsInfo info;
    ScsError error;
    ScsSolution again = {0};
    ScsWork *work =
        scs_init_ex(&problem->data, &problem->cone, &settings, NULL, &error);
    if (!work) {
        return;
    }
    scs_solve(work, point, &info, 0);
    scs_solve(work, &again, &info, 0);
    scs_update(work, problem->data.b, problem->data.c);
    scs_solve(work, &again, &info, 1);
    scs_finish(work);
    free(again.x);
    free(again.y);
    free(again.s);
}

static void *run(void *argument) {
    Task *task = argument;
    for (int round = 0; round < ROUNDS; ++round) {
        for (int k = 0; k < TEST_PROBLEMS; ++k) {
            const TestProblem *problem = &task->problem[k];
            ScsSolution point = test_solution(problem);
            live(problem, &point);
            task->wrong += !test_same_solution(problem, &point, &task->alone[k]);
            test_solution_free(&point);
        }
    }
    return NULL;
}

static void threads_find_what_one_finds_alone(void) {
    Task tasks[THREADS];
    pthread_t threads[THREADS];
    for (int t = 0; t < THREADS; ++t) {
        set_up(&tasks[t]);
        for (int k = 0; k < TEST_PROBLEMS; ++k) {
            live(&tasks[t].problem[k], &tasks[t].alone[k]);
        }
    }
    for (int t = 0; t < THREADS; ++t) {
        if (!CHECK_EQUAL(pthread_create(&threads[t], NULL, run, &tasks[t]), 0)) {
            exit(2);
        }
    }
    for (int t = 0; t < THREADS; ++t) {
        pthread_join(threads[t], NULL);
        CHECK_EQUAL(tasks[t].wrong, 0);
        tear_down(&tasks[t]);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"threads find what one finds alone", threads_find_what_one_finds_alone},
    };
    return CHECK_RUN(cases);
}
