/* SPDX-License-Identifier: MIT
 *
 * A linear-system backend with what it needs around it, for tests.
 */
#ifndef TESTS_CORE_LINSYS_BACKEND_H
#define TESTS_CORE_LINSYS_BACKEND_H

#include "linsys/linsys.h"

#include "support/check.h"

#include "systems.h"

#include <stdbool.h>

typedef struct {
    ScsArena arena;
    ScsLinSys *self;
    ScsError error;
} Backend;

/* The backend under test. */
static ScsLinearSolver backend_choice = SCS_LINSYS_QDLDL;

static inline const ScsLinSysKind *kind(void) {
    return scs_linsys_find(backend_choice, NULL);
}

/* Move to the next backend that runs here; false, and back to the first, after the last. */
static inline bool next_backend(void) {
    for (int k = (int)backend_choice + 1; k <= SCS_LINSYS_CUDSS; ++k) {
        backend_choice = (ScsLinearSolver)k;
        if (kind()) {
            return true;
        }
    }
    backend_choice = SCS_LINSYS_QDLDL;
    return false;
}

static inline ScsErrorCode backend_create(Backend *b, const System *s) {
    *b = (Backend){0};
    return kind()->create(&b->self, &s->a, system_p(s), s->r, &b->arena, &b->error);
}

static inline void backend_free(Backend *b) {
    if (b->self) {
        kind()->destroy(b->self);
    }
    scs_arena_release(&b->arena);
}

/* Solve for a random right-hand side and check the residual. */
static inline void check_solves(Backend *b, const System *s, Random *random,
                                double tolerance) {
    const size_t size = (size_t)system_size(s);
    double *rhs = (double *)calloc(2 * size, sizeof *rhs);
    double *x = rhs + size;
    random_vector(random, rhs, (scs_int)size);
    memcpy(x, rhs, size * sizeof *x);
    CHECK_EQUAL(kind()->solve(b->self, x, NULL, 0, &b->error), SCS_OK);
    CHECK(system_residual(s, x, rhs) <= tolerance);
    free(rhs);
}

/* The solution for a fixed right-hand side, for comparing bits. */
static inline double *fixed_solution(Backend *b, const System *s) {
    Random random = {99};
    double *x = (double *)calloc((size_t)system_size(s), sizeof *x);
    random_vector(&random, x, system_size(s));
    CHECK_EQUAL(kind()->solve(b->self, x, NULL, 0, &b->error), SCS_OK);
    return x;
}

static inline bool same_solution(Backend *b, Backend *other, const System *s) {
    double *one = fixed_solution(b, s);
    double *two = fixed_solution(other, s);
    const bool same = memcmp(one, two, (size_t)system_size(s) * sizeof *one) == 0;
    free(one);
    free(two);
    return same;
}

/* Solutions of random systems, with and without P, are those of a dense solver. */
static inline void check_dense_reference(uint64_t seed, int trials) {
    Random random = {seed};
    for (int trial = 0; trial < trials; ++trial) {
        System s = system_create(&random, 1 + random_below(&random, 40),
                                 1 + random_below(&random, 40), random_unit(&random), 1,
                                 trial % 2);
        const scs_int size = system_size(&s);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        double *x = fixed_solution(&b, &s);
        double rhs[80];
        double expected[80];
        Random again = {99};
        random_vector(&again, rhs, size);
        system_solve_dense(&s, rhs, expected);
        double largest = 0;
        for (scs_int i = 0; i < size; ++i) {
            largest = fmax(largest, fabs(expected[i]));
        }
        for (scs_int i = 0; i < size; ++i) {
            CHECK_NEAR(x[i], expected[i], 1e-9 * largest);
        }
        free(x);
        backend_free(&b);
        system_free(&s);
    }
}

#endif
