/* SPDX-License-Identifier: MIT
 *
 * A device, its stream and its memory, by the CUDA runtime. The status of what releases
 * something is not looked at: nothing could be done about it.
 */
#include "linsys/gpu.h"

static ScsErrorCode find_device(const ScsCudaRuntime *cuda, const char *backend,
                                ScsError *error) {
    int count = 0;
    const ScsCudaStatus status = cuda->cudaGetDeviceCount(&count);
    if (status != 0 || count < 1) {
        return scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                             "the linear solver %s found no usable NVIDIA GPU or no "
                             "driver that is new enough: cudaGetDeviceCount returned "
                             "the code %u and %d devices",
                             backend, status, count);
    }
    return SCS_OK;
}

ScsErrorCode scs_gpu_available(const char *backend, ScsError *error) {
    ScsCudaRuntime cuda;
    const ScsErrorCode code = scs_cuda_library_runtime(&cuda, backend, error);
    return code ? code : find_device(&cuda, backend, error);
}

ScsErrorCode scs_gpu_open(ScsGpu *gpu, const char *backend, ScsError *error) {
    *gpu = (ScsGpu){0};
    const ScsCudaRuntime *const cuda = &gpu->cuda;
    ScsErrorCode code = scs_cuda_library_runtime(&gpu->cuda, backend, error);
    code = code ? code : find_device(cuda, backend, error);
    if (code) {
        return code;
    }
    code = scs_cuda_library_check(cuda->cudaGetDevice(&gpu->device), "cudaGetDevice",
                                  error);
    if (code) {
        return code;
    }
    ScsCudaStream stream = NULL;
    code = scs_cuda_library_check(
        cuda->cudaStreamCreateWithFlags(&stream, SCS_CUDA_STREAM_NON_BLOCKING),
        "cudaStreamCreateWithFlags", error);
    gpu->stream = code ? NULL : stream;
    return code;
}

void scs_gpu_close(ScsGpu *gpu) {
    if (gpu->stream) {
        (void)gpu->cuda.cudaStreamDestroy(gpu->stream);
        gpu->stream = NULL;
    }
}

void scs_gpu_enter(ScsGpu *gpu) {
    scs_error_clear(&gpu->failure);
    gpu->outside = gpu->device;
    if (scs_gpu_check(gpu, gpu->cuda.cudaGetDevice(&gpu->outside), "cudaGetDevice") &&
        gpu->outside != gpu->device) {
        (void)scs_gpu_check(gpu, gpu->cuda.cudaSetDevice(gpu->device), "cudaSetDevice");
    }
}

ScsErrorCode scs_gpu_leave(ScsGpu *gpu, ScsError *error) {
    if (gpu->outside != gpu->device) {
        (void)gpu->cuda.cudaSetDevice(gpu->outside); /* where it was before */
    }
    return scs_gpu_failed(gpu)
               ? scs_error_set(error, gpu->failure.code, "%s", gpu->failure.message)
               : SCS_OK;
}

bool scs_gpu_check(ScsGpu *gpu, ScsCudaStatus status, const char *function) {
    return !scs_gpu_failed(gpu) &&
           scs_cuda_library_check(status, function, &gpu->failure) == SCS_OK;
}

void scs_gpu_fail(ScsGpu *gpu, ScsErrorCode code, const char *message) {
    if (!scs_gpu_failed(gpu)) {
        (void)scs_error_set(&gpu->failure, code, "%s", message);
    }
}

void *scs_gpu_allocate(ScsGpu *gpu, int64_t count, size_t size) {
    if (scs_gpu_failed(gpu)) {
        return NULL;
    }
    /* For no bytes CUDA gives NULL, which here means failure. */
    const size_t bytes = count > 0 ? (size_t)count * size : size;
    void *memory = NULL;
    return scs_gpu_check(gpu, gpu->cuda.cudaMalloc(&memory, bytes), "cudaMalloc")
               ? memory
               : NULL;
}

void scs_gpu_release(ScsGpu *gpu, void *memory) {
    if (memory) {
        (void)gpu->cuda.cudaFree(memory);
    }
}

static void copy(ScsGpu *gpu, void *to, const void *from, int64_t count, size_t size,
                 unsigned direction) {
    if (count > 0 && !scs_gpu_failed(gpu)) {
        (void)scs_gpu_check(gpu,
                            gpu->cuda.cudaMemcpyAsync(to, from, (size_t)count * size,
                                                      direction, gpu->stream),
                            "cudaMemcpyAsync");
    }
}

static void wait(ScsGpu *gpu) {
    if (!scs_gpu_failed(gpu)) {
        (void)scs_gpu_check(gpu, gpu->cuda.cudaStreamSynchronize(gpu->stream),
                            "cudaStreamSynchronize");
    }
}

void scs_gpu_upload(ScsGpu *gpu, void *to, const void *from, int64_t count,
                    size_t size) {
    copy(gpu, to, from, count, size, SCS_CUDA_HOST_TO_DEVICE);
    wait(gpu);
}

void scs_gpu_download(ScsGpu *gpu, void *to, const void *from, int64_t count,
                      size_t size) {
    copy(gpu, to, from, count, size, SCS_CUDA_DEVICE_TO_HOST);
    wait(gpu);
}

void scs_gpu_copy(ScsGpu *gpu, void *to, const void *from, int64_t count, size_t size) {
    copy(gpu, to, from, count, size, SCS_CUDA_DEVICE_TO_DEVICE);
}

void scs_gpu_clear(ScsGpu *gpu, void *memory, int64_t count, size_t size) {
    if (count > 0 && !scs_gpu_failed(gpu)) {
        (void)scs_gpu_check(
            gpu,
            gpu->cuda.cudaMemsetAsync(memory, 0, (size_t)count * size, gpu->stream),
            "cudaMemsetAsync");
    }
}
