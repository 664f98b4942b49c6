/* SPDX-License-Identifier: MIT
 *
 * Stands between the program and the C allocator (link with --wrap for malloc, calloc,
 * realloc, aligned_alloc and free): counts calls and living blocks, and refuses the call
 * that it is told to. For one thread, and for one source file of a program.
 */
#ifndef TESTS_CAPI_COUNTING_ALLOCATOR_H
#define TESTS_CAPI_COUNTING_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

extern void *__real_malloc(size_t size);
extern void *__real_calloc(size_t count, size_t size);
extern void *__real_realloc(void *block, size_t size);
extern void *__real_aligned_alloc(size_t alignment, size_t size);
extern void __real_free(void *block);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *block);

static struct {
    long calls;            /* that ask for memory */
    long refuse;           /* which of them gets none, counted from 1; 0 none */
    bool refuse_all_after; /* and all that follow */
    long living;           /* blocks */
} allocator;

static bool refused(void) {
    ++allocator.calls;
    return allocator.refuse > 0 &&
           (allocator.calls == allocator.refuse ||
            (allocator.refuse_all_after && allocator.calls > allocator.refuse));
}

static void *counted(void *block) {
    allocator.living += block != NULL;
    return block;
}

void *__wrap_malloc(size_t size) {
    return refused() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size) {
    return refused() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return refused() ? NULL : counted(__real_aligned_alloc(alignment, size));
}

void *__wrap_realloc(void *block, size_t size) {
    if (refused()) {
        return NULL;
    }
    void *moved = __real_realloc(block, size);
    allocator.living += !block && moved;
    return moved;
}

void __wrap_free(void *block) {
    allocator.living -= block != NULL;
    __real_free(block);
}

#endif
