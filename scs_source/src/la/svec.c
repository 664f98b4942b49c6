/* SPDX-License-Identifier: MIT
 *
 * The copying loops run down columns, where both sides are contiguous.
 */
#include "la/svec.h"

#include <stddef.h>

static const scs_float root_two = 1.4142135623730950488;
static const scs_float root_half = 0.70710678118654752440;

int64_t scs_svec_length(scs_int n) { return (int64_t)n * ((int64_t)n + 1) / 2; }

void scs_svec_unpack(const scs_float *v, scs_float factor, scs_int n,
                     scs_float *matrix) {
    const scs_float below = factor * root_half;
    for (ptrdiff_t j = 0; j < n; ++j) {
        const ptrdiff_t rows = n - j;
        scs_float *column = matrix + j * n + j;
        column[0] = factor * v[0];
        for (ptrdiff_t i = 1; i < rows; ++i) {
            column[i] = below * v[i];
        }
        v += rows;
    }
}

void scs_svec_pack(const scs_float *matrix, scs_float factor, scs_int n, scs_float keep,
                   scs_float *v) {
    const scs_float below = factor * root_two;
    for (ptrdiff_t j = 0; j < n; ++j) {
        const ptrdiff_t rows = n - j;
        const scs_float *column = matrix + j * n + j;
        v[0] = factor * column[0] + keep * v[0];
        for (ptrdiff_t i = 1; i < rows; ++i) {
            v[i] = below * column[i] + keep * v[i];
        }
        v += rows;
    }
}

void scs_svec_unpack_hermitian(const scs_float *v, scs_float factor, scs_int n,
                               scs_float *matrix) {
    const scs_float below = factor * root_half;
    for (ptrdiff_t j = 0; j < n; ++j) {
        const ptrdiff_t parts = 2 * (n - j - 1); /* of the entries below the diagonal */
        scs_float *column = matrix + 2 * (j * n + j);
        column[0] = factor * v[0];
        column[1] = 0;
        for (ptrdiff_t i = 0; i < parts; ++i) {
            column[2 + i] = below * v[1 + i];
        }
        v += 1 + parts;
    }
}

void scs_svec_pack_hermitian(const scs_float *matrix, scs_float factor, scs_int n,
                             scs_float keep, scs_float *v) {
    const scs_float below = factor * root_two;
    for (ptrdiff_t j = 0; j < n; ++j) {
        const ptrdiff_t parts = 2 * (n - j - 1);
        const scs_float *column = matrix + 2 * (j * n + j);
        v[0] = factor * column[0] + keep * v[0];
        for (ptrdiff_t i = 0; i < parts; ++i) {
            v[1 + i] = below * column[2 + i] + keep * v[1 + i];
        }
        v += 1 + parts;
    }
}

/* By tiles, so that the lines of both triangles stay in the cache. */
void scs_svec_mirror(scs_float *matrix, scs_int n) {
    enum { TILE = 16 };
    const ptrdiff_t size = n;
    for (ptrdiff_t left = 0; left < size; left += TILE) {
        const ptrdiff_t right = left + TILE < size ? left + TILE : size;
        for (ptrdiff_t top = left; top < size; top += TILE) {
            const ptrdiff_t end = top + TILE < size ? top + TILE : size;
            for (ptrdiff_t j = left; j < right; ++j) {
                for (ptrdiff_t i = top > j ? top : j + 1; i < end; ++i) {
                    matrix[j + i * size] = matrix[i + j * size];
                }
            }
        }
    }
}
