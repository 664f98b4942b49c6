/* SPDX-License-Identifier: MIT
 *
 * scs_interrupt from another thread, and from a signal handler.
 */
#define _POSIX_C_SOURCE 200809L

#include "scs_ext.h"
#include "support/answer.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

static const TestShape shape = {.seed = 2, .n = 20, .z = 3, .l = 30, .quadratic = true};

typedef struct {
    ScsWork *work;
    ScsSolution point;
    ScsInfo info;
    atomic_int running; /* the solve has begun: its hook was called */
    atomic_int done;
} Task;

static int mark_running(void *context) {
    atomic_store(&((Task *)context)->running, 1);
    return 0;
}

static void set_up(Task *task, const TestProblem *problem) {
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    settings.max_iters = 2000000000;
    settings.time_limit_secs = 60; /* should the interrupt be lost */
    const ScsOptions options = {
        .hooks = {.context = task, .interrupted = mark_running}};
    task->work = scs_init_ex(&problem->data, &problem->cone, &settings, &options, NULL);
    if (!task->work) {
        exit(2);
    }
    task->point = test_solution(problem);
    atomic_init(&task->running, 0);
    atomic_init(&task->done, 0);
}

static void *run(void *argument) {
    Task *task = argument;
    scs_solve(task->work, &task->point, &task->info, 0);
    atomic_store(&task->done, 1);
    return NULL;
}

static void wait_for(atomic_int *flag) {
    const struct timespec pause = {.tv_nsec = 100000};
    while (!atomic_load(flag)) {
        nanosleep(&pause, NULL);
    }
}

static void check_stopped(const TestProblem *problem, const Task *task) {
    CHECK_EQUAL(task->info.status_val, SCS_SIGINT);
    CHECK_EQUAL(task->info.iter, -1);
    check_all(task->point.x, problem->data.n, 1);
    CHECK(task->info.solve_time < 30000 || isnan(task->info.solve_time));
}

static void from_another_thread(void) {
    TestProblem problem = test_random_solved(&shape);
    Task task;
    set_up(&task, &problem);
    for (int round = 0; round < 20; ++round) { /* and the workspace can go on */
        pthread_t thread;
        atomic_store(&task.running, 0);
        if (!CHECK_EQUAL(pthread_create(&thread, NULL, run, &task), 0)) {
            exit(2);
        }
        wait_for(&task.running);
        scs_interrupt(task.work);
        pthread_join(thread, NULL);
        check_stopped(&problem, &task);
    }
    scs_finish(task.work);
    test_solution_free(&task.point);
    test_problem_free(&problem);
}

static void only_the_one_that_is_meant(void) {
    TestProblem problem = test_random_solved(&shape);
    enum { TASKS = 2 };
    Task tasks[TASKS];
    pthread_t threads[TASKS];
    for (int k = 0; k < TASKS; ++k) {
        set_up(&tasks[k], &problem);
        if (!CHECK_EQUAL(pthread_create(&threads[k], NULL, run, &tasks[k]), 0)) {
            exit(2);
        }
    }
    for (int k = 0; k < TASKS; ++k) {
        wait_for(&tasks[k].running);
    }
    for (int k = 0; k < TASKS; ++k) {
        CHECK(!atomic_load(&tasks[k].done));
        scs_interrupt(tasks[k].work);
        pthread_join(threads[k], NULL);
        check_stopped(&problem, &tasks[k]);
    }
    for (int k = 0; k < TASKS; ++k) {
        scs_finish(tasks[k].work);
        test_solution_free(&tasks[k].point);
    }
    test_problem_free(&problem);
}

#if defined(SIGUSR1) /* POSIX signals, one of which goes to one thread */
static ScsWork *in_handler;

static void handler(int number) {
    (void)number;
    scs_interrupt(in_handler);
}

static void from_a_signal_handler(void) {
    TestProblem problem = test_random_solved(&shape);
    Task task;
    set_up(&task, &problem);
    in_handler = task.work;
    struct sigaction action = {.sa_handler = handler}, before;
    sigaction(SIGUSR1, &action, &before);
    pthread_t thread;
    if (!CHECK_EQUAL(pthread_create(&thread, NULL, run, &task), 0)) {
        exit(2);
    }
    wait_for(&task.running);
    pthread_kill(thread, SIGUSR1); /* runs in the thread that solves */
    pthread_join(thread, NULL);
    check_stopped(&problem, &task);
    sigaction(SIGUSR1, &before, NULL);
    scs_finish(task.work);
    test_solution_free(&task.point);
    test_problem_free(&problem);
}
#endif

int main(void) {
    static const CheckCase cases[] = {
        {"from another thread", from_another_thread},
        {"only the one that is meant", only_the_one_that_is_meant},
#if defined(SIGUSR1)
        {"from a signal handler", from_a_signal_handler},
#endif
    };
    return CHECK_RUN(cases);
}
