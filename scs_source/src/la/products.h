/* SPDX-License-Identifier: MIT
 *
 * Products of dense matrices stored by columns without gaps: by BLAS, or by the kernels
 * for products with a vector, which do as well up to an order of about 64.
 */
#ifndef SCS_LA_PRODUCTS_H
#define SCS_LA_PRODUCTS_H

#include "la/dense_kernels.h"
#include "scs_lapack.h"

/* Who multiplies. */
typedef struct {
    const ScsLapack *lapack; /* NULL: the kernels */
    const ScsDenseKernels *kernels;
} ScsProducts;

/* By this LAPACK, or by the kernels if it is NULL. */
ScsProducts scs_products_by(const ScsLapack *lapack);

/* Of a product c = op(a) b: c is rows x columns, and every entry of it a sum of depth
 * terms. */
typedef struct {
    bool transposed; /* a is depth x rows */
    scs_int rows, columns, depth;
} ScsProductShape;

/* c := alpha op(a) b + beta c; c is not read if beta = 0. Like the kernels, these may read
 * SCS_DENSE_SLACK numbers behind a. */
void scs_products_multiply(const ScsProducts *by, ScsProductShape shape,
                           scs_float alpha, const scs_float *a, const scs_float *b,
                           scs_float beta, scs_float *c);

/* The lower triangle of a'a for a of rows x columns; what is above it is undefined. */
void scs_products_inner(const ScsProducts *by, scs_int rows, scs_int columns,
                        const scs_float *a, scs_float *c);

/* The lower triangle of sign a a', likewise; sign is 1 or -1. */
void scs_products_outer(const ScsProducts *by, scs_int rows, scs_int columns,
                        scs_float sign, const scs_float *a, scs_float *c);

#endif
