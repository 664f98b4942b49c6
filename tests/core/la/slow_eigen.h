/* SPDX-License-Identifier: MIT
 *
 * Eigenvalues of small symmetric and Hermitian matrices in extended precision by Jacobi's
 * method, slow and safe: what the fast routines are compared with.
 */
#ifndef TESTS_CORE_LA_SLOW_EIGEN_H
#define TESTS_CORE_LA_SLOW_EIGEN_H

#include "scs_types.h"

#include <math.h>
#include <stdlib.h>

enum { SLOW_MOST = 128 };

typedef struct {
    scs_int n;
    long double entry[SLOW_MOST][SLOW_MOST];
} SlowMatrix;

static inline void slow_rotate(SlowMatrix *m, scs_int p, scs_int q) {
    if (m->entry[p][q] == 0) {
        return;
    }
    const long double theta = (m->entry[q][q] - m->entry[p][p]) / (2 * m->entry[p][q]);
    const long double t = copysignl(1, theta) / (fabsl(theta) + hypotl(theta, 1));
    const long double c = 1 / hypotl(t, 1);
    const long double s = t * c;
    for (scs_int k = 0; k < m->n; ++k) {
        const long double x = m->entry[k][p];
        const long double y = m->entry[k][q];
        m->entry[k][p] = c * x - s * y;
        m->entry[k][q] = s * x + c * y;
    }
    for (scs_int k = 0; k < m->n; ++k) {
        const long double x = m->entry[p][k];
        const long double y = m->entry[q][k];
        m->entry[p][k] = c * x - s * y;
        m->entry[q][k] = s * x + c * y;
    }
    m->entry[p][q] = m->entry[q][p] = 0;
}

static inline int slow_ascending(const void *a, const void *b) {
    const long double x = *(const long double *)a;
    const long double y = *(const long double *)b;
    return (x > y) - (x < y);
}

/* The eigenvalues of m, which is used up, ascending. */
static inline void slow_eigenvalues(SlowMatrix *m, long double *values) {
    long double off = 1;
    for (int sweep = 0; sweep < 40 && off > 0; ++sweep) {
        off = 0;
        long double norm = 0;
        for (scs_int p = 0; p < m->n; ++p) {
            for (scs_int q = 0; q < m->n; ++q) {
                norm = fmaxl(norm, fabsl(m->entry[p][q]));
            }
        }
        for (scs_int p = 0; p < m->n; ++p) {
            for (scs_int q = p + 1; q < m->n; ++q) {
                if (fabsl(m->entry[p][q]) > 1e-20L * norm) {
                    off += 1;
                    slow_rotate(m, p, q);
                }
            }
        }
    }
    for (scs_int k = 0; k < m->n; ++k) {
        values[k] = m->entry[k][k];
    }
    qsort(values, (size_t)m->n, sizeof *values, slow_ascending);
}

/* The matrix of a vector as in la/svec.h. A Hermitian A + iB becomes the symmetric
 * [A, -B; B, A], which has each of its eigenvalues twice. */
static inline void slow_from_svec(SlowMatrix *m, const long double *v, scs_int n,
                                  int hermitian) {
    const long double half = sqrtl(0.5L);
    m->n = hermitian ? 2 * n : n;
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int i = j; i < n; ++i) {
            const long double re = *v++ * (i == j ? 1 : half);
            m->entry[i][j] = m->entry[j][i] = re;
            if (hermitian) {
                const long double im = i == j ? 0 : *v++ * half;
                m->entry[n + i][n + j] = m->entry[n + j][n + i] = re;
                m->entry[n + i][j] = m->entry[j][n + i] = im;
                m->entry[n + j][i] = m->entry[i][n + j] = -im;
            }
        }
    }
}

static inline long double slow_smallest(const long double *v, scs_int n,
                                        int hermitian) {
    static SlowMatrix m;
    static long double values[SLOW_MOST];
    slow_from_svec(&m, v, n, hermitian);
    slow_eigenvalues(&m, values);
    return values[0];
}

#endif
