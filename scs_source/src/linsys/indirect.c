/* SPDX-License-Identifier: MIT
 *
 * The indirect backend: preconditioned conjugate gradients (Hestenes and Stiefel 1952) on
 *
 *     H x = rhs_x + A' R_y^-1 rhs_y,  H = R_x + P + A' R_y^-1 A,  y = R_y^-1 (A x - rhs_y),
 *
 * so the rows of y hold exactly and those of x up to the residual of the iteration. H is
 * applied by products with P, A and A'. The preconditioner is a factor of bounded fill
 * (incomplete.h) where that is any good and the diagonal of H elsewhere: memory is of the
 * order of the data. The residual is measured in the norm of the preconditioner, which
 * where it is good is the error in the norm of H.
 *
 * Conjugate gradients lower the error in the norm of H in every iteration, so that the last
 * iterate is the best. If rounding or the limit stops it above the tolerance, the solver
 * goes on with it: it measures the residuals of the problem with the data alone, and an
 * inexact step costs iterations, not the answer.
 */
#include "linsys/indirect.h"

#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"
#include "linsys/diagonal.h"
#include "linsys/incomplete.h"
#include "linsys/steps.h"

#include <stdio.h>

/* See steps.h. */
enum { STEPS_PER_COLUMN = 2 };

/* A residual of this share of the right-hand side is rounding. */
static const scs_float rounding = 1e-15;

typedef struct {
    ScsLinSys base;
    const ScsMatrix *a;
    const ScsMatrix *p;
    scs_float *r;                                    /* n + m: the metric */
    ScsIncomplete *factor;                           /* NULL: the diagonal is used */
    scs_float *diagonal;                             /* n: inverse of that of H */
    scs_float *x, *residual, *z, *direction, *image; /* n */
    scs_float *rows;                                 /* m */
    ScsSteps steps;
} Indirect;

extern const ScsLinSysKind scs_linsys_indirect;

static ScsErrorCode indirect_update(ScsLinSys *base, const scs_float *r,
                                    ScsError *error) {
    Indirect *self = (Indirect *)base;
    scs_vec_copy(r, self->r, (ptrdiff_t)self->a->n + self->a->m);
    if (!self->factor) {
        return scs_diagonal_invert(self->a, self->p, self->r, self->diagonal, error);
    }
    const ScsKktValues values = {
        .p = self->p ? self->p->x : NULL, .a = self->a->x, .r = self->r};
    return scs_incomplete_factor(self->factor, &values, error);
}

static void precondition(Indirect *self) {
    if (self->factor) {
        scs_incomplete_apply(self->factor, self->residual, self->z);
    } else {
        scs_vec_copy(self->residual, self->z, self->a->n);
        scs_vec_multiply(self->diagonal, self->z, self->a->n);
    }
}

/* rows = A x */
static void multiply_rows(Indirect *self, const scs_float *x) {
    scs_vec_fill(0, self->rows, self->a->m);
    scs_csc_multiply(self->a, x, self->rows);
}

static void divide_rows(Indirect *self) {
    const scs_float *const r_y = self->r + self->a->n;
    for (scs_int i = 0; i < self->a->m; ++i) {
        self->rows[i] /= r_y[i];
    }
}

/* image = H x */
static void apply(Indirect *self, const scs_float *x) {
    const scs_int n = self->a->n;
    scs_vec_copy(x, self->image, n);
    scs_vec_multiply(self->r, self->image, n);
    if (self->p) {
        scs_csc_multiply_symmetric(self->p, x, self->image);
    }
    multiply_rows(self, x);
    divide_rows(self);
    scs_csc_multiply_transposed(self->a, self->rows, self->image);
}

/* Set x and residual; the square of the residual's norm that is good enough. */
static scs_float start(Indirect *self, const scs_float *rhs, const scs_float *guess,
                       scs_float tolerance) {
    const scs_int n = self->a->n;
    scs_vec_copy(rhs, self->residual, n);
    precondition(self);
    scs_float square = scs_vec_dot(self->residual, self->z, n);
    const scs_float floor = rounding * rounding * square;
    scs_vec_fill(0, self->x, n);
    if (guess) {
        scs_vec_copy(guess, self->x, n);
        apply(self, guess);
        scs_vec_axpy(-1, self->image, self->residual, n);
        precondition(self);
        square = scs_vec_dot(self->residual, self->z, n);
    }
    return scs_max(tolerance * tolerance * square, floor);
}

/* Numbers that are not finite end the loop, too: what made them is for the solver to say,
 * which checks its iterates. */
static ScsErrorCode iterate(Indirect *self, scs_float target, int64_t limit,
                            ScsError *error) {
    const scs_int n = self->a->n;
    scs_float square = scs_vec_dot(self->residual, self->z, n);
    scs_vec_copy(self->z, self->direction, n);
    for (int64_t k = 0; k < limit && square > target; ++k) {
        ++self->steps.taken;
        apply(self, self->direction);
        const scs_float curvature = scs_vec_dot(self->direction, self->image, n);
        if (curvature <= 0) {
            return scs_error_set(error, SCS_ERROR_NUMERICAL,
                                 "P is not positive semidefinite: conjugate gradients "
                                 "met a direction of curvature %g",
                                 curvature);
        }
        const scs_float step = square / curvature;
        scs_vec_axpy(step, self->direction, self->x, n);
        scs_vec_axpy(-step, self->image, self->residual, n);
        precondition(self);
        const scs_float next = scs_vec_dot(self->residual, self->z, n);
        scs_vec_scale(next / square, self->direction, n);
        scs_vec_axpy(1, self->z, self->direction, n);
        square = next;
    }
    return SCS_OK;
}

static int64_t indirect_ration(ScsLinSys *base, int64_t steps) {
    return scs_steps_ration(&((Indirect *)base)->steps, steps);
}

static ScsErrorCode indirect_solve(ScsLinSys *base, scs_float *rhs,
                                   const scs_float *guess, scs_float tolerance,
                                   ScsError *error) {
    Indirect *self = (Indirect *)base;
    const scs_int n = self->a->n;
    const scs_int m = self->a->m;
    scs_float *const rhs_y = rhs + n;
    scs_vec_copy(rhs_y, self->rows, m);
    divide_rows(self);
    scs_csc_multiply_transposed(self->a, self->rows, rhs);
    const ScsErrorCode code =
        iterate(self, start(self, rhs, guess, tolerance),
                scs_steps_limit(&self->steps, n, STEPS_PER_COLUMN), error);
    scs_vec_copy(self->x, rhs, n);
    multiply_rows(self, rhs);
    scs_vec_axpy(-1, rhs_y, self->rows, m);
    divide_rows(self);
    scs_vec_copy(self->rows, rhs_y, m);
    return code;
}

static Indirect *instance_create(const ScsMatrix *a, const ScsMatrix *p,
                                 ScsArena *arena) {
    Indirect *self = SCS_NEW(arena, Indirect, 1);
    if (!self) {
        return NULL;
    }
    self->base.kind = &scs_linsys_indirect;
    self->a = a;
    self->p = p;
    self->steps.last = INT64_MAX;
    self->r = SCS_NEW(arena, scs_float, (ptrdiff_t)a->n + a->m);
    scs_float **const columns[] = {&self->diagonal, &self->x,         &self->residual,
                                   &self->z,        &self->direction, &self->image};
    for (size_t k = 0; k < sizeof columns / sizeof *columns; ++k) {
        *columns[k] = SCS_NEW(arena, scs_float, a->n);
    }
    self->rows = SCS_NEW(arena, scs_float, a->m);
    return arena->failed ? NULL : self;
}

ScsErrorCode scs_indirect_create(ScsLinSys **result, const ScsElimination *analysis,
                                 const ScsMatrix *a, const ScsMatrix *p,
                                 const scs_float *r, ScsArena *arena, ScsError *error) {
    *result = NULL;
    Indirect *self = instance_create(a, p, arena);
    if (!self) {
        return scs_error_memory(error);
    }
    ScsErrorCode code = scs_incomplete_create(&self->factor, analysis, arena, error);
    code = code ? code : indirect_update(&self->base, r, error);
    *result = code ? NULL : &self->base;
    return code;
}

static ScsErrorCode indirect_create(ScsLinSys **result, const ScsMatrix *a,
                                    const ScsMatrix *p, const scs_float *r,
                                    ScsArena *arena, ScsError *error) {
    *result = NULL;
    ScsArena local = {0};
    ScsElimination analysis;
    ScsErrorCode code = scs_elimination_analyse(&analysis, a, p, &local, error);
    code = code ? code : scs_indirect_create(result, &analysis, a, p, r, arena, error);
    scs_arena_release(&local);
    return code;
}

scs_int scs_indirect_count_steps(ScsLinSys *base, scs_float tolerance, scs_int most) {
    Indirect *self = (Indirect *)base;
    const scs_int n = self->a->n;
    uint64_t state = 1;
    for (scs_int i = 0; i < self->a->m; ++i) { /* Knuth's generator, in [-1, 1) */
        state = state * 6364136223846793005u + 1442695040888963407u;
        self->rows[i] = (scs_float)(state >> 11) * 0x1p-52 - 1;
    }
    scs_float *const rhs = self->direction; /* which start() leaves alone */
    scs_vec_fill(0, rhs, n);
    scs_csc_multiply_transposed(self->a, self->rows, rhs);
    const int64_t before = self->steps.taken;
    const ScsErrorCode code =
        iterate(self, start(self, rhs, NULL, tolerance), most, NULL);
    const bool sound = isfinite(scs_vec_norm_inf(self->x, n));
    return code || !sound ? most : (scs_int)(self->steps.taken - before);
}

static ScsErrorCode indirect_clone(ScsLinSys **result, const ScsLinSys *original,
                                   const ScsMatrix *a, const ScsMatrix *p,
                                   ScsArena *arena, ScsError *error) {
    const Indirect *const source = (const Indirect *)original;
    *result = NULL;
    Indirect *self = instance_create(a, p, arena);
    if (!self) {
        return scs_error_memory(error);
    }
    if (source->factor) {
        self->factor = scs_incomplete_clone(source->factor, arena);
    }
    if (arena->failed) {
        return scs_error_memory(error);
    }
    scs_vec_copy(source->r, self->r, (ptrdiff_t)a->n + a->m);
    scs_vec_copy(source->diagonal, self->diagonal, a->n);
    *result = &self->base;
    return SCS_OK;
}

/* A change of the metric costs the factor, which is of bounded fill, and g to high
 * accuracy: of the order of ten steps, as far as they have been measured. */
static scs_float indirect_update_cost(const ScsLinSys *base) {
    (void)base;
    return 10;
}

static void indirect_describe(const ScsLinSys *base, char *text, size_t size) {
    const Indirect *self = (const Indirect *)base;
    const long long nnz = scs_csc_nnz(self->a);
    if (self->factor) {
        snprintf(text, size, "nnz(A): %lld, nnz(L): %lld%s", nnz,
                 (long long)scs_incomplete_entries(self->factor),
                 self->factor->complete ? "" : ", incomplete");
    } else {
        snprintf(text, size, "nnz(A): %lld, diagonal preconditioner", nnz);
    }
}

static void indirect_destroy(ScsLinSys *base) { (void)base; }

const ScsLinSysKind scs_linsys_indirect = {
    .name = "sparse-indirect-scs",
    .needs_tolerance = true,
    .create = indirect_create,
    .clone = indirect_clone,
    .update_metric = indirect_update,
    .update_values = indirect_update,
    .solve = indirect_solve,
    .ration = indirect_ration,
    .update_cost = indirect_update_cost,
    .describe = indirect_describe,
    .destroy = indirect_destroy,
};
