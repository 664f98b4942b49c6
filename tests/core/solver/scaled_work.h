/* SPDX-License-Identifier: MIT
 *
 * A workspace to look into, and the way between its scaled letters and the problem's.
 */
#ifndef TESTS_CORE_SOLVER_SCALED_WORK_H
#define TESTS_CORE_SOLVER_SCALED_WORK_H

#include "solver/workspace.h"
#include "support/check.h"
#include "support/judge.h"

#include <stdlib.h>

/* A shape with every cone there is. */
static const TestShape every_cone = {
    .seed = 1,
    .n = 12,
    .z = 3,
    .l = 6,
    .box = 5,
    .q_count = 2,
    .q_rows = 4,
    .quadratic = true,
};

static inline ScsWork *open_work(const TestProblem *problem,
                                 const ScsSettings *settings) {
    ScsError error = {0};
    ScsWork *work = scs_init_ex(&problem->data, &problem->cone, settings, NULL, &error);
    if (!work) { /* a broken test setup, not a result */
        printf("scs_init_ex: %s\n", error.message);
        exit(2);
    }
    return work;
}

static inline ptrdiff_t whole(const ScsWork *work) {
    return (ptrdiff_t)work->problem.n + work->problem.m + 1;
}

static inline void randomise(double *v, ptrdiff_t size, unsigned *seed) {
    for (ptrdiff_t i = 0; i < size; ++i) {
        v[i] = test_random(seed);
    }
}

/* The point of the problem as given that belongs to u (or ut) and rsk, not divided by
 * tau. */
static inline void unscale_work(const ScsWork *work, const double *u,
                                ScsSolution *point) {
    const scs_int n = work->problem.n;
    const scs_float *d = work->scaling.d;
    const scs_float *e = work->scaling.e;
    const scs_float sigma = work->scaling.sigma;
    for (scs_int j = 0; j < n; ++j) {
        point->x[j] = u[j] * e[j] / sigma;
    }
    for (scs_int i = 0; i < work->problem.m; ++i) {
        point->y[i] = u[n + i] * d[i] / sigma;
        point->s[i] = work->rsk[n + i] / d[i] / sigma;
    }
}

#endif
