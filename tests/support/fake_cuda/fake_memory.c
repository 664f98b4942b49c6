/* SPDX-License-Identifier: MIT */
#include "fake_memory.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

FakeCuda fake_state = {.refuse = -1, .devices = 2};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

FakeCuda *fake_cuda_state(void);
FakeCuda *fake_cuda_state(void) { return &fake_state; }

void fake_fault(const char *text) {
    pthread_mutex_lock(&mutex);
    ++fake_state.faults;
    pthread_mutex_unlock(&mutex);
    printf("fake CUDA: %s\n", text);
}

unsigned fake_call(unsigned code_of_library) {
    pthread_mutex_lock(&mutex);
    const bool refused = fake_state.calls++ == fake_state.refuse;
    const unsigned code = fake_state.refusal ? fake_state.refusal : code_of_library;
    pthread_mutex_unlock(&mutex);
    return refused ? code : 0;
}

static void count(long change) {
    pthread_mutex_lock(&mutex);
    fake_state.alive += change;
    pthread_mutex_unlock(&mutex);
}

__attribute__((destructor)) static void finish(void) {
    if (fake_state.alive != 0) {
        printf("fake CUDA: %ld objects were never released\n", fake_state.alive);
    }
    if (fake_state.alive != 0 || fake_state.faults != 0) {
        fflush(stdout);
        _exit(97);
    }
}

/* --- objects; their memory is kept, so that using one that is gone is seen --- */

void *fake_object_create(FakeKind kind, size_t size) {
    FakeObject *object = (FakeObject *)calloc(1, size);
    if (object) {
        object->kind = kind;
        object->device = fake_state.current;
        object->alive = true;
        count(1);
    }
    return object;
}

bool fake_object_check(const void *object, FakeKind kind) {
    const FakeObject *const found = (const FakeObject *)object;
    if (!found || found->kind != kind || !found->alive) {
        fake_fault("an object that is gone, or of another kind");
        return false;
    }
    if (found->device != fake_state.current) {
        fake_fault("an object of a device that is not current");
        return false;
    }
    return true;
}

typedef struct Grave {
    struct Grave *next;
    void *object;
} Grave;

static Grave *graves; /* so that the leak checker still reaches them */

void fake_object_destroy(void *object, FakeKind kind) {
    if (!fake_object_check(object, kind)) {
        return;
    }
    ((FakeObject *)object)->alive = false;
    count(-1);
    Grave *grave = (Grave *)calloc(1, sizeof *grave);
    if (grave) {
        pthread_mutex_lock(&mutex);
        *grave = (Grave){graves, object};
        graves = grave;
        pthread_mutex_unlock(&mutex);
    }
}

/* --- memory --- */

typedef struct Block {
    struct Block *next;
    unsigned char *bytes; /* with a margin on either side */
    size_t size;
    int device;
} Block;

enum { MARGIN = 64, CANARY = 0xa5 };

/* Added to addresses, so that the host cannot read them; the topmost bits would be ignored
 * by some processors. */
static const uintptr_t distance = (uintptr_t)1 << (sizeof(uintptr_t) > 4 ? 54 : 31);

static Block *blocks;

static uintptr_t address(const Block *block) {
    return (uintptr_t)block->bytes + MARGIN + distance;
}

void *fake_memory_create(size_t size) {
    Block *block = (Block *)calloc(1, sizeof *block);
    unsigned char *bytes = (unsigned char *)malloc(size + 2 * MARGIN);
    if (!block || !bytes) {
        free(block);
        free(bytes);
        return NULL;
    }
    memset(bytes, CANARY, size + 2 * MARGIN); /* as numbers no zeros, huge as indices */
    *block = (Block){NULL, bytes, size, fake_state.current};
    pthread_mutex_lock(&mutex);
    block->next = blocks;
    blocks = block;
    ++fake_state.alive;
    pthread_mutex_unlock(&mutex);
    return (void *)address(block);
}

static bool is_margin(const unsigned char *bytes) {
    for (int k = 0; k < MARGIN; ++k) {
        if (bytes[k] != CANARY) {
            return false;
        }
    }
    return true;
}

void fake_memory_destroy(void *memory) {
    pthread_mutex_lock(&mutex);
    Block **place = &blocks;
    while (*place && address(*place) != (uintptr_t)memory) {
        place = &(*place)->next;
    }
    Block *const block = *place;
    if (block) {
        *place = block->next;
        --fake_state.alive;
    }
    pthread_mutex_unlock(&mutex);
    if (!block) {
        fake_fault("memory released that there is not");
        return;
    }
    if (!is_margin(block->bytes) || !is_margin(block->bytes + MARGIN + block->size)) {
        fake_fault("something written beside a block of memory");
    }
    free(block->bytes);
    free(block);
}

void *fake_memory_find(const void *memory, size_t bytes) {
    const uintptr_t wanted = (uintptr_t)memory;
    void *found = NULL;
    pthread_mutex_lock(&mutex);
    for (const Block *block = blocks; block && !found; block = block->next) {
        const uintptr_t begin = address(block);
        if (wanted >= begin && wanted - begin <= block->size &&
            bytes <= block->size - (wanted - begin) &&
            block->device == fake_state.current) {
            found = block->bytes + MARGIN + (wanted - begin);
        }
    }
    pthread_mutex_unlock(&mutex);
    if (!found) {
        fake_fault("bytes that are not device memory, or of another device");
    }
    return found;
}
