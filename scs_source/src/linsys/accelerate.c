/* SPDX-License-Identifier: MIT
 *
 * The sparse direct backend by Sparse Solvers of Apple's Accelerate framework: LDL' with
 * threshold partial pivoting, the one of its factorisations that is documented to tell its
 * inertia, which shows whether P is semidefinite. (Its status does not: a singular or
 * non-finite matrix may well be "OK".) Compiled on Apple's systems only.
 *
 * Without a reporter Accelerate ends the process on an error of a parameter, and a solve
 * has no status. So there is a reporter, whose text is kept for the thread that made the
 * call. A clone analyses and factorises anew, because a factor is one workspace's own,
 * unless the last factorisation broke down.
 */
#include "linsys/linsys.h"

#include "la/vec.h"
#include "linsys/kkt.h"

#include <Accelerate/Accelerate.h>

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ScsLinSys base;
    const ScsMatrix *a;
    const ScsMatrix *p;
    ScsKkt kkt; /* its own memory is gone but for source and diagonal */
    SparseMatrix_Double matrix;
    bool analysed;   /* what Accelerate holds, to be released */
    bool factorised; /* K as it is now */
    SparseOpaqueSymbolicFactorization analysis;
    SparseOpaqueFactorization_Double factor;
    scs_float *r;
    ScsArena workspace; /* of solves: memory and its size in bytes */
    void *scratch;
    size_t scratch_size;
} Accelerate;

extern const ScsLinSysKind scs_linsys_accelerate;

/* ---- what Accelerate says while it is called ---- */

/* Its reporter and its allocator have no argument of ours. */
static _Thread_local struct {
    char text[120];
    bool out_of_memory;
} said;

static void listen(void) {
    said.text[0] = '\0';
    said.out_of_memory = false;
}

static void report(const char *message) {
    snprintf(said.text, sizeof said.text, "%s", message);
    said.text[strcspn(said.text, "\n")] = '\0';
}

static void *allocate(size_t size) {
    void *memory = size <= PTRDIFF_MAX ? scs_caller_allocate((ptrdiff_t)size, 1) : NULL;
    said.out_of_memory = said.out_of_memory || !memory;
    return memory;
}

static ScsErrorCode explain(SparseStatus_t status, const char *doing, ScsError *error) {
    if (said.out_of_memory) {
        return scs_error_memory(error);
    }
    ScsErrorCode code = SCS_ERROR_BACKEND;
    const char *meaning = "";
    switch (status) {
    case SparseFactorizationFailed:
        code = SCS_ERROR_NUMERICAL;
        meaning = "a numerical breakdown; the data may be too badly scaled";
        break;
    case SparseMatrixIsSingular:
        code = SCS_ERROR_NUMERICAL;
        meaning = "the matrix is singular; the data may be too badly scaled";
        break;
    case SparseInternalError:
        meaning = "an internal error";
        break;
    case SparseParameterError:
        meaning = "an error of a parameter";
        break;
    default:
        break;
    }
    const bool both = meaning[0] && said.text[0];
    return scs_error_set(error, code,
                         "Apple's Accelerate failed in %s: %s%s%s (status %d)", doing,
                         meaning, both ? ": " : "", said.text, (int)status);
}

/* ---- inertia, since macOS 13 ---- */

static bool tells_inertia(void) {
    if (__builtin_available(macOS 13.0, iOS 16.0, tvOS 16.0, watchOS 9.0, *)) {
        return true;
    }
    return false;
}

static ScsErrorCode accelerate_available(ScsError *error) {
    return tells_inertia()
               ? SCS_OK
               : scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                               "the linear solver accelerate needs macOS 13 or newer; "
                               "use auto");
}

static ScsErrorCode check_inertia(const Accelerate *self, ScsError *error) {
    int positive = 0;
    int zero = 0;
    int negative = 0;
    int failure = -1;
    if (__builtin_available(macOS 13.0, iOS 16.0, tvOS 16.0, watchOS 9.0, *)) {
        failure = SparseGetInertia(self->factor, &positive, &zero, &negative);
    }
    if (failure) {
        return scs_error_set(error, SCS_ERROR_BACKEND,
                             "Apple's Accelerate does not tell the inertia of its "
                             "factor (error %d)",
                             failure);
    }
    const long long excess = (long long)negative - self->a->m;
    if (excess > 0 && zero == 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "P is not positive semidefinite: the factorisation found "
                             "%lld negative pivots too many",
                             excess);
    }
    if (excess != 0 || positive != self->a->n) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "the factorisation broke down: it found %d positive, %d "
                             "zero and %d negative pivots; the data may be too badly "
                             "scaled",
                             positive, zero, negative);
    }
    return SCS_OK;
}

/* ---- numbers ---- */

/* Write the values of K; whether all of them are finite. */
static bool set_values(Accelerate *self) {
    const ScsKkt *const kkt = &self->kkt;
    /* Without P nothing is read from p. */
    const ScsKktValues values = {
        .p = self->p ? self->p->x : self->a->x, .a = self->a->x, .r = self->r};
    const long *const start = self->matrix.structure.columnStarts;
    scs_float *const value = self->matrix.data;
    scs_float check = 0; /* becomes NaN by any that is not */
    for (scs_int j = 0; j < kkt->size; ++j) {
        const long diagonal = start[j + 1] - 1;
        for (long k = start[j]; k < diagonal; ++k) {
            value[k] = scs_kkt_entry(kkt, &values, (scs_int)(k - j));
            check += 0 * value[k];
        }
        value[diagonal] = scs_kkt_diagonal(kkt, &values, j, j);
        check += 0 * value[diagonal];
    }
    return check == 0;
}

/* Accelerate's own defaults, said explicitly. */
static SparseNumericFactorOptions numeric_options(void) {
    return (SparseNumericFactorOptions){
        .control = SparseDefaultControl,
        .scalingMethod = SparseScalingDefault,
        .scaling = NULL,
        .pivotTolerance = 0.01,
        .zeroTolerance = 1e-4 * 2.220446049250313e-16,
    };
}

/* Room for solves, which may not allocate. Pivoting may ask for more than last time. */
static ScsErrorCode set_scratch(Accelerate *self, ScsError *error) {
    const size_t needed = self->factor.solveWorkspaceRequiredStatic +
                          self->factor.solveWorkspaceRequiredPerRHS;
    if (self->scratch && needed <= self->scratch_size) {
        return SCS_OK;
    }
    scs_arena_release(&self->workspace);
    self->scratch = needed <= PTRDIFF_MAX
                        ? SCS_NEW(&self->workspace, char, (ptrdiff_t)needed)
                        : NULL;
    self->scratch_size = self->scratch ? needed : 0;
    return self->scratch ? SCS_OK : scs_error_memory(error);
}

static void release_factor(Accelerate *self) {
    if (self->factorised) {
        SparseCleanup(self->factor);
        self->factorised = false;
    }
}

/* Into the storage of the factor there is. */
static ScsErrorCode factorise(Accelerate *self, ScsError *error) {
    listen();
    if (self->factorised) {
        SparseRefactor(self->matrix, &self->factor, numeric_options());
    } else {
        self->factor = SparseFactor(self->analysis, self->matrix, numeric_options());
        self->factorised = true;
    }
    const SparseStatus_t status = self->factor.status;
    return status == SparseStatusOK ? check_inertia(self, error)
                                    : explain(status, "the factorisation", error);
}

static ScsErrorCode try_update(Accelerate *self, ScsError *error) {
    if (!set_values(self)) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "the factorisation broke down: an entry of the system is "
                             "not finite; the data may be too badly scaled");
    }
    const ScsErrorCode code = factorise(self, error);
    return code == SCS_OK ? set_scratch(self, error) : code;
}

/* A factor of something else is no use, and a failed one is not built upon. */
static ScsErrorCode accelerate_update(ScsLinSys *base, const scs_float *r,
                                      ScsError *error) {
    Accelerate *self = (Accelerate *)base;
    scs_vec_copy(r, self->r, (ptrdiff_t)self->kkt.size);
    const ScsErrorCode code = try_update(self, error);
    if (code != SCS_OK) {
        release_factor(self);
    }
    return code;
}

static ScsErrorCode accelerate_solve(ScsLinSys *base, scs_float *rhs,
                                     const scs_float *guess, scs_float tolerance,
                                     ScsError *error) {
    Accelerate *self = (Accelerate *)base;
    (void)guess;
    (void)tolerance;
    const DenseVector_Double vector = {.count = (int)self->kkt.size, .data = rhs};
    listen();
    SparseSolve(self->factor, vector, self->scratch);
    return said.text[0] || said.out_of_memory
               ? explain(SparseParameterError, "a solve", error)
               : SCS_OK;
}

/* ---- life ---- */

static void accelerate_destroy(ScsLinSys *base) {
    Accelerate *self = (Accelerate *)base;
    release_factor(self);
    if (self->analysed) {
        SparseCleanup(self->analysis);
        self->analysed = false;
    }
    scs_arena_release(&self->workspace);
}

/* The upper triangle by columns, the diagonal last in each. */
static void set_pattern(Accelerate *self, const ScsKkt *kkt) {
    SparseMatrixStructure *const structure = &self->matrix.structure;
    structure->rowCount = structure->columnCount = (int)kkt->size;
    structure->blockSize = 1;
    structure->attributes.kind = SparseSymmetric;
    structure->attributes.triangle = SparseUpperTriangle;
    long at = 0;
    for (scs_int j = 0; j < kkt->size; ++j) {
        structure->columnStarts[j] = at;
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            structure->rowIndices[at++] = (int)kkt->row[k];
        }
        structure->rowIndices[at++] = (int)j;
    }
    structure->columnStarts[kkt->size] = at;
}

static Accelerate *instance_create(const ScsMatrix *a, const ScsMatrix *p,
                                   const ScsKkt *kkt, ScsArena *arena) {
    Accelerate *self = SCS_NEW(arena, Accelerate, 1);
    if (!self) {
        return NULL;
    }
    const ptrdiff_t size = kkt->size;
    const ptrdiff_t off_diagonal = (ptrdiff_t)kkt->start[size];
    self->base.kind = &scs_linsys_accelerate;
    self->a = a;
    self->p = p;
    self->kkt = (ScsKkt){.size = kkt->size, .n = kkt->n, .p_nnz = kkt->p_nnz};
    self->kkt.source = (scs_int *)scs_arena_copy(arena, kkt->source, off_diagonal,
                                                 sizeof *kkt->source);
    self->kkt.diagonal =
        (scs_int *)scs_arena_copy(arena, kkt->diagonal, size, sizeof *kkt->diagonal);
    self->matrix.structure.columnStarts = SCS_NEW(arena, long, size + 1);
    self->matrix.structure.rowIndices = SCS_NEW(arena, int, off_diagonal + size);
    self->matrix.data = SCS_NEW(arena, scs_float, off_diagonal + size);
    self->r = SCS_NEW(arena, scs_float, size);
    if (arena->failed) {
        return NULL;
    }
    set_pattern(self, kkt);
    return self;
}

static ScsErrorCode analyse(Accelerate *self, ScsError *error) {
    const SparseSymbolicFactorOptions options = {
        .control = SparseDefaultControl,
        .orderMethod = SparseOrderDefault, /* AMD */
        .order = NULL,
        .ignoreRowsAndColumns = NULL,
        .malloc = allocate,
        .free = free,
        .reportError = report,
    };
    listen();
    self->analysis =
        SparseFactor(SparseFactorizationLDLTTPP, self->matrix.structure, options);
    self->analysed =
        self->analysis.status == SparseStatusOK; /* else nothing is valid */
    return self->analysed ? SCS_OK
                          : explain(self->analysis.status, "the analysis", error);
}

/* factorise: not if only the analysis is wanted, and r. */
static ScsErrorCode create(ScsLinSys **result, const ScsMatrix *a, const ScsMatrix *p,
                           const scs_float *r, bool factorise, ScsArena *arena,
                           ScsError *error) {
    *result = NULL;
    if ((long long)a->m + a->n > INT_MAX) {
        return scs_error_set(error, SCS_ERROR_NOT_SUPPORTED,
                             "more rows than the integers of Apple's Accelerate count");
    }
    ScsArena local = {0};
    ScsKkt kkt;
    ScsErrorCode code = scs_kkt_assemble(&kkt, a, p, &local, error);
    Accelerate *self = code == SCS_OK ? instance_create(a, p, &kkt, arena) : NULL;
    scs_arena_release(&local);
    if (!self) {
        return code == SCS_OK ? scs_error_memory(error) : code;
    }
    scs_vec_copy(r, self->r, (ptrdiff_t)kkt.size);
    code = analyse(self, error);
    if (code == SCS_OK && factorise) {
        code = accelerate_update(&self->base, r, error);
    }
    if (code != SCS_OK) {
        accelerate_destroy(&self->base);
        return code;
    }
    *result = &self->base;
    return SCS_OK;
}

static ScsErrorCode accelerate_create(ScsLinSys **result, const ScsMatrix *a,
                                      const ScsMatrix *p, const scs_float *r,
                                      ScsArena *arena, ScsError *error) {
    return create(result, a, p, r, true, arena, error);
}

static ScsErrorCode accelerate_clone(ScsLinSys **result, const ScsLinSys *original,
                                     const ScsMatrix *a, const ScsMatrix *p,
                                     ScsArena *arena, ScsError *error) {
    const Accelerate *const source = (const Accelerate *)original;
    return create(result, a, p, source->r, source->factorised, arena, error);
}

/* ---- what is told of it ---- */

/* Entries of the factor before pivoting, by the storage that the analysis asks for. */
static scs_float factor_entries(const Accelerate *self) {
    return (scs_float)self->analysis.factorSize_Double / (scs_float)sizeof(scs_float);
}

/* As for PARDISO (mkl.c), with the operations that a factor of equally long columns takes:
 * a guess until somebody has measured it. */
static scs_float accelerate_update_cost(const ScsLinSys *base) {
    const Accelerate *const self = (const Accelerate *)base;
    const scs_float size = (scs_float)self->kkt.size;
    const scs_float entries = factor_entries(self);
    const scs_float factor = 3e4 + 26 * entries + 0.15 * entries * entries / size;
    const scs_float solve = 1.5e4 + 1.1 * entries + 8 * size;
    return factor / solve;
}

static void accelerate_describe(const ScsLinSys *base, char *text, size_t size) {
    const Accelerate *const self = (const Accelerate *)base;
    snprintf(text, size, "nnz(K): %ld, factor: %.0f numbers",
             self->matrix.structure.columnStarts[self->kkt.size], factor_entries(self));
}

const ScsLinSysKind scs_linsys_accelerate = {
    .name = "sparse-direct-accelerate",
    .available = accelerate_available,
    .create = accelerate_create,
    .clone = accelerate_clone,
    .update_metric = accelerate_update,
    .update_values = accelerate_update,
    .solve = accelerate_solve,
    .update_cost = accelerate_update_cost,
    .describe = accelerate_describe,
    .destroy = accelerate_destroy,
};
