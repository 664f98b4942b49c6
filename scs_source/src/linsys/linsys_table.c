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
extern const ScsLinSysKind scs_linsys_accelerate;
extern const ScsLinSysKind scs_linsys_gpu_indirect;
extern const ScsLinSysKind scs_linsys_cudss;

static const ScsLinSysKind *const rows[] = {
    [SCS_LINSYS_AUTO] = &scs_linsys_auto,
    [SCS_LINSYS_QDLDL] = &scs_linsys_direct,
    [SCS_LINSYS_CPU_INDIRECT] = &scs_linsys_indirect,
    [SCS_LINSYS_MKL] = &scs_linsys_mkl,
    [SCS_LINSYS_ACCELERATE] = &scs_linsys_accelerate,
    [SCS_LINSYS_CPU_DENSE] = &scs_linsys_dense,
    [SCS_LINSYS_GPU_INDIRECT] = &scs_linsys_gpu_indirect,
    [SCS_LINSYS_CUDSS] = &scs_linsys_cudss,
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
    const ScsLinSysKind *kind = rows[index];
    return !kind->available || kind->available(error) == SCS_OK ? kind : NULL;
}
