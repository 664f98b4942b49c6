/* SPDX-License-Identifier: MIT
 *
 * The stand-in's memory and objects.
 */
#ifndef TESTS_SUPPORT_FAKE_CUDA_FAKE_MEMORY_H
#define TESTS_SUPPORT_FAKE_CUDA_FAKE_MEMORY_H

#include "fake_cuda.h"

#include <stdbool.h>
#include <stddef.h>

extern FakeCuda fake_state;

/* Say what went wrong. */
void fake_fault(const char *text);

/* A call that may fail: 0, or what it returns instead if it is the one to be refused. */
unsigned fake_call(unsigned code_of_library);

/* What there is to be released, with the device that it was made on. */
typedef enum {
    FAKE_STREAM,
    FAKE_CUSPARSE,
    FAKE_CUBLAS,
    FAKE_MATRIX, /* of cuSPARSE */
    FAKE_VECTOR, /* of cuSPARSE */
    FAKE_CUDSS,
    FAKE_CONFIG,
    FAKE_DATA,
    FAKE_CUDSS_MATRIX
} FakeKind;

typedef struct {
    FakeKind kind;
    int device;
    bool alive;
} FakeObject;

/* A zeroed object of the given size, whose first member is a FakeObject. */
void *fake_object_create(FakeKind kind, size_t size);

/* Whether it is what it should be and of the current device; a fault if not. */
bool fake_object_check(const void *object, FakeKind kind);

void fake_object_destroy(void *object, FakeKind kind);

/* Device memory: NULL if there is none. */
void *fake_memory_create(size_t bytes);
void fake_memory_destroy(void *memory);

/* Where these bytes are on the host; NULL and a fault if they are not all device memory of
 * one block of the current device. */
void *fake_memory_find(const void *memory, size_t bytes);

#endif
