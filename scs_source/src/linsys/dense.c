/* SPDX-License-Identifier: MIT
 *
 * The dense backend: L D L' of the smaller of the two Schur complements of K,
 *
 *     primal  H = R_x + P + A' R_y^-1 A   (n by n)   H x = rhs_x + A' R_y^-1 rhs_y
 *     dual    S = R_y + A D^-1 A'         (m by m)   S y = A D^-1 rhs_x - rhs_y
 *
 * the second only where D = R_x + P is diagonal. Kernels are our own, in the thread that
 * calls: a BLAS with threads of its own gains little at these sizes and, where the
 * program's threads solve at the same time, they would wait for one another.
 *
 * The complements square the condition of K. Every factorisation is tried on one system;
 * if the error is more than the iterations tolerate, solves get a step of iterative
 * refinement against K.
 */
#include "linsys/dense.h"

#include "la/csc.h"
#include "la/dense_blocks.h"
#include "la/vec.h"
#include "linsys/gram.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

/* Error of a solve, relative to the iterate, above which solves are refined: less than
 * the accuracy that anybody asks for. */
static const scs_float largest_error = 1e-10;

/* Nanoseconds (linsys/cost.h): for a multiplication of an update, which are done in blocks;
 * for entries of the factor in an update and a solve; for entries of A in an update and in
 * a solve, where in a dense rectangle and where not; for rows of K; for rows of the
 * complement; for each solve. A solve is within 15 % of this on most of the systems unless
 * refined, and an update within 25 % but where the complement has more than a thousand rows
 * and is sparse, which takes twice as long. */
static const double work_cost = 0.043;
static const double update_entry = 0.7, solve_entry = 0.097;
static const double update_given = 3, solve_run = 0.22, solve_given = 1;
static const double update_row = 7, solve_row = 2.6, order_row = 6.7;
static const double solve_call = 110;
static const double setup_given = 1.4, setup_call = 3000;

typedef struct {
    ScsLinSys base;
    ScsArena arena; /* owns all memory, this struct too */
    const ScsMatrix *a;
    const ScsMatrix *p;
    scs_int m, n;
    bool dual;
    bool refine;
    ScsDenseBlocks products; /* with A */
    ScsGram gram;
    ScsDenseFactor factor;
    scs_float *r;                    /* n + m */
    scs_float *divisor;              /* m or n: R_y, or D if dual */
    scs_float *scratch;              /* m or n */
    scs_float *start, *residual, *x; /* n + m: of refinement */
} Dense;

extern const ScsLinSysKind scs_linsys_dense;

static bool is_diagonal(const ScsMatrix *p) {
    for (scs_int j = 0; p && j < p->n; ++j) {
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            if (p->i[k] != j) {
                return false;
            }
        }
    }
    return true;
}

/* Which complement is the smaller one. */
static bool takes_dual(const ScsMatrix *a, const ScsMatrix *p) {
    return a->m <= a->n && is_diagonal(p);
}

/* The first entry of D that is not positive, or -1. */
static scs_int set_divisor(Dense *self) {
    if (!self->dual) {
        scs_vec_copy(self->r + self->n, self->divisor, self->m);
        return -1;
    }
    const ScsMatrix *const p = self->p;
    for (scs_int j = 0; j < self->n; ++j) {
        self->divisor[j] = self->r[j];
        for (scs_int k = p ? p->p[j] : 0; p && k < p->p[j + 1]; ++k) {
            self->divisor[j] += p->x[k];
        }
        if (!(self->divisor[j] > 0)) {
            return j;
        }
    }
    return -1;
}

static void set_complement(Dense *self) {
    ScsDenseFactor *const c = &self->factor;
    scs_dense_factor_clear(c);
    const scs_float *const shift = self->dual ? self->r + self->n : self->r;
    for (scs_int i = 0; i < c->panels.size; ++i) {
        *scs_dense_factor_entry(c, i, i) = shift[i];
    }
    const ScsMatrix *const p = self->dual ? NULL : self->p;
    for (scs_int j = 0; p && j < p->n; ++j) { /* upper triangle into the lower one */
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            *scs_dense_factor_entry(c, j, p->i[k]) += p->x[k];
        }
    }
    scs_gram_add(&self->gram, self->divisor, c);
}

static void divide(const scs_float *x, const scs_float *d, scs_float *y, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        y[i] = x[i] / d[i];
    }
}

/* H x = rhs_x + A' R_y^-1 rhs_y, then y = R_y^-1 (A x - rhs_y). */
static void solve_primal(const Dense *self, scs_float *rhs) {
    scs_float *const y = rhs + self->n;
    divide(y, self->divisor, self->scratch, self->m);
    scs_dense_blocks_multiply_transposed(&self->products, self->scratch, rhs);
    scs_dense_factor_solve(&self->factor, rhs);
    scs_vec_scale(-1, y, self->m);
    scs_dense_blocks_multiply(&self->products, rhs, y);
    divide(y, self->divisor, y, self->m);
}

/* S y = A D^-1 rhs_x - rhs_y, then x = D^-1 (rhs_x - A' y). */
static void solve_dual(const Dense *self, scs_float *rhs) {
    scs_float *const y = rhs + self->n;
    divide(rhs, self->divisor, self->scratch, self->n);
    scs_vec_scale(-1, y, self->m);
    scs_dense_blocks_multiply(&self->products, self->scratch, y);
    scs_dense_factor_solve(&self->factor, y);
    scs_vec_fill(0, self->scratch, self->n);
    scs_dense_blocks_multiply_transposed(&self->products, y, self->scratch);
    scs_vec_axpy(-1, self->scratch, rhs, self->n);
    divide(rhs, self->divisor, rhs, self->n);
}

static void solve_once(const Dense *self, scs_float *rhs) {
    if (self->dual) {
        solve_dual(self, rhs);
    } else {
        solve_primal(self, rhs);
    }
}

/* residual = start - K x */
static void compute_residual(Dense *self, const scs_float *x) {
    const scs_int n = self->n;
    const ptrdiff_t size = (ptrdiff_t)n + self->m;
    scs_float *const residual = self->residual;
    for (ptrdiff_t i = 0; i < size; ++i) {
        residual[i] = (i < n ? self->r[i] : -self->r[i]) * x[i];
    }
    if (self->p) {
        scs_csc_multiply_symmetric(self->p, x, residual);
    }
    scs_dense_blocks_multiply_transposed(&self->products, x + n, residual);
    scs_dense_blocks_multiply(&self->products, x, residual + n);
    for (ptrdiff_t i = 0; i < size; ++i) {
        residual[i] = self->start[i] - residual[i];
    }
}

/* How much the iterations notice the rounding of a solve. Their right-hand side is
 * (R_x v_x, -R_y v_y), their norm that of R, in which an error is at most the residual in
 * the norm of R^-1, for |K^-1| <= R^-1 there; this is relative to v. */
static scs_float measure_error(Dense *self) {
    const ptrdiff_t size = (ptrdiff_t)self->n + self->m;
    for (ptrdiff_t i = 0; i < size; ++i) {
        const scs_float v = i % 3 ? 1 : -1; /* any */
        self->start[i] = (i < self->n ? self->r[i] : -self->r[i]) * v;
    }
    scs_vec_copy(self->start, self->x, size);
    solve_once(self, self->x);
    compute_residual(self, self->x);
    scs_float error = 0;
    scs_float norm = 0;
    for (ptrdiff_t i = 0; i < size; ++i) {
        error += self->residual[i] * self->residual[i] / self->r[i];
        norm += self->r[i];
    }
    return sqrt(error / norm);
}

static ScsErrorCode dense_update(ScsLinSys *base, const scs_float *r, ScsError *error) {
    Dense *self = (Dense *)base;
    scs_vec_copy(r, self->r, (ptrdiff_t)self->n + self->m);
    const scs_int bad = set_divisor(self);
    if (bad >= 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "P is not positive semidefinite: entry %lld of its "
                             "diagonal is negative",
                             (long long)bad);
    }
    set_complement(self);
    const ptrdiff_t pivot = scs_dense_factor_factorise(&self->factor);
    if (pivot >= 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "%s entries of the problem are too large: the "
                             "factorisation found pivot %g in %s %lld",
                             self->p ? "P is not positive semidefinite, or the" : "the",
                             self->factor.d[pivot], self->dual ? "row" : "column",
                             (long long)pivot);
    }
    self->refine = !(measure_error(self) <= largest_error); /* or NaN */
    return SCS_OK;
}

static ScsErrorCode dense_update_values(ScsLinSys *base, const scs_float *r,
                                        ScsError *error) {
    scs_dense_blocks_renew(&((Dense *)base)->products);
    return dense_update(base, r, error);
}

static ScsErrorCode dense_solve(ScsLinSys *base, scs_float *rhs, const scs_float *guess,
                                scs_float tolerance, ScsError *error) {
    Dense *self = (Dense *)base;
    const ptrdiff_t size = (ptrdiff_t)self->n + self->m;
    (void)guess;
    (void)tolerance;
    (void)error;
    if (!self->refine) {
        solve_once(self, rhs);
        return SCS_OK;
    }
    scs_vec_copy(rhs, self->start, size);
    solve_once(self, rhs);
    compute_residual(self, rhs);
    solve_once(self, self->residual);
    scs_vec_axpy(1, self->residual, rhs, size);
    return SCS_OK;
}

static void dense_destroy(ScsLinSys *base) {
    ScsArena arena = ((Dense *)base)->arena;
    scs_arena_release(&arena);
}

static Dense *instance_create(const ScsMatrix *a, const ScsMatrix *p) {
    ScsArena arena = {0};
    Dense *self = SCS_NEW(&arena, Dense, 1);
    if (!self) {
        return NULL;
    }
    self->base.kind = &scs_linsys_dense;
    self->a = a;
    self->p = p;
    self->m = a->m;
    self->n = a->n;
    self->dual = takes_dual(a, p);
    const double order = (double)scs_dense_order(a, p);
    arena.failed = order * order > (double)(PTRDIFF_MAX / 8); /* 32 bits of address */
    const ptrdiff_t size = (ptrdiff_t)a->n + a->m;
    const scs_int other = self->dual ? a->n : a->m;
    scs_dense_blocks_create(&self->products, a, &arena);
    scs_gram_create(&self->gram, a, self->dual, &arena);
    scs_dense_factor_create(&self->factor, self->gram.order, &arena);
    self->r = SCS_NEW(&arena, scs_float, size);
    self->divisor = SCS_NEW(&arena, scs_float, other);
    self->scratch = SCS_NEW(&arena, scs_float, other);
    self->start = SCS_NEW(&arena, scs_float, size);
    self->residual = SCS_NEW(&arena, scs_float, size);
    self->x = SCS_NEW(&arena, scs_float, size);
    if (arena.failed) {
        scs_arena_release(&arena);
        return NULL;
    }
    self->arena = arena;
    return self;
}

/* Memory is the backend's own, so that auto can give it back. */
static ScsErrorCode dense_create(ScsLinSys **result, const ScsMatrix *a,
                                 const ScsMatrix *p, const scs_float *r,
                                 ScsArena *arena, ScsError *error) {
    (void)arena;
    *result = NULL;
    Dense *self = instance_create(a, p);
    if (!self) {
        return scs_error_memory(error);
    }
    const ScsErrorCode code = dense_update(&self->base, r, error);
    if (code != SCS_OK) {
        dense_destroy(&self->base);
        return code;
    }
    *result = &self->base;
    return SCS_OK;
}

static ScsErrorCode dense_clone(ScsLinSys **result, const ScsLinSys *original,
                                const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena,
                                ScsError *error) {
    const Dense *const source = (const Dense *)original;
    (void)arena;
    *result = NULL;
    Dense *self = instance_create(a, p);
    if (!self) {
        return scs_error_memory(error);
    }
    self->refine = source->refine;
    scs_dense_factor_copy(&source->factor, &self->factor);
    scs_vec_copy(source->r, self->r, (ptrdiff_t)self->n + self->m);
    scs_vec_copy(source->divisor, self->divisor, self->dual ? self->n : self->m);
    *result = &self->base;
    return SCS_OK;
}

static ScsCost cost(const ScsMatrix *a, const ScsGram *gram,
                    const ScsDenseBlocks *products) {
    const double order = (double)gram->order;
    const double given = (double)scs_csc_nnz(a);
    const double rows = (double)a->m + (double)a->n;
    const double runs = scs_dense_blocks_inside(products);
    const double update =
        work_cost * (scs_gram_work(gram) + order * order * order / 6) +
        update_entry * order * order + update_given * given + update_row * rows;
    return (ScsCost){.setup = update + setup_given * given + setup_call,
                     .solve = solve_entry * order * order + solve_run * runs +
                              solve_given * (given - runs) + solve_row * rows +
                              order_row * order + solve_call,
                     .update = update};
}

ScsCost scs_dense_estimate(const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena) {
    ScsGram gram;
    ScsDenseBlocks products;
    scs_gram_measure(&gram, a, takes_dual(a, p), arena);
    scs_dense_blocks_measure(&products, a, arena);
    return arena->failed ? (ScsCost){0} : cost(a, &gram, &products);
}

scs_int scs_dense_order(const ScsMatrix *a, const ScsMatrix *p) {
    return takes_dual(a, p) ? a->m : a->n;
}

bool scs_dense_is_refined(const ScsLinSys *base) {
    return ((const Dense *)base)->refine;
}

static scs_float dense_update_cost(const ScsLinSys *base) {
    const Dense *const self = (const Dense *)base;
    const ScsCost now = cost(self->a, &self->gram, &self->products);
    return now.update / (now.solve + 1);
}

static void dense_describe(const ScsLinSys *base, char *text, size_t size) {
    const Dense *const self = (const Dense *)base;
    snprintf(text, size, "order: %lld%s%s", (long long)self->factor.panels.size,
             self->dual ? ", of y" : ", of x", self->refine ? ", refined" : "");
}

const ScsLinSysKind scs_linsys_dense = {
    .name = "dense-direct-cholesky",
    .create = dense_create,
    .clone = dense_clone,
    .update_metric = dense_update,
    .update_values = dense_update_values,
    .solve = dense_solve,
    .update_cost = dense_update_cost,
    .describe = dense_describe,
    .destroy = dense_destroy,
};
