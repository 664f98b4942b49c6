/* SPDX-License-Identifier: MIT
 *
 * Small random quasi-definite systems with a dense reference solution, for the tests of
 * the linear-system backends.
 */
#ifndef TESTS_CORE_LINSYS_SYSTEMS_H
#define TESTS_CORE_LINSYS_SYSTEMS_H

#include "scs.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint64_t state;
} Random;

static inline double random_unit(Random *random) { /* in [0, 1) */
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (double)(random->state >> 11) * 0x1p-53;
}

static inline scs_int random_below(Random *random, scs_int n) {
    return (scs_int)(random_unit(random) * (double)n);
}

typedef struct {
    scs_int n, m;
    ScsMatrix a, p; /* p.x is NULL if there is no P */
    scs_float *r;
} System;

static inline scs_int system_size(const System *s) { return s->n + s->m; }

static inline const ScsMatrix *system_p(const System *s) {
    return s->p.x ? &s->p : NULL;
}

/* CSC matrix of a dense array by columns; zeros are not stored. */
static inline ScsMatrix matrix_from_dense(const double *dense, scs_int m, scs_int n) {
    ScsMatrix a = {NULL, NULL, NULL, m, n};
    const size_t room = (size_t)m * (size_t)n + 1;
    a.x = (scs_float *)calloc(room, sizeof *a.x);
    a.i = (scs_int *)calloc(room, sizeof *a.i);
    a.p = (scs_int *)calloc((size_t)n + 1, sizeof *a.p);
    for (scs_int j = 0; j < n; ++j) {
        a.p[j + 1] = a.p[j];
        for (scs_int i = 0; i < m; ++i) {
            const double value = dense[(size_t)i + (size_t)j * (size_t)m];
            if (value != 0) {
                a.x[a.p[j + 1]] = value;
                a.i[a.p[j + 1]++] = i;
            }
        }
    }
    return a;
}

static inline void matrix_free(ScsMatrix *a) {
    free(a->x);
    free(a->i);
    free(a->p);
    *a = (ScsMatrix){0};
}

/* Upper triangle of a random positive semidefinite matrix F F' with sparse F of the given
 * rank, times sign. */
static inline ScsMatrix random_semidefinite(Random *random, scs_int n, scs_int rank,
                                            double density, double sign) {
    const size_t size = (size_t)n;
    double *dense = (double *)calloc(size * size + 1, sizeof *dense);
    double *f = (double *)calloc(size + 1, sizeof *f);
    for (scs_int k = 0; k < rank; ++k) {
        for (size_t i = 0; i < size; ++i) {
            f[i] = random_unit(random) < density ? 2 * random_unit(random) - 1 : 0;
        }
        for (size_t j = 0; j < size; ++j) {
            for (size_t i = 0; i <= j; ++i) {
                dense[i + j * size] += sign * f[i] * f[j];
            }
        }
    }
    ScsMatrix p = matrix_from_dense(dense, n, n);
    free(dense);
    free(f);
    return p;
}

static inline ScsMatrix random_matrix(Random *random, scs_int m, scs_int n,
                                      double density) {
    double *dense = (double *)calloc((size_t)m * (size_t)n + 1, sizeof *dense);
    for (size_t k = 0; k < (size_t)m * (size_t)n; ++k) {
        dense[k] = random_unit(random) < density ? 2 * random_unit(random) - 1 : 0;
    }
    ScsMatrix a = matrix_from_dense(dense, m, n);
    free(dense);
    return a;
}

/* Entries of r are 10^u with u uniform in [-spread, spread]. */
static inline void random_metric(Random *random, System *s, double spread) {
    for (scs_int i = 0; i < system_size(s); ++i) {
        s->r[i] = pow(10, spread * (2 * random_unit(random) - 1));
    }
}

static inline System system_create(Random *random, scs_int n, scs_int m, double density,
                                   double spread, int with_p) {
    System s = {0};
    s.n = n;
    s.m = m;
    s.a = random_matrix(random, m, n, density);
    if (with_p) {
        s.p = random_semidefinite(random, n, n / 2 + 1, density, 1);
    }
    s.r = (scs_float *)calloc((size_t)(n + m), sizeof *s.r);
    random_metric(random, &s, spread);
    return s;
}

/* A deep copy of A and P, as another workspace has. */
static inline ScsMatrix matrix_copy(const ScsMatrix *a) {
    ScsMatrix copy = {NULL, NULL, NULL, a->m, a->n};
    if (!a->p) {
        return copy;
    }
    const size_t nnz = (size_t)a->p[a->n];
    copy.x = (scs_float *)calloc(nnz + 1, sizeof *copy.x);
    copy.i = (scs_int *)calloc(nnz + 1, sizeof *copy.i);
    copy.p = (scs_int *)calloc((size_t)a->n + 1, sizeof *copy.p);
    memcpy(copy.x, a->x, nnz * sizeof *copy.x);
    memcpy(copy.i, a->i, nnz * sizeof *copy.i);
    memcpy(copy.p, a->p, ((size_t)a->n + 1) * sizeof *copy.p);
    return copy;
}

static inline System system_copy(const System *s) {
    System copy = *s;
    copy.a = matrix_copy(&s->a);
    copy.p = matrix_copy(&s->p);
    copy.r = (scs_float *)calloc((size_t)system_size(s), sizeof *copy.r);
    memcpy(copy.r, s->r, (size_t)system_size(s) * sizeof *copy.r);
    return copy;
}

static inline void system_free(System *s) {
    matrix_free(&s->a);
    matrix_free(&s->p);
    free(s->r);
    *s = (System){0};
}

/* y = K x and, if size is not NULL, size = |K| |x| entrywise. */
static inline void system_multiply(const System *s, const double *x, double *y,
                                   double *size) {
    const scs_int n = s->n;
    for (scs_int i = 0; i < system_size(s); ++i) {
        const double value = (i < n ? s->r[i] : -s->r[i]) * x[i];
        y[i] = value;
        if (size) {
            size[i] = fabs(value);
        }
    }
    for (int part = 0; part < 2; ++part) {
        const ScsMatrix *a = part ? &s->p : &s->a;
        const scs_int shift = part ? 0 : n;
        for (scs_int j = 0; a->x && j < n; ++j) {
            for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
                const scs_int i = a->i[k] + shift;
                y[i] += a->x[k] * x[j];
                if (size) {
                    size[i] += fabs(a->x[k] * x[j]);
                }
                if (i != j) {
                    y[j] += a->x[k] * x[i];
                    if (size) {
                        size[j] += fabs(a->x[k] * x[i]);
                    }
                }
            }
        }
    }
}

/* Largest componentwise backward error |K x - rhs| / (|K| |x| + |rhs|). */
static inline double system_error(const System *s, const double *x, const double *rhs) {
    const size_t size = (size_t)system_size(s);
    double *y = (double *)calloc(2 * size, sizeof *y);
    double worst = 0;
    system_multiply(s, x, y, y + size);
    for (size_t i = 0; i < size; ++i) {
        const double scale = y[size + i] + fabs(rhs[i]);
        const double error = fabs(y[i] - rhs[i]);
        worst = fmax(worst, scale > 0 ? error / scale : (error == 0 ? 0 : INFINITY));
        if (isnan(y[i])) {
            worst = INFINITY;
        }
    }
    free(y);
    return worst;
}

/* Largest residual |K x - rhs| over the largest entry of |K| |x| + |rhs|. */
static inline double system_residual(const System *s, const double *x,
                                     const double *rhs) {
    const size_t size = (size_t)system_size(s);
    double *y = (double *)calloc(2 * size, sizeof *y);
    double worst = 0;
    double scale = 1e-300;
    system_multiply(s, x, y, y + size);
    for (size_t i = 0; i < size; ++i) {
        worst = isnan(y[i]) ? INFINITY : fmax(worst, fabs(y[i] - rhs[i]));
        scale = fmax(scale, y[size + i] + fabs(rhs[i]));
    }
    free(y);
    return worst / scale;
}

/* Solve K x = rhs densely, by Gaussian elimination with partial pivoting. */
static inline void system_solve_dense(const System *s, const double *rhs, double *x) {
    const size_t size = (size_t)system_size(s);
    double *k = (double *)calloc(size * size + size, sizeof *k);
    double *unit = k + size * size;
    for (size_t j = 0; j < size; ++j) {
        memset(unit, 0, size * sizeof *unit);
        unit[j] = 1;
        system_multiply(s, unit, k + j * size, NULL); /* symmetric: row or column */
    }
    memcpy(x, rhs, size * sizeof *x);
    for (size_t c = 0; c < size; ++c) {
        size_t best = c;
        for (size_t i = c + 1; i < size; ++i) {
            best = fabs(k[i * size + c]) > fabs(k[best * size + c]) ? i : best;
        }
        for (size_t j = 0; best != c && j < size; ++j) {
            const double t = k[c * size + j];
            k[c * size + j] = k[best * size + j];
            k[best * size + j] = t;
        }
        const double t = x[c];
        x[c] = x[best];
        x[best] = t;
        for (size_t i = c + 1; i < size; ++i) {
            const double factor = k[i * size + c] / k[c * size + c];
            for (size_t j = c; factor != 0 && j < size; ++j) {
                k[i * size + j] -= factor * k[c * size + j];
            }
            x[i] -= factor * x[c];
        }
    }
    for (size_t c = size; c-- > 0;) {
        for (size_t j = c + 1; j < size; ++j) {
            x[c] -= k[c * size + j] * x[j];
        }
        x[c] /= k[c * size + c];
    }
    free(k);
}

static inline void random_vector(Random *random, double *x, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        x[i] = 2 * random_unit(random) - 1;
    }
}

#endif
