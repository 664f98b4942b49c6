/* SPDX-License-Identifier: MIT
 *
 * The backend by MKL in several threads at once, from the first use in the process on.
 */
#include "backend.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 10 };

/* What one thread does; checked by the main thread, whose counter of failures is its own. */
typedef struct {
    System system;
    double *found;
    bool absent;
    int failures;
} Job;

static void *run(void *argument) {
    Job *job = (Job *)argument;
    const size_t size = (size_t)system_size(&job->system);
    for (int round = 0; round < ROUNDS; ++round) {
        const ScsLinSysKind *mkl = kind(); /* the first of them loads the library */
        Backend b = {0};
        if (!mkl) {
            job->absent = true;
            return NULL;
        }
        Random random = {99};
        random_vector(&random, job->found, (scs_int)size);
        job->failures +=
            mkl->create(&b.self, &job->system.a, system_p(&job->system), job->system.r,
                        &b.arena, &b.error) != SCS_OK ||
            mkl->update_metric(b.self, job->system.r, &b.error) != SCS_OK ||
            mkl->solve(b.self, job->found, NULL, 0, &b.error) != SCS_OK;
        backend_free(&b);
    }
    return NULL;
}

static void solvers_run_in_parallel(void) {
    Job jobs[THREADS] = {0};
    pthread_t threads[THREADS];
    for (int k = 0; k < THREADS; ++k) {
        Random random = {(uint64_t)k + 1};
        jobs[k].system = system_create(&random, 100, 120, 0.05, 1, k % 2);
        jobs[k].found = (double *)calloc(220, sizeof *jobs[k].found);
    }
    for (int k = 0; k < THREADS; ++k) {
        CHECK_EQUAL(pthread_create(&threads[k], NULL, run, &jobs[k]), 0);
    }
    for (int k = 0; k < THREADS; ++k) {
        CHECK_EQUAL(pthread_join(threads[k], NULL), 0);
    }
    for (int k = 0; k < THREADS; ++k) {
        Random random = {99};
        double rhs[220];
        random_vector(&random, rhs, 220);
        CHECK_EQUAL(jobs[k].failures, 0);
        CHECK_EQUAL(jobs[k].absent, jobs[0].absent);
        if (jobs[k].absent) {
            printf("skipped: the loader does not find MKL's mkl_rt\n");
        } else {
            CHECK(system_residual(&jobs[k].system, jobs[k].found, rhs) < 1e-11);
        }
        free(jobs[k].found);
        system_free(&jobs[k].system);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"solvers run in parallel", solvers_run_in_parallel},
    };
    backend_choice = SCS_LINSYS_MKL;
    return CHECK_RUN(cases);
}
