/* SPDX-License-Identifier: MIT
 *
 * A library under the name of MKL's, with as much of PARDISO as the backend uses, so that
 * the backend is tested where there is no MKL, and fails as the test wants it to.
 *
 * It factorises densely, taking the largest pivot on the diagonal; and it counts what the
 * caller does wrong and what the caller has not released.
 */
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

typedef long long Int;

#define EXPORTED __attribute__((visibility("default")))

/* What test_mkl_errors.c asks for by name. */
EXPORTED void stand_in_script(Int phase, Int failure);
EXPORTED long stand_in_held(void);
EXPORTED long stand_in_mistakes(void);
EXPORTED void pardiso_64(void **handle, const Int *kept, const Int *which,
                         const Int *type, const Int *phase, const Int *order,
                         const double *values, const Int *start, const Int *column,
                         const Int *permutation, const Int *sides, Int *parameters,
                         const Int *verbosity, double *b, double *x, Int *error);

static atomic_long held;
static atomic_long mistakes;
static _Atomic(Int) failing_phase;
static _Atomic(Int) scripted_failure;

/* The phase that is to fail from now on (0: none), and how. */
void stand_in_script(Int phase, Int failure) {
    atomic_store(&scripted_failure, failure);
    atomic_store(&failing_phase, phase);
}

long stand_in_held(void) { return atomic_load(&held); }

long stand_in_mistakes(void) { return atomic_load(&mistakes); }

typedef struct {
    Int size;
    bool factorised;
    double *matrix; /* by rows: L below the diagonal in the order of elimination, D */
    Int *pivot;     /* row of each step */
    bool *used;     /* rows eliminated already */
} Factor;

static void expect(bool good) { atomic_fetch_add(&mistakes, good ? 0 : 1); }

static Factor *factor_create(Int size) {
    Factor *factor = calloc(1, sizeof *factor);
    factor->size = size;
    factor->matrix = calloc((size_t)(size * size), sizeof *factor->matrix);
    factor->pivot = calloc((size_t)size, sizeof *factor->pivot);
    factor->used = calloc((size_t)size, sizeof *factor->used);
    atomic_fetch_add(&held, 1);
    return factor;
}

static void factor_release(Factor *factor) {
    free(factor->matrix);
    free(factor->pivot);
    free(factor->used);
    free(factor);
    atomic_fetch_sub(&held, 1);
}

static void load(Factor *factor, const double *values, const Int *start,
                 const Int *column) {
    const Int n = factor->size;
    for (Int k = 0; k < n * n; ++k) {
        factor->matrix[k] = 0;
    }
    for (Int i = 0; i < n; ++i) {
        factor->used[i] = false;
        expect(column[start[i]] == i); /* every diagonal entry is there */
        for (Int k = start[i]; k < start[i + 1]; ++k) {
            expect(k == start[i] || column[k] > column[k - 1]);
            expect(column[k] >= i && column[k] < n);
            factor->matrix[i * n + column[k]] = values[k];
            factor->matrix[column[k] * n + i] = values[k];
        }
    }
}

static Int largest_pivot(const Factor *factor) {
    const Int n = factor->size;
    Int best = -1;
    for (Int i = 0; i < n; ++i) {
        if (!factor->used[i] &&
            (best < 0 || fabs(factor->matrix[i * (n + 1)]) >
                             fabs(factor->matrix[best * (n + 1)]))) {
            best = i;
        }
    }
    return best;
}

/* The number of positive pivots, -1 if one is zero. */
static Int eliminate(Factor *factor) {
    const Int n = factor->size;
    double *const matrix = factor->matrix;
    Int positive = 0;
    for (Int step = 0; step < n; ++step) {
        const Int p = largest_pivot(factor);
        const double pivot = matrix[p * (n + 1)];
        if (pivot == 0) {
            return -1;
        }
        positive += pivot > 0;
        factor->pivot[step] = p;
        factor->used[p] = true;
        for (Int i = 0; i < n; ++i) {
            const double ratio = matrix[i * n + p] / pivot;
            for (Int j = 0; !factor->used[i] && ratio != 0 && j < n; ++j) {
                matrix[i * n + j] -= factor->used[j] ? 0 : ratio * matrix[p * n + j];
            }
            if (!factor->used[i]) {
                matrix[i * n + p] = ratio;
            }
        }
    }
    return positive;
}

static void solve(const Factor *factor, double *b) {
    const Int n = factor->size;
    for (Int step = 0; step < n; ++step) {
        const Int p = factor->pivot[step];
        for (Int later = step + 1; later < n; ++later) {
            const Int i = factor->pivot[later];
            b[i] -= factor->matrix[i * n + p] * b[p];
        }
    }
    for (Int step = n - 1; step >= 0; --step) {
        const Int p = factor->pivot[step];
        b[p] /= factor->matrix[p * (n + 1)];
        for (Int later = step + 1; later < n; ++later) {
            const Int i = factor->pivot[later];
            b[p] -= factor->matrix[i * n + p] * b[i];
        }
    }
}

static Int factorise(Factor *factor, Int *parameters) {
    const Int positive = eliminate(factor);
    factor->factorised = positive >= 0;
    parameters[21] = positive;
    parameters[22] = factor->size - positive;
    return positive < 0 ? -4 : 0;
}

/* What holds of every call but a release. */
static void check_arguments(const Int *kept, const Int *which, const Int *type,
                            const Int *order, const Int *sides, const Int *parameters,
                            const Int *verbosity) {
    expect(*kept == 1 && *which == 1 && *sides == 1);
    expect(*type == -2); /* symmetric indefinite */
    expect(*order > 0);
    expect(*verbosity == 0);
    expect(parameters[0] == 1);  /* nothing is left to defaults */
    expect(parameters[5] == 1);  /* the solution replaces b */
    expect(parameters[34] == 1); /* zero-based */
}

void pardiso_64(void **handle, const Int *kept, const Int *which, const Int *type,
                const Int *phase, const Int *order, const double *values,
                const Int *start, const Int *column, const Int *permutation,
                const Int *sides, Int *parameters, const Int *verbosity, double *b,
                double *x, Int *error) {
    (void)permutation;
    Factor *factor = handle[0];
    *error = 0;
    if (*phase == -1) {
        if (factor) {
            factor_release(factor);
        }
        handle[0] = NULL;
        return;
    }
    check_arguments(kept, which, type, order, sides, parameters, verbosity);
    const bool fails = atomic_load(&failing_phase) == *phase;
    if (*phase == 11) {
        expect(!factor);
        factor = handle[0] = factor_create(*order);       /* even if it fails */
        expect(parameters[17] < 0 && parameters[18] < 0); /* asks for both */
        parameters[17] = *order * (*order + 1) / 2;
        parameters[18] = *order * *order * *order / 3000000;
    } else if (!factor) {
        expect(false);
        *error = -1;
    } else if (*phase == 22) {
        load(factor, values, start, column);
        *error = factorise(factor, parameters);
    } else if (*phase == 33) {
        expect(factor->factorised && b && x);
        solve(factor, b);
        x[0] = NAN; /* the workspace of whoever calls */
    } else {
        expect(false);
    }
    if (fails) {
        *error = atomic_load(&scripted_failure);
    }
}
