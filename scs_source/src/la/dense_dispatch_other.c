/* SPDX-License-Identifier: MIT
 *
 * Where there is only one set of dense kernels.
 */
#include "la/dense_kernels.h"

const ScsDenseKernels *scs_dense_kernels(void) { return &scs_dense_kernels_baseline; }
