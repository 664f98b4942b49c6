/* SPDX-License-Identifier: MIT
 *
 * A stand-in for NVIDIA's libraries in host memory, under their names, for machines without
 * a GPU: just the functions of linsys/cuda_library.h, naive and strict. Pointers to its
 * "device" memory cannot be read by the host, every access of a function is checked against
 * the blocks there are, and what is called in a wrong order, on a wrong device, on something
 * that is gone, or never released is a fault. A process with a fault or with something
 * left at its end ends with status 97.
 *
 * Tests reach it as the product does, through the loader, and by one more symbol,
 * fake_cuda_state.
 */
#ifndef TESTS_SUPPORT_FAKE_CUDA_FAKE_CUDA_H
#define TESTS_SUPPORT_FAKE_CUDA_FAKE_CUDA_H

typedef struct {
    long calls;            /* of functions that may fail, so far */
    long refuse;           /* the call that is to fail; -1: none */
    unsigned refusal;      /* the code it returns; 0: one of its library's own */
    long alive;            /* blocks, streams, handles and descriptors */
    long faults;           /* wrong uses so far */
    int devices;           /* 2 at first */
    unsigned count_status; /* what cudaGetDeviceCount returns */
    int current;           /* the current device, of all threads */
} FakeCuda;

/* FakeCuda *fake_cuda_state(void); */
typedef FakeCuda *(*FakeCudaState)(void);

#endif
