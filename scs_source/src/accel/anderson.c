/* SPDX-License-Identifier: MIT
 *
 * Anderson acceleration. The history is kept as columns in a ring, and the small matrix
 * (S'Y or Y'Y) next to it: a new pair changes one row and one column of it. So a step goes
 * over the history twice: once for the new products, once to combine the columns. Both
 * passes work through the vectors piece by piece, so that the new column stays in the
 * nearest cache while the old ones stream past.
 */
#include "accel/anderson.h"

#include "la/qr.h"
#include "la/vec.h"

#include <float.h>
#include <math.h>

enum { PIECE = 512 }; /* entries; five pieces, 20 KB, are in use at a time */

/* Longer weights mean that the columns are nearly dependent and their combination mostly
 * rounding. */
static const scs_float longest_weights = 1e6;

struct ScsAnderson {
    ScsAndersonOptions options;     /* lookback and minimum already cut */
    bool type_1;                    /* now */
    scs_int count;                  /* columns held */
    scs_int slot;                   /* where the next column goes */
    bool has_pair;                  /* x and f hold the last pair */
    bool replaced;                  /* its f was replaced and is still to be judged */
    scs_float residual;             /* |x - f| of the last pair */
    scs_float *x, *f;               /* the last pair */
    scs_float *s, *y, *d;           /* columns of differences; s only for type I */
    scs_float *s_square, *y_square; /* squared norms of the columns */
    scs_float *gram;    /* entry (i, j) at j * lookback + i: s_i'y_j or y_i'y_j */
    scs_float *rhs;     /* S'g or Y'g */
    scs_float *weights; /* w */
    scs_float *matrix, *vector, *norm; /* scratch of the small solve */
    scs_int *pivot;
    AaStats stats;
};

ScsAnderson *scs_anderson_create(ScsArena *arena, const ScsAndersonOptions *options) {
    ScsAnderson *aa = SCS_NEW(arena, ScsAnderson, 1);
    if (!aa) {
        return NULL;
    }
    const ptrdiff_t n = options->dimension;
    const ptrdiff_t k =
        options->lookback < options->dimension ? options->lookback : options->dimension;
    aa->options = *options;
    aa->options.lookback = (scs_int)k;
    aa->type_1 = options->type_1;
    if (aa->options.minimum > aa->options.lookback) {
        aa->options.minimum = aa->options.lookback;
    }
    aa->x = SCS_NEW(arena, scs_float, n);
    aa->f = SCS_NEW(arena, scs_float, n);
    aa->y = SCS_NEW(arena, scs_float, n * k);
    aa->d = SCS_NEW(arena, scs_float, n * k);
    aa->s = options->type_1 ? SCS_NEW(arena, scs_float, n * k) : NULL;
    scs_float *small = SCS_NEW(arena, scs_float, 2 * k * k + 6 * k);
    aa->pivot = SCS_NEW(arena, scs_int, k);
    if (arena->failed) {
        return NULL;
    }
    aa->gram = small;
    aa->matrix = aa->gram + k * k;
    aa->s_square = aa->matrix + k * k;
    aa->y_square = aa->s_square + k;
    aa->rhs = aa->y_square + k;
    aa->weights = aa->rhs + k;
    aa->vector = aa->weights + k;
    aa->norm = aa->vector + k;
    aa->stats.last_aa_norm = NAN;
    return aa;
}

static void forget(ScsAnderson *aa) {
    aa->count = 0;
    aa->slot = 0;
    aa->has_pair = false;
    aa->replaced = false;
}

void scs_anderson_reset(ScsAnderson *aa) {
    forget(aa);
    aa->stats.iter = 0;
}

void scs_anderson_restart(ScsAnderson *aa) {
    scs_anderson_reset(aa);
    aa->type_1 = aa->options.type_1;
}

/* A step could not be taken or has been undone. */
static void fail(ScsAnderson *aa) {
    forget(aa);
    aa->type_1 = aa->type_1 && !aa->options.gives_up_type_1;
}

const AaStats *scs_anderson_stats(const ScsAnderson *aa) { return &aa->stats; }

static scs_float *column(const ScsAnderson *aa, scs_float *columns, scs_int j) {
    return columns + (ptrdiff_t)j * aa->options.dimension;
}

/* Zero the sums that add_products is about to fill. */
static void clear_products(ScsAnderson *aa, scs_int slot) {
    const scs_int k = aa->options.lookback;
    for (scs_int j = 0; j < k; ++j) {
        aa->gram[slot * k + j] = 0;
        aa->gram[j * k + slot] = 0;
    }
    scs_vec_fill(0, aa->rhs, k);
    aa->s_square[slot] = 0;
    aa->y_square[slot] = 0;
}

/* Add what entries [at, at + n) contribute to the products with the new column. */
static void add_products(ScsAnderson *aa, scs_int slot, const scs_float *g,
                         ptrdiff_t at, ptrdiff_t n) {
    const scs_int k = aa->options.lookback;
    scs_float *left = aa->type_1 ? aa->s : aa->y;
    const scs_float *left_new = column(aa, left, slot) + at;
    const scs_float *y_new = column(aa, aa->y, slot) + at;
    for (scs_int j = 0; j < aa->count; ++j) {
        const scs_float *left_old = column(aa, left, j) + at;
        aa->rhs[j] += scs_vec_dot(left_old, g, n);
        aa->gram[slot * k + j] += scs_vec_dot(left_old, y_new, n);
        if (aa->type_1 && j != slot) {
            aa->gram[j * k + slot] +=
                scs_vec_dot(left_new, column(aa, aa->y, j) + at, n);
        }
    }
    if (aa->type_1) {
        aa->s_square[slot] += scs_vec_dot(left_new, left_new, n);
    }
    aa->y_square[slot] += scs_vec_dot(y_new, y_new, n);
}

/* Take in a pair that has a predecessor: write the new columns, update the small matrix
 * and its right-hand side, and make it the last pair. */
static void append(ScsAnderson *aa, const scs_float *f, const scs_float *x) {
    const scs_int slot = aa->slot;
    const scs_int k = aa->options.lookback;
    const ptrdiff_t dimension = aa->options.dimension;
    aa->slot = slot + 1 < k ? slot + 1 : 0;
    aa->count = aa->count < k ? aa->count + 1 : k;
    clear_products(aa, slot);
    scs_float square = 0;
    for (ptrdiff_t at = 0; at < dimension; at += PIECE) {
        const ptrdiff_t n = dimension - at < PIECE ? dimension - at : PIECE;
        scs_float g[PIECE];
        scs_float *y = column(aa, aa->y, slot) + at;
        scs_float *d = column(aa, aa->d, slot) + at;
        for (ptrdiff_t i = 0; i < n; ++i) {
            g[i] = x[at + i] - f[at + i];
            d[i] = f[at + i] - aa->f[at + i];
            y[i] = g[i] - (aa->x[at + i] - aa->f[at + i]);
        }
        if (aa->type_1) {
            scs_float *s = column(aa, aa->s, slot) + at;
            for (ptrdiff_t i = 0; i < n; ++i) {
                s[i] = x[at + i] - aa->x[at + i];
            }
        }
        scs_vec_copy(x + at, aa->x + at, n);
        scs_vec_copy(f + at, aa->f + at, n);
        square += scs_vec_dot(g, g, n);
        add_products(aa, slot, g, at, n);
    }
    aa->residual = sqrt(square);
    for (scs_int j = 0; j < aa->count && !aa->type_1; ++j) {
        aa->gram[j * k + slot] = aa->gram[slot * k + j];
    }
}

static void begin(ScsAnderson *aa, const scs_float *f, const scs_float *x) {
    scs_vec_copy(x, aa->x, aa->options.dimension);
    scs_vec_copy(f, aa->f, aa->options.dimension);
    aa->has_pair = true;
}

static scs_float sum(const scs_float *v, scs_int n) {
    scs_float total = 0;
    for (scs_int i = 0; i < n; ++i) {
        total += v[i];
    }
    return total;
}

/* The number e that is added to the diagonal. */
static scs_float regularization(const ScsAnderson *aa) {
    const scs_float given = aa->options.regularization;
    if (given <= 0) {
        return -given;
    }
    const scs_float y_norm = sqrt(sum(aa->y_square, aa->count));
    const scs_float s_norm = sqrt(sum(aa->s_square, aa->count));
    return given * y_norm * (aa->type_1 ? s_norm : y_norm);
}

static scs_float inverse_root(scs_float square) {
    return square > 0 ? 1 / sqrt(square) : 1;
}

/* Solve for the weights; false (and counted why) if there are none to be trusted. Rows
 * and columns of the small matrix are divided by the norms of the vectors behind them:
 * residuals shrink while iterating, and what is dependent must not be judged by size. */
static bool find_weights(ScsAnderson *aa) {
    const scs_int n = aa->count;
    const scs_float e = regularization(aa);
    const scs_float *left_square = aa->type_1 ? aa->s_square : aa->y_square;
    for (scs_int j = 0; j < n; ++j) {
        const scs_float right = inverse_root(aa->y_square[j]);
        for (scs_int i = 0; i < n; ++i) {
            const scs_float entry = aa->gram[j * aa->options.lookback + i];
            aa->matrix[j * n + i] =
                (entry + (i == j ? e : 0)) * right * inverse_root(left_square[i]);
        }
        aa->vector[j] = aa->rhs[j] * inverse_root(left_square[j]);
    }
    aa->stats.last_regularization = e;
    const scs_int rank =
        scs_qr_solve(n, n, aa->matrix, aa->vector, (scs_float)n * DBL_EPSILON,
                     aa->weights, aa->pivot, aa->norm);
    aa->stats.last_rank = rank > 0 ? rank : 0;
    if (rank < 0) {
        ++aa->stats.n_reject_lapack;
        return false;
    }
    if (rank == 0) {
        ++aa->stats.n_reject_rank0;
        return false;
    }
    for (scs_int j = 0; j < n; ++j) {
        aa->weights[j] *= inverse_root(aa->y_square[j]);
    }
    const scs_float length = scs_vec_norm2(aa->weights, n);
    if (!isfinite(length)) {
        ++aa->stats.n_reject_nonfinite;
        return false;
    }
    aa->stats.last_aa_norm = length;
    if (length > longest_weights) {
        ++aa->stats.n_reject_weight_cap;
        return false;
    }
    return true;
}

/* f <- b (f - D w) + (1 - b) (x - S w), written with x - f = g and S - D = Y. */
static void combine(const ScsAnderson *aa, scs_float *f) {
    const scs_float rest = 1 - aa->options.relaxation;
    const ptrdiff_t dimension = aa->options.dimension;
    for (ptrdiff_t at = 0; at < dimension; at += PIECE) {
        const ptrdiff_t n = dimension - at < PIECE ? dimension - at : PIECE;
        if (rest != 0) {
            scs_vec_axpy(rest, aa->x + at, f + at, n);
            scs_vec_axpy(-rest, aa->f + at, f + at, n);
        }
        for (scs_int j = 0; j < aa->count; ++j) {
            const scs_float w = aa->weights[j];
            scs_vec_axpy(-w, column(aa, aa->d, j) + at, f + at, n);
            if (rest != 0) {
                scs_vec_axpy(-rest * w, column(aa, aa->y, j) + at, f + at, n);
            }
        }
    }
}

bool scs_anderson_apply(ScsAnderson *aa, scs_float *f, const scs_float *x) {
    ++aa->stats.iter;
    aa->replaced = false;
    if (!aa->has_pair) {
        begin(aa, f, x);
        return false;
    }
    append(aa, f, x);
    if (!isfinite(aa->residual)) {
        ++aa->stats.n_reject_nonfinite;
        fail(aa);
        return false;
    }
    if (aa->residual == 0 || aa->count < aa->options.minimum) {
        return false; /* f is a fixed point already, or it is too early */
    }
    if (!find_weights(aa)) {
        fail(aa);
        return false;
    }
    combine(aa, f);
    ++aa->stats.n_accept;
    aa->replaced = true;
    return true;
}

bool scs_anderson_safeguard(ScsAnderson *aa, scs_float *f, scs_float *x) {
    if (!aa->replaced) {
        return true;
    }
    aa->replaced = false;
    /* Written so that a residual that is not a number counts as grown. */
    if (scs_vec_distance2(x, f, aa->options.dimension) <= aa->residual) {
        return true;
    }
    scs_vec_copy(aa->x, x, aa->options.dimension);
    scs_vec_copy(aa->f, f, aa->options.dimension);
    ++aa->stats.n_safeguard_reject;
    fail(aa);
    return false;
}
