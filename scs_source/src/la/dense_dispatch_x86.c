/* SPDX-License-Identifier: MIT
 *
 * Choice of the dense kernels on x86-64 with GCC or Clang.
 */
#include "la/dense_kernels.h"

const ScsDenseKernels *scs_dense_kernels(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma")) {
        return &scs_dense_kernels_avx512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return &scs_dense_kernels_avx2;
    }
    return &scs_dense_kernels_baseline;
}
