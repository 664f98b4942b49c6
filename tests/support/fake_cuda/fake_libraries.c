/* SPDX-License-Identifier: MIT
 *
 * The stand-in for CUDA's runtime, cuSPARSE and cuBLAS.
 */
#include "fake_memory.h"

#include "linsys/cuda_library.h"

#include <stdlib.h>
#include <string.h>

enum { CUDA_INVALID = 1, CUDA_UNKNOWN = 999, CUSPARSE_FAILED = 6, CUBLAS_FAILED = 13 };

typedef struct {
    FakeObject object;
    const FakeObject *stream; /* that it was told to use */
} Handle;

/* Handles may be used once they have a stream. */
static bool ready(const void *handle, FakeKind kind) {
    if (!fake_object_check(handle, kind)) {
        return false;
    }
    const Handle *const found = (const Handle *)handle;
    return fake_object_check(found->stream, FAKE_STREAM);
}

static double *numbers(const void *memory, int64_t count) {
    return (double *)fake_memory_find(memory, (size_t)count * sizeof(double));
}

/* --- the runtime --- */

ScsCudaStatus cudaGetDeviceCount(int *found) {
    const ScsCudaStatus refused = fake_call(CUDA_UNKNOWN);
    *found = fake_state.devices;
    return refused ? refused : fake_state.count_status;
}

ScsCudaStatus cudaGetDevice(int *device) {
    const ScsCudaStatus refused = fake_call(CUDA_UNKNOWN);
    if (!refused) {
        *device = fake_state.current;
    }
    return refused;
}

ScsCudaStatus cudaSetDevice(int device) {
    if (device < 0 || device >= fake_state.devices) {
        fake_fault("a device that there is not");
        return CUDA_INVALID;
    }
    fake_state.current = device;
    return 0;
}

ScsCudaStatus cudaStreamCreateWithFlags(ScsCudaStream *stream, unsigned flags) {
    const ScsCudaStatus refused = fake_call(CUDA_UNKNOWN);
    if (refused) {
        return refused;
    }
    if (flags != SCS_CUDA_STREAM_NON_BLOCKING) {
        fake_fault("a stream that waits for others");
    }
    *stream = (ScsCudaStream)fake_object_create(FAKE_STREAM, sizeof(FakeObject));
    return *stream ? 0 : SCS_CUDA_OUT_OF_MEMORY;
}

ScsCudaStatus cudaStreamSynchronize(ScsCudaStream stream) {
    const ScsCudaStatus refused = fake_call(CUDA_UNKNOWN);
    return refused || fake_object_check(stream, FAKE_STREAM) ? refused : CUDA_INVALID;
}

ScsCudaStatus cudaStreamDestroy(ScsCudaStream stream) {
    fake_object_destroy(stream, FAKE_STREAM);
    return 0;
}

ScsCudaStatus cudaMalloc(void **memory, size_t bytes) {
    const ScsCudaStatus refused = fake_call(SCS_CUDA_OUT_OF_MEMORY);
    if (refused) {
        return refused;
    }
    if (bytes == 0) {
        *memory = NULL;
        return 0;
    }
    *memory = fake_memory_create(bytes);
    return *memory ? 0 : SCS_CUDA_OUT_OF_MEMORY;
}

ScsCudaStatus cudaFree(void *memory) {
    if (memory) {
        fake_memory_destroy(memory);
    }
    return 0;
}

ScsCudaStatus cudaMemcpyAsync(void *to, const void *from, size_t bytes, unsigned kind,
                              ScsCudaStream stream) {
    const ScsCudaStatus refused = fake_call(CUDA_UNKNOWN);
    if (refused) {
        return refused;
    }
    const void *source =
        kind == SCS_CUDA_HOST_TO_DEVICE ? from : fake_memory_find(from, bytes);
    void *target = kind == SCS_CUDA_DEVICE_TO_HOST ? to : fake_memory_find(to, bytes);
    if (!source || !target || !fake_object_check(stream, FAKE_STREAM)) {
        return CUDA_INVALID;
    }
    memcpy(target, source, bytes);
    return 0;
}

ScsCudaStatus cudaMemsetAsync(void *memory, int value, size_t bytes,
                              ScsCudaStream stream) {
    const ScsCudaStatus refused = fake_call(CUDA_UNKNOWN);
    if (refused) {
        return refused;
    }
    void *target = fake_memory_find(memory, bytes);
    if (!target || !fake_object_check(stream, FAKE_STREAM)) {
        return CUDA_INVALID;
    }
    memset(target, value, bytes);
    return 0;
}

/* --- cuSPARSE --- */

typedef struct {
    FakeObject object;
    int64_t rows, columns, nnz;
    const void *start, *column, *values;
} Matrix;

typedef struct {
    FakeObject object;
    int64_t size;
    void *values;
} Vector;

enum { BUFFER_BYTES = 40 };

ScsCudaStatus cusparseCreate(ScsCusparseHandle *handle) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    if (!refused) {
        *handle = (ScsCusparseHandle)fake_object_create(FAKE_CUSPARSE, sizeof(Handle));
    }
    return refused;
}

ScsCudaStatus cusparseDestroy(ScsCusparseHandle handle) {
    fake_object_destroy(handle, FAKE_CUSPARSE);
    return 0;
}

ScsCudaStatus cusparseSetStream(ScsCusparseHandle handle, ScsCudaStream stream) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    if (!refused && fake_object_check(handle, FAKE_CUSPARSE) &&
        fake_object_check(stream, FAKE_STREAM)) {
        ((Handle *)handle)->stream = (const FakeObject *)stream;
    }
    return refused;
}

ScsCudaStatus cusparseCreateCsr(ScsCusparseMatrix *matrix, int64_t rows,
                                int64_t columns, int64_t nnz, void *start, void *column,
                                void *values, unsigned start_type, unsigned column_type,
                                unsigned base, unsigned value_type) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    const unsigned integer =
        sizeof(scs_int) == 8 ? SCS_CUSPARSE_INT_64 : SCS_CUSPARSE_INT_32;
    if (refused) {
        return refused;
    }
    if (rows < 1 || columns < 1 || nnz < 1 || start_type != integer ||
        column_type != integer || base != SCS_CUSPARSE_BASE_ZERO ||
        value_type != SCS_CUDA_DOUBLE) {
        fake_fault("a matrix of another type, or an empty one");
        return CUSPARSE_FAILED;
    }
    Matrix *made = (Matrix *)fake_object_create(FAKE_MATRIX, sizeof *made);
    *made = (Matrix){made->object, rows, columns, nnz, start, column, values};
    *matrix = (ScsCusparseMatrix)made;
    return 0;
}

ScsCudaStatus cusparseDestroySpMat(const struct cusparseSpMatDescr *matrix) {
    fake_object_destroy((void *)matrix, FAKE_MATRIX);
    return 0;
}

ScsCudaStatus cusparseCreateDnVec(ScsCusparseVector *vector, int64_t size, void *values,
                                  unsigned value_type) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    if (refused) {
        return refused;
    }
    if (size < 1 || value_type != SCS_CUDA_DOUBLE || !numbers(values, size)) {
        fake_fault("a vector of another type, or an empty one");
        return CUSPARSE_FAILED;
    }
    Vector *made = (Vector *)fake_object_create(FAKE_VECTOR, sizeof *made);
    *made = (Vector){made->object, size, values};
    *vector = (ScsCusparseVector)made;
    return 0;
}

ScsCudaStatus cusparseDnVecSetValues(ScsCusparseVector vector, void *values) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    if (!refused && fake_object_check(vector, FAKE_VECTOR)) {
        ((Vector *)vector)->values = values;
    }
    return refused;
}

ScsCudaStatus cusparseDestroyDnVec(const struct cusparseDnVecDescr *vector) {
    fake_object_destroy((void *)vector, FAKE_VECTOR);
    return 0;
}

static bool fit(ScsCusparseHandle handle, unsigned operation, const Matrix *a,
                const Vector *x, const Vector *y, unsigned compute_type,
                unsigned algorithm) {
    const bool good =
        ready(handle, FAKE_CUSPARSE) && fake_object_check(a, FAKE_MATRIX) &&
        fake_object_check(x, FAKE_VECTOR) && fake_object_check(y, FAKE_VECTOR) &&
        operation == SCS_CUSPARSE_AS_IT_IS && a->columns == x->size &&
        a->rows == y->size && compute_type == SCS_CUDA_DOUBLE &&
        algorithm == SCS_CUSPARSE_REPEATABLE;
    if (!good) {
        fake_fault("a product that does not fit");
    }
    return good;
}

ScsCudaStatus cusparseSpMV_bufferSize(ScsCusparseHandle handle, unsigned operation,
                                      const void *alpha,
                                      const struct cusparseSpMatDescr *a,
                                      const struct cusparseDnVecDescr *x,
                                      const void *beta, ScsCusparseVector y,
                                      unsigned compute_type, unsigned algorithm,
                                      size_t *bytes) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    if (refused || !alpha || !beta ||
        !fit(handle, operation, (const Matrix *)a, (const Vector *)x, (const Vector *)y,
             compute_type, algorithm)) {
        return refused ? refused : CUSPARSE_FAILED;
    }
    *bytes = BUFFER_BYTES;
    return 0;
}

ScsCudaStatus cusparseSpMV(ScsCusparseHandle handle, unsigned operation,
                           const void *alpha, const struct cusparseSpMatDescr *a,
                           const struct cusparseDnVecDescr *x, const void *beta,
                           ScsCusparseVector y, unsigned compute_type,
                           unsigned algorithm, void *buffer) {
    const ScsCudaStatus refused = fake_call(CUSPARSE_FAILED);
    const Matrix *const matrix = (const Matrix *)a;
    const Vector *const from = (const Vector *)x;
    const Vector *const to = (const Vector *)y;
    if (refused || !fit(handle, operation, matrix, from, to, compute_type, algorithm)) {
        return refused ? refused : CUSPARSE_FAILED;
    }
    const scs_int *const start = (const scs_int *)fake_memory_find(
        matrix->start, (size_t)(matrix->rows + 1) * sizeof(scs_int));
    const scs_int *const column = (const scs_int *)fake_memory_find(
        matrix->column, (size_t)matrix->nnz * sizeof(scs_int));
    const double *const values = numbers(matrix->values, matrix->nnz);
    const double *const in = numbers(from->values, from->size);
    double *const out = numbers(to->values, to->size);
    void *const room = fake_memory_find(buffer, BUFFER_BYTES);
    if (!start || !column || !values || !in || !out || !room || in == out ||
        start[matrix->rows] != matrix->nnz) {
        fake_fault("a product of something else");
        return CUSPARSE_FAILED;
    }
    memset(room, 1, BUFFER_BYTES);
    for (int64_t i = 0; i < matrix->rows; ++i) {
        double sum = 0;
        for (scs_int k = start[i]; k < start[i + 1]; ++k) {
            if (column[k] < 0 || column[k] >= matrix->columns ||
                (k > start[i] && column[k] <= column[k - 1])) {
                fake_fault("columns that are not sorted");
                return CUSPARSE_FAILED;
            }
            sum += values[k] * in[column[k]];
        }
        const double old = *(const double *)beta == 0 ? 0 : out[i];
        out[i] = *(const double *)alpha * sum + *(const double *)beta * old;
    }
    return 0;
}

/* --- cuBLAS --- */

ScsCudaStatus cublasCreate_v2(ScsCublasHandle *handle) {
    const ScsCudaStatus refused = fake_call(CUBLAS_FAILED);
    if (!refused) {
        *handle = (ScsCublasHandle)fake_object_create(FAKE_CUBLAS, sizeof(Handle));
    }
    return refused;
}

ScsCudaStatus cublasDestroy_v2(ScsCublasHandle handle) {
    fake_object_destroy(handle, FAKE_CUBLAS);
    return 0;
}

ScsCudaStatus cublasSetStream_v2(ScsCublasHandle handle, ScsCudaStream stream) {
    const ScsCudaStatus refused = fake_call(CUBLAS_FAILED);
    if (!refused && fake_object_check(handle, FAKE_CUBLAS) &&
        fake_object_check(stream, FAKE_STREAM)) {
        ((Handle *)handle)->stream = (const FakeObject *)stream;
    }
    return refused;
}

ScsCudaStatus cublasDdot_v2(ScsCublasHandle handle, int n, const double *x, int x_step,
                            const double *y, int y_step, double *result) {
    const ScsCudaStatus refused = fake_call(CUBLAS_FAILED);
    const double *const one = numbers(x, n);
    const double *const two = numbers(y, n);
    if (refused || !ready(handle, FAKE_CUBLAS) || x_step != 1 || y_step != 1 || !one ||
        !two) {
        return refused ? refused : CUBLAS_FAILED;
    }
    *result = 0;
    for (int i = 0; i < n; ++i) {
        *result += one[i] * two[i];
    }
    return 0;
}

ScsCudaStatus cublasDaxpy_v2(ScsCublasHandle handle, int n, const double *alpha,
                             const double *x, int x_step, double *y, int y_step) {
    const ScsCudaStatus refused = fake_call(CUBLAS_FAILED);
    const double *const one = numbers(x, n);
    double *const two = numbers(y, n);
    if (refused || !ready(handle, FAKE_CUBLAS) || x_step != 1 || y_step != 1 || !one ||
        !two) {
        return refused ? refused : CUBLAS_FAILED;
    }
    for (int i = 0; i < n; ++i) {
        two[i] += *alpha * one[i];
    }
    return 0;
}

ScsCudaStatus cublasDscal_v2(ScsCublasHandle handle, int n, const double *alpha,
                             double *x, int x_step) {
    const ScsCudaStatus refused = fake_call(CUBLAS_FAILED);
    double *const one = numbers(x, n);
    if (refused || !ready(handle, FAKE_CUBLAS) || x_step != 1 || !one) {
        return refused ? refused : CUBLAS_FAILED;
    }
    for (int i = 0; i < n; ++i) {
        one[i] *= *alpha;
    }
    return 0;
}

ScsCudaStatus cublasDdgmm(ScsCublasHandle handle, unsigned side, int m, int n,
                          const double *a, int a_step, const double *x, int x_step,
                          double *c, int c_step) {
    const ScsCudaStatus refused = fake_call(CUBLAS_FAILED);
    const double *const in = numbers(a, m);
    const double *const diagonal = numbers(x, m);
    double *const out = numbers(c, m);
    if (refused || !ready(handle, FAKE_CUBLAS) || side != SCS_CUBLAS_LEFT || n != 1 ||
        a_step < m || x_step != 1 || c_step < m || !in || !diagonal || !out ||
        in == out || diagonal == out) {
        return refused ? refused : CUBLAS_FAILED;
    }
    for (int i = 0; i < m; ++i) {
        out[i] = diagonal[i] * in[i];
    }
    return 0;
}

/* The compiler compares what is defined here with the tables. */
const ScsCudaRuntime fake_runtime = {.cudaGetDeviceCount = cudaGetDeviceCount,
                                     .cudaGetDevice = cudaGetDevice,
                                     .cudaSetDevice = cudaSetDevice,
                                     .cudaStreamCreateWithFlags =
                                         cudaStreamCreateWithFlags,
                                     .cudaStreamSynchronize = cudaStreamSynchronize,
                                     .cudaStreamDestroy = cudaStreamDestroy,
                                     .cudaMalloc = cudaMalloc,
                                     .cudaFree = cudaFree,
                                     .cudaMemcpyAsync = cudaMemcpyAsync,
                                     .cudaMemsetAsync = cudaMemsetAsync};
const ScsCusparse fake_cusparse = {.cusparseCreate = cusparseCreate,
                                   .cusparseDestroy = cusparseDestroy,
                                   .cusparseSetStream = cusparseSetStream,
                                   .cusparseCreateCsr = cusparseCreateCsr,
                                   .cusparseDestroySpMat = cusparseDestroySpMat,
                                   .cusparseCreateDnVec = cusparseCreateDnVec,
                                   .cusparseDnVecSetValues = cusparseDnVecSetValues,
                                   .cusparseDestroyDnVec = cusparseDestroyDnVec,
                                   .cusparseSpMV_bufferSize = cusparseSpMV_bufferSize,
                                   .cusparseSpMV = cusparseSpMV};
const ScsCublas fake_cublas = {.cublasCreate_v2 = cublasCreate_v2,
                               .cublasDestroy_v2 = cublasDestroy_v2,
                               .cublasSetStream_v2 = cublasSetStream_v2,
                               .cublasDdot_v2 = cublasDdot_v2,
                               .cublasDaxpy_v2 = cublasDaxpy_v2,
                               .cublasDscal_v2 = cublasDscal_v2,
                               .cublasDdgmm = cublasDdgmm};
