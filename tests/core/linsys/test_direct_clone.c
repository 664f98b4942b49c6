/* SPDX-License-Identifier: MIT
 *
 * Clones of the direct backend: what they share must not show.
 */
#include "backend.h"

#include <pthread.h>

typedef struct {
    System system;
    Backend backend;
} Pair;

static void pair_clone(Pair *copy, const Pair *source) {
    copy->system = system_copy(&source->system);
    copy->backend = (Backend){0};
    CHECK_EQUAL(kind()->clone(&copy->backend.self, source->backend.self,
                              &copy->system.a, system_p(&copy->system),
                              &copy->backend.arena, &copy->backend.error),
                SCS_OK);
}

static void pair_create(Pair *pair, uint64_t seed) {
    Random random = {seed};
    pair->system = system_create(&random, 60, 50, 0.1, 2, 1);
    CHECK_EQUAL(backend_create(&pair->backend, &pair->system), SCS_OK);
}

static void pair_free(Pair *pair) {
    backend_free(&pair->backend);
    system_free(&pair->system);
}

static void renew(Pair *pair, uint64_t seed) {
    Random random = {seed};
    random_metric(&random, &pair->system, 2);
    CHECK_EQUAL(
        kind()->update_metric(pair->backend.self, pair->system.r, &pair->backend.error),
        SCS_OK);
}

static void solves_after_either_is_gone(void) {
    for (int first = 0; first < 2; ++first) {
        Random random = {51};
        Pair pairs[2];
        pair_create(&pairs[0], 52);
        pair_clone(&pairs[1], &pairs[0]);
        CHECK(same_solution(&pairs[0].backend, &pairs[1].backend, &pairs[0].system));
        pair_free(&pairs[first]);
        Pair *left = &pairs[1 - first];
        check_solves(&left->backend, &left->system, &random, 1e-11);
        renew(left, 53);
        check_solves(&left->backend, &left->system, &random, 1e-11);
        pair_free(left);
    }
}

static void updates_of_one_leave_the_other_alone(void) {
    for (int updated = 0; updated < 2; ++updated) {
        Random random = {54};
        Pair pairs[2];
        pair_create(&pairs[0], 55);
        pair_clone(&pairs[1], &pairs[0]);
        Pair *other = &pairs[1 - updated];
        double *before = fixed_solution(&other->backend, &other->system);
        renew(&pairs[updated], 56);
        Pair *both = &pairs[updated];
        for (scs_int k = 0; k < both->system.a.p[both->system.n]; ++k) {
            both->system.a.x[k] *= 1.5;
        }
        CHECK_EQUAL(kind()->update_values(both->backend.self, both->system.r,
                                          &both->backend.error),
                    SCS_OK);
        double *after = fixed_solution(&other->backend, &other->system);
        CHECK(memcmp(before, after, 110 * sizeof *before) == 0);
        check_solves(&both->backend, &both->system, &random, 1e-11);
        check_solves(&other->backend, &other->system, &random, 1e-11);
        free(before);
        free(after);
        pair_free(&pairs[updated]);
        pair_free(other);
    }
}

static void failed_updates_stay_private(void) {
    Random random = {57};
    Pair one;
    Pair two;
    pair_create(&one, 58);
    pair_clone(&two, &one);
    two.system.r[3] = NAN;
    CHECK_EQUAL(
        kind()->update_metric(two.backend.self, two.system.r, &two.backend.error),
        SCS_ERROR_NUMERICAL);
    check_solves(&one.backend, &one.system, &random, 1e-11);
    pair_free(&one);
    two.system.r[3] = 1;
    CHECK_EQUAL(
        kind()->update_metric(two.backend.self, two.system.r, &two.backend.error),
        SCS_OK);
    check_solves(&two.backend, &two.system, &random, 1e-11);
    pair_free(&two);
}

/* What one thread does: solve, renew, clone, solve, and at last drop everything. The
 * results are compared later, because the counter of failed checks is not atomic. */
typedef struct {
    Pair pair;
    uint64_t seed;
    double *shared, *renewed;
} Job;

static void *run(void *argument) {
    Job *job = (Job *)argument;
    Backend *b = &job->pair.backend;
    System *s = &job->pair.system;
    double *scratch = NULL;
    for (int k = 0; k < 20; ++k) {
        free(scratch);
        scratch = fixed_solution(b, s);
    }
    job->shared = scratch;
    renew(&job->pair, job->seed);
    Pair copy;
    pair_clone(&copy, &job->pair);
    job->renewed = fixed_solution(&copy.backend, &copy.system);
    pair_free(&job->pair);
    pair_free(&copy);
    return NULL;
}

static void clones_run_in_parallel(void) {
    enum { THREADS = 4 };
    Job jobs[THREADS];
    pthread_t threads[THREADS];
    pair_create(&jobs[0].pair, 59);
    double *expected = fixed_solution(&jobs[0].pair.backend, &jobs[0].pair.system);
    for (int k = 0; k < THREADS; ++k) {
        jobs[k].seed = 60;
        if (k > 0) {
            pair_clone(&jobs[k].pair, &jobs[0].pair);
        }
    }
    for (int k = 0; k < THREADS; ++k) {
        CHECK_EQUAL(pthread_create(&threads[k], NULL, run, &jobs[k]), 0);
    }
    for (int k = 0; k < THREADS; ++k) {
        CHECK_EQUAL(pthread_join(threads[k], NULL), 0);
    }
    for (int k = 0; k < THREADS; ++k) {
        CHECK(memcmp(jobs[k].shared, expected, 110 * sizeof *expected) == 0);
        CHECK(memcmp(jobs[k].renewed, jobs[0].renewed, 110 * sizeof *expected) == 0);
        CHECK(memcmp(jobs[k].renewed, expected, 110 * sizeof *expected) != 0);
    }
    for (int k = 0; k < THREADS; ++k) {
        free(jobs[k].shared);
        free(jobs[k].renewed);
    }
    free(expected);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves after either is gone", solves_after_either_is_gone},
        {"updates of one leave the other alone", updates_of_one_leave_the_other_alone},
        {"failed updates stay private", failed_updates_stay_private},
        {"clones run in parallel", clones_run_in_parallel},
    };
    return CHECK_RUN(cases);
}
