/* SPDX-License-Identifier: MIT
 *
 * Our declarations of NVIDIA's libraries against NVIDIA's own. It is only compiled, where
 * the option SCS_CUDA_HEADERS names the folders of the headers: every function must have a
 * type compatible with that of its place in the table, every constant the same value.
 */
#include "linsys/cuda_library.h"

#include <assert.h>
#include <cublas_v2.h>
#include <cuda_runtime_api.h>
#include <cudss.h>
#include <cusparse.h>

const ScsCudaRuntime headers_runtime = {
    .cudaGetDeviceCount = cudaGetDeviceCount,
    .cudaGetDevice = cudaGetDevice,
    .cudaSetDevice = cudaSetDevice,
    .cudaStreamCreateWithFlags = cudaStreamCreateWithFlags,
    .cudaStreamSynchronize = cudaStreamSynchronize,
    .cudaStreamDestroy = cudaStreamDestroy,
    .cudaMalloc = cudaMalloc,
    .cudaFree = cudaFree,
    .cudaMemcpyAsync = cudaMemcpyAsync,
    .cudaMemsetAsync = cudaMemsetAsync,
};

const ScsCusparse headers_cusparse = {
    .cusparseCreate = cusparseCreate,
    .cusparseDestroy = cusparseDestroy,
    .cusparseSetStream = cusparseSetStream,
    .cusparseCreateCsr = cusparseCreateCsr,
    .cusparseDestroySpMat = cusparseDestroySpMat,
    .cusparseCreateDnVec = cusparseCreateDnVec,
    .cusparseDnVecSetValues = cusparseDnVecSetValues,
    .cusparseDestroyDnVec = cusparseDestroyDnVec,
    .cusparseSpMV_bufferSize = cusparseSpMV_bufferSize,
    .cusparseSpMV = cusparseSpMV,
};

const ScsCublas headers_cublas = {
    .cublasCreate_v2 = cublasCreate_v2,
    .cublasDestroy_v2 = cublasDestroy_v2,
    .cublasSetStream_v2 = cublasSetStream_v2,
    .cublasDdot_v2 = cublasDdot_v2,
    .cublasDaxpy_v2 = cublasDaxpy_v2,
    .cublasDscal_v2 = cublasDscal_v2,
    .cublasDdgmm = cublasDdgmm,
};

const ScsCudss headers_cudss = {
    .cudssCreate = cudssCreate,
    .cudssDestroy = cudssDestroy,
    .cudssSetStream = cudssSetStream,
    .cudssConfigCreate = cudssConfigCreate,
    .cudssConfigDestroy = cudssConfigDestroy,
    .cudssConfigSet = cudssConfigSet,
    .cudssDataCreate = cudssDataCreate,
    .cudssDataDestroy = cudssDataDestroy,
    .cudssDataGet = cudssDataGet,
    .cudssMatrixCreateCsr = cudssMatrixCreateCsr,
    .cudssMatrixCreateDn = cudssMatrixCreateDn,
    .cudssMatrixDestroy = cudssMatrixDestroy,
    .cudssExecute = cudssExecute,
};

static_assert(sizeof(cudaError_t) == sizeof(ScsCudaStatus) &&
                  sizeof(cusparseStatus_t) == sizeof(ScsCudaStatus) &&
                  sizeof(cublasStatus_t) == sizeof(ScsCudaStatus) &&
                  sizeof(cudssStatus_t) == sizeof(ScsCudaStatus),
              "status");
static_assert((int)cudaSuccess == 0 && (int)CUSPARSE_STATUS_SUCCESS == 0 &&
                  (int)CUBLAS_STATUS_SUCCESS == 0 && (int)CUDSS_STATUS_SUCCESS == 0,
              "success");

static_assert((int)cudaErrorMemoryAllocation == SCS_CUDA_OUT_OF_MEMORY, "memory");
static_assert((int)cudaMemcpyHostToDevice == SCS_CUDA_HOST_TO_DEVICE, "direction");
static_assert((int)cudaMemcpyDeviceToHost == SCS_CUDA_DEVICE_TO_HOST, "direction");
static_assert((int)cudaMemcpyDeviceToDevice == SCS_CUDA_DEVICE_TO_DEVICE, "direction");
static_assert(cudaStreamNonBlocking == SCS_CUDA_STREAM_NON_BLOCKING, "stream");
static_assert((int)CUDA_R_32I == SCS_CUDA_INT_32, "32-bit integers");
static_assert((int)CUDA_R_64I == SCS_CUDA_INT_64, "64-bit integers");
static_assert((int)CUDA_R_64F == SCS_CUDA_DOUBLE, "doubles");

static_assert((int)CUSPARSE_STATUS_ALLOC_FAILED == SCS_CUSPARSE_ALLOC_FAILED, "memory");
static_assert((int)CUSPARSE_STATUS_INSUFFICIENT_RESOURCES ==
                  SCS_CUSPARSE_INSUFFICIENT_RESOURCES,
              "memory");
static_assert((int)CUSPARSE_INDEX_32I == SCS_CUSPARSE_INT_32, "32-bit indices");
static_assert((int)CUSPARSE_INDEX_64I == SCS_CUSPARSE_INT_64, "64-bit indices");
static_assert((int)CUSPARSE_INDEX_BASE_ZERO == SCS_CUSPARSE_BASE_ZERO, "base");
static_assert((int)CUSPARSE_OPERATION_NON_TRANSPOSE == SCS_CUSPARSE_AS_IT_IS, "as is");
static_assert((int)CUSPARSE_SPMV_CSR_ALG2 == SCS_CUSPARSE_REPEATABLE, "algorithm");

static_assert((int)CUBLAS_STATUS_ALLOC_FAILED == SCS_CUBLAS_ALLOC_FAILED, "memory");
static_assert((int)CUBLAS_SIDE_LEFT == SCS_CUBLAS_LEFT, "side");

static_assert((int)CUDSS_STATUS_ALLOC_FAILED == SCS_CUDSS_ALLOC_FAILED, "memory");
static_assert((int)CUDSS_PHASE_ANALYSIS == SCS_CUDSS_ANALYSIS, "analysis");
static_assert((int)CUDSS_PHASE_FACTORIZATION == SCS_CUDSS_FACTORIZATION, "factor");
static_assert((int)CUDSS_PHASE_REFACTORIZATION == SCS_CUDSS_REFACTORIZATION, "again");
static_assert((int)CUDSS_PHASE_SOLVE == SCS_CUDSS_SOLVE, "solve");
static_assert((int)CUDSS_CONFIG_MATCHING_ALG == SCS_CUDSS_MATCHING, "matching");
static_assert((int)CUDSS_MATCHING_ALG_NONE == SCS_CUDSS_NO_MATCHING &&
                  sizeof(cudssMatchingAlg_t) == sizeof(unsigned),
              "no matching");
static_assert((int)CUDSS_DATA_INFO == SCS_CUDSS_INFO, "info");
static_assert((int)CUDSS_DATA_INERTIA == SCS_CUDSS_INERTIA, "inertia");
static_assert((int)CUDSS_MTYPE_SYMMETRIC == SCS_CUDSS_SYMMETRIC, "kind");
static_assert((int)CUDSS_MVIEW_LOWER == SCS_CUDSS_LOWER, "view");
static_assert((int)CUDSS_BASE_ZERO == SCS_CUDSS_BASE_ZERO, "base");
static_assert((int)CUDSS_LAYOUT_COL_MAJOR == SCS_CUDSS_COLUMN_MAJOR, "layout");
