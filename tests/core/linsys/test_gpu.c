/* SPDX-License-Identifier: MIT
 *
 * Against the stand-in.
 */
#include "linsys/gpu.h"

#include "fake_gpu.h"

static void moves_memory(void) {
    ScsGpu gpu;
    ScsError error = {SCS_OK, ""};
    const double there[3] = {1, 2, 3};
    double back[4] = {9, 9, 9, 9};
    CHECK_EQUAL(scs_gpu_open(&gpu, "some", &error), SCS_OK);
    scs_gpu_enter(&gpu);
    double *one = scs_gpu_allocate(&gpu, 3, sizeof *one);
    double *two = scs_gpu_allocate(&gpu, 3, sizeof *two);
    void *none = scs_gpu_allocate(&gpu, 0, sizeof *two);
    CHECK(one && two && none);
    scs_gpu_upload(&gpu, one, there, 3, sizeof *one);
    scs_gpu_copy(&gpu, two, one, 3, sizeof *one);
    scs_gpu_clear(&gpu, one, 2, sizeof *one);
    scs_gpu_download(&gpu, back, two, 3, sizeof *one);
    CHECK(back[0] == 1 && back[1] == 2 && back[2] == 3 && back[3] == 9);
    scs_gpu_download(&gpu, back, one, 3, sizeof *one);
    CHECK(back[0] == 0 && back[1] == 0 && back[2] == 3);
    scs_gpu_upload(&gpu, NULL, NULL, 0, sizeof *one); /* nothing to do */
    scs_gpu_release(&gpu, one);
    scs_gpu_release(&gpu, two);
    scs_gpu_release(&gpu, none);
    scs_gpu_release(&gpu, NULL);
    CHECK_EQUAL(scs_gpu_leave(&gpu, &error), SCS_OK);
    scs_gpu_close(&gpu);
    scs_gpu_close(&gpu);
    CHECK_EQUAL(fake_gpu()->alive, 0);
}

/* Opened where one device is current, used and closed where another is. */
static void keeps_to_its_device(void) {
    FakeCuda *const fake = fake_gpu();
    ScsGpu gpu;
    ScsError error = {SCS_OK, ""};
    fake->current = 1;
    CHECK_EQUAL(scs_gpu_open(&gpu, "some", &error), SCS_OK);
    CHECK_EQUAL(gpu.device, 1);
    fake->current = 0;
    scs_gpu_enter(&gpu);
    CHECK_EQUAL(fake->current, 1);
    double *memory = scs_gpu_allocate(&gpu, 3, sizeof *memory);
    scs_gpu_clear(&gpu, memory, 3, sizeof *memory);
    scs_gpu_release(&gpu, memory);
    scs_gpu_close(&gpu);
    CHECK_EQUAL(scs_gpu_leave(&gpu, &error), SCS_OK);
    CHECK_EQUAL(fake->current, 0);
    CHECK_EQUAL(fake->alive, 0);
}

static void fails_until_it_is_left(void) {
    ScsGpu gpu;
    ScsError error = {SCS_OK, ""};
    CHECK_EQUAL(scs_gpu_open(&gpu, "some", &error), SCS_OK);
    scs_gpu_enter(&gpu);
    refuse_call(0, 0);
    CHECK(!scs_gpu_allocate(&gpu, 3, 8));
    refuse_call(-1, 0);
    CHECK(scs_gpu_failed(&gpu));
    CHECK(!scs_gpu_allocate(&gpu, 3, 8)); /* would succeed by itself */
    scs_gpu_fail(&gpu, SCS_ERROR_NUMERICAL, "later and lost");
    CHECK(!scs_gpu_check(&gpu, 0, "cudaMalloc"));
    CHECK_EQUAL(fake_gpu()->calls, 0);
    CHECK_EQUAL(scs_gpu_leave(&gpu, NULL), SCS_ERROR_MEMORY);
    CHECK_EQUAL(scs_gpu_leave(&gpu, &error), SCS_ERROR_MEMORY);
    CHECK_CONTAINS(error.message, "cudaMalloc");
    scs_gpu_enter(&gpu);
    CHECK(!scs_gpu_failed(&gpu));
    CHECK_EQUAL(scs_gpu_leave(&gpu, &error), SCS_OK);
    scs_gpu_close(&gpu);
}

static void opens_or_holds_nothing(void) {
    for (long k = 0; k < 4; ++k) {
        ScsGpu gpu;
        ScsError error = {SCS_OK, ""};
        refuse_call(k, 0);
        const ScsErrorCode code = scs_gpu_open(&gpu, "some", &error);
        CHECK_EQUAL(code, k == 0  ? SCS_ERROR_UNAVAILABLE
                          : k < 3 ? SCS_ERROR_BACKEND
                                  : SCS_OK);
        refuse_call(-1, 0);
        scs_gpu_close(&gpu);
        CHECK_EQUAL(fake_gpu()->alive, 0);
    }
}

static void reports_that_it_cannot_enter(void) {
    FakeCuda *const fake = fake_gpu();
    ScsGpu gpu;
    ScsError error = {SCS_OK, ""};
    CHECK_EQUAL(scs_gpu_open(&gpu, "some", &error), SCS_OK);
    refuse_call(0, 0);
    scs_gpu_enter(&gpu);
    refuse_call(-1, 0);
    CHECK(!scs_gpu_allocate(&gpu, 3, 8));
    CHECK_EQUAL(scs_gpu_leave(&gpu, &error), SCS_ERROR_BACKEND);
    CHECK_CONTAINS(error.message, "cudaGetDevice");
    CHECK_EQUAL(fake->current, 0);
    scs_gpu_close(&gpu);
}

int main(void) {
    static const CheckCase cases[] = {
        {"moves memory", moves_memory},
        {"keeps to its device", keeps_to_its_device},
        {"fails until it is left", fails_until_it_is_left},
        {"opens or holds nothing", opens_or_holds_nothing},
        {"reports that it cannot enter", reports_that_it_cannot_enter},
    };
    return CHECK_RUN(cases);
}
