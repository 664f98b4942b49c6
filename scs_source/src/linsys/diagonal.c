/* SPDX-License-Identifier: MIT */
#include "linsys/diagonal.h"

#include <math.h>

ScsErrorCode scs_diagonal_invert(const ScsMatrix *a, const ScsMatrix *p,
                                 const scs_float *r, scs_float *inverse,
                                 ScsError *error) {
    const scs_float *const r_y = r + a->n;
    for (scs_int j = 0; j < a->n; ++j) {
        scs_float sum = r[j];
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            sum += a->x[k] * a->x[k] / r_y[a->i[k]];
        }
        for (scs_int k = p ? p->p[j] : 0; p && k < p->p[j + 1]; ++k) {
            sum += p->i[k] == j ? p->x[k] : 0;
        }
        if (!(sum > 0) || !isfinite(sum)) {
            return scs_error_set(error, SCS_ERROR_NUMERICAL,
                                 "P is not positive semidefinite, or the entries of "
                                 "column %lld of A and P are too large",
                                 (long long)j);
        }
        inverse[j] = 1 / sum;
    }
    return SCS_OK;
}
