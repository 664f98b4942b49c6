/* SPDX-License-Identifier: MIT
 *
 * The table of linear-system backends: one row for each value of ScsLinearSolver.
 */
#include "linsys/linsys.h"

extern const ScsLinSysKind scs_linsys_auto;
extern const ScsLinSysKind scs_linsys_direct;
extern const ScsLinSysKind scs_linsys_indirect;
extern const ScsLinSysKind scs_linsys_dense;
extern const ScsLinSysKind scs_linsys_mkl;
extern const ScsLinSysKind scs_linsys_gpu_indirect;
extern const ScsLinSysKind scs_linsys_cudss;

typedef struct {
    const char *name;          /* as users know it */
    const ScsLinSysKind *kind; /* NULL: not in this build */
    const char *instead;       /* why not, or what to use */
} Row;

static const Row rows[] = {
    [SCS_LINSYS_AUTO] = {"auto", &scs_linsys_auto, NULL},
    [SCS_LINSYS_QDLDL] = {"qdldl", &scs_linsys_direct, NULL},
    [SCS_LINSYS_CPU_INDIRECT] = {"cpu_indirect", &scs_linsys_indirect, NULL},
    [SCS_LINSYS_MKL] = {"mkl", &scs_linsys_mkl, NULL},
    [SCS_LINSYS_ACCELERATE] = {"accelerate", NULL, "use auto"},
    [SCS_LINSYS_CPU_DENSE] = {"cpu_dense", &scs_linsys_dense, NULL},
    [SCS_LINSYS_GPU_INDIRECT] = {"gpu_indirect", &scs_linsys_gpu_indirect, NULL},
    [SCS_LINSYS_CUDSS] = {"cudss", &scs_linsys_cudss, NULL},
};

const ScsLinSysKind *scs_linsys_find(ScsLinearSolver choice, ScsError *error) {
    const long long index = (long long)choice;
    if (index < 0 || index >= (long long)(sizeof rows / sizeof *rows)) {
        (void)scs_error_set(error, SCS_ERROR_SETTING,
                            "linear_solver must be one of the ScsLinearSolver values, "
                            "not %lld",
                            index);
        return NULL;
    }
    const Row *row = &rows[index];
    if (!row->kind) {
        (void)scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                            "the linear solver %s is not part of this build; %s",
                            row->name, row->instead);
        return NULL;
    }
    if (row->kind->available && row->kind->available(error) != SCS_OK) {
        return NULL;
    }
    return row->kind;
}
