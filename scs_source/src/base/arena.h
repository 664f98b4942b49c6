/* SPDX-License-Identifier: MIT
 *
 * An arena: zeroed memory that is owned and released together.
 *
 * Constructors allocate all they need in a straight line and test `failed` once at the
 * end: after a failed allocation every later one fails too. This file's source is the only
 * place of the core that calls the C allocator.
 */
#ifndef SCS_BASE_ARENA_H
#define SCS_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ScsArenaChunk ScsArenaChunk;

typedef struct {
    ScsArenaChunk *chunks; /* newest first */
    bool failed;           /* sticky: an allocation was refused */
} ScsArena;

/* An empty arena is a zeroed struct: ScsArena arena = {0}. */

/* Zeroed memory for count objects of the given size, aligned to 64 bytes. A count of zero
 * gives a valid pointer that must not be read. Returns NULL and sets `failed` if memory is
 * short, if count is negative or if the product overflows. */
void *scs_arena_allocate(ScsArena *arena, ptrdiff_t count, size_t size);

/* A copy of count objects; NULL if source is NULL (no failure) or memory is short. */
void *scs_arena_copy(ScsArena *arena, const void *source, ptrdiff_t count, size_t size);

/* Release everything; the arena is then empty and usable again. */
void scs_arena_release(ScsArena *arena);

/* Typed allocation; the one function-like macro of the core. */
#define SCS_NEW(arena, type, count)                                                    \
    ((type *)scs_arena_allocate((arena), (ptrdiff_t)(count), sizeof(type)))

/* Memory that outlives the library's objects and belongs to the caller, who releases it
 * with free(): the vectors of ScsSolution. NULL if memory is short. */
void *scs_caller_allocate(ptrdiff_t count, size_t size);

#endif
