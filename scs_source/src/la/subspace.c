/* SPDX-License-Identifier: MIT
 *
 * V is the block of q vectors, W = B V, t its Ritz values, R = W - V diag(t). With centre
 * and half-width (c, h) of the interval to be damped, a matrix V for the B before becomes
 * one for this B by repeating
 *
 *     V := V Z, W := W Z     such that V'V = I and V'W = diag(t)
 *     V := V + T             T = what the filter adds, see filter()
 *     W := W + B T
 *
 * The filter p is taken as p(B) v / p(t) = v + T(r): what it adds is as small as r, and V
 * stays nearly orthonormal. p(B) v itself would have turned to the largest eigenvector.
 *
 * p(x) = x - c needs no product but W: T = R / (t - c). This is done at last in any case
 * and leaves of the coupling r_i between v and an eigenvector to an eigenvalue l_i
 *
 *     (l_i - c) / (t - l_i) r_i / (t - c)
 *
 * of which the sum t v v' feels t times that. The estimate takes the largest of the factors
 * over the interval.
 */
#include "la/subspace.h"

#include "base/real.h"
#include "la/eigen.h"
#include "la/products.h"
#include "la/svec.h"
#include "la/vec.h"

#include <stdint.h>

/* Of a filter; beyond that, projecting in between is the better use of products. */
enum { MOST_DEGREE = 4 };

/* Matrices that a probe lives through. */
enum { PROBE_LIFE = 10 };

/* Taken for s->gain as long as nothing is known. */
static const scs_float usual_gain = 0.25;

struct ScsSubspace {
    scs_int n;
    scs_int most;
    scs_int count;
    scs_int bottom;
    scs_int positive;
    scs_int age; /* good improvements since the start */
    uint64_t seed;
    scs_float gain; /* by what factor one product reduced the estimate, lately */
    scs_float low;
    scs_float trace, square; /* of B: diagonal, and squares of all entries */
    scs_float coupling;      /* squares of all residuals */
    ScsProducts products;
    ScsEigen *eigen;    /* of order most, used for order count */
    scs_float *vectors; /* n x most */
    scs_float *values;  /* ascending */
    scs_float *weight;  /* of the filter, two for each column */
    /* Scratch, n x most each: */
    scs_float *images, *residuals, *change, *before;
    /* and most x most each: */
    scs_float *gram, *factor, *turn, *spare;
};

ptrdiff_t scs_subspace_scratch(scs_int n, scs_int most) {
    return 4 * (ptrdiff_t)most * ((ptrdiff_t)n + most) + SCS_DENSE_SLACK;
}

ScsSubspace *scs_subspace_new(ScsArena *arena, scs_int n, scs_int most,
                              scs_float *scratch, const ScsLapack *lapack) {
    ScsSubspace *s = SCS_NEW(arena, ScsSubspace, 1);
    if (!s) {
        return NULL;
    }
    const ptrdiff_t block = (ptrdiff_t)n * most;
    const ptrdiff_t square = (ptrdiff_t)most * most;
    s->n = n;
    s->most = most;
    s->products = scs_products_by(scs_eigen_needs_lapack(n, false) ? lapack : NULL);
    s->vectors = SCS_NEW(arena, scs_float, block + SCS_DENSE_SLACK);
    s->values = SCS_NEW(arena, scs_float, most);
    s->weight = SCS_NEW(arena, scs_float, 2 * (ptrdiff_t)most);
    s->eigen = scs_eigen_new(arena, most, false, lapack);
    s->images = scratch;
    s->residuals = s->images + block;
    s->change = s->residuals + block;
    s->before = s->change + block;
    s->gram = s->before + block;
    s->factor = s->gram + square;
    s->turn = s->factor + square;
    s->spare = s->turn + square;
    return arena->failed ? NULL : s;
}

scs_float *scs_subspace_vectors(ScsSubspace *s) { return s->vectors; }

void scs_subspace_start(ScsSubspace *s, scs_int bottom, scs_int guards,
                        scs_int positive, scs_float low) {
    s->count = bottom + guards + positive;
    s->bottom = bottom;
    s->positive = positive;
    s->low = low;
    s->gain = usual_gain;
    s->age = 0;
    s->seed = 1;
}

scs_int scs_subspace_positive(const ScsSubspace *s) { return s->positive; }

scs_int scs_subspace_count(const ScsSubspace *s) { return s->count; }

scs_int scs_subspace_guards(const ScsSubspace *s) {
    return s->count - s->bottom - s->positive;
}

void scs_subspace_trim(ScsSubspace *s, scs_int guards) {
    const ptrdiff_t surplus = (ptrdiff_t)scs_subspace_guards(s) - guards;
    if (surplus > 0) {
        const ptrdiff_t rest = s->count - s->bottom - surplus;
        scs_float *to = s->vectors + (ptrdiff_t)s->n * s->bottom;
        scs_vec_copy(to + s->n * surplus, to, s->n * rest);
        scs_vec_copy(s->values + s->bottom + surplus, s->values + s->bottom, rest);
        s->count -= (scs_int)surplus;
    }
}

/* c = a b, all of them count x count */
static void multiply_small(const ScsSubspace *s, const scs_float *a, const scs_float *b,
                           scs_float *c) {
    const ScsProductShape small = {false, s->count, s->count, s->count};
    scs_products_multiply(&s->products, small, 1, a, b, 0, c);
}

/* c := alpha B b + beta c, both n x count */
static void apply(const ScsSubspace *s, const scs_float *matrix, scs_float alpha,
                  const scs_float *b, scs_float beta, scs_float *c) {
    const ScsProductShape large = {false, s->n, s->count, s->n};
    scs_products_multiply(&s->products, large, alpha, matrix, b, beta, c);
}

/* a := I - a for a count x count matrix; returns the sum of the squares of a. */
static scs_float reflect_identity(const ScsSubspace *s, scs_float *a) {
    const ptrdiff_t q = s->count;
    scs_vec_scale(-1, a, q * q);
    for (ptrdiff_t j = 0; j < q; ++j) {
        a[j + j * q] += 1;
    }
    return scs_vec_dot(a, a, q * q);
}

/* turn = (V'V)^(-1/2) by the series of (I - E)^(-1/2) up to E^2, which is repeated on what
 * it leaves: about 5/16 E^3. False if E is too large. */
static bool invert_root(ScsSubspace *s) {
    enum { MOST_STEPS = 4 };
    const ptrdiff_t q = s->count;
    scs_products_inner(&s->products, s->n, s->count, s->vectors, s->gram);
    scs_svec_mirror(s->gram, s->count);
    for (int step = 0; step < MOST_STEPS; ++step) {
        const scs_float square = reflect_identity(s, s->gram);
        if (!(square < 0.25)) {
            return false;
        }
        scs_float *factor = step == 0 ? s->turn : s->factor;
        multiply_small(s, s->gram, s->gram, factor);
        scs_vec_scale(0.375, factor, q * q);
        scs_vec_axpy(0.5, s->gram, factor, q * q);
        for (ptrdiff_t j = 0; j < q; ++j) {
            factor[j + j * q] += 1;
        }
        if (step > 0) {
            multiply_small(s, s->turn, factor, s->spare);
            scs_vec_copy(s->spare, s->turn, q * q);
        }
        if (square * sqrt(square) < 1e-13) {
            return true;
        }
        (void)reflect_identity(s, s->gram); /* V'V again */
        multiply_small(s, s->gram, factor, s->spare);
        multiply_small(s, factor, s->spare, s->gram);
    }
    return false;
}

/* Make V'V = I and V'W = diag(values). */
static bool project(ScsSubspace *s) {
    const scs_int q = s->count;
    const ScsProducts *by = &s->products;
    const ScsProductShape inner = {true, q, q, s->n};
    const ScsProductShape outer = {false, s->n, q, q};
    if (!invert_root(s)) {
        return false;
    }
    scs_eigen_set_order(s->eigen, q);
    scs_products_multiply(by, inner, 1, s->vectors, s->images, 0, s->factor);
    multiply_small(s, s->factor, s->turn, s->spare);
    multiply_small(s, s->turn, s->spare, scs_eigen_matrix(s->eigen));
    const scs_float *vectors;
    if (scs_eigen_reduce(s->eigen, NULL) || scs_eigen_pairs(s->eigen, 0, q, NULL) ||
        scs_eigen_vectors(s->eigen, &vectors, NULL)) {
        return false;
    }
    scs_vec_copy(scs_eigen_values(s->eigen), s->values, q);
    multiply_small(s, s->turn, vectors, s->spare);
    scs_products_multiply(by, outer, 1, s->vectors, s->spare, 0, s->change);
    scs_vec_copy(s->change, s->vectors, (ptrdiff_t)s->n * q);
    scs_products_multiply(by, outer, 1, s->images, s->spare, 0, s->change);
    scs_float *images = s->change;
    s->change = s->images;
    s->images = images;
    s->positive = 0;
    while (s->positive < q && s->values[q - 1 - s->positive] > 0) {
        ++s->positive;
    }
    return true;
}

/* Where the interval to be damped ends: the probe, first of the guards, is not one of
 * those that bound it. */
static scs_float least_guard(const ScsSubspace *s) { return s->values[s->bottom + 1]; }

/* Compute the residuals, and what accumulate will be off by after the last step. */
static scs_float estimate(ScsSubspace *s) {
    const ptrdiff_t n = s->n;
    const scs_float least = least_guard(s);
    const scs_float centre = 0.5 * (s->low + least);
    const scs_float half = 0.5 * (least - s->low);
    scs_float first = 0;
    scs_float second = 0;
    s->coupling = 0;
    for (ptrdiff_t j = 0; j < s->count; ++j) {
        const scs_float value = s->values[j];
        scs_float *r = s->residuals + j * n;
        scs_vec_copy(s->images + j * n, r, n);
        scs_vec_axpy(-value, s->vectors + j * n, r, n);
        const scs_float square = scs_vec_dot(r, r, n);
        s->coupling += square;
        if (value > 0) {
            const scs_float left = value * half / ((value - least) * (value - centre));
            const scs_float added = square / ((value - centre) * (value - centre));
            first += 2 * left * left * square;
            second += value * value * added * added;
        }
    }
    return sqrt(first) + sqrt(second);
}

/* change = U_d diag(1 / T_d(x(t))), where T_m are Chebyshev's polynomials, x(t) = (t - c) /
 * h, and U_m = T_m(x(B)) V - V T_m(x(diag(t))) follows from their recurrence:
 *
 *     U_0 = 0,  U_1 = R / h,  U_m+1 = 2 x(B) U_m - U_m-1 + (2 / h) R T_m(x(diag(t))) */
static void filter(ScsSubspace *s, const scs_float *b, scs_int degree) {
    const ptrdiff_t n = s->n;
    const scs_int q = s->count;
    const scs_float centre = 0.5 * (s->low + least_guard(s));
    const scs_float half = 0.5 * (least_guard(s) - s->low);
    scs_float *now = s->weight; /* T_m(x(t)), and T_m-1 */
    scs_float *before = s->weight + s->most;
    for (scs_int j = 0; j < q; ++j) {
        now[j] = (s->values[j] - centre) / half;
        before[j] = 1;
    }
    scs_vec_copy(s->residuals, s->change, n * q);
    scs_vec_scale(1 / half, s->change, n * q);
    scs_vec_fill(0, s->before, n * q);
    for (scs_int m = 1; m < degree; ++m) {
        apply(s, b, 2 / half, s->change, -1, s->before);
        scs_vec_axpy(-2 * centre / half, s->change, s->before, n * q);
        for (ptrdiff_t j = 0; j < q; ++j) {
            const scs_float x = (s->values[j] - centre) / half;
            const scs_float next = 2 * x * now[j] - before[j];
            scs_vec_axpy(2 * now[j] / half, s->residuals + j * n, s->before + j * n, n);
            before[j] = now[j];
            now[j] = next;
        }
        scs_float *newer = s->before;
        s->before = s->change;
        s->change = newer;
    }
    for (ptrdiff_t j = 0; j < q; ++j) {
        scs_vec_scale(j == s->bottom ? 0 : 1 / now[j], s->change + j * n, n);
    }
}

/* The probe looks for what has been missed: it starts at random, orthogonal to all others,
 * and follows the power iteration from one matrix to the next. Should it find an eigenvalue
 * above those of guards, these change their roles. */
static void plant_probe(ScsSubspace *s) {
    const ptrdiff_t n = s->n;
    scs_float *probe = s->vectors + s->bottom * n;
    for (ptrdiff_t i = 0; i < n; ++i) {
        s->seed = s->seed * 6364136223846793005U + 1442695040888963407U;
        probe[i] = (scs_float)(s->seed >> 11) / 9007199254740992.0 - 0.5;
    }
    for (int pass = 0; pass < 2; ++pass) {
        for (ptrdiff_t j = 0; j < s->count; ++j) {
            const scs_float *v = s->vectors + j * n;
            if (j != s->bottom) {
                scs_vec_axpy(-scs_vec_dot(v, probe, n), v, probe, n);
            }
        }
    }
    scs_vec_scale(1 / scs_vec_norm2(probe, n), probe, n);
}

static void step_probe(ScsSubspace *s) {
    const ptrdiff_t n = s->n;
    scs_float *probe = s->vectors + s->bottom * n;
    const scs_float gap = s->values[s->bottom] - s->low;
    if (gap > 0) {
        scs_vec_axpy(1 / gap, s->residuals + s->bottom * n, probe, n);
        scs_vec_scale(1 / scs_vec_norm2(probe, n), probe, n);
    }
}

/* What improves the vectors without another product. */
static void finish(ScsSubspace *s, const scs_float *b) {
    filter(s, b, 1);
    scs_vec_axpy(1, s->change, s->vectors, (ptrdiff_t)s->n * s->count);
    if (s->age++ % PROBE_LIFE == 0) {
        plant_probe(s);
    } else {
        step_probe(s);
    }
}

/* Whether the interval to be damped, from low to the least guard, lies below zero and
 * something above. The bound low may have to give way a little. */
static bool is_separate(ScsSubspace *s) {
    if (s->positive == 0 || scs_subspace_guards(s) < 2) {
        return false;
    }
    s->low = scs_min(s->low, 1.02 * least_guard(s));
    return least_guard(s) < 0;
}

/* Whether the rest of the spectrum may well be in that interval. With C what B is
 * orthogonal to the vectors,
 *
 *     sum (l - low) (l - least) over the eigenvalues l of C
 *
 * has no positive terms then, and C's trace and norm are those of B less what the vectors
 * take away. */
static bool covers(const ScsSubspace *s) {
    const scs_float rest = (scs_float)(s->n - s->count);
    const scs_float least = least_guard(s);
    const scs_float half = 0.5 * (least - s->low);
    const scs_float inside = scs_vec_dot(s->values, s->values, s->count);
    scs_float trace = s->trace;
    for (scs_int j = 0; j < s->count; ++j) {
        trace -= s->values[j];
    }
    const scs_float square = s->square - inside - 2 * s->coupling;
    const scs_float sum = square - (s->low + least) * trace + rest * s->low * least;
    return sum <= 0.05 * rest * half * half + 1e-12 * s->square;
}

/* The degree of the filter that brings the estimate from now to the tolerance, going by
 * what one product achieved last. */
static scs_float needed_degree(const ScsSubspace *s, scs_float now,
                               scs_float tolerance) {
    return ceil(scs_max(1, log(tolerance / now) / log(s->gain)));
}

ScsSubspaceOutcome scs_subspace_improve(ScsSubspace *s, const scs_float *b,
                                        scs_float tolerance, scs_int products) {
    const ptrdiff_t entries = (ptrdiff_t)s->n * s->count;
    s->trace = 0;
    for (ptrdiff_t i = 0; i < s->n; ++i) {
        s->trace += b[i + i * s->n];
    }
    s->square = scs_vec_dot(b, b, (ptrdiff_t)s->n * s->n);
    apply(s, b, 1, s->vectors, 0, s->images);
    --products;
    scs_float last = 0;
    scs_int degree = 0;
    for (;;) {
        /* As long as nothing was added, the vectors span what they did. */
        const ScsSubspaceOutcome no =
            degree == 0 ? SCS_SUBSPACE_FAR : SCS_SUBSPACE_LOST;
        if (!project(s)) {
            return SCS_SUBSPACE_LOST;
        }
        if (!is_separate(s)) {
            return no;
        }
        const scs_float now = estimate(s);
        if (!covers(s)) {
            return no;
        }
        if (degree > 0) {
            s->gain = scs_clamp(pow(now / last, 1 / (scs_float)degree), 0.01, 0.9);
        }
        if (now <= tolerance) {
            finish(s, b);
            return SCS_SUBSPACE_GOOD;
        }
        const scs_float needed = needed_degree(s, now, tolerance);
        if (!(needed <= (scs_float)products)) {
            return no;
        }
        degree = needed < (scs_float)MOST_DEGREE ? (scs_int)needed : MOST_DEGREE;
        filter(s, b, degree);
        products -= degree;
        last = now;
        apply(s, b, 1, s->change, 1, s->images);
        scs_vec_axpy(1, s->change, s->vectors, entries);
    }
}

void scs_subspace_accumulate(ScsSubspace *s, scs_float *matrix) {
    const ptrdiff_t first = s->count - s->positive;
    const ptrdiff_t n = s->n;
    const scs_int positive = s->positive;
    scs_vec_copy(s->vectors + first * n, s->change, n * positive);
    for (ptrdiff_t j = 0; j < positive; ++j) {
        scs_vec_scale(sqrt(s->values[first + j]), s->change + j * n, n);
    }
    scs_products_outer(&s->products, s->n, positive, 1, s->change, matrix);
}
