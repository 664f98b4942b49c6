/* SPDX-License-Identifier: MIT
 *
 * What the GPU backends share: a device with a stream of its own, memory on it, copies.
 *
 * The device is the one that is current for CUDA in the thread that opens it; nothing here
 * chooses one. Later calls may come from other threads, where another may be current, so
 * all work stands between scs_gpu_enter and scs_gpu_leave. It is done on the stream, so
 * solvers in different threads do not wait for one another.
 *
 * Failure is sticky: between enter and leave the first status that is not 0 is kept,
 * whatever follows does nothing, and leave reports it. So work is written in a straight
 * line.
 */
#ifndef SCS_LINSYS_GPU_H
#define SCS_LINSYS_GPU_H

#include "linsys/cuda_library.h"

#include <stdbool.h>

typedef struct {
    ScsCudaRuntime cuda;
    ScsCudaStream stream; /* NULL: not open */
    int device;
    int outside;      /* current when the device was entered */
    ScsError failure; /* the first one since then */
} ScsGpu;

/* Whether the runtime and a device are there; the sentence begins with `backend`. */
ScsErrorCode scs_gpu_available(const char *backend, ScsError *error) SCS_MUST_CHECK;

/* Open the current device. On failure nothing is held. */
ScsErrorCode scs_gpu_open(ScsGpu *gpu, const char *backend,
                          ScsError *error) SCS_MUST_CHECK;

/* Release the stream; a zeroed struct is left alone. Memory must be released before. */
void scs_gpu_close(ScsGpu *gpu);

/* Make the device current in this thread, forget earlier failures. */
void scs_gpu_enter(ScsGpu *gpu);

/* Make current again what was, and say what has failed since scs_gpu_enter. */
ScsErrorCode scs_gpu_leave(ScsGpu *gpu, ScsError *error);

static inline bool scs_gpu_failed(const ScsGpu *gpu) {
    return gpu->failure.code != SCS_OK;
}

/* Keep what this status means, unless it is 0 (see scs_cuda_library_check). Returns whether
 * nothing has failed so far. Call CUDA's functions only if nothing has. */
bool scs_gpu_check(ScsGpu *gpu, ScsCudaStatus status, const char *function);

/* Keep another failure, unless there is one. */
void scs_gpu_fail(ScsGpu *gpu, ScsErrorCode code, const char *message);

/* Memory on the device for count objects of the given size, not initialised, aligned for
 * everything; NULL after a failure. */
void *scs_gpu_allocate(ScsGpu *gpu, int64_t count, size_t size);

/* NULL is allowed. Waits for the work that uses it. Done after a failure, too. */
void scs_gpu_release(ScsGpu *gpu, void *memory);

/* Copy count objects to the device, from it, or on it. Host memory may be used again when
 * the first two return; the second has waited for all work before it. */
void scs_gpu_upload(ScsGpu *gpu, void *to, const void *from, int64_t count,
                    size_t size);
void scs_gpu_download(ScsGpu *gpu, void *to, const void *from, int64_t count,
                      size_t size);
void scs_gpu_copy(ScsGpu *gpu, void *to, const void *from, int64_t count, size_t size);

/* Set count objects to zero. */
void scs_gpu_clear(ScsGpu *gpu, void *memory, int64_t count, size_t size);

#endif
