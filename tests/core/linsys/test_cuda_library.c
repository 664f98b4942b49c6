/* SPDX-License-Identifier: MIT
 *
 * With the stand-in; with the argument "absent" where no library is to be found, with
 * "empty" where cuDSS has no functions.
 */
#include "linsys/cuda_library.h"

#include "linsys/linsys.h"

#include "fake_gpu.h"

#include <pthread.h>

static void fills_every_table(void) {
    ScsError error = {SCS_OK, ""};
    ScsCudaRuntime runtime = {0};
    ScsCusparse cusparse = {0};
    ScsCublas cublas = {0};
    ScsCudss cudss = {0};
    CHECK_EQUAL(scs_cuda_library_runtime(&runtime, "some", &error), SCS_OK);
    CHECK_EQUAL(scs_cuda_library_cusparse(&cusparse, "some", &error), SCS_OK);
    CHECK_EQUAL(scs_cuda_library_cublas(&cublas, "some", &error), SCS_OK);
    CHECK_EQUAL(scs_cuda_library_cudss(&cudss, "some", &error), SCS_OK);
    int count = 0;
    CHECK_EQUAL(runtime.cudaGetDeviceCount(&count), 0);
    CHECK_EQUAL(count, 2);
    void *library = scs_platform_library("libcudss.so.1");
    CHECK((ScsFunction)cudss.cudssExecute ==
          scs_platform_symbol(library, "cudssExecute"));
    CHECK((ScsFunction)cusparse.cusparseSpMV ==
          scs_platform_symbol(library, "cusparseSpMV"));
    CHECK((ScsFunction)cublas.cublasDdgmm ==
          scs_platform_symbol(library, "cublasDdgmm"));
    CHECK(runtime.cudaMemsetAsync && cudss.cudssCreate && cublas.cublasCreate_v2);
}

static void explains_codes(void) {
    ScsError error = {SCS_OK, ""};
    CHECK_EQUAL(scs_cuda_library_check(0, "cudaMalloc", &error), SCS_OK);
    CHECK_EQUAL(error.code, SCS_OK);
    const struct {
        const char *function, *title;
        unsigned memory, other;
    } rows[] = {
        {"cudaMalloc", "CUDA", 2, 3},        {"cusparseSpMV", "cuSPARSE", 2, 3},
        {"cusparseSpMV", "cuSPARSE", 11, 6}, {"cublasDdot_v2", "cuBLAS", 3, 2},
        {"cudssExecute", "cuDSS", 2, 5},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; ++k) {
        CHECK_EQUAL(scs_cuda_library_check(rows[k].memory, rows[k].function, &error),
                    SCS_ERROR_MEMORY);
        CHECK_CONTAINS(error.message, "memory");
        CHECK_EQUAL(scs_cuda_library_check(rows[k].other, rows[k].function, &error),
                    SCS_ERROR_BACKEND);
        CHECK_CONTAINS(error.message, rows[k].title);
        CHECK_CONTAINS(error.message, rows[k].function);
        char code[16];
        snprintf(code, sizeof code, "code %u", rows[k].other);
        CHECK_CONTAINS(error.message, code);
    }
}

static void *fill_often(void *result) {
    ScsCudss table;
    bool good = true;
    for (int k = 0; k < 200; ++k) {
        good = scs_cuda_library_cudss(&table, "some", NULL) == SCS_OK && good;
    }
    *(bool *)result = good;
    return NULL;
}

static void fills_in_many_threads(void) {
    pthread_t threads[4];
    bool good[4];
    for (int k = 0; k < 4; ++k) {
        CHECK_EQUAL(pthread_create(&threads[k], NULL, fill_often, &good[k]), 0);
    }
    for (int k = 0; k < 4; ++k) {
        pthread_join(threads[k], NULL);
        CHECK(good[k]);
    }
}

static void check_missing(ScsLinearSolver choice, const char *name,
                          const char *library) {
    ScsError error = {SCS_OK, ""};
    CHECK(!scs_linsys_find(choice, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, name);
    CHECK_CONTAINS(error.message, library);
    CHECK_CONTAINS(error.message, "pip install scs[cuda]");
    CHECK(!scs_linsys_find(choice, NULL));
}

static void says_what_to_install(void) {
    ScsError error = {SCS_OK, ""};
    check_missing(SCS_LINSYS_CUDSS, "cudss", "libcudss.so.1");
    check_missing(SCS_LINSYS_GPU_INDIRECT, "gpu_indirect", "libcusparse.so.12");
    ScsCublas cublas;
    ScsCudaRuntime runtime;
    CHECK_EQUAL(scs_cuda_library_cublas(&cublas, "some", &error),
                SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "libcublas.so.12");
    CHECK_EQUAL(scs_cuda_library_runtime(&runtime, "some", &error),
                SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "libcudart.so.12");
}

static void says_which_function_is_missing(void) {
    check_missing(SCS_LINSYS_CUDSS, "cudss", "no cudssCreate");
}

static void says_that_there_is_no_gpu(void) {
    const ScsLinearSolver choices[] = {SCS_LINSYS_CUDSS, SCS_LINSYS_GPU_INDIRECT};
    const struct {
        int devices;
        unsigned status;
        const char *text;
    } rows[] = {{0, 0, "0 and 0 devices"}, {0, 100, "code 100"}, {1, 35, "code 35"}};
    FakeCuda *const fake = fake_gpu();
    for (int k = 0; k < 6; ++k) {
        ScsError error = {SCS_OK, ""};
        fake->devices = rows[k / 2].devices;
        fake->count_status = rows[k / 2].status;
        CHECK(!scs_linsys_find(choices[k % 2], &error));
        CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
        CHECK_CONTAINS(error.message, "no usable NVIDIA GPU");
        CHECK_CONTAINS(error.message, rows[k / 2].text);
        CHECK(strstr(error.message, "install") == NULL);
    }
    fake->devices = 2;
    fake->count_status = 0;
    CHECK(scs_linsys_find(SCS_LINSYS_CUDSS, NULL));
    CHECK(scs_linsys_find(SCS_LINSYS_GPU_INDIRECT, NULL));
}

int main(int count, char **arguments) {
    static const CheckCase with_stand_in[] = {
        {"fills every table", fills_every_table},
        {"explains codes", explains_codes},
        {"fills in many threads", fills_in_many_threads},
        {"says that there is no GPU", says_that_there_is_no_gpu},
    };
    static const CheckCase absent[] = {{"says what to install", says_what_to_install}};
    static const CheckCase empty[] = {
        {"says which function is missing", says_which_function_is_missing}};
    if (count > 1) {
        return strcmp(arguments[1], "absent") == 0 ? CHECK_RUN(absent)
                                                   : CHECK_RUN(empty);
    }
    return CHECK_RUN(with_stand_in);
}
