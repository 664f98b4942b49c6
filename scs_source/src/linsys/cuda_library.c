/* SPDX-License-Identifier: MIT
 *
 * Finding libraries and functions by name, and what their codes mean.
 */
#include "linsys/cuda_library.h"

#include "base/platform.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
    const char *name;
    size_t offset; /* in the table */
} Entry;

/* A library of NVIDIA's: names to try one after the other, and what it must have. */
typedef struct {
    const char *prefix; /* of its functions */
    const char *title;
    const char *names[2];
    ScsCudaStatus memory[2]; /* codes for lack of memory */
    const Entry *entries;
    size_t count;
} Library;

static const Entry runtime_entries[] = {
    {"cudaGetDeviceCount", offsetof(ScsCudaRuntime, cudaGetDeviceCount)},
    {"cudaGetDevice", offsetof(ScsCudaRuntime, cudaGetDevice)},
    {"cudaSetDevice", offsetof(ScsCudaRuntime, cudaSetDevice)},
    {"cudaStreamCreateWithFlags", offsetof(ScsCudaRuntime, cudaStreamCreateWithFlags)},
    {"cudaStreamSynchronize", offsetof(ScsCudaRuntime, cudaStreamSynchronize)},
    {"cudaStreamDestroy", offsetof(ScsCudaRuntime, cudaStreamDestroy)},
    {"cudaMalloc", offsetof(ScsCudaRuntime, cudaMalloc)},
    {"cudaFree", offsetof(ScsCudaRuntime, cudaFree)},
    {"cudaMemcpyAsync", offsetof(ScsCudaRuntime, cudaMemcpyAsync)},
    {"cudaMemsetAsync", offsetof(ScsCudaRuntime, cudaMemsetAsync)},
};

static const Entry cusparse_entries[] = {
    {"cusparseCreate", offsetof(ScsCusparse, cusparseCreate)},
    {"cusparseDestroy", offsetof(ScsCusparse, cusparseDestroy)},
    {"cusparseSetStream", offsetof(ScsCusparse, cusparseSetStream)},
    {"cusparseCreateCsr", offsetof(ScsCusparse, cusparseCreateCsr)},
    {"cusparseDestroySpMat", offsetof(ScsCusparse, cusparseDestroySpMat)},
    {"cusparseCreateDnVec", offsetof(ScsCusparse, cusparseCreateDnVec)},
    {"cusparseDnVecSetValues", offsetof(ScsCusparse, cusparseDnVecSetValues)},
    {"cusparseDestroyDnVec", offsetof(ScsCusparse, cusparseDestroyDnVec)},
    {"cusparseSpMV_bufferSize", offsetof(ScsCusparse, cusparseSpMV_bufferSize)},
    {"cusparseSpMV", offsetof(ScsCusparse, cusparseSpMV)},
};

static const Entry cublas_entries[] = {
    {"cublasCreate_v2", offsetof(ScsCublas, cublasCreate_v2)},
    {"cublasDestroy_v2", offsetof(ScsCublas, cublasDestroy_v2)},
    {"cublasSetStream_v2", offsetof(ScsCublas, cublasSetStream_v2)},
    {"cublasDdot_v2", offsetof(ScsCublas, cublasDdot_v2)},
    {"cublasDaxpy_v2", offsetof(ScsCublas, cublasDaxpy_v2)},
    {"cublasDscal_v2", offsetof(ScsCublas, cublasDscal_v2)},
    {"cublasDdgmm", offsetof(ScsCublas, cublasDdgmm)},
};

static const Entry cudss_entries[] = {
    {"cudssCreate", offsetof(ScsCudss, cudssCreate)},
    {"cudssDestroy", offsetof(ScsCudss, cudssDestroy)},
    {"cudssSetStream", offsetof(ScsCudss, cudssSetStream)},
    {"cudssConfigCreate", offsetof(ScsCudss, cudssConfigCreate)},
    {"cudssConfigDestroy", offsetof(ScsCudss, cudssConfigDestroy)},
    {"cudssConfigSet", offsetof(ScsCudss, cudssConfigSet)},
    {"cudssDataCreate", offsetof(ScsCudss, cudssDataCreate)},
    {"cudssDataDestroy", offsetof(ScsCudss, cudssDataDestroy)},
    {"cudssDataGet", offsetof(ScsCudss, cudssDataGet)},
    {"cudssMatrixCreateCsr", offsetof(ScsCudss, cudssMatrixCreateCsr)},
    {"cudssMatrixCreateDn", offsetof(ScsCudss, cudssMatrixCreateDn)},
    {"cudssMatrixDestroy", offsetof(ScsCudss, cudssMatrixDestroy)},
    {"cudssExecute", offsetof(ScsCudss, cudssExecute)},
};

/* The versions may be mixed: each library has a copy of the runtime inside, and what they
 * share (device memory, streams) belongs to the driver. */
static const Library libraries[] = {
    {"cuda",
     "CUDA",
     {"libcudart.so.12", "libcudart.so.13"},
     {SCS_CUDA_OUT_OF_MEMORY, SCS_CUDA_OUT_OF_MEMORY},
     runtime_entries,
     sizeof runtime_entries / sizeof *runtime_entries},
    {"cusparse",
     "cuSPARSE",
     {"libcusparse.so.12", NULL},
     {SCS_CUSPARSE_ALLOC_FAILED, SCS_CUSPARSE_INSUFFICIENT_RESOURCES},
     cusparse_entries,
     sizeof cusparse_entries / sizeof *cusparse_entries},
    {"cublas",
     "cuBLAS",
     {"libcublas.so.12", "libcublas.so.13"},
     {SCS_CUBLAS_ALLOC_FAILED, SCS_CUBLAS_ALLOC_FAILED},
     cublas_entries,
     sizeof cublas_entries / sizeof *cublas_entries},
    {"cudss",
     "cuDSS",
     {"libcudss.so.1", NULL},
     {SCS_CUDSS_ALLOC_FAILED, SCS_CUDSS_ALLOC_FAILED},
     cudss_entries,
     sizeof cudss_entries / sizeof *cudss_entries},
};

/* The library that a function, or a prefix alone, belongs to. */
static const Library *find_library(const char *function) {
    const Library *found = libraries;
    for (size_t k = 1; k < sizeof libraries / sizeof *libraries; ++k) {
        const char *const prefix = libraries[k].prefix;
        found = strncmp(function, prefix, strlen(prefix)) == 0 ? &libraries[k] : found;
    }
    return found;
}

static ScsErrorCode fill(void *table, const char *prefix, const char *backend,
                         ScsError *error) {
    const Library *const library = find_library(prefix);
    void *handle = scs_platform_library(library->names[0]);
    if (!handle && library->names[1]) {
        handle = scs_platform_library(library->names[1]);
    }
    if (!handle) {
        return scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                             "the linear solver %s needs NVIDIA's %s, and %s cannot be "
                             "loaded: pip install scs[cuda] brings it on Linux",
                             backend, library->title, library->names[0]);
    }
    for (size_t k = 0; k < library->count; ++k) {
        const Entry *const entry = &library->entries[k];
        const ScsFunction function = scs_platform_symbol(handle, entry->name);
        if (!function) {
            return scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                                 "the linear solver %s needs another version of "
                                 "NVIDIA's %s, the one found has no %s: pip install "
                                 "scs[cuda] brings it on Linux",
                                 backend, library->title, entry->name);
        }
        /* Pointers to functions all look alike; only their types differ. */
        memcpy((char *)table + entry->offset, (const void *)&function, sizeof function);
    }
    return SCS_OK;
}

ScsErrorCode scs_cuda_library_runtime(ScsCudaRuntime *table, const char *backend,
                                      ScsError *error) {
    return fill(table, "cuda", backend, error);
}

ScsErrorCode scs_cuda_library_cusparse(ScsCusparse *table, const char *backend,
                                       ScsError *error) {
    return fill(table, "cusparse", backend, error);
}

ScsErrorCode scs_cuda_library_cublas(ScsCublas *table, const char *backend,
                                     ScsError *error) {
    return fill(table, "cublas", backend, error);
}

ScsErrorCode scs_cuda_library_cudss(ScsCudss *table, const char *backend,
                                    ScsError *error) {
    return fill(table, "cudss", backend, error);
}

ScsErrorCode scs_cuda_library_check(ScsCudaStatus status, const char *function,
                                    ScsError *error) {
    if (status == 0) {
        return SCS_OK;
    }
    const Library *const library = find_library(function);
    const bool memory = status == library->memory[0] || status == library->memory[1];
    return scs_error_set(
        error, memory ? SCS_ERROR_MEMORY : SCS_ERROR_BACKEND,
        "NVIDIA's %s failed%s: %s returned the code %u", library->title,
        memory ? ", as the memory of the GPU is full" : "", function, status);
}
