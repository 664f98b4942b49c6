/* SPDX-License-Identifier: MIT
 *
 * Vectors of the dense kernels, for the instruction set of dense_kernels_body.h, which
 * includes this.
 *
 * With GCC and Clang a vector is an extension type, elsewhere one double: the arithmetic
 * reads the same.
 */
#include "la/dense_kernels.h"

#include <string.h>

#if defined(__GNUC__)
typedef scs_float Vector __attribute__((vector_size(8 * KERNEL_LANES)));
typedef scs_float Loose /* as it lies in memory: not aligned */
    __attribute__((vector_size(8 * KERNEL_LANES), aligned(8), may_alias));
#define KERNEL_INLINE static inline __attribute__((always_inline))
#define KERNEL_APART static __attribute__((noinline)) /* keeps loops of others lean */
enum { LANES = KERNEL_LANES };
#else
typedef scs_float Vector;
typedef scs_float Loose;
#define KERNEL_INLINE static inline
#define KERNEL_APART static
enum { LANES = 1 };
#endif

/* Loops over the columns of a tile must be unrolled for the tile to stay in registers. */
#if defined(__clang__)
#define KERNEL_UNROLL _Pragma("unroll")
#elif defined(__GNUC__)
#define KERNEL_UNROLL _Pragma("GCC unroll 8")
#else
#define KERNEL_UNROLL
#endif

enum { VECTORS = KERNEL_VECTORS, COLUMNS = KERNEL_COLUMNS, TILE = SCS_DENSE_TILE };

KERNEL_INLINE Vector load(const scs_float *x) { return *(const Loose *)x; }

KERNEL_INLINE void store(scs_float *x, Vector v) { *(Loose *)x = v; }

KERNEL_INLINE scs_float sum(Vector v) {
    scs_float part[LANES];
    memcpy(part, &v, sizeof part);
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int k = 0; k < half; ++k) {
            part[k] += part[k + half];
        }
    }
    return part[0];
}
