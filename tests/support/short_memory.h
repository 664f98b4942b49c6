/* SPDX-License-Identifier: MIT
 *
 * Stands between the program and calloc (link with -Wl,--wrap=calloc), the one function by
 * which the core allocates: counts the calls and refuses the one that it is told to. For one
 * thread, and for one source file of a program.
 */
#ifndef TESTS_SUPPORT_SHORT_MEMORY_H
#define TESTS_SUPPORT_SHORT_MEMORY_H

#include <stddef.h>
#include <stdint.h>

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static struct {
    long calls;  /* since the last reset */
    long refuse; /* which of them gets nothing, counted from 0; -1: none */
    size_t most; /* bytes that a call may ask for */
} memory = {.refuse = -1, .most = SIZE_MAX};

static inline void refuse_calloc(long which) {
    memory.calls = 0;
    memory.refuse = which;
}

void *__wrap_calloc(size_t count, size_t size) {
    if (count > memory.most / size) {
        return NULL;
    }
    return memory.calls++ == memory.refuse ? NULL : __real_calloc(count, size);
}

#endif
