/* SPDX-License-Identifier: MIT
 *
 * The generic interface of cuSPARSE. A product points the two descriptors of vectors to the
 * vectors at hand.
 */
#include "linsys/gpu_matrix.h"

static const unsigned index_type =
    sizeof(scs_int) == 8 ? SCS_CUSPARSE_INT_64 : SCS_CUSPARSE_INT_32;
static const scs_float one = 1;
static const scs_float zero = 0;

void scs_gpu_sparse_open(ScsGpuSparse *sparse, ScsGpu *gpu) {
    ScsCusparseHandle handle = NULL;
    sparse->gpu = gpu;
    if (!scs_gpu_failed(gpu) &&
        scs_gpu_check(gpu, sparse->library.cusparseCreate(&handle), "cusparseCreate")) {
        sparse->handle = handle;
        (void)scs_gpu_check(gpu, sparse->library.cusparseSetStream(handle, gpu->stream),
                            "cusparseSetStream");
    }
}

void scs_gpu_sparse_close(ScsGpuSparse *sparse) {
    if (sparse->handle) {
        (void)sparse->library.cusparseDestroy(sparse->handle);
        sparse->handle = NULL;
    }
}

static ScsCusparseVector describe_vector(ScsGpuSparse *sparse, int64_t size,
                                         scs_float *values) {
    ScsCusparseVector vector = NULL;
    return !scs_gpu_failed(sparse->gpu) &&
                   scs_gpu_check(sparse->gpu,
                                 sparse->library.cusparseCreateDnVec(
                                     &vector, size, values, SCS_CUDA_DOUBLE),
                                 "cusparseCreateDnVec")
               ? vector
               : NULL;
}

static ScsCusparseMatrix describe_matrix(const ScsGpuMatrix *matrix) {
    ScsGpuSparse *const sparse = matrix->sparse;
    ScsCusparseMatrix found = NULL;
    return !scs_gpu_failed(sparse->gpu) &&
                   scs_gpu_check(sparse->gpu,
                                 sparse->library.cusparseCreateCsr(
                                     &found, matrix->rows, matrix->columns, matrix->nnz,
                                     matrix->start, matrix->column, matrix->values,
                                     index_type, index_type, SCS_CUSPARSE_BASE_ZERO,
                                     SCS_CUDA_DOUBLE),
                                 "cusparseCreateCsr")
               ? found
               : NULL;
}

static size_t buffer_bytes(const ScsGpuMatrix *matrix) {
    ScsGpuSparse *const sparse = matrix->sparse;
    size_t bytes = 0;
    return !scs_gpu_failed(sparse->gpu) &&
                   scs_gpu_check(sparse->gpu,
                                 sparse->library.cusparseSpMV_bufferSize(
                                     sparse->handle, SCS_CUSPARSE_AS_IT_IS, &one,
                                     matrix->matrix, matrix->x, &one, matrix->y,
                                     SCS_CUDA_DOUBLE, SCS_CUSPARSE_REPEATABLE, &bytes),
                                 "cusparseSpMV_bufferSize")
               ? bytes
               : 0;
}

void scs_gpu_matrix_create(ScsGpuMatrix *matrix, ScsGpuSparse *sparse, int64_t rows,
                           int64_t columns, const scs_int *start, const scs_int *column,
                           scs_float *x, scs_float *y) {
    ScsGpu *const gpu = sparse->gpu;
    *matrix = (ScsGpuMatrix){
        .sparse = sparse, .rows = rows, .columns = columns, .nnz = start[rows]};
    if (matrix->nnz == 0) {
        return; /* cuSPARSE has not to know of it */
    }
    matrix->start = scs_gpu_allocate(gpu, rows + 1, sizeof *start);
    matrix->column = scs_gpu_allocate(gpu, matrix->nnz, sizeof *column);
    matrix->values = scs_gpu_allocate(gpu, matrix->nnz, sizeof *matrix->values);
    scs_gpu_upload(gpu, matrix->start, start, rows + 1, sizeof *start);
    scs_gpu_upload(gpu, matrix->column, column, matrix->nnz, sizeof *column);
    matrix->matrix = describe_matrix(matrix);
    matrix->x = describe_vector(sparse, columns, x);
    matrix->y = describe_vector(sparse, rows, y);
    matrix->buffer = scs_gpu_allocate(gpu, (int64_t)buffer_bytes(matrix), 1);
}

void scs_gpu_matrix_destroy(ScsGpuMatrix *matrix) {
    if (!matrix->sparse) {
        return;
    }
    const ScsCusparse *const library = &matrix->sparse->library;
    ScsGpu *const gpu = matrix->sparse->gpu;
    if (matrix->y) {
        (void)library->cusparseDestroyDnVec(matrix->y);
    }
    if (matrix->x) {
        (void)library->cusparseDestroyDnVec(matrix->x);
    }
    if (matrix->matrix) {
        (void)library->cusparseDestroySpMat(matrix->matrix);
    }
    scs_gpu_release(gpu, matrix->buffer);
    scs_gpu_release(gpu, matrix->values);
    scs_gpu_release(gpu, matrix->column);
    scs_gpu_release(gpu, matrix->start);
    *matrix = (ScsGpuMatrix){0};
}

void scs_gpu_matrix_set(ScsGpuMatrix *matrix, const scs_float *values) {
    scs_gpu_upload(matrix->sparse->gpu, matrix->values, values, matrix->nnz,
                   sizeof *values);
}

void scs_gpu_matrix_multiply(ScsGpuMatrix *matrix, scs_float *x, bool add,
                             scs_float *y) {
    ScsGpuSparse *const sparse = matrix->sparse;
    const ScsCusparse *const library = &sparse->library;
    ScsGpu *const gpu = sparse->gpu;
    if (matrix->nnz == 0) {
        if (!add) {
            scs_gpu_clear(gpu, y, matrix->rows, sizeof *y);
        }
        return;
    }
    if (!scs_gpu_failed(gpu) &&
        scs_gpu_check(gpu, library->cusparseDnVecSetValues(matrix->x, x),
                      "cusparseDnVecSetValues") &&
        scs_gpu_check(gpu, library->cusparseDnVecSetValues(matrix->y, y),
                      "cusparseDnVecSetValues")) {
        (void)scs_gpu_check(
            gpu,
            library->cusparseSpMV(sparse->handle, SCS_CUSPARSE_AS_IT_IS, &one,
                                  matrix->matrix, matrix->x, add ? &one : &zero,
                                  matrix->y, SCS_CUDA_DOUBLE, SCS_CUSPARSE_REPEATABLE,
                                  matrix->buffer),
            "cusparseSpMV");
    }
}
