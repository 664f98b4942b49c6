/* SPDX-License-Identifier: MIT
 *
 * Dense kernels for the architecture's least instruction set, or plain C where vectors are unknown.
 */
#define KERNEL_TABLE scs_dense_kernels_baseline
#define KERNEL_NAME "baseline"
#define KERNEL_LANES 2
#define KERNEL_VECTORS 2
#define KERNEL_COLUMNS 8
#include "la/dense_kernels_body.h"
