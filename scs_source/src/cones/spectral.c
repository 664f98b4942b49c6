/* SPDX-License-Identifier: MIT
 *
 * Scaling and packing around la/eigen.h.
 */
#include "cones/spectral.h"

#include "base/real.h"
#include "la/svec.h"
#include "la/vec.h"

#include <float.h>

/* A power of two near size, or 1 where squares of size are well inside the range. Its
 * inverse is a normal number. */
static scs_float unit_of(scs_float size) {
    const int most = 1000;
    if (size == 0 || (size >= 1e-100 && size <= 1e100)) {
        return 1;
    }
    int exponent;
    (void)frexp(size, &exponent);
    return ldexp(1, exponent > most ? most : (exponent < -most ? -most : exponent));
}

scs_float scs_spectral_scale(scs_float *y, scs_int rows) {
    const scs_float largest = scs_vec_norm_inf(y, rows);
    if (!isfinite(largest)) {
        return 0;
    }
    const scs_float unit = unit_of(largest);
    if (unit != 1) {
        scs_vec_scale(1 / unit, y, rows);
    }
    return unit;
}

void scs_spectral_unscale(scs_float *y, scs_int rows, scs_float unit) {
    if (unit != 1) {
        for (scs_int i = 0; i < rows; ++i) {
            y[i] = scs_clamp(unit * y[i], -DBL_MAX, DBL_MAX);
        }
    }
}

ScsErrorCode scs_spectral_reduce(ScsEigen *eigen, const scs_float *x, scs_int n,
                                 scs_float *scale, ScsError *error) {
    *scale = unit_of(scs_vec_norm_inf(x, (scs_int)scs_svec_length(n)));
    scs_svec_unpack(x, 1 / *scale, n, scs_eigen_matrix(eigen));
    return scs_eigen_reduce(eigen, error);
}

ScsErrorCode scs_spectral_store(ScsEigen *eigen, const scs_float *weight,
                                scs_float sign, scs_int n, scs_float *x,
                                ScsError *error) {
    const ScsErrorCode code = scs_eigen_accumulate(eigen, weight, error);
    if (code == SCS_OK) {
        scs_svec_pack(scs_eigen_matrix(eigen), sign, n, 0, x);
    }
    return code;
}
