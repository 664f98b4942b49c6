/* SPDX-License-Identifier: MIT
 *
 * NVIDIA's libraries at run time: a table of function pointers for each, filled when a
 * backend asks. Nothing of CUDA is needed to build this library.
 *
 * The declarations are our own. They hold for the libraries named beside the loaders; the
 * opaque types have NVIDIA's tags and enumerations are unsigned, as the compilers of the
 * platforms that have these libraries make them, so that tests/support/cuda_headers.c can
 * have the compiler compare every function with NVIDIA's headers.
 *
 * A table belongs to whoever filled it: there is no global state, and a library that is
 * missing now may be there when the next backend is created. The libraries themselves are
 * opened once in a process and stay (scs_platform_library).
 */
#ifndef SCS_LINSYS_CUDA_LIBRARY_H
#define SCS_LINSYS_CUDA_LIBRARY_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Every function returns 0 or a code of its library's own. */
typedef unsigned ScsCudaStatus;

typedef struct CUstream_st *ScsCudaStream;

enum {
    SCS_CUDA_OUT_OF_MEMORY = 2,       /* cudaErrorMemoryAllocation */
    SCS_CUDA_HOST_TO_DEVICE = 1,      /* cudaMemcpyHostToDevice */
    SCS_CUDA_DEVICE_TO_HOST = 2,      /* cudaMemcpyDeviceToHost */
    SCS_CUDA_DEVICE_TO_DEVICE = 3,    /* cudaMemcpyDeviceToDevice */
    SCS_CUDA_STREAM_NON_BLOCKING = 1, /* cudaStreamNonBlocking */
    SCS_CUDA_INT_32 = 10,             /* CUDA_R_32I */
    SCS_CUDA_INT_64 = 24,             /* CUDA_R_64I */
    SCS_CUDA_DOUBLE = 1               /* CUDA_R_64F */
};

/* The runtime of CUDA 12 or 13: libcudart.so.12, libcudart.so.13. */
typedef struct {
    ScsCudaStatus (*cudaGetDeviceCount)(int *count);
    ScsCudaStatus (*cudaGetDevice)(int *device);
    ScsCudaStatus (*cudaSetDevice)(int device);
    ScsCudaStatus (*cudaStreamCreateWithFlags)(ScsCudaStream *stream, unsigned flags);
    ScsCudaStatus (*cudaStreamSynchronize)(ScsCudaStream stream);
    ScsCudaStatus (*cudaStreamDestroy)(ScsCudaStream stream);
    ScsCudaStatus (*cudaMalloc)(void **memory, size_t bytes);
    ScsCudaStatus (*cudaFree)(void *memory);
    ScsCudaStatus (*cudaMemcpyAsync)(void *to, const void *from, size_t bytes,
                                     unsigned kind, ScsCudaStream stream);
    ScsCudaStatus (*cudaMemsetAsync)(void *memory, int value, size_t bytes,
                                     ScsCudaStream stream);
} ScsCudaRuntime;

typedef struct cusparseContext *ScsCusparseHandle;
typedef struct cusparseSpMatDescr *ScsCusparseMatrix;
typedef struct cusparseDnVecDescr *ScsCusparseVector;

enum {
    SCS_CUSPARSE_ALLOC_FAILED = 2,            /* CUSPARSE_STATUS_ALLOC_FAILED */
    SCS_CUSPARSE_INSUFFICIENT_RESOURCES = 11, /* CUSPARSE_STATUS_..., the same */
    SCS_CUSPARSE_INT_32 = 2,                  /* CUSPARSE_INDEX_32I */
    SCS_CUSPARSE_INT_64 = 3,                  /* CUSPARSE_INDEX_64I */
    SCS_CUSPARSE_BASE_ZERO = 0,               /* CUSPARSE_INDEX_BASE_ZERO */
    SCS_CUSPARSE_AS_IT_IS = 0,                /* CUSPARSE_OPERATION_NON_TRANSPOSE */
    SCS_CUSPARSE_REPEATABLE = 3 /* CUSPARSE_SPMV_CSR_ALG2: same bits always */
};

/* cuSPARSE of CUDA 12 or 13, both of which name it libcusparse.so.12. */
typedef struct {
    ScsCudaStatus (*cusparseCreate)(ScsCusparseHandle *handle);
    ScsCudaStatus (*cusparseDestroy)(ScsCusparseHandle handle);
    ScsCudaStatus (*cusparseSetStream)(ScsCusparseHandle handle, ScsCudaStream stream);
    ScsCudaStatus (*cusparseCreateCsr)(ScsCusparseMatrix *matrix, int64_t rows,
                                       int64_t columns, int64_t nnz, void *start,
                                       void *column, void *values, unsigned start_type,
                                       unsigned column_type, unsigned base,
                                       unsigned value_type);
    ScsCudaStatus (*cusparseDestroySpMat)(const struct cusparseSpMatDescr *matrix);
    ScsCudaStatus (*cusparseCreateDnVec)(ScsCusparseVector *vector, int64_t size,
                                         void *values, unsigned value_type);
    ScsCudaStatus (*cusparseDnVecSetValues)(ScsCusparseVector vector, void *values);
    ScsCudaStatus (*cusparseDestroyDnVec)(const struct cusparseDnVecDescr *vector);
    ScsCudaStatus (*cusparseSpMV_bufferSize)(ScsCusparseHandle handle,
                                             unsigned operation, const void *alpha,
                                             const struct cusparseSpMatDescr *a,
                                             const struct cusparseDnVecDescr *x,
                                             const void *beta, ScsCusparseVector y,
                                             unsigned compute_type, unsigned algorithm,
                                             size_t *bytes);
    ScsCudaStatus (*cusparseSpMV)(ScsCusparseHandle handle, unsigned operation,
                                  const void *alpha, const struct cusparseSpMatDescr *a,
                                  const struct cusparseDnVecDescr *x, const void *beta,
                                  ScsCusparseVector y, unsigned compute_type,
                                  unsigned algorithm, void *buffer);
} ScsCusparse;

typedef struct cublasContext *ScsCublasHandle;

enum {
    SCS_CUBLAS_ALLOC_FAILED = 3, /* CUBLAS_STATUS_ALLOC_FAILED */
    SCS_CUBLAS_LEFT = 0          /* CUBLAS_SIDE_LEFT */
};

/* cuBLAS of CUDA 12 or 13: libcublas.so.12, libcublas.so.13. */
typedef struct {
    ScsCudaStatus (*cublasCreate_v2)(ScsCublasHandle *handle);
    ScsCudaStatus (*cublasDestroy_v2)(ScsCublasHandle handle);
    ScsCudaStatus (*cublasSetStream_v2)(ScsCublasHandle handle, ScsCudaStream stream);
    ScsCudaStatus (*cublasDdot_v2)(ScsCublasHandle handle, int n, const double *x,
                                   int x_step, const double *y, int y_step,
                                   double *result);
    ScsCudaStatus (*cublasDaxpy_v2)(ScsCublasHandle handle, int n, const double *alpha,
                                    const double *x, int x_step, double *y, int y_step);
    ScsCudaStatus (*cublasDscal_v2)(ScsCublasHandle handle, int n, const double *alpha,
                                    double *x, int x_step);
    ScsCudaStatus (*cublasDdgmm)(ScsCublasHandle handle, unsigned side, int m, int n,
                                 const double *a, int a_step, const double *x,
                                 int x_step, double *c, int c_step);
} ScsCublas;

typedef struct cudssContext *ScsCudssHandle;
typedef struct cudssConfig *ScsCudssConfig;
typedef struct cudssData *ScsCudssData;
typedef struct cudssMatrix *ScsCudssMatrix;

enum {
    SCS_CUDSS_ALLOC_FAILED = 2,      /* CUDSS_STATUS_ALLOC_FAILED */
    SCS_CUDSS_ANALYSIS = 0x3,        /* CUDSS_PHASE_ANALYSIS */
    SCS_CUDSS_FACTORIZATION = 0x4,   /* CUDSS_PHASE_FACTORIZATION */
    SCS_CUDSS_REFACTORIZATION = 0x8, /* CUDSS_PHASE_REFACTORIZATION */
    SCS_CUDSS_SOLVE = 0x3f0,         /* CUDSS_PHASE_SOLVE */
    SCS_CUDSS_MATCHING = 3,          /* CUDSS_CONFIG_MATCHING_ALG, an enumeration */
    SCS_CUDSS_NO_MATCHING = 0,       /* CUDSS_MATCHING_ALG_NONE */
    SCS_CUDSS_INFO = 0,              /* CUDSS_DATA_INFO: an int, 0 if all is well */
    SCS_CUDSS_INERTIA = 3,     /* CUDSS_DATA_INERTIA: pivots > 0 and < 0, two of the
                                           type of the indices */
    SCS_CUDSS_SYMMETRIC = 1,   /* CUDSS_MTYPE_SYMMETRIC */
    SCS_CUDSS_LOWER = 1,       /* CUDSS_MVIEW_LOWER */
    SCS_CUDSS_BASE_ZERO = 0,   /* CUDSS_BASE_ZERO */
    SCS_CUDSS_COLUMN_MAJOR = 0 /* CUDSS_LAYOUT_COL_MAJOR */
};

/* cuDSS 1: libcudss.so.1. Versions before it, which are libcudss.so.0, change functions
 * and values from one to the next and are not taken. */
typedef struct {
    ScsCudaStatus (*cudssCreate)(ScsCudssHandle *handle);
    ScsCudaStatus (*cudssDestroy)(ScsCudssHandle handle);
    ScsCudaStatus (*cudssSetStream)(ScsCudssHandle handle, ScsCudaStream stream);
    ScsCudaStatus (*cudssConfigCreate)(ScsCudssConfig *config);
    ScsCudaStatus (*cudssConfigDestroy)(ScsCudssConfig config);
    ScsCudaStatus (*cudssConfigSet)(ScsCudssConfig config, unsigned parameter,
                                    const void *value, size_t bytes);
    ScsCudaStatus (*cudssDataCreate)(ScsCudssHandle handle, ScsCudssData *data);
    ScsCudaStatus (*cudssDataDestroy)(ScsCudssHandle handle, ScsCudssData data);
    ScsCudaStatus (*cudssDataGet)(ScsCudssHandle handle, ScsCudssData data,
                                  unsigned parameter, void *value, size_t bytes,
                                  size_t *written);
    ScsCudaStatus (*cudssMatrixCreateCsr)(ScsCudssMatrix *matrix, int64_t rows,
                                          int64_t columns, int64_t nnz,
                                          const void *start, const void *end,
                                          const void *column, const void *values,
                                          unsigned start_type, unsigned column_type,
                                          unsigned value_type, unsigned kind,
                                          unsigned view, unsigned base);
    ScsCudaStatus (*cudssMatrixCreateDn)(ScsCudssMatrix *matrix, int64_t rows,
                                         int64_t columns, int64_t step,
                                         const void *values, unsigned value_type,
                                         unsigned layout);
    ScsCudaStatus (*cudssMatrixDestroy)(ScsCudssMatrix matrix);
    ScsCudaStatus (*cudssExecute)(ScsCudssHandle handle, int phase,
                                  ScsCudssConfig config, ScsCudssData data,
                                  ScsCudssMatrix a, ScsCudssMatrix x, ScsCudssMatrix b);
} ScsCudss;

/* Fill a table. SCS_ERROR_UNAVAILABLE if the library is not to be had or lacks a function;
 * the sentence begins with `backend`, which needs it, and says what to install. */
ScsErrorCode scs_cuda_library_runtime(ScsCudaRuntime *table, const char *backend,
                                      ScsError *error) SCS_MUST_CHECK;
ScsErrorCode scs_cuda_library_cusparse(ScsCusparse *table, const char *backend,
                                       ScsError *error) SCS_MUST_CHECK;
ScsErrorCode scs_cuda_library_cublas(ScsCublas *table, const char *backend,
                                     ScsError *error) SCS_MUST_CHECK;
ScsErrorCode scs_cuda_library_cudss(ScsCudss *table, const char *backend,
                                    ScsError *error) SCS_MUST_CHECK;

/* What the status of a call means: SCS_OK for 0, SCS_ERROR_MEMORY if the device has no
 * memory left, else SCS_ERROR_BACKEND. `function` is one of the names above, from which
 * the library's name follows. */
ScsErrorCode scs_cuda_library_check(ScsCudaStatus status, const char *function,
                                    ScsError *error) SCS_MUST_CHECK;

#endif
