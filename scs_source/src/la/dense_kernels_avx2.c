/* SPDX-License-Identifier: MIT
 *
 * Dense kernels for AVX2 with fused multiply-adds.
 */
#define KERNEL_TABLE scs_dense_kernels_avx2
#define KERNEL_NAME "avx2"
#define KERNEL_LANES 4
#define KERNEL_VECTORS 3
#define KERNEL_COLUMNS 4
#include "la/dense_kernels_body.h"
