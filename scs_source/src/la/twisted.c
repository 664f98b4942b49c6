/* SPDX-License-Identifier: MIT */
#include "la/twisted.h"

#include "la/cluster.h"
#include "la/vec.h"

#include <float.h>
#include <math.h>

enum { LANES = SCS_TWISTED_LANES };

ptrdiff_t scs_twisted_scratch(scs_int n) { return 4 * (ptrdiff_t)LANES * (n + 1); }

/* Factorisations of T - shift of one block from above and from below for every lane, and
 * where they meet. Entry (i, lane) is at LANES i + lane. */
typedef struct {
    const scs_float *diagonal;
    const scs_float *off;
    scs_int n;
    scs_float tiny; /* stands in for smaller pivots */
    scs_float shift[LANES];
    scs_float twist[LANES]; /* row where they meet */
    scs_float gamma[LANES]; /* the pivot there */
    scs_float size[LANES];  /* square of the norm of the solution */
    scs_float *pivot;       /* from above */
    scs_float *lower;       /* multipliers from above */
    scs_float *upper;       /* and from below */
    scs_float *solution;
} Twisted;

static inline scs_float away_from_zero(scs_float pivot, scs_float tiny) {
    return fabs(pivot) < tiny ? tiny : pivot;
}

static void factor_from_above(Twisted *t) {
    scs_float pivot[LANES];
    for (int l = 0; l < LANES; ++l) {
        pivot[l] = t->diagonal[0] - t->shift[l];
    }
    for (scs_int i = 0; i + 1 < t->n; ++i) {
        const scs_float off = t->off[i];
        const scs_float next = t->diagonal[i + 1];
        scs_float *restrict keep = t->pivot + (ptrdiff_t)LANES * i;
        scs_float *restrict lower = t->lower + (ptrdiff_t)LANES * i;
        for (int l = 0; l < LANES; ++l) {
            keep[l] = pivot[l];
            const scs_float multiplier = off / away_from_zero(pivot[l], t->tiny);
            lower[l] = multiplier;
            pivot[l] = (next - t->shift[l]) - off * multiplier;
        }
    }
    scs_vec_copy(pivot, t->pivot + (ptrdiff_t)LANES * (t->n - 1), LANES);
}

/* Meet where the pivot of the twisted factorisation is smallest, that is where the inverse
 * of T - shift has its largest diagonal entry. What rounding may have left of the two
 * terms counts too. */
static void factor_from_below(Twisted *t) {
    scs_float pivot[LANES];
    scs_float best[LANES];
    for (int l = 0; l < LANES; ++l) {
        pivot[l] = t->diagonal[t->n - 1] - t->shift[l];
        best[l] = HUGE_VAL;
    }
    for (scs_int i = t->n - 1; i >= 0; --i) {
        const scs_float row = (scs_float)i;
        const scs_float diagonal = t->diagonal[i];
        const scs_float off = i > 0 ? t->off[i - 1] : 0;
        const scs_float next = i > 0 ? t->diagonal[i - 1] : 0;
        const scs_float *restrict above = t->pivot + (ptrdiff_t)LANES * i;
        scs_float *restrict upper = t->upper + (ptrdiff_t)LANES * i;
        for (int l = 0; l < LANES; ++l) {
            const scs_float gamma = (above[l] - (diagonal - t->shift[l])) + pivot[l];
            const scs_float size =
                fabs(gamma) + DBL_EPSILON * (fabs(above[l]) + fabs(pivot[l]));
            const bool better = size < best[l];
            best[l] = better ? size : best[l];
            t->gamma[l] = better ? gamma : t->gamma[l];
            t->twist[l] = better ? row : t->twist[l];
            const scs_float multiplier = off / away_from_zero(pivot[l], t->tiny);
            upper[l] = multiplier;
            pivot[l] = (next - t->shift[l]) - off * multiplier;
        }
    }
}

/* (T - shift) z = gamma e_twist with z = 1 at the twist. What decays below any influence
 * becomes zero, before it is slow as a denormal number. */
static void solve(Twisted *t) {
    const scs_float nothing = 1e-100;
    scs_float z[LANES] = {0};
    scs_float size[LANES] = {0};
    for (scs_int i = t->n - 1; i >= 0; --i) {
        const scs_float row = (scs_float)i;
        const scs_float *restrict lower = t->lower + (ptrdiff_t)LANES * i;
        scs_float *restrict to = t->solution + (ptrdiff_t)LANES * i;
        for (int l = 0; l < LANES; ++l) {
            const scs_float next = -lower[l] * z[l];
            const scs_float kept = fabs(next) < nothing ? 0 : next;
            z[l] = row < t->twist[l] ? kept : (row == t->twist[l] ? 1 : 0);
            to[l] = z[l];
            size[l] += z[l] * z[l];
        }
    }
    for (int l = 0; l < LANES; ++l) {
        z[l] = 0;
    }
    for (scs_int i = 0; i < t->n; ++i) {
        const scs_float row = (scs_float)i;
        const scs_float *restrict upper = t->upper + (ptrdiff_t)LANES * (i + 1);
        scs_float *restrict to = t->solution + (ptrdiff_t)LANES * i;
        for (int l = 0; l < LANES; ++l) {
            const bool below = row > t->twist[l];
            const scs_float kept = fabs(z[l]) < nothing ? 0 : z[l];
            z[l] = below ? kept : to[l];
            size[l] += below ? z[l] * z[l] : 0;
            to[l] = z[l];
            z[l] *= i + 1 < t->n ? -upper[l] : 0;
        }
    }
    scs_vec_copy(size, t->size, LANES);
}

/* The largest residual of the lanes, or NaN; shifts move to the Rayleigh quotients. */
static scs_float improve(Twisted *t, int lanes) {
    scs_float worst = 0;
    for (int l = 0; l < lanes; ++l) {
        const scs_float residual = fabs(t->gamma[l]) / sqrt(t->size[l]);
        worst = residual <= worst ? worst : residual;
        t->shift[l] += t->gamma[l] / t->size[l];
    }
    return worst;
}

static void write_columns(const Twisted *t, scs_int begin, scs_int n, int lanes,
                          const scs_int *column, scs_float *vectors) {
    for (int l = 0; l < lanes; ++l) {
        const scs_float scale = 1 / sqrt(t->size[l]);
        scs_float *to = vectors + (ptrdiff_t)n * column[l];
        scs_vec_fill(0, to, begin);
        to += begin;
        for (scs_int i = 0; i < t->n; ++i) {
            to[i] = scale * t->solution[(ptrdiff_t)LANES * i + l];
        }
        scs_vec_fill(0, to + t->n, n - begin - t->n);
    }
}

/* The vectors number column[0..lanes), all of one block. */
static bool compute(Twisted *work, const ScsTridiagonal *t, scs_int block, int lanes,
                    const scs_int *column, scs_float *values, scs_float *vectors) {
    enum { MOST_STEPS = 3 }; /* the second is rarely needed */
    const scs_float good = 64 * DBL_EPSILON * t->norm;
    const scs_int begin = t->begin[block];
    work->diagonal = t->diagonal + begin;
    work->off = t->off + begin;
    work->n = t->begin[block + 1] - begin;
    for (int l = 0; l < LANES; ++l) { /* idle lanes repeat the last vector */
        work->shift[l] = values[column[l < lanes ? l : lanes - 1]];
    }
    scs_float residual = HUGE_VAL;
    for (int step = 0; step < MOST_STEPS && !(residual <= good); ++step) {
        factor_from_above(work);
        factor_from_below(work);
        solve(work);
        residual = improve(work, LANES);
    }
    const scs_float slack = 32 * DBL_EPSILON * t->norm;
    for (int l = 0; l < lanes; ++l) {
        if (!(fabs(work->shift[l] - values[column[l]]) <= slack)) {
            return false; /* it went to another eigenvalue */
        }
        values[column[l]] = work->shift[l];
    }
    write_columns(work, begin, t->n, lanes, column, vectors);
    return residual <= good;
}

/* Values so close that their vectors might coincide: overlaps are about rounding divided
 * by the gap, and a thousandth is still easy to remove. */
static bool clustered(const ScsTridiagonal *t, scs_float left, scs_float right) {
    return right - left < 1e-11 * t->norm;
}

/* The vectors number column[0..count), ascending and all of one block: clusters by
 * themselves, the others in lanes. */
static bool compute_block(Twisted *work, const ScsTridiagonal *t, scs_int count,
                          const scs_int *column, scs_float *values,
                          scs_float *vectors) {
    scs_int single[LANES];
    int lanes = 0;
    for (scs_int k = 0; k < count;) {
        scs_int next = k + 1;
        while (next < count &&
               clustered(t, values[column[next - 1]], values[column[next]])) {
            ++next;
        }
        if (next - k == 1) {
            single[lanes++] = column[k];
        } else if (!scs_cluster_vectors(t, next - k, column + k, values, vectors,
                                        work->pivot)) {
            return false;
        }
        k = next;
        if (lanes == LANES || (k == count && lanes > 0)) {
            if (!compute(work, t, t->block[column[0]], lanes, single, values,
                         vectors)) {
                return false;
            }
            lanes = 0;
        }
    }
    return true;
}

bool scs_twisted_vectors(const ScsTridiagonal *t, scs_int count, scs_float *values,
                         scs_float *vectors, scs_float *scratch) {
    const ptrdiff_t part = (ptrdiff_t)LANES * (t->n + 1);
    Twisted work = {.tiny = 1e-40 * t->norm,
                    .pivot = scratch,
                    .lower = scratch + part,
                    .upper = scratch + 2 * part,
                    .solution = scratch + 3 * part};
    for (scs_int k = 0; k < count;) {
        const scs_int *column = t->order + k;
        scs_int many = 1;
        while (k + many < count && t->block[column[many]] == t->block[column[0]]) {
            ++many;
        }
        if (!compute_block(&work, t, many, column, values, vectors)) {
            return false;
        }
        k += many;
    }
    return true;
}
