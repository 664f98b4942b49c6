/* SPDX-License-Identifier: MIT
 *
 * Symmetric matrices of known spectrum that move slowly: B = sum_j l_j q_j q_j', where all
 * q_j turn by small angles, pair by pair, from one matrix to the next.
 */
#ifndef TESTS_CORE_LA_SLOW_MOTION_H
#define TESTS_CORE_LA_SLOW_MOTION_H

#include "core/la/tridiagonals.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOTION_MOST = 112 };

typedef struct {
    scs_int n;
    uint64_t seed;
    double value[MOTION_MOST];
    double vector[MOTION_MOST * MOTION_MOST]; /* columns */
} Motion;

static inline void motion_rotate(Motion *m, scs_int j, scs_int k, double angle) {
    for (scs_int i = 0; i < m->n; ++i) {
        double *a = &m->vector[i + j * m->n];
        double *b = &m->vector[i + k * m->n];
        const double turned = cos(angle) * *a - sin(angle) * *b;
        *b = sin(angle) * *a + cos(angle) * *b;
        *a = turned;
    }
}

/* Turn every pair by up to angle. */
static inline void motion_step(Motion *m, double angle) {
    for (scs_int j = 0; j < m->n; ++j) {
        for (scs_int k = j + 1; k < m->n; ++k) {
            motion_rotate(m, j, k, 2 * angle * tridiagonal_uniform(&m->seed));
        }
    }
}

/* Vectors at random; the caller sets the values. */
static inline void motion_begin(Motion *m, scs_int n, uint64_t seed) {
    m->n = n;
    m->seed = seed;
    memset(m->vector, 0, sizeof m->vector);
    for (scs_int j = 0; j < n; ++j) {
        m->vector[j + j * n] = 1;
    }
    motion_step(m, 3);
}

/* The matrix, or its positive part, both triangles. */
static inline void motion_matrix(const Motion *m, bool positive, double *b) {
    const scs_int n = m->n;
    memset(b, 0, (size_t)n * (size_t)n * sizeof *b);
    for (scs_int j = 0; j < n; ++j) {
        const double value = positive ? fmax(m->value[j], 0) : m->value[j];
        const double *q = m->vector + j * n;
        for (scs_int k = 0; k < n && value != 0; ++k) {
            for (scs_int i = 0; i < n; ++i) {
                b[i + k * n] += value * q[i] * q[k];
            }
        }
    }
}

#endif
