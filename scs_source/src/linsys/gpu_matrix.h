/* SPDX-License-Identifier: MIT
 *
 * Sparse matrices on a device and their products with vectors, by cuSPARSE. All calls stand
 * between scs_gpu_enter and scs_gpu_leave, which reports what has failed.
 */
#ifndef SCS_LINSYS_GPU_MATRIX_H
#define SCS_LINSYS_GPU_MATRIX_H

#include "linsys/gpu.h"

/* cuSPARSE at work on the stream of a device, which must outlive it. */
typedef struct {
    ScsGpu *gpu;
    ScsCusparse library; /* to be filled beforehand */
    ScsCusparseHandle handle;
} ScsGpuSparse;

void scs_gpu_sparse_open(ScsGpuSparse *sparse, ScsGpu *gpu);

/* Leaves alone what is not open. */
void scs_gpu_sparse_close(ScsGpuSparse *sparse);

/* A matrix by compressed rows with sorted columns. */
typedef struct {
    ScsGpuSparse *sparse;
    int64_t rows, columns, nnz;
    scs_int *start, *column;  /* on the device */
    scs_float *values;        /* on the device, nnz */
    void *buffer;             /* on the device: what cuSPARSE asks for */
    ScsCusparseMatrix matrix; /* these describe the above; NULL if nnz is 0 */
    ScsCusparseVector x, y;
} ScsGpuMatrix;

/* Take the pattern: start (rows + 1) and column (nnz) are on the host and not kept. x and y
 * are some vectors on the device of lengths columns and rows. */
void scs_gpu_matrix_create(ScsGpuMatrix *matrix, ScsGpuSparse *sparse, int64_t rows,
                           int64_t columns, const scs_int *start, const scs_int *column,
                           scs_float *x, scs_float *y);

/* A zeroed struct is left alone. */
void scs_gpu_matrix_destroy(ScsGpuMatrix *matrix);

/* Values, nnz of them on the host. */
void scs_gpu_matrix_set(ScsGpuMatrix *matrix, const scs_float *values);

/* y = A x or, with add, y += A x; vectors on the device, not the same. The same input gives
 * the same bits. */
void scs_gpu_matrix_multiply(ScsGpuMatrix *matrix, scs_float *x, bool add,
                             scs_float *y);

#endif
