/* SPDX-License-Identifier: MIT
 *
 * The sparse direct backend by PARDISO of Intel's MKL, a library that is loaded when this
 * backend is first asked for. K is factorised as a symmetric indefinite matrix; its
 * inertia, n positive and m negative eigenvalues, shows whether P is semidefinite.
 *
 * PARDISO's handle is one workspace's own: it cannot solve for two threads at once, and
 * cannot be copied. So a clone analyses and factorises anew, unless the last
 * factorisation broke down.
 *
 * Only the routine with 64-bit integers is called. What the size of the other one's is
 * depends on an environment variable and on who else uses MKL in the process.
 */
#include "linsys/linsys.h"

#include "base/platform.h"
#include "la/vec.h"
#include "linsys/kkt.h"

#include <stdatomic.h>
#include <stdio.h>

typedef long long Int; /* MKL_INT64 */

/* Arguments in the order of MKL's reference: handle, factors kept, factor, matrix type,
 * phase, order, values, row starts, columns, permutation, right-hand sides, parameters,
 * message level, b, x, error. */
typedef void (*Pardiso)(void **handle, const Int *kept, const Int *which,
                        const Int *type, const Int *phase, const Int *order,
                        const void *values, const Int *start, const Int *column,
                        Int *permutation, const Int *sides, Int *parameters,
                        const Int *verbosity, void *b, void *x, Int *error);

/* MKL's dispatching library on the systems that it runs on, newest first. */
static const char *const libraries[] = {
    "libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so", "mkl_rt.3.dll", "mkl_rt.2.dll",
};

enum { PARAMETERS = 64, SYMMETRIC_INDEFINITE = -2 };

enum { PHASE_ANALYSE = 11, PHASE_FACTORISE = 22, PHASE_SOLVE = 33, PHASE_RELEASE = -1 };

/* Places in PARDISO's parameters. */
enum {
    EXPLICIT = 0,           /* in: no defaults */
    ORDERING = 1,           /* in: 2 is nested dissection */
    IN_PLACE = 5,           /* in: b becomes the solution, x is workspace */
    PERTURBATION = 9,       /* in: pivots below 10^-this |K| are replaced */
    ENTRIES_OF_FACTOR = 17, /* in: -1 asks for the count; out */
    MEGAFLOPS = 18,         /* in: -1 asks for those of a factorisation; out */
    POSITIVE_EIGENVALUES = 21,
    NEGATIVE_EIGENVALUES = 22,
    ZERO_BASED = 34, /* in */
};

typedef struct {
    ScsLinSys base;
    const ScsMatrix *a;
    const ScsMatrix *p;
    Pardiso pardiso;
    bool begun;      /* PARDISO holds memory */
    bool factorised; /* K as it is now */
    void *handle[PARAMETERS];
    Int parameters[PARAMETERS];
    Int size; /* n + m */
    scs_int p_nnz;
    Int *start;      /* rows of the upper triangle, length size + 1 */
    Int *column;     /* sorted; the first of a row is the diagonal */
    scs_int *source; /* of each value: as in ScsKkt; of the diagonal: in P, or -1 */
    scs_float *value;
    scs_float *r;
    scs_float *scratch; /* size */
} Mkl;

extern const ScsLinSysKind scs_linsys_mkl;

/* The routine, NULL if MKL is not to be had. Threads that load it at the same time find the
 * same address, so storing it needs no lock. */
static Pardiso load_pardiso(void) {
    static _Atomic(Pardiso) loaded;
    Pardiso pardiso = atomic_load_explicit(&loaded, memory_order_acquire);
    for (size_t k = 0; !pardiso && k < sizeof libraries / sizeof *libraries; ++k) {
        void *library = scs_platform_library(libraries[k]);
        if (library) {
            pardiso = (Pardiso)scs_platform_symbol(library, "pardiso_64");
            atomic_store_explicit(&loaded, pardiso, memory_order_release);
        }
    }
    return pardiso;
}

static ScsErrorCode mkl_available(ScsError *error) {
    if (load_pardiso()) {
        return SCS_OK;
    }
    return scs_error_set(
        error, SCS_ERROR_UNAVAILABLE,
        "the linear solver mkl needs Intel's MKL, whose library mkl_rt "
        "does not load: install it by pip install scs[mkl]; a C "
        "program needs its folder in the loader's path "
        "(LD_LIBRARY_PATH, on Windows PATH)");
}

/* Call PARDISO for one phase; its error code. */
static Int run(Mkl *self, Int phase, scs_float *b, scs_float *x) {
    const Int one = 1;
    const Int type = SYMMETRIC_INDEFINITE;
    const Int silent = 0;
    Int permutation = 0; /* not looked at */
    Int failure = 0;
    self->pardiso(self->handle, &one, &one, &type, &phase, &self->size, self->value,
                  self->start, self->column, &permutation, &one, self->parameters,
                  &silent, b, x, &failure);
    return failure;
}

/* What PARDISO's error codes mean. */
static ScsErrorCode explain(Int failure, const char *doing, ScsError *error) {
    typedef struct {
        Int failure;
        ScsErrorCode code;
        const char *meaning;
    } Row;
    static const Row rows[] = {
        {-1, SCS_ERROR_BACKEND, "its input is inconsistent"},
        {-2, SCS_ERROR_MEMORY, "out of memory"},
        {-3, SCS_ERROR_BACKEND, "the reordering failed"},
        {-4, SCS_ERROR_NUMERICAL, "a zero pivot; the data may be too badly scaled"},
        {-5, SCS_ERROR_BACKEND, "an internal error"},
        {-6, SCS_ERROR_BACKEND, "the reordering failed"},
        {-7, SCS_ERROR_NUMERICAL,
         "a diagonal matrix is singular; the data may be too "
         "badly scaled"},
        {-8, SCS_ERROR_NOT_SUPPORTED, "more entries than its integers count"},
        {-9, SCS_ERROR_MEMORY, "out of memory for the factor on disk"},
        {-10, SCS_ERROR_FILE, "the files of a factor on disk cannot be opened"},
        {-11, SCS_ERROR_FILE,
         "the files of a factor on disk cannot be read or written"},
        {-12, SCS_ERROR_UNAVAILABLE, "this MKL has no 64-bit integers"},
        {-13, SCS_ERROR_BACKEND, "stopped by the program's mkl_progress function"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; ++k) {
        if (rows[k].failure == failure) {
            return scs_error_set(error, rows[k].code,
                                 "MKL's PARDISO failed in %s: %s (error %lld)", doing,
                                 rows[k].meaning, failure);
        }
    }
    return scs_error_set(error, SCS_ERROR_BACKEND,
                         "MKL's PARDISO failed in %s with its error %lld", doing,
                         failure);
}

/* Write the values of K; whether all of them are finite. */
static bool set_values(Mkl *self) {
    scs_float check = 0; /* becomes NaN by any that is not */
    for (Int i = 0; i < self->size; ++i) {
        Int k = self->start[i];
        const scs_int in_p = self->source[k];
        const scs_float metric = i < self->a->n ? self->r[i] : -self->r[i];
        self->value[k] = in_p < 0 ? metric : metric + self->p->x[in_p];
        check += 0 * self->value[k];
        for (++k; k < self->start[i + 1]; ++k) {
            const scs_int source = self->source[k];
            self->value[k] = source < self->p_nnz ? self->p->x[source]
                                                  : self->a->x[source - self->p_nnz];
            check += 0 * self->value[k];
        }
    }
    return check == 0;
}

static ScsErrorCode check_inertia(const Mkl *self, ScsError *error) {
    const Int excess = self->parameters[NEGATIVE_EIGENVALUES] - self->a->m;
    if (excess > 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "P is not positive semidefinite: the factorisation found "
                             "%lld negative pivots too many",
                             excess);
    }
    if (excess < 0 || self->parameters[POSITIVE_EIGENVALUES] != self->a->n) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "the factorisation broke down: it found %lld positive and "
                             "%lld negative pivots; the data may be too badly scaled",
                             self->parameters[POSITIVE_EIGENVALUES],
                             self->parameters[NEGATIVE_EIGENVALUES]);
    }
    return SCS_OK;
}

static ScsErrorCode mkl_update(ScsLinSys *base, const scs_float *r, ScsError *error) {
    Mkl *self = (Mkl *)base;
    scs_vec_copy(r, self->r, (ptrdiff_t)self->size);
    self->factorised = false;
    if (!set_values(self)) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "the factorisation broke down: an entry of the system is "
                             "not finite; the data may be too badly scaled");
    }
    const Int failure = run(self, PHASE_FACTORISE, NULL, NULL);
    const ScsErrorCode code = failure ? explain(failure, "the factorisation", error)
                                      : check_inertia(self, error);
    self->factorised = code == SCS_OK;
    return code;
}

static ScsErrorCode mkl_solve(ScsLinSys *base, scs_float *rhs, const scs_float *guess,
                              scs_float tolerance, ScsError *error) {
    Mkl *self = (Mkl *)base;
    (void)guess;
    (void)tolerance;
    const Int failure = run(self, PHASE_SOLVE, rhs, self->scratch);
    return failure ? explain(failure, "a solve", error) : SCS_OK;
}

static void mkl_destroy(ScsLinSys *base) {
    Mkl *self = (Mkl *)base;
    if (self->begun) {
        (void)run(self, PHASE_RELEASE, NULL, NULL);
        self->begun = false;
    }
}

/* Transpose the upper triangle by columns into one by rows, diagonal first. Columns come
 * out sorted because they are gone through in order. */
static void set_pattern(Mkl *self, const ScsKkt *kkt) {
    Int *const start = self->start;
    for (scs_int j = 0; j < kkt->size; ++j) {
        ++start[j + 1];
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            ++start[kkt->row[k] + 1];
        }
    }
    for (scs_int j = 0; j < kkt->size; ++j) {
        start[j + 1] += start[j];
    }
    for (scs_int j = 0; j < kkt->size; ++j) { /* start[i]: where row i goes on */
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            const Int at = start[kkt->row[k]]++;
            self->column[at] = j;
            self->source[at] = kkt->source[k];
        }
        const Int at =
            start[j]++; /* before the rest of row j, which comes with later j */
        self->column[at] = j;
        self->source[at] = kkt->diagonal[j];
    }
    for (scs_int j = kkt->size; j > 0; --j) {
        start[j] = start[j - 1];
    }
    start[0] = 0;
}

static void set_parameters(Mkl *self) {
    self->parameters[EXPLICIT] = 1;
    self->parameters[ORDERING] = 2;
    self->parameters[IN_PLACE] = 1;
    self->parameters[PERTURBATION] = 13;
    self->parameters[ENTRIES_OF_FACTOR] = -1;
    self->parameters[MEGAFLOPS] = -1;
    self->parameters[ZERO_BASED] = 1;
}

static Mkl *instance_create(const ScsMatrix *a, const ScsMatrix *p, const ScsKkt *kkt,
                            ScsArena *arena) {
    Mkl *self = SCS_NEW(arena, Mkl, 1);
    if (!self) {
        return NULL;
    }
    const ptrdiff_t size = kkt->size;
    const ptrdiff_t entries = size + (ptrdiff_t)kkt->start[size];
    self->base.kind = &scs_linsys_mkl;
    self->a = a;
    self->p = p;
    self->pardiso = load_pardiso();
    self->size = size;
    self->p_nnz = kkt->p_nnz;
    self->start = SCS_NEW(arena, Int, size + 1);
    self->column = SCS_NEW(arena, Int, entries);
    self->source = SCS_NEW(arena, scs_int, entries);
    self->value = SCS_NEW(arena, scs_float, entries);
    self->r = SCS_NEW(arena, scs_float, size);
    self->scratch = SCS_NEW(arena, scs_float, size);
    if (arena->failed) {
        return NULL;
    }
    set_pattern(self, kkt);
    set_parameters(self);
    return self;
}

/* factorise: not if only the analysis is wanted, and r. */
static ScsErrorCode create(ScsLinSys **result, const ScsMatrix *a, const ScsMatrix *p,
                           const scs_float *r, bool factorise, ScsArena *arena,
                           ScsError *error) {
    *result = NULL;
    ScsErrorCode code = mkl_available(error);
    if (code != SCS_OK) {
        return code;
    }
    ScsArena local = {0};
    ScsKkt kkt;
    code = scs_kkt_assemble(&kkt, a, p, &local, error);
    Mkl *self = code == SCS_OK ? instance_create(a, p, &kkt, arena) : NULL;
    scs_arena_release(&local);
    if (!self) {
        return code == SCS_OK ? scs_error_memory(error) : code;
    }
    self->begun = true; /* even a failed analysis may leave something behind */
    scs_vec_copy(r, self->r, (ptrdiff_t)self->size);
    const Int failure = run(self, PHASE_ANALYSE, NULL, NULL);
    code = failure ? explain(failure, "the analysis", error) : SCS_OK;
    if (code == SCS_OK && factorise) {
        code = mkl_update(&self->base, r, error);
    }
    if (code != SCS_OK) {
        mkl_destroy(&self->base);
        return code;
    }
    *result = &self->base;
    return SCS_OK;
}

static ScsErrorCode mkl_create(ScsLinSys **result, const ScsMatrix *a,
                               const ScsMatrix *p, const scs_float *r, ScsArena *arena,
                               ScsError *error) {
    return create(result, a, p, r, true, arena, error);
}

static ScsErrorCode mkl_clone(ScsLinSys **result, const ScsLinSys *original,
                              const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena,
                              ScsError *error) {
    const Mkl *const source = (const Mkl *)original;
    return create(result, a, p, source->r, source->factorised, arena, error);
}

/* Models of the time of a factorisation and of a solve in nanoseconds by one thread, within
 * a third on five problems from small to large. */
static scs_float mkl_update_cost(const ScsLinSys *base) {
    const Mkl *const self = (const Mkl *)base;
    const scs_float entries = (scs_float)self->parameters[ENTRIES_OF_FACTOR];
    const scs_float flops = 1e6 * (scs_float)self->parameters[MEGAFLOPS];
    const scs_float factor = 3e4 + 26 * entries + 0.15 * flops;
    const scs_float solve = 1.5e4 + 1.1 * entries + 8 * (scs_float)self->size;
    return factor / solve;
}

static void mkl_describe(const ScsLinSys *base, char *text, size_t size) {
    const Mkl *const self = (const Mkl *)base;
    snprintf(text, size, "nnz(K): %lld, nnz(L): %lld", self->start[self->size],
             self->parameters[ENTRIES_OF_FACTOR]);
}

const ScsLinSysKind scs_linsys_mkl = {
    .name = "sparse-direct-mkl-pardiso",
    .available = mkl_available,
    .create = mkl_create,
    .clone = mkl_clone,
    .update_metric = mkl_update,
    .update_values = mkl_update,
    .solve = mkl_solve,
    .update_cost = mkl_update_cost,
    .describe = mkl_describe,
    .destroy = mkl_destroy,
};
