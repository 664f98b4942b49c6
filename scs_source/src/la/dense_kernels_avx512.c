/* SPDX-License-Identifier: MIT
 *
 * Dense kernels for AVX-512.
 */
#define KERNEL_TABLE scs_dense_kernels_avx512
#define KERNEL_NAME "avx512"
#define KERNEL_LANES 8
#define KERNEL_VECTORS 3
#define KERNEL_COLUMNS 8
#include "la/dense_kernels_body.h"
