/* SPDX-License-Identifier: MIT */
#include "la/orthonormal.h"

#include "base/real.h"

#include <float.h>
#include <stddef.h>

/* Replace the lower triangle of G = V'V by the full matrix (3 I - G) / 2. Returns the
 * largest entry of |I - G|, the sum of their squares in square, which a NaN reaches. */
static scs_float correction(scs_float *gram, ptrdiff_t n, scs_float *square) {
    scs_float worst = 0;
    *square = 0;
    for (ptrdiff_t j = 0; j < n; ++j) {
        for (ptrdiff_t i = j; i < n; ++i) {
            const scs_float off = (i == j ? 1 : 0) - gram[i + j * n];
            worst = scs_max(worst, fabs(off));
            *square += (i == j ? 1 : 2) * off * off;
            gram[i + j * n] = (i == j ? 1 : 0) + 0.5 * off;
            gram[j + i * n] = gram[i + j * n];
        }
    }
    return worst;
}

bool scs_orthonormal_polish(scs_int n, scs_int count, scs_float **vectors,
                            scs_float **spare, scs_float *gram, const ScsProducts *by) {
    enum { MOST_STEPS = 8 };
    const scs_float good = 64 * DBL_EPSILON;
    const ScsProductShape shape = {false, n, count, count};
    for (int step = 0; step < MOST_STEPS; ++step) {
        scs_products_inner(by, n, count, *vectors, gram);
        scs_float square = 0;
        const scs_float worst = correction(gram, count, &square);
        if (!(square < 0.5)) { /* the iteration needs less than 1 */
            return false;
        }
        if (worst <= good) {
            return true;
        }
        scs_products_multiply(by, shape, 1, *vectors, gram, 0, *spare);
        scs_float *polished = *spare;
        *spare = *vectors;
        *vectors = polished;
        if (square < 1e-15) { /* its square, about, is what is left */
            return true;
        }
    }
    return false;
}
