/* SPDX-License-Identifier: MIT
 *
 * The stand-in for NVIDIA's libraries, for tests, which ctest makes the loader find. Without
 * it they fail at once.
 */
#ifndef TESTS_CORE_LINSYS_FAKE_GPU_H
#define TESTS_CORE_LINSYS_FAKE_GPU_H

#include "base/platform.h"

#include "support/check.h"
#include "support/fake_cuda/fake_cuda.h"

#include <stdbool.h>
#include <stdlib.h>

static inline FakeCuda *fake_gpu(void) {
    void *const library = scs_platform_library("libcudart.so.12");
    const FakeCudaState state =
        library ? (FakeCudaState)scs_platform_symbol(library, "fake_cuda_state") : NULL;
    if (!state) {
        printf("LD_LIBRARY_PATH must name the folder fake_cuda of the build\n");
        exit(1);
    }
    return state();
}

/* Let the k-th call from now fail, with a code of the library's own if code is 0; -1: none. */
static inline void refuse_call(long k, unsigned code) {
    FakeCuda *const fake = fake_gpu();
    fake->calls = 0;
    fake->refuse = k;
    fake->refusal = code;
}

/* Whether the call that was to fail came. */
static inline bool was_refused(void) {
    const FakeCuda *const fake = fake_gpu();
    return fake->calls > fake->refuse;
}

#endif
