/* SPDX-License-Identifier: MIT */
#include "la/ql.h"

#include "base/real.h"
#include "la/vec.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

/* T and the product of all rotations so far. */
typedef struct {
    ptrdiff_t n;
    scs_float *diagonal;
    scs_float *off; /* off[i] couples i and i + 1 */
    scs_float *vectors;
} Matrix;

/* The largest sum of absolute values in a row. */
static scs_float norm(const Matrix *m) {
    scs_float largest = 0;
    scs_float before = 0;
    for (ptrdiff_t i = 0; i < m->n; ++i) {
        const scs_float after = i + 1 < m->n ? fabs(m->off[i]) : 0;
        largest = scs_max(largest, before + fabs(m->diagonal[i]) + after);
        before = after;
    }
    return largest;
}

static void start_vectors(const Matrix *m) {
    scs_vec_fill(0, m->vectors, m->n * m->n);
    for (ptrdiff_t i = 0; i < m->n; ++i) {
        m->vectors[i * (m->n + 1)] = 1;
    }
}

/* The eigenvalue of the 2 x 2 matrix at the top of a block that is nearer to its first
 * entry. No square is taken, for it might vanish. */
static scs_float choose_shift(const Matrix *m, ptrdiff_t top) {
    const scs_float off = m->off[top];
    const scs_float half = 0.5 * (m->diagonal[top + 1] - m->diagonal[top]);
    return m->diagonal[top] - off * (off / (half + copysign(hypot(half, off), half)));
}

/* Columns k and k + 1 of the vectors become cosine v_k - sine v_k+1 and sine v_k + cosine
 * v_k+1. */
static void rotate_vectors(const Matrix *m, ptrdiff_t k, scs_float cosine,
                           scs_float sine) {
    scs_float *restrict left = m->vectors + k * m->n;
    scs_float *restrict right = left + m->n;
    for (ptrdiff_t i = 0; i < m->n; ++i) {
        const scs_float a = left[i];
        const scs_float b = right[i];
        left[i] = cosine * a - sine * b;
        right[i] = sine * a + cosine * b;
    }
}

/* One step on the block of rows top .. bottom: a rotation of the last two rows, chosen as if
 * the shift had been subtracted, and rotations upwards, each of which moves the entry that
 * the last one has left outside of the band by one row, until it is gone. */
static void sweep(const Matrix *m, ptrdiff_t top, ptrdiff_t bottom) {
    scs_float *d = m->diagonal;
    scs_float *off = m->off;
    scs_float keep = d[bottom] - choose_shift(m, top);
    scs_float remove = off[bottom - 1];
    for (ptrdiff_t k = bottom - 1; k >= top; --k) {
        const scs_float length = hypot(keep, remove);
        const scs_float cosine = length > 0 ? keep / length : 1;
        const scs_float sine = length > 0 ? remove / length : 0;
        if (k + 1 < bottom) {
            off[k + 1] = length;
        }
        const scs_float mixed = sine * (d[k] - d[k + 1]) + 2 * cosine * off[k];
        d[k] -= sine * mixed;
        d[k + 1] += sine * mixed;
        off[k] = cosine * mixed - off[k];
        keep = off[k];
        if (k > top) {
            remove = sine * off[k - 1];
            off[k - 1] *= cosine;
        }
        rotate_vectors(m, k, cosine, sine);
    }
}

/* Ascending, by selection: at most n exchanges, each of which moves two vectors. */
static void sort(const Matrix *m) {
    for (ptrdiff_t i = 0; i + 1 < m->n; ++i) {
        ptrdiff_t least = i;
        for (ptrdiff_t j = i + 1; j < m->n; ++j) {
            least = m->diagonal[j] < m->diagonal[least] ? j : least;
        }
        if (least == i) {
            continue;
        }
        const scs_float value = m->diagonal[i];
        m->diagonal[i] = m->diagonal[least];
        m->diagonal[least] = value;
        scs_float *a = m->vectors + i * m->n;
        scs_float *b = m->vectors + least * m->n;
        for (ptrdiff_t k = 0; k < m->n; ++k) {
            const scs_float entry = a[k];
            a[k] = b[k];
            b[k] = entry;
        }
    }
}

bool scs_ql_decompose(scs_int n, scs_float *diagonal, scs_float *off,
                      scs_float *vectors) {
    enum { MOST_STEPS = 30 }; /* for each eigenvalue; on average it takes less than 2 */
    const Matrix m = {n, diagonal, off, vectors};
    const scs_float nothing = DBL_EPSILON * norm(&m);
    start_vectors(&m);
    int64_t steps = MOST_STEPS * (int64_t)n;
    for (ptrdiff_t top = 0; top + 1 < m.n;) {
        ptrdiff_t bottom = top; /* of the block without a zero that begins at the top */
        while (bottom + 1 < m.n && !(fabs(off[bottom]) <= nothing)) {
            ++bottom;
        }
        if (bottom == top) {
            ++top;
        } else if (steps-- > 0) {
            sweep(&m, top, bottom);
        } else {
            return false;
        }
    }
    sort(&m);
    return true;
}
