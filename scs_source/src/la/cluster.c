/* SPDX-License-Identifier: MIT */
#include "la/cluster.h"

#include "la/vec.h"

#include <float.h>
#include <math.h>

/* L U = P (T - shift) of one block: U has two upper diagonals. */
typedef struct {
    const scs_float *diagonal;
    const scs_float *off;
    scs_int n;
    scs_float tiny; /* stands in for smaller pivots */
    scs_float *pivot;
    scs_float *upper;
    scs_float *second;
    scs_float *lower;
    scs_float *swapped; /* 1 where row i + 1 became the pivot's */
} Factor;

ptrdiff_t scs_cluster_scratch(scs_int n) { return 5 * (ptrdiff_t)n; }

static void factor(Factor *f, scs_float shift) {
    scs_float pivot = f->diagonal[0] - shift;
    scs_float upper = f->off[0];
    for (scs_int i = 0; i + 1 < f->n; ++i) {
        const scs_float off = f->off[i];
        const scs_float diagonal = f->diagonal[i + 1] - shift;
        const scs_float next = f->off[i + 1]; /* 0 behind the block */
        const bool swap = fabs(off) > fabs(pivot);
        f->swapped[i] = swap;
        if (swap) {
            f->lower[i] = pivot / off;
            f->pivot[i] = off;
            f->upper[i] = diagonal;
            f->second[i] = next;
            pivot = upper - f->lower[i] * diagonal;
            upper = -f->lower[i] * next;
        } else {
            f->pivot[i] = fabs(pivot) < f->tiny ? f->tiny : pivot;
            f->lower[i] = off / f->pivot[i];
            f->upper[i] = upper;
            f->second[i] = 0;
            pivot = diagonal - f->lower[i] * upper;
            upper = next;
        }
    }
    f->pivot[f->n - 1] = fabs(pivot) < f->tiny ? f->tiny : pivot;
}

/* z := a multiple of (T - shift)^-1 z, kept in range on the way */
static void solve(const Factor *f, scs_float *z) {
    const scs_int n = f->n;
    for (scs_int i = 0; i + 1 < n; ++i) {
        const bool swap = f->swapped[i] != 0;
        const scs_float top = swap ? z[i + 1] : z[i];
        const scs_float bottom = swap ? z[i] : z[i + 1];
        z[i] = top;
        z[i + 1] = bottom - f->lower[i] * top;
    }
    scs_float one = 0;
    scs_float two = 0;
    for (scs_int i = n - 1; i >= 0; --i) {
        const scs_float upper = i + 1 < n ? f->upper[i] : 0;
        const scs_float second = i + 2 < n ? f->second[i] : 0;
        z[i] = (z[i] - upper * one - second * two) / f->pivot[i];
        two = one;
        one = z[i];
    }
}

/* Numbers in (-1, 1), the same every time. */
static void randomise(scs_float *z, scs_int n, uint64_t *seed) {
    for (scs_int i = 0; i < n; ++i) {
        *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
        z[i] = (scs_float)(*seed >> 11) / 4503599627370496.0 - 1;
    }
}

/* Make z orthogonal to columns of vectors (which begin at the block) and of norm 1. */
static void orthonormalise(scs_float *z, scs_int n, scs_int count,
                           const scs_int *column, const scs_float *vectors,
                           ptrdiff_t rows) {
    enum { TWICE = 2 }; /* is enough */
    scs_vec_scale(1 / scs_vec_norm_inf(z, n), z, n);
    for (int pass = 0; pass < TWICE; ++pass) {
        scs_vec_scale(1 / scs_vec_norm2(z, n), z, n);
        for (scs_int j = 0; j < count; ++j) {
            const scs_float *other = vectors + rows * column[j];
            scs_vec_axpy(-scs_vec_dot(other, z, n), other, z, n);
        }
    }
    scs_vec_scale(1 / scs_vec_norm2(z, n), z, n);
}

static scs_float residual(const Factor *f, scs_float value, const scs_float *z) {
    scs_float worst = 0;
    for (scs_int i = 0; i < f->n; ++i) {
        scs_float entry = (f->diagonal[i] - value) * z[i];
        entry += i > 0 ? f->off[i - 1] * z[i - 1] : 0;
        entry += i + 1 < f->n ? f->off[i] * z[i + 1] : 0;
        worst = fabs(entry) <= worst ? worst : fabs(entry);
    }
    return worst;
}

bool scs_cluster_vectors(const ScsTridiagonal *t, scs_int count, const scs_int *column,
                         const scs_float *values, scs_float *vectors,
                         scs_float *scratch) {
    enum { LEAST_STEPS = 2, MOST_STEPS = 6 };
    const ptrdiff_t rows = t->n;
    const scs_int begin = t->begin[t->block[column[0]]];
    const scs_int end = t->begin[t->block[column[0]] + 1];
    const scs_float good = 64 * DBL_EPSILON * t->norm;
    Factor f = {.diagonal = t->diagonal + begin,
                .off = t->off + begin,
                .n = end - begin,
                .tiny = DBL_EPSILON * t->norm,
                .pivot = scratch,
                .upper = scratch + rows,
                .second = scratch + 2 * rows,
                .lower = scratch + 3 * rows,
                .swapped = scratch + 4 * rows};
    uint64_t seed = 1;
    for (scs_int k = 0; k < count; ++k) {
        const scs_float value = values[column[k]];
        scs_float *z = vectors + rows * column[k] + begin;
        scs_vec_fill(0, vectors + rows * column[k], rows);
        randomise(z, f.n, &seed);
        factor(&f, value);
        bool done = false;
        for (int step = 1; step <= MOST_STEPS && !done; ++step) {
            solve(&f, z);
            orthonormalise(z, f.n, k, column, vectors + begin, rows);
            done = step >= LEAST_STEPS && residual(&f, value, z) <= good;
        }
        if (!done) {
            return false;
        }
    }
    return true;
}
