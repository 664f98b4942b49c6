/* SPDX-License-Identifier: MIT
 *
 * Chunks grow geometrically, so that a workspace of a tiny problem is one or two calls of
 * the allocator; anything large gets a chunk of its own and is never oversized. calloc is
 * used rather than malloc and memset because the system hands out large zeroed blocks
 * lazily.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    ALIGNMENT = 64,           /* a cache line, and enough for any vector load */
    FIRST_CHUNK = 8 * 1024,   /* holds the workspace of a problem with a few rows */
    LARGEST_SHARED = 1 << 20, /* larger requests get their own chunk */
};

struct ScsArenaChunk {
    ScsArenaChunk *next;
    size_t capacity; /* bytes of payload, which begins at the first aligned address */
    size_t used;
};

static size_t round_up(size_t bytes) {
    return (bytes + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

static char *payload(ScsArenaChunk *chunk) {
    const uintptr_t after = (uintptr_t)(chunk + 1);
    const uintptr_t aligned = (after + (ALIGNMENT - 1)) & ~(uintptr_t)(ALIGNMENT - 1);
    return (char *)chunk + (aligned - (uintptr_t)chunk);
}

static ScsArenaChunk *chunk_create(ScsArena *arena, size_t bytes) {
    const size_t largest = arena->chunks ? 2 * arena->chunks->capacity : FIRST_CHUNK;
    const size_t shared = largest < LARGEST_SHARED ? largest : LARGEST_SHARED;
    const size_t capacity = bytes > shared / 2 ? bytes : shared;
    ScsArenaChunk *chunk = calloc(1, sizeof *chunk + ALIGNMENT + capacity);
    if (!chunk) {
        return NULL;
    }
    chunk->capacity = capacity;
    /* A chunk made for one large request is full at once: file it behind the one that
     * still has room. */
    if (arena->chunks && capacity == bytes) {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
    } else {
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    return chunk;
}

void *scs_arena_allocate(ScsArena *arena, ptrdiff_t count, size_t size) {
    if (arena->failed) {
        return NULL;
    }
    if (count < 0 || (size && (size_t)count > (SIZE_MAX / 4) / size)) {
        arena->failed = true;
        return NULL;
    }
    const size_t bytes = round_up((size_t)count * size);
    ScsArenaChunk *chunk = arena->chunks;
    if (!chunk || chunk->capacity - chunk->used < bytes) {
        chunk = chunk_create(arena, bytes);
        if (!chunk) {
            arena->failed = true;
            return NULL;
        }
    }
    char *memory = payload(chunk) + chunk->used;
    chunk->used += bytes;
    return memory;
}

void *scs_arena_copy(ScsArena *arena, const void *source, ptrdiff_t count,
                     size_t size) {
    if (!source) {
        return NULL;
    }
    void *copy = scs_arena_allocate(arena, count, size);
    if (copy && count > 0) {
        memcpy(copy, source, (size_t)count * size);
    }
    return copy;
}

void scs_arena_release(ScsArena *arena) {
    ScsArenaChunk *chunk = arena->chunks;
    while (chunk) {
        ScsArenaChunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    *arena = (ScsArena){0};
}

void *scs_caller_allocate(ptrdiff_t count, size_t size) {
    if (count < 0 || (size && (size_t)count > (SIZE_MAX / 4) / size)) {
        return NULL;
    }
    return calloc(count > 0 ? (size_t)count : 1, size > 0 ? size : 1);
}
