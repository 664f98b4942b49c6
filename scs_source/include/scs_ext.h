/* SPDX-License-Identifier: MIT
 *
 * Additions to the C interface of scs.h: errors with a reason, hooks, the choice of the
 * linear solver, LAPACK, new matrix values, clones and interruption.
 */
#ifndef SCS_EXT_H
#define SCS_EXT_H

#include "scs.h"
#include "scs_lapack.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Why a call failed. */
typedef enum {
    SCS_OK = 0,
    SCS_ERROR_PROBLEM,       /* A, P, b, c, a warm start or an argument is invalid */
    SCS_ERROR_CONE,          /* a cone field is invalid */
    SCS_ERROR_SETTING,       /* a setting is out of range */
    SCS_ERROR_MEMORY,        /* out of memory */
    SCS_ERROR_NUMERICAL,     /* P is not positive semidefinite, or numbers overflow */
    SCS_ERROR_UNAVAILABLE,   /* a backend or LAPACK is not to be had */
    SCS_ERROR_NOT_SUPPORTED, /* this build cannot do it (yet) */
    SCS_ERROR_FILE,          /* a file could not be read or written */
    SCS_ERROR_BACKEND        /* a backend's library failed after scs_init_ex */
} ScsErrorCode;

/* One error: a code and one sentence that names the field and the offending value. */
typedef struct {
    ScsErrorCode code;
    char message[240];
} ScsError;

/* Where a running solve stands; see the residuals of ScsInfo for the meanings. A solve ends
 * as solved at the first check where no residual is above its tolerance, which is eps_abs
 * + eps_rel times the largest term of the residual at this iterate. */
typedef struct {
    scs_int iter;
    scs_float res_pri, res_dual, gap;
    scs_float tol_pri, tol_dual, tol_gap;
    scs_float pobj, dobj;
    scs_float scale;
    scs_float time; /* milliseconds since the solve began */
} ScsProgress;

/* Calls back into the program. Each may be NULL. They run in the thread that called into
 * the workspace, must not call into the same workspace (scs_interrupt excepted) and must
 * not unwind through it (no longjmp, no C++ exception). */
typedef struct {
    void *context;                                  /* passed as the first argument */
    void (*print)(void *context, const char *text); /* NULL prints to stdout */
    int (*interrupted)(void *context); /* polled every iteration; nonzero stops */
    /* Every convergence check, that by which the solve ends included, and the last iterate
     * where a limit ends it between two checks; nonzero stops the solve, unless it has just
     * come to its end. Not for an interruption or a failure, which leave no numbers. */
    int (*progress)(void *context, const ScsProgress *progress);
} ScsHooks;

/* Linear-system backends. */
typedef enum {
    SCS_LINSYS_AUTO = 0,
    SCS_LINSYS_QDLDL, /* our sparse direct solver, under the name the field knows */
    SCS_LINSYS_CPU_INDIRECT,
    SCS_LINSYS_MKL,
    SCS_LINSYS_ACCELERATE,
    SCS_LINSYS_CPU_DENSE,
    SCS_LINSYS_GPU_INDIRECT,
    SCS_LINSYS_CUDSS
} ScsLinearSolver;

/* What scs_init_ex takes beyond scs_init; a zeroed struct means the defaults. */
typedef struct {
    ScsHooks hooks;
    ScsLinearSolver linear_solver;
    const ScsLapack
        *lapack; /* NULL: the one linked in, if any. Kept by the workspace and
                                its clones, which it must outlive */
} ScsOptions;

/* 1 if some cone cannot be projected on without LAPACK, 0 if not or if the cone is invalid
 * (which scs_init_ex explains). */
SCS_API int scs_needs_lapack(const ScsCone *cone);

/* scs_init with options (NULL: defaults) and a reason on failure (NULL: not wanted). */
SCS_API ScsWork *scs_init_ex(const ScsData *data, const ScsCone *cone,
                             const ScsSettings *settings, const ScsOptions *options,
                             ScsError *error);

/* scs_update with a reason on failure. */
SCS_API scs_int scs_update_ex(ScsWork *work, const scs_float *b, const scs_float *c,
                              ScsError *error);

/* Replace the values of P and A (NULL keeps the old ones), given in the order of the
 * matrices of scs_init, same pattern; p_nnz and a_nnz are the lengths and are checked. The
 * scaling of the data is kept, the factorisation renewed without symbolic work. Returns 0,
 * or a negative value: bad input leaves the workspace as it was; if the new matrices
 * cannot be factorised, later solves fail until valid ones arrive. */
SCS_API scs_int scs_update_matrices(ScsWork *work, const scs_float *p_values,
                                    scs_int p_nnz, const scs_float *a_values,
                                    scs_int a_nnz, ScsError *error);

/* scs_solve with the reason when the status is SCS_FAILED because of an error; it may also
 * be that at a limit there was no point to return, which is none. */
SCS_API scs_int scs_solve_ex(ScsWork *work, ScsSolution *sol, ScsInfo *info,
                             scs_int warm_start, ScsError *error);

/* A new workspace in the state of this one. The symbolic analysis, which never changes,
 * is shared; so is the numeric factor until one of the two renews it. Either may be
 * finished first, and they may be used by different threads. Hooks are not inherited, nor
 * is log_csv_filename: a clone writes no log, or two would write the same file. */
SCS_API ScsWork *scs_clone(const ScsWork *work, ScsError *error);

/* Ask a running solve to stop with status SCS_SIGINT at its next iteration. Lock-free,
 * from any thread or signal handler. Without a running solve the next one is not
 * affected: a solve clears the request when it begins. */
SCS_API void scs_interrupt(ScsWork *work);

/* Replace the hooks; NULL removes them. */
SCS_API void scs_set_hooks(ScsWork *work, const ScsHooks *hooks);

/* Sizes and entry counts of the workspace, for callers that hold nothing else. */
typedef struct {
    scs_int m, n;         /* rows and columns of A */
    int64_t a_nnz, p_nnz; /* stored entries of A and of the upper triangle of P */
} ScsDimensions;

SCS_API ScsDimensions scs_dimensions(const ScsWork *work);

/* The backend that was chosen, as ScsInfo.lin_sys_solver names it; a static string. */
SCS_API const char *scs_linear_solver_name(const ScsWork *work);

/* A problem read from a file, ready for scs_init. It owns its arrays: release it with
 * scs_free_problem, after which the pointers in it are invalid. */
typedef struct {
    ScsData data;
    ScsCone cone;
    ScsSettings settings; /* no file names: the format does not store them */
    char version[32];     /* of the library that wrote the file */
} ScsStoredProblem;

/* Read a file that write_data_filename has made, here or in any scs from 3.2 on, with
 * integers of 4 or 8 bytes. Settings that the file is too old to know have their defaults.
 * Nothing about the file is trusted: what comes out has passed the checks of scs_init, and
 * memory is taken only for what the file really holds. NULL on failure: SCS_ERROR_FILE if
 * the file cannot be read (folders, pipes and devices cannot), SCS_ERROR_PROBLEM,
 * SCS_ERROR_CONE or SCS_ERROR_SETTING with the field and the value if its contents are
 * wrong, SCS_ERROR_MEMORY. */
SCS_API ScsStoredProblem *scs_read_problem(const char *path, ScsError *error);

/* The same from the bytes of such a file, which are not kept. */
SCS_API ScsStoredProblem *scs_read_problem_bytes(const void *bytes, size_t size,
                                                 ScsError *error);

/* Release a problem that was read; NULL is allowed. */
SCS_API void scs_free_problem(ScsStoredProblem *problem);

#ifdef __cplusplus
}
#endif

#endif
