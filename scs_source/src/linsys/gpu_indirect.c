/* SPDX-License-Identifier: MIT
 *
 * The indirect backend on a GPU: preconditioned conjugate gradients (Hestenes and Stiefel
 * 1952) on
 *
 *     H x = rhs_x + A' R_y^-1 rhs_y,  H = R_x + P + A' R_y^-1 A,  y = R_y^-1 (A x - rhs_y),
 *
 * as indirect.c has it, with the diagonal of H as preconditioner. On the device are R_x + P
 * with both triangles, A by rows and A by columns (that is, A' by rows): products of rows
 * are fast and give the same bits every time. A solve moves vectors of length n + m, and
 * two inner products in each iteration.
 */
#include "linsys/linsys.h"

#include "linsys/csr.h"
#include "linsys/diagonal.h"
#include "linsys/gpu_matrix.h"
#include "linsys/steps.h"

#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"

#include <limits.h>
#include <stdio.h>

static const char *const backend = "gpu_indirect";

/* See steps.h. With R_x = 1e-6 and the diagonal alone against it, rounding makes them a few
 * times as many as there are columns: 2 n were too few for test_backends.c. */
enum { STEPS_PER_COLUMN = 10 };

/* A residual of this share of the right-hand side is rounding. */
static const scs_float rounding = 1e-15;

typedef struct {
    ScsLinSys base;
    const ScsMatrix *a;
    const ScsMatrix *p;
    ScsCsr by_rows;    /* A */
    ScsCsr symmetric;  /* R_x + P */
    scs_float *r;      /* n + m: the metric, on the host */
    scs_float *values; /* on the host: of one of the matrices, or of a vector */
    bool ready;        /* all values are on the device */
    ScsGpu gpu;
    ScsGpuSparse sparse;
    ScsCublas blas;
    ScsCublasHandle handle;
    ScsGpuMatrix shifted, rows, columns; /* R_x + P, A, A' */
    scs_float *diagonal;                 /* n: inverse of that of H; on the device */
    scs_float *inverse;                  /* m: R_y^-1 */
    scs_float *x, *residual, *z, *direction, *image; /* n */
    scs_float *rhs, *product, *scaled;               /* m */
    ScsSteps steps;
} GpuIndirect;

extern const ScsLinSysKind scs_linsys_gpu_indirect;

static ScsErrorCode gpu_indirect_available(ScsError *error) {
    ScsCusparse sparse;
    ScsCublas blas;
    ScsErrorCode code = scs_cuda_library_cusparse(&sparse, backend, error);
    code = code ? code : scs_cuda_library_cublas(&blas, backend, error);
    return code ? code : scs_gpu_available(backend, error);
}

/* --- vectors on the device --- */

static scs_float dot(GpuIndirect *self, const scs_float *x, const scs_float *y) {
    scs_float sum = 0;
    if (!scs_gpu_failed(&self->gpu)) {
        (void)scs_gpu_check(
            &self->gpu,
            self->blas.cublasDdot_v2(self->handle, (int)self->a->n, x, 1, y, 1, &sum),
            "cublasDdot_v2");
    }
    return sum;
}

/* y += factor x */
static void axpy(GpuIndirect *self, scs_float factor, const scs_float *x, scs_float *y,
                 scs_int size) {
    if (size > 0 && !scs_gpu_failed(&self->gpu)) {
        (void)scs_gpu_check(
            &self->gpu,
            self->blas.cublasDaxpy_v2(self->handle, (int)size, &factor, x, 1, y, 1),
            "cublasDaxpy_v2");
    }
}

/* x *= factor */
static void scale(GpuIndirect *self, scs_float factor, scs_float *x) {
    if (!scs_gpu_failed(&self->gpu)) {
        (void)scs_gpu_check(
            &self->gpu,
            self->blas.cublasDscal_v2(self->handle, (int)self->a->n, &factor, x, 1),
            "cublasDscal_v2");
    }
}

/* y_i = d_i x_i; y is neither of the others. */
static void multiply(GpuIndirect *self, const scs_float *d, const scs_float *x,
                     scs_float *y, scs_int size) {
    if (size > 0 && !scs_gpu_failed(&self->gpu)) {
        (void)scs_gpu_check(&self->gpu,
                            self->blas.cublasDdgmm(self->handle, SCS_CUBLAS_LEFT,
                                                   (int)size, 1, x, (int)size, d, 1, y,
                                                   (int)size),
                            "cublasDdgmm");
    }
}

/* --- the values --- */

static void set_matrices(GpuIndirect *self) {
    const ScsCsr *const rows = &self->by_rows;
    const ScsCsr *const symmetric = &self->symmetric;
    scs_float *const values = self->values;
    for (scs_int k = 0; k < rows->start[rows->rows]; ++k) {
        values[k] = self->a->x[rows->source[k]];
    }
    scs_gpu_matrix_set(&self->rows, values);
    scs_gpu_matrix_set(&self->columns, self->a->x);
    for (scs_int j = 0; j < symmetric->rows; ++j) {
        for (scs_int k = symmetric->start[j]; k < symmetric->start[j + 1]; ++k) {
            const scs_int source = symmetric->source[k];
            values[k] = (source < 0 ? 0 : self->p->x[source]) +
                        (symmetric->column[k] == j ? self->r[j] : 0);
        }
    }
    scs_gpu_matrix_set(&self->shifted, values);
}

static void set_diagonal(GpuIndirect *self) {
    ScsError error;
    const ScsErrorCode code =
        scs_diagonal_invert(self->a, self->p, self->r, self->values, &error);
    if (code != SCS_OK) {
        scs_gpu_fail(&self->gpu, code, error.message);
        return;
    }
    scs_gpu_upload(&self->gpu, self->diagonal, self->values, self->a->n,
                   sizeof(scs_float));
}

/* Between enter and leave. */
static void renew(GpuIndirect *self) {
    const scs_int m = self->a->m;
    set_matrices(self);
    set_diagonal(self);
    for (scs_int i = 0; i < m; ++i) {
        self->values[i] = 1 / self->r[self->a->n + i];
    }
    scs_gpu_upload(&self->gpu, self->inverse, self->values, m, sizeof(scs_float));
    self->ready = !scs_gpu_failed(&self->gpu);
}

static ScsErrorCode gpu_indirect_update(ScsLinSys *base, const scs_float *r,
                                        ScsError *error) {
    GpuIndirect *self = (GpuIndirect *)base;
    scs_vec_copy(r, self->r, (ptrdiff_t)self->a->n + self->a->m);
    scs_gpu_enter(&self->gpu);
    renew(self);
    return scs_gpu_leave(&self->gpu, error);
}

/* --- conjugate gradients --- */

/* image = H x */
static void apply(GpuIndirect *self, scs_float *x) {
    scs_gpu_matrix_multiply(&self->shifted, x, false, self->image);
    scs_gpu_matrix_multiply(&self->rows, x, false, self->product);
    multiply(self, self->inverse, self->product, self->scaled, self->a->m);
    scs_gpu_matrix_multiply(&self->columns, self->scaled, true, self->image);
}

/* z from the residual; the square of the residual's norm. */
static scs_float precondition(GpuIndirect *self) {
    multiply(self, self->diagonal, self->residual, self->z, self->a->n);
    return dot(self, self->residual, self->z);
}

/* Set x, residual and z; *square is that of the residual's norm, the result the one that
 * is good enough. */
static scs_float start(GpuIndirect *self, const scs_float *guess, scs_float tolerance,
                       scs_float *square) {
    const scs_int n = self->a->n;
    *square = precondition(self);
    const scs_float floor = rounding * rounding * *square;
    if (guess) {
        scs_gpu_upload(&self->gpu, self->x, guess, n, sizeof *guess);
        apply(self, self->x);
        axpy(self, -1, self->image, self->residual, n);
        *square = precondition(self);
    } else {
        scs_gpu_clear(&self->gpu, self->x, n, sizeof *self->x);
    }
    return scs_max(tolerance * tolerance * *square, floor);
}

static int64_t gpu_indirect_ration(ScsLinSys *base, int64_t steps) {
    return scs_steps_ration(&((GpuIndirect *)base)->steps, steps);
}

/* Failure of the device makes the inner products zero, which ends the loop; so do numbers
 * that are not finite, which the solver looks for in its iterates. */
static void iterate(GpuIndirect *self, scs_float target, scs_float square) {
    const scs_int n = self->a->n;
    const int64_t most = scs_steps_limit(&self->steps, n, STEPS_PER_COLUMN);
    scs_gpu_copy(&self->gpu, self->direction, self->z, n, sizeof *self->z);
    for (int64_t k = 0; k < most && square > target; ++k) {
        ++self->steps.taken;
        apply(self, self->direction);
        const scs_float curvature = dot(self, self->direction, self->image);
        if (curvature <= 0) {
            scs_gpu_fail(&self->gpu, SCS_ERROR_NUMERICAL,
                         "P is not positive semidefinite: conjugate gradients met a "
                         "direction in which the curvature is not positive");
            return;
        }
        axpy(self, square / curvature, self->direction, self->x, n);
        axpy(self, -square / curvature, self->image, self->residual, n);
        const scs_float next = precondition(self);
        scale(self, next / square, self->direction);
        axpy(self, 1, self->z, self->direction, n);
        square = next;
    }
}

static ScsErrorCode gpu_indirect_solve(ScsLinSys *base, scs_float *rhs,
                                       const scs_float *guess, scs_float tolerance,
                                       ScsError *error) {
    GpuIndirect *self = (GpuIndirect *)base;
    ScsGpu *const gpu = &self->gpu;
    const scs_int n = self->a->n;
    const scs_int m = self->a->m;
    scs_gpu_enter(gpu);
    scs_gpu_upload(gpu, self->residual, rhs, n, sizeof *rhs);
    scs_gpu_upload(gpu, self->rhs, rhs + n, m, sizeof *rhs);
    multiply(self, self->inverse, self->rhs, self->scaled, m);
    scs_gpu_matrix_multiply(&self->columns, self->scaled, true, self->residual);
    scs_float square;
    const scs_float target = start(self, guess, tolerance, &square);
    iterate(self, target, square);
    scs_gpu_matrix_multiply(&self->rows, self->x, false, self->product);
    axpy(self, -1, self->rhs, self->product, m);
    multiply(self, self->inverse, self->product, self->scaled, m);
    scs_gpu_download(gpu, rhs, self->x, n, sizeof *rhs);
    scs_gpu_download(gpu, rhs + n, self->scaled, m, sizeof *rhs);
    return scs_gpu_leave(gpu, error);
}

/* --- life --- */

/* The vectors on the device: where to keep them, and whether they have length n or m. */
typedef struct {
    scs_float **vector;
    scs_int size;
} Place;

enum { PLACES = 10 };

static void list_vectors(GpuIndirect *self, Place places[PLACES]) {
    const scs_int n = self->a->n;
    const scs_int m = self->a->m;
    const Place all[PLACES] = {
        {&self->diagonal, n},  {&self->x, n},     {&self->residual, n}, {&self->z, n},
        {&self->direction, n}, {&self->image, n}, {&self->inverse, m},  {&self->rhs, m},
        {&self->product, m},   {&self->scaled, m}};
    for (int k = 0; k < PLACES; ++k) {
        places[k] = all[k];
    }
}

static void open_blas(GpuIndirect *self) {
    ScsGpu *const gpu = &self->gpu;
    ScsCublasHandle handle = NULL;
    if (!scs_gpu_failed(gpu) &&
        scs_gpu_check(gpu, self->blas.cublasCreate_v2(&handle), "cublasCreate_v2")) {
        self->handle = handle;
        (void)scs_gpu_check(gpu, self->blas.cublasSetStream_v2(handle, gpu->stream),
                            "cublasSetStream_v2");
    }
}

/* All that is on the device, but for the values. */
static void prepare_device(GpuIndirect *self) {
    const ScsMatrix *const a = self->a;
    const ScsCsr *const rows = &self->by_rows;
    const ScsCsr *const symmetric = &self->symmetric;
    Place places[PLACES];
    list_vectors(self, places);
    for (int k = 0; k < PLACES; ++k) {
        *places[k].vector =
            scs_gpu_allocate(&self->gpu, places[k].size, sizeof(scs_float));
    }
    open_blas(self);
    scs_gpu_sparse_open(&self->sparse, &self->gpu);
    scs_gpu_matrix_create(&self->shifted, &self->sparse, a->n, a->n, symmetric->start,
                          symmetric->column, self->x, self->image);
    scs_gpu_matrix_create(&self->rows, &self->sparse, a->m, a->n, rows->start,
                          rows->column, self->x, self->product);
    scs_gpu_matrix_create(&self->columns, &self->sparse, a->n, a->m, a->p, a->i,
                          self->scaled, self->image);
}

static void gpu_indirect_destroy(ScsLinSys *base) {
    GpuIndirect *self = (GpuIndirect *)base;
    scs_gpu_enter(&self->gpu);
    scs_gpu_matrix_destroy(&self->columns);
    scs_gpu_matrix_destroy(&self->rows);
    scs_gpu_matrix_destroy(&self->shifted);
    scs_gpu_sparse_close(&self->sparse);
    if (self->handle) {
        (void)self->blas.cublasDestroy_v2(self->handle);
    }
    Place places[PLACES];
    list_vectors(self, places);
    for (int k = 0; k < PLACES; ++k) {
        scs_gpu_release(&self->gpu, *places[k].vector);
    }
    scs_gpu_close(&self->gpu);
    (void)scs_gpu_leave(&self->gpu, NULL);
}

/* What is on the host. */
static ScsErrorCode instance_create(GpuIndirect **result, const ScsMatrix *a,
                                    const ScsMatrix *p, ScsArena *arena,
                                    ScsError *error) {
    if ((scs_float)a->n > INT_MAX || (scs_float)a->m > INT_MAX) {
        return scs_error_set(error, SCS_ERROR_NOT_SUPPORTED,
                             "the linear solver %s takes at most %d rows and columns",
                             backend, INT_MAX);
    }
    GpuIndirect *self = SCS_NEW(arena, GpuIndirect, 1);
    if (!self) {
        return scs_error_memory(error);
    }
    self->base.kind = &scs_linsys_gpu_indirect;
    self->a = a;
    self->p = p;
    self->steps.last = INT64_MAX;
    ScsErrorCode code = scs_csr_by_rows(&self->by_rows, a, arena, error);
    code = code ? code : scs_csr_symmetric(&self->symmetric, p, a->n, arena, error);
    if (code) {
        return code;
    }
    const scs_int a_nnz = scs_csc_nnz(a);
    const scs_int p_nnz = self->symmetric.start[a->n]; /* at least n */
    const scs_int most = a_nnz > p_nnz ? a_nnz : p_nnz;
    self->r = SCS_NEW(arena, scs_float, (ptrdiff_t)a->n + a->m);
    self->values = SCS_NEW(arena, scs_float, most > a->m ? most : a->m);
    *result = self;
    return arena->failed ? scs_error_memory(error) : SCS_OK;
}

/* With the values on the device or without. */
static ScsErrorCode create(ScsLinSys **result, const ScsMatrix *a, const ScsMatrix *p,
                           const scs_float *r, bool ready, ScsArena *arena,
                           ScsError *error) {
    *result = NULL;
    GpuIndirect *self = NULL;
    ScsErrorCode code = instance_create(&self, a, p, arena, error);
    code = code ? code : scs_cuda_library_cublas(&self->blas, backend, error);
    code =
        code ? code : scs_cuda_library_cusparse(&self->sparse.library, backend, error);
    code = code ? code : scs_gpu_open(&self->gpu, backend, error);
    if (!self || code) {
        return code;
    }
    scs_vec_copy(r, self->r, (ptrdiff_t)a->n + a->m);
    scs_gpu_enter(&self->gpu);
    prepare_device(self);
    if (ready) {
        renew(self);
    }
    code = scs_gpu_leave(&self->gpu, error);
    if (code) {
        gpu_indirect_destroy(&self->base);
        return code;
    }
    *result = &self->base;
    return SCS_OK;
}

static ScsErrorCode gpu_indirect_create(ScsLinSys **result, const ScsMatrix *a,
                                        const ScsMatrix *p, const scs_float *r,
                                        ScsArena *arena, ScsError *error) {
    return create(result, a, p, r, true, arena, error);
}

static ScsErrorCode gpu_indirect_clone(ScsLinSys **result, const ScsLinSys *original,
                                       const ScsMatrix *a, const ScsMatrix *p,
                                       ScsArena *arena, ScsError *error) {
    const GpuIndirect *const source = (const GpuIndirect *)original;
    return create(result, a, p, source->r, source->ready, arena, error);
}

/* As for the indirect backend of the CPU: new values are cheap, but g to high accuracy
 * costs of the order of ten steps. */
static scs_float gpu_indirect_update_cost(const ScsLinSys *base) {
    (void)base;
    return 10;
}

static void gpu_indirect_describe(const ScsLinSys *base, char *text, size_t size) {
    const GpuIndirect *const self = (const GpuIndirect *)base;
    snprintf(text, size, "nnz(A): %lld, diagonal preconditioner, CUDA device: %d",
             (long long)scs_csc_nnz(self->a), self->gpu.device);
}

const ScsLinSysKind scs_linsys_gpu_indirect = {
    .name = "sparse-indirect GPU",
    .needs_tolerance = true,
    .available = gpu_indirect_available,
    .create = gpu_indirect_create,
    .clone = gpu_indirect_clone,
    .update_metric = gpu_indirect_update,
    .update_values = gpu_indirect_update,
    .solve = gpu_indirect_solve,
    .ration = gpu_indirect_ration,
    .update_cost = gpu_indirect_update_cost,
    .describe = gpu_indirect_describe,
    .destroy = gpu_indirect_destroy,
};
