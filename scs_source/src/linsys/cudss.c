/* SPDX-License-Identifier: MIT
 *
 * The sparse direct backend on a GPU: NVIDIA's cuDSS analyses K once and factorises
 * K = L D L' when values change. Its lower triangle, the right-hand side and the solution
 * stay on the device, so that a solve moves vectors of length n + m only.
 *
 * cuDSS replaces pivots that are too small by larger ones and goes on; so the signs of the
 * pivots are compared with those that K must have, n positive and m negative ones.
 */
#include "linsys/linsys.h"

#include "linsys/gpu.h"
#include "linsys/kkt.h"

#include "la/vec.h"

#include <stdio.h>

static const char *const backend = "cudss";
static const unsigned index_type =
    sizeof(scs_int) == 8 ? SCS_CUDA_INT_64 : SCS_CUDA_INT_32;
static const int64_t largest_int =
    (int64_t)(((uint64_t)1 << (8 * sizeof(scs_int) - 1)) - 1);

typedef struct {
    ScsLinSys base;
    const ScsMatrix *a;
    const ScsMatrix *p;
    ScsKkt kkt;        /* the upper triangle by columns: the lower one by rows */
    scs_int nnz;       /* of it, with the diagonal */
    scs_float *r;      /* n + m: the metric */
    scs_float *values; /* nnz, on the host */
    bool factorised;   /* there is a factor, which may be renewed */
    ScsGpu gpu;
    ScsCudss library;
    ScsCudssHandle handle;
    ScsCudssConfig config;
    ScsCudssData data;
    ScsCudssMatrix matrix, rhs, solution;
    scs_int *device_start, *device_column; /* on the device, as those below */
    scs_float *device_values, *device_rhs, *device_solution;
} Cudss;

extern const ScsLinSysKind scs_linsys_cudss;

static ScsErrorCode cudss_available(ScsError *error) {
    ScsCudss library;
    const ScsErrorCode code = scs_cuda_library_cudss(&library, backend, error);
    return code ? code : scs_gpu_available(backend, error);
}

/* The values of the lower triangle by rows, the diagonal last in each, and to the device. */
static void upload_values(Cudss *self) {
    const scs_float *const a = self->a->x;
    const scs_float *const p = self->p ? self->p->x : a; /* not read without P */
    const ScsKktValues values = {.p = p, .a = a, .r = self->r};
    scs_int at = 0;
    for (scs_int j = 0; j < self->kkt.size; ++j) {
        for (scs_int k = self->kkt.start[j]; k < self->kkt.start[j + 1]; ++k) {
            self->values[at++] = scs_kkt_entry(&self->kkt, &values, k);
        }
        self->values[at++] = scs_kkt_diagonal(&self->kkt, &values, j, j);
    }
    scs_gpu_upload(&self->gpu, self->device_values, self->values, self->nnz,
                   sizeof *self->values);
}

/* Copy the pattern to the device. */
static void upload_pattern(Cudss *self) {
    const ScsKkt *const kkt = &self->kkt;
    ScsArena local = {0};
    scs_int *start = SCS_NEW(&local, scs_int, (ptrdiff_t)kkt->size + 1);
    scs_int *column = SCS_NEW(&local, scs_int, self->nnz);
    if (local.failed) {
        scs_gpu_fail(&self->gpu, SCS_ERROR_MEMORY, "out of memory");
        scs_arena_release(&local);
        return;
    }
    scs_int at = 0;
    for (scs_int j = 0; j < kkt->size; ++j) {
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            column[at++] = kkt->row[k];
        }
        column[at++] = j;
        start[j + 1] = at;
    }
    scs_gpu_upload(&self->gpu, self->device_start, start, (int64_t)kkt->size + 1,
                   sizeof *start);
    scs_gpu_upload(&self->gpu, self->device_column, column, self->nnz, sizeof *column);
    scs_arena_release(&local);
}

static void open_solver(Cudss *self) {
    const ScsCudss *const library = &self->library;
    ScsGpu *const gpu = &self->gpu;
    if (scs_gpu_failed(gpu) ||
        !scs_gpu_check(gpu, library->cudssCreate(&self->handle), "cudssCreate") ||
        !scs_gpu_check(gpu, library->cudssSetStream(self->handle, gpu->stream),
                       "cudssSetStream")) {
        return; /* a handle that was written in spite of failure must be destroyed */
    }
    ScsCudssConfig config = NULL;
    if (!scs_gpu_check(gpu, library->cudssConfigCreate(&config), "cudssConfigCreate")) {
        return;
    }
    self->config = config;
    /* By default cuDSS permutes and scales by the values that the analysis sees, but these
     * change later, and a quasi-definite matrix needs neither. */
    const unsigned matching = SCS_CUDSS_NO_MATCHING;
    ScsCudssData data = NULL;
    if (scs_gpu_check(gpu,
                      library->cudssConfigSet(config, SCS_CUDSS_MATCHING, &matching,
                                              sizeof matching),
                      "cudssConfigSet") &&
        scs_gpu_check(gpu, library->cudssDataCreate(self->handle, &data),
                      "cudssDataCreate")) {
        self->data = data;
    }
}

static ScsCudssMatrix describe_vector(Cudss *self, scs_float *values) {
    const int64_t size = self->kkt.size;
    ScsCudssMatrix vector = NULL;
    return !scs_gpu_failed(&self->gpu) &&
                   scs_gpu_check(&self->gpu,
                                 self->library.cudssMatrixCreateDn(
                                     &vector, size, 1, size, values, SCS_CUDA_DOUBLE,
                                     SCS_CUDSS_COLUMN_MAJOR),
                                 "cudssMatrixCreateDn")
               ? vector
               : NULL;
}

static ScsCudssMatrix describe_matrix(Cudss *self) {
    const int64_t size = self->kkt.size;
    ScsCudssMatrix matrix = NULL;
    return !scs_gpu_failed(&self->gpu) &&
                   scs_gpu_check(&self->gpu,
                                 self->library.cudssMatrixCreateCsr(
                                     &matrix, size, size, self->nnz, self->device_start,
                                     NULL, self->device_column, self->device_values,
                                     index_type, index_type, SCS_CUDA_DOUBLE,
                                     SCS_CUDSS_SYMMETRIC, SCS_CUDSS_LOWER,
                                     SCS_CUDSS_BASE_ZERO),
                                 "cudssMatrixCreateCsr")
               ? matrix
               : NULL;
}

static void execute(Cudss *self, int phase) {
    if (!scs_gpu_failed(&self->gpu)) {
        (void)scs_gpu_check(
            &self->gpu,
            self->library.cudssExecute(self->handle, phase, self->config, self->data,
                                       self->matrix, self->solution, self->rhs),
            "cudssExecute");
    }
}

/* Read what cuDSS knows of the factor; waits for it. */
static void get(Cudss *self, unsigned parameter, void *value, size_t size) {
    size_t written = 0;
    if (!scs_gpu_failed(&self->gpu)) {
        (void)scs_gpu_check(&self->gpu,
                            self->library.cudssDataGet(self->handle, self->data,
                                                       parameter, value, size,
                                                       &written),
                            "cudssDataGet");
    }
}

static void check_pivots(Cudss *self) {
    int info = 0;
    scs_int inertia[2] = {0, 0};
    get(self, SCS_CUDSS_INFO, &info, sizeof info);
    get(self, SCS_CUDSS_INERTIA, inertia, sizeof inertia);
    if (!scs_gpu_failed(&self->gpu) &&
        (info != 0 || inertia[0] != self->a->n || inertia[1] != self->a->m)) {
        scs_gpu_fail(
            &self->gpu, SCS_ERROR_NUMERICAL,
            "P is not positive semidefinite, or the entries of the problem are "
            "too large: pivots of cuDSS have wrong signs");
    }
}

/* Between enter and leave. */
static void factorise(Cudss *self) {
    execute(self,
            self->factorised ? SCS_CUDSS_REFACTORIZATION : SCS_CUDSS_FACTORIZATION);
    check_pivots(self);
    self->factorised = !scs_gpu_failed(&self->gpu);
}

static ScsErrorCode cudss_update(ScsLinSys *base, const scs_float *r, ScsError *error) {
    Cudss *self = (Cudss *)base;
    scs_vec_copy(r, self->r, self->kkt.size);
    scs_gpu_enter(&self->gpu);
    upload_values(self);
    factorise(self);
    return scs_gpu_leave(&self->gpu, error);
}

static ScsErrorCode cudss_solve(ScsLinSys *base, scs_float *rhs, const scs_float *guess,
                                scs_float tolerance, ScsError *error) {
    Cudss *self = (Cudss *)base;
    ScsGpu *const gpu = &self->gpu;
    const scs_int size = self->kkt.size;
    (void)guess;
    (void)tolerance;
    scs_gpu_enter(gpu);
    scs_gpu_upload(gpu, self->device_rhs, rhs, size, sizeof *rhs);
    execute(self, SCS_CUDSS_SOLVE);
    scs_gpu_download(gpu, rhs, self->device_solution, size, sizeof *rhs);
    return scs_gpu_leave(gpu, error);
}

static void close_solver(Cudss *self) {
    const ScsCudss *const library = &self->library;
    ScsCudssMatrix *const matrices[] = {&self->matrix, &self->rhs, &self->solution};
    if (self->data) {
        (void)library->cudssDataDestroy(self->handle, self->data);
    }
    if (self->config) {
        (void)library->cudssConfigDestroy(self->config);
    }
    for (size_t k = 0; k < sizeof matrices / sizeof *matrices; ++k) {
        if (*matrices[k]) {
            (void)library->cudssMatrixDestroy(*matrices[k]);
        }
    }
    if (self->handle) {
        (void)library->cudssDestroy(self->handle);
    }
}

static void cudss_destroy(ScsLinSys *base) {
    Cudss *self = (Cudss *)base;
    ScsGpu *const gpu = &self->gpu;
    scs_gpu_enter(gpu);
    close_solver(self);
    scs_gpu_release(gpu, self->device_solution);
    scs_gpu_release(gpu, self->device_rhs);
    scs_gpu_release(gpu, self->device_values);
    scs_gpu_release(gpu, self->device_column);
    scs_gpu_release(gpu, self->device_start);
    scs_gpu_close(gpu);
    (void)scs_gpu_leave(gpu, NULL);
}

/* All that is on the device, up to the analysis. */
static void prepare_device(Cudss *self) {
    ScsGpu *const gpu = &self->gpu;
    const scs_int size = self->kkt.size;
    self->device_start = scs_gpu_allocate(gpu, (int64_t)size + 1, sizeof(scs_int));
    self->device_column = scs_gpu_allocate(gpu, self->nnz, sizeof(scs_int));
    self->device_values = scs_gpu_allocate(gpu, self->nnz, sizeof(scs_float));
    self->device_rhs = scs_gpu_allocate(gpu, size, sizeof(scs_float));
    self->device_solution = scs_gpu_allocate(gpu, size, sizeof(scs_float));
    upload_pattern(self);
    upload_values(self);
    open_solver(self);
    self->matrix = describe_matrix(self);
    self->rhs = describe_vector(self, self->device_rhs);
    self->solution = describe_vector(self, self->device_solution);
    execute(self, SCS_CUDSS_ANALYSIS);
}

/* What is on the host. */
static Cudss *instance_create(const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena,
                              ScsError *error) {
    Cudss *self = SCS_NEW(arena, Cudss, 1);
    if (!self) {
        (void)scs_error_memory(error);
        return NULL;
    }
    self->base.kind = &scs_linsys_cudss;
    self->a = a;
    self->p = p;
    if (scs_kkt_assemble(&self->kkt, a, p, arena, error) != SCS_OK) {
        return NULL;
    }
    const scs_int size = self->kkt.size;
    const int64_t nnz = (int64_t)self->kkt.start[size] + size;
    if (nnz >= largest_int) {
        (void)scs_error_set(error, SCS_ERROR_NOT_SUPPORTED,
                            "A and P together have more entries than %d-bit indices "
                            "count; configure with SCS_INT64",
                            (int)(8 * sizeof(scs_int)));
        return NULL;
    }
    self->nnz = (scs_int)nnz;
    self->r = SCS_NEW(arena, scs_float, size);
    self->values = SCS_NEW(arena, scs_float, nnz);
    if (arena->failed) {
        (void)scs_error_memory(error);
        return NULL;
    }
    return self;
}

/* As far as the analysis, or with a factor. */
static ScsErrorCode create(ScsLinSys **result, const ScsMatrix *a, const ScsMatrix *p,
                           const scs_float *r, bool with_factor, ScsArena *arena,
                           ScsError *error) {
    *result = NULL;
    ScsError local = {SCS_OK, ""};
    Cudss *self = instance_create(a, p, arena, &local);
    if (!self) {
        return scs_error_set(error, local.code, "%s", local.message);
    }
    ScsErrorCode code = scs_cuda_library_cudss(&self->library, backend, error);
    code = code ? code : scs_gpu_open(&self->gpu, backend, error);
    if (code) {
        return code;
    }
    scs_vec_copy(r, self->r, self->kkt.size);
    scs_gpu_enter(&self->gpu);
    prepare_device(self);
    if (with_factor) {
        factorise(self);
    }
    code = scs_gpu_leave(&self->gpu, error);
    if (code) {
        cudss_destroy(&self->base);
        return code;
    }
    *result = &self->base;
    return SCS_OK;
}

static ScsErrorCode cudss_create(ScsLinSys **result, const ScsMatrix *a,
                                 const ScsMatrix *p, const scs_float *r,
                                 ScsArena *arena, ScsError *error) {
    return create(result, a, p, r, true, arena, error);
}

/* Nothing on the device can be shared: cuDSS keeps analysis and factor together. */
static ScsErrorCode cudss_clone(ScsLinSys **result, const ScsLinSys *original,
                                const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena,
                                ScsError *error) {
    const Cudss *const source = (const Cudss *)original;
    return create(result, a, p, source->r, source->factorised, arena, error);
}

/* Not measured: on a GPU a solve is bound by latency, so that a factorisation costs fewer
 * solves than on a CPU. */
static scs_float cudss_update_cost(const ScsLinSys *base) {
    (void)base;
    return 10;
}

static void cudss_describe(const ScsLinSys *base, char *text, size_t size) {
    const Cudss *const self = (const Cudss *)base;
    snprintf(text, size, "nnz(K): %lld, CUDA device: %d", (long long)self->nnz,
             self->gpu.device);
}

const ScsLinSysKind scs_linsys_cudss = {
    .name = "sparse-direct-cuDSS",
    .available = cudss_available,
    .create = cudss_create,
    .clone = cudss_clone,
    .update_metric = cudss_update,
    .update_values = cudss_update,
    .solve = cudss_solve,
    .update_cost = cudss_update_cost,
    .describe = cudss_describe,
    .destroy = cudss_destroy,
};
