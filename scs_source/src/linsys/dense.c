/* SPDX-License-Identifier: MIT
 *
 * The dense backend: Cholesky's factorisation by LAPACK of the smaller of the two Schur
 * complements of K,
 *
 *     primal  H = R_x + P + A' R_y^-1 A   (n by n)   H x = rhs_x + A' R_y^-1 rhs_y
 *     dual    S = R_y + A D^-1 A'         (m by m)   S y = A D^-1 rhs_x - rhs_y
 *
 * the second only where D = R_x + P is diagonal. Both come from one dense copy B of A,
 * with rows scaled by R_y^-1/2 or columns by D^-1/2: H = R_x + P + B'B, S = R_y + B B'.
 *
 * LAPACK multiplies and factorises; solves are done here. In threads of its own it would gain
 * nothing on vectors and, where the program's threads solve at the same time, wait for them.
 *
 * The complements square the condition of K. Every factorisation is tried on one system;
 * if the error is more than the iterations tolerate, solves get a step of iterative
 * refinement against K.
 */
#include "linsys/linsys.h"

#include "la/csc.h"
#include "la/vec.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>

/* Error of a solve, relative to the iterate, above which solves are refined: less than
 * the accuracy that anybody asks for. */
static const scs_float largest_error = 1e-10;

/* Entries of A, of all that there could be, from which on products with B are faster. */
static const double least_density = 0.25;

static const double one = 1;
static const double zero = 0;

typedef struct {
    ScsLinSys base;
    const ScsMatrix *a;
    const ScsMatrix *p;
    const ScsLapack *lapack;
    bool dual;
    bool refine;
    bool full;       /* A is dense enough for products with B to be the faster ones */
    int m, n, order; /* as LAPACK takes them; order of the complement */
    double *scaled;  /* m by n: B */
    double *factor;  /* order by order, lower triangle */
    scs_float *r;    /* n + m */
    scs_float *diagonal;             /* n: D, if dual */
    scs_float *root;                 /* m or n: root of R_y or D */
    scs_float *start, *residual, *x; /* n + m: of refinement */
    scs_float *scratch;              /* m or n */
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

/* Set D, if dual, and root; the first entry of D that is not positive, or -1. */
static scs_int set_roots(Dense *self) {
    if (!self->dual) {
        for (int i = 0; i < self->m; ++i) {
            self->root[i] = sqrt(self->r[self->n + i]);
        }
        return -1;
    }
    const ScsMatrix *const p = self->p;
    for (int j = 0; j < self->n; ++j) {
        self->diagonal[j] = self->r[j];
        for (scs_int k = p ? p->p[j] : 0; p && k < p->p[j + 1]; ++k) {
            self->diagonal[j] += p->x[k];
        }
        if (!(self->diagonal[j] > 0)) {
            return j;
        }
        self->root[j] = sqrt(self->diagonal[j]);
    }
    return -1;
}

static void set_scaled(Dense *self) {
    const ScsMatrix *const a = self->a;
    const ptrdiff_t m = self->m;
    scs_vec_fill(0, self->scaled, m * self->n);
    for (scs_int j = 0; j < a->n; ++j) {
        double *const column = self->scaled + m * j;
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int i = a->i[k];
            column[i] += a->x[k] / self->root[self->dual ? j : i];
        }
    }
}

static void set_complement(Dense *self) {
    const ptrdiff_t order = self->order;
    const int inner = self->dual ? self->n : self->m;
    const int rows = self->m > 0 ? self->m : 1;
    scs_vec_fill(0, self->factor, order * order);
    if (inner > 0 && order > 0) {
        self->lapack->dsyrk("L", self->dual ? "N" : "T", &self->order, &inner, &one,
                            self->scaled, &rows, &zero, self->factor, &self->order);
    }
    const scs_float *const shift = self->dual ? self->r + self->n : self->r;
    for (ptrdiff_t i = 0; i < order; ++i) {
        self->factor[i * (order + 1)] += shift[i];
    }
    const ScsMatrix *const p = self->dual ? NULL : self->p;
    for (scs_int j = 0; p && j < p->n; ++j) { /* upper triangle into the lower one */
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            self->factor[j + order * p->i[k]] += p->x[k];
        }
    }
}

/* y += B x */
static void add_product(const Dense *self, const scs_float *x, scs_float *y) {
    for (ptrdiff_t j = 0; j < self->n; ++j) {
        scs_vec_axpy(x[j], self->scaled + j * self->m, y, self->m);
    }
}

/* y += alpha B' x */
static void add_transposed(const Dense *self, scs_float alpha, const scs_float *x,
                           scs_float *y) {
    for (ptrdiff_t j = 0; j < self->n; ++j) {
        y[j] += alpha * scs_vec_dot(self->scaled + j * self->m, x, self->m);
    }
}

static void divide(const scs_float *d, scs_float *x, int n) {
    for (int i = 0; i < n; ++i) {
        x[i] /= d[i];
    }
}

/* x = (L L')^-1 x */
static void solve_factor(const Dense *self, scs_float *x) {
    const ptrdiff_t order = self->order;
    for (ptrdiff_t j = 0; j < order; ++j) {
        const double *const diagonal = self->factor + j * (order + 1);
        x[j] /= *diagonal;
        scs_vec_axpy(-x[j], diagonal + 1, x + j + 1, order - 1 - j);
    }
    for (ptrdiff_t j = order - 1; j >= 0; --j) {
        const double *const diagonal = self->factor + j * (order + 1);
        x[j] = (x[j] - scs_vec_dot(diagonal + 1, x + j + 1, order - 1 - j)) / *diagonal;
    }
}

/* With q = R_y^-1/2 rhs_y: H x = rhs_x + B' q, then y = R_y^-1/2 (B x - q). */
static void solve_primal(const Dense *self, scs_float *rhs) {
    scs_float *const y = rhs + self->n;
    divide(self->root, y, self->m);
    add_transposed(self, 1, y, rhs);
    solve_factor(self, rhs);
    scs_vec_scale(-1, y, self->m);
    add_product(self, rhs, y);
    divide(self->root, y, self->m);
}

/* With q = D^-1/2 rhs_x: S y = B q - rhs_y, then x = D^-1/2 (q - B' y). */
static void solve_dual(const Dense *self, scs_float *rhs) {
    scs_float *const y = rhs + self->n;
    divide(self->root, rhs, self->n);
    scs_vec_scale(-1, y, self->m);
    add_product(self, rhs, y);
    solve_factor(self, y);
    add_transposed(self, -1, y, rhs);
    divide(self->root, rhs, self->n);
}

static void solve_once(const Dense *self, scs_float *rhs) {
    if (self->dual) {
        solve_dual(self, rhs);
    } else {
        solve_primal(self, rhs);
    }
}

/* residual += (A' y, A x) */
static void add_products(Dense *self, const scs_float *x) {
    const int n = self->n;
    scs_float *const residual = self->residual;
    if (!self->full) {
        scs_csc_multiply_transposed(self->a, x + n, residual);
        scs_csc_multiply(self->a, x, residual + n);
        return;
    }
    /* A is B with the roots on one of its sides. */
    scs_float *const scaled = self->scratch;
    const int length = self->dual ? n : self->m;
    scs_float *const rooted = self->dual ? residual : residual + n;
    scs_vec_copy(self->dual ? x : x + n, scaled, length);
    scs_vec_multiply(self->root, scaled, length);
    divide(self->root, rooted, length);
    add_transposed(self, 1, self->dual ? x + n : scaled, residual);
    add_product(self, self->dual ? scaled : x, residual + n);
    scs_vec_multiply(self->root, rooted, length);
}

/* residual = start - K x */
static void compute_residual(Dense *self, const scs_float *x) {
    const int n = self->n;
    const ptrdiff_t size = (ptrdiff_t)n + self->m;
    scs_float *const residual = self->residual;
    for (ptrdiff_t i = 0; i < size; ++i) {
        residual[i] = (i < n ? self->r[i] : -self->r[i]) * x[i];
    }
    if (self->p) {
        scs_csc_multiply_symmetric(self->p, x, residual);
    }
    add_products(self, x);
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
    const scs_int bad = set_roots(self);
    if (bad >= 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "P is not positive semidefinite: entry %lld of its "
                             "diagonal is negative",
                             (long long)bad);
    }
    set_scaled(self);
    set_complement(self);
    int info = 0;
    if (self->order > 0) {
        self->lapack->dpotrf("L", &self->order, self->factor, &self->order, &info);
    }
    if (info != 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "%s entries of the problem are too large: LAPACK's dpotrf "
                             "stopped with info = %d",
                             self->p ? "P is not positive semidefinite, or the" : "the",
                             info);
    }
    self->refine = !(measure_error(self) <= largest_error);
    return SCS_OK;
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

static Dense *instance_create(const ScsMatrix *a, const ScsMatrix *p,
                              const ScsLapack *lapack, ScsArena *arena) {
    Dense *self = SCS_NEW(arena, Dense, 1);
    if (!self) {
        return NULL;
    }
    self->base.kind = &scs_linsys_dense;
    self->a = a;
    self->p = p;
    self->lapack = lapack;
    self->m = (int)a->m;
    self->n = (int)a->n;
    self->dual = a->m <= a->n && is_diagonal(p);
    self->full = (double)scs_csc_nnz(a) >= least_density * (double)a->m * (double)a->n;
    self->order = self->dual ? self->m : self->n;
    const ptrdiff_t size = (ptrdiff_t)a->n + a->m;
    self->scaled = SCS_NEW(arena, double, (ptrdiff_t)a->m * a->n);
    self->factor = SCS_NEW(arena, double, (ptrdiff_t)self->order * self->order);
    self->r = SCS_NEW(arena, scs_float, size);
    self->diagonal = SCS_NEW(arena, scs_float, self->dual ? a->n : 0);
    self->root = SCS_NEW(arena, scs_float, self->dual ? a->n : a->m);
    self->scratch = SCS_NEW(arena, scs_float, self->dual ? a->n : a->m);
    self->start = SCS_NEW(arena, scs_float, size);
    self->residual = SCS_NEW(arena, scs_float, size);
    self->x = SCS_NEW(arena, scs_float, size);
    return arena->failed ? NULL : self;
}

static ScsErrorCode dense_create(ScsLinSys **result, const ScsMatrix *a,
                                 const ScsMatrix *p, const scs_float *r,
                                 const ScsLapack *lapack, ScsArena *arena,
                                 ScsError *error) {
    *result = NULL;
    if (!lapack) {
        return scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                             "the linear solver cpu_dense needs LAPACK, and this "
                             "library was built without it: build it with one, pass a "
                             "table in ScsOptions or use auto");
    }
    if ((scs_float)a->n > INT_MAX || (scs_float)a->m > INT_MAX) {
        return scs_error_set(error, SCS_ERROR_PROBLEM,
                             "the linear solver cpu_dense takes at most %d rows and "
                             "columns",
                             INT_MAX);
    }
    Dense *self = instance_create(a, p, lapack, arena);
    if (!self) {
        return scs_error_memory(error);
    }
    const ScsErrorCode code = dense_update(&self->base, r, error);
    *result = code ? NULL : &self->base;
    return code;
}

static ScsErrorCode dense_clone(ScsLinSys **result, const ScsLinSys *original,
                                const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena,
                                ScsError *error) {
    const Dense *const source = (const Dense *)original;
    *result = NULL;
    Dense *self = instance_create(a, p, source->lapack, arena);
    if (!self) {
        return scs_error_memory(error);
    }
    const ptrdiff_t order = self->order;
    self->refine = source->refine;
    scs_vec_copy(source->scaled, self->scaled, (ptrdiff_t)self->m * self->n);
    scs_vec_copy(source->factor, self->factor, order * order);
    scs_vec_copy(source->r, self->r, (ptrdiff_t)self->n + self->m);
    scs_vec_copy(source->diagonal, self->diagonal, self->dual ? self->n : 0);
    scs_vec_copy(source->root, self->root, self->dual ? self->n : self->m);
    *result = &self->base;
    return SCS_OK;
}

/* Operations of an update by those of a solve; the former run some five times as fast,
 * being limited by arithmetic and not by memory. */
static scs_float dense_update_cost(const ScsLinSys *base) {
    const Dense *const self = (const Dense *)base;
    const scs_float order = self->order;
    const scs_float entries = (scs_float)self->m * self->n;
    const scs_float update = entries * order + order * order * order / 3;
    const scs_float solve = 4 * entries + 2 * order * order + 1;
    return update / (5 * solve);
}

static void dense_describe(const ScsLinSys *base, char *text, size_t size) {
    const Dense *const self = (const Dense *)base;
    snprintf(text, size, "order: %d%s%s", self->order, self->dual ? ", of y" : ", of x",
             self->refine ? ", refined" : "");
}

static void dense_destroy(ScsLinSys *base) { (void)base; }

const ScsLinSysKind scs_linsys_dense = {
    .name = "dense-direct-cholesky",
    .needs_lapack = true,
    .create = dense_create,
    .clone = dense_clone,
    .update_metric = dense_update,
    .update_values = dense_update,
    .solve = dense_solve,
    .update_cost = dense_update_cost,
    .describe = dense_describe,
    .destroy = dense_destroy,
};
