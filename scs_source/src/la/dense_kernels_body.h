/* SPDX-License-Identifier: MIT
 *
 * Body of the dense kernels; a source file defines KERNEL_TABLE, KERNEL_NAME,
 * KERNEL_LANES (doubles in a vector register), KERNEL_VECTORS (registers that hold one
 * column of a register tile) and KERNEL_COLUMNS (columns of such a tile, a divisor of
 * SCS_DENSE_TILE: all must fit into the registers) and includes it once.
 */
// clang-format off: each needs the one before
#include "la/dense_vector_body.h"
#include "la/dense_factor_body.h"
#include "la/dense_leaves_body.h"
#include "la/dense_solve_body.h"
#include "la/dense_product_body.h"
#include "la/dense_spectral_body.h"
// clang-format on

const ScsDenseKernels KERNEL_TABLE = {
    .name = KERNEL_NAME,
    .pack = pack,
    .pack_transposed = pack_transposed,
    .multiply = multiply,
    .factor = factor,
    .forward = forward,
    .backward = backward,
    .multiply_vector = multiply_vector,
    .multiply_transposed = multiply_transposed,
    .sturm = sturm,
    .reduce = reduce,
    .reflect = reflect,
};
