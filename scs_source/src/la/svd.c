/* SPDX-License-Identifier: MIT
 *
 * Calls of LAPACK around one workspace.
 */
#include "la/svd.h"

#include "base/real.h"
#include "la/vec.h"

#include <limits.h>
#include <string.h>

struct ScsSvd {
    int m, n;
    const ScsLapack *lapack;
    scs_float *matrix; /* a copy, overwritten */
    scs_float *values;
    scs_float *u;  /* m x n */
    scs_float *vt; /* n x n */
    scs_float *work;
    int work_length;
    int *integers;
};

static void divide_and_conquer(ScsSvd *svd, scs_float *work, int length, int *info) {
    svd->lapack->dgesdd("S", &svd->m, &svd->n, svd->matrix, &svd->m, svd->values,
                        svd->u, &svd->m, svd->vt, &svd->n, work, &length, svd->integers,
                        info);
}

static void qr_iteration(ScsSvd *svd, scs_float *work, int length, int *info) {
    svd->lapack->dgesvd("S", "S", &svd->m, &svd->n, svd->matrix, &svd->m, svd->values,
                        svd->u, &svd->m, svd->vt, &svd->n, work, &length, info);
}

/* Whether the workspace that divide and conquer cannot do without has a 32-bit length;
 * LAPACK may end the program that passes it too little. */
static bool may_divide(const ScsSvd *svd) {
    const scs_float n = svd->n;
    return 4 * n * n + 7 * n + svd->m <= INT_MAX;
}

/* The larger of what the two ask for, for speed. */
static int query_work(ScsSvd *svd) {
    scs_float first = 1;
    scs_float second = 1;
    int info;
    if (may_divide(svd)) {
        divide_and_conquer(svd, &first, -1, &info);
    }
    qr_iteration(svd, &second, -1, &info);
    return (int)scs_clamp(scs_max(first, second), 1, INT_MAX);
}

ScsSvd *scs_svd_new(ScsArena *arena, scs_int m, scs_int n, const ScsLapack *lapack) {
    ScsSvd *svd = SCS_NEW(arena, ScsSvd, 1);
    if (!svd) {
        return NULL;
    }
    const ptrdiff_t columns = n;
    svd->m = (int)m;
    svd->n = (int)n;
    svd->lapack = lapack;
    svd->matrix = SCS_NEW(arena, scs_float, m * columns);
    svd->values = SCS_NEW(arena, scs_float, n);
    svd->u = SCS_NEW(arena, scs_float, m * columns);
    svd->vt = SCS_NEW(arena, scs_float, n * columns);
    svd->integers = SCS_NEW(arena, int, 8 * columns);
    if (arena->failed) {
        return NULL;
    }
    svd->work_length = query_work(svd);
    svd->work = SCS_NEW(arena, scs_float, svd->work_length);
    return arena->failed ? NULL : svd;
}

ScsErrorCode scs_svd_decompose(ScsSvd *svd, const scs_float *a, ScsError *error) {
    const size_t bytes = (size_t)svd->m * (size_t)svd->n * sizeof *a;
    int info = 1;
    if (may_divide(svd)) {
        memcpy(svd->matrix, a, bytes);
        divide_and_conquer(svd, svd->work, svd->work_length, &info);
    }
    if (info == 0) {
        return SCS_OK;
    }
    memcpy(svd->matrix, a, bytes);
    qr_iteration(svd, svd->work, svd->work_length, &info);
    if (info == 0) {
        return SCS_OK;
    }
    return scs_error_set(error, SCS_ERROR_NUMERICAL,
                         "LAPACK's dgesvd failed with info = %d on a matrix of %d rows "
                         "and %d columns",
                         info, svd->m, svd->n);
}

const scs_float *scs_svd_values(const ScsSvd *svd) { return svd->values; }

void scs_svd_accumulate(ScsSvd *svd, const scs_float *weight, scs_int count,
                        scs_float keep, scs_float *a) {
    const int inner = (int)count;
    const double one = 1;
    for (scs_int j = 0; j < count; ++j) {
        scs_vec_scale(weight[j], svd->u + (ptrdiff_t)j * svd->m, svd->m);
    }
    svd->lapack->dgemm("N", "N", &svd->m, &svd->n, &inner, &one, svd->u, &svd->m,
                       svd->vt, &svd->n, &keep, a, &svd->m);
}
