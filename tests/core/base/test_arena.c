/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "support/check.h"

#include <stdint.h>
#include <stdlib.h>

static bool is_zero(const unsigned char *bytes, size_t count) {
    for (size_t k = 0; k < count; ++k) {
        if (bytes[k]) {
            return false;
        }
    }
    return true;
}

static void memory_is_zeroed_aligned_and_separate(void) {
    enum { BLOCKS = 400 };
    ScsArena arena = {0};
    unsigned char *block[BLOCKS];
    size_t bytes[BLOCKS];
    for (int k = 0; k < BLOCKS; ++k) {
        /* From one byte up to some that need a chunk of their own. */
        bytes[k] = k % 50 == 49 ? (size_t)1 << 21 : (size_t)(k * k % 3001 + 1);
        block[k] = scs_arena_allocate(&arena, (ptrdiff_t)bytes[k], 1);
        if (!CHECK(block[k])) {
            return;
        }
        CHECK_EQUAL((uintptr_t)block[k] % 64, 0);
        CHECK(is_zero(block[k], bytes[k]));
        memset(block[k], k % 255 + 1, bytes[k]);
    }
    for (int k = 0; k < BLOCKS; ++k) { /* nobody wrote into another's block */
        CHECK(block[k][0] == k % 255 + 1 && block[k][bytes[k] - 1] == k % 255 + 1);
    }
    CHECK(!arena.failed);
    scs_arena_release(&arena);
    CHECK(!arena.chunks);
}

static void no_objects_are_a_valid_block(void) {
    ScsArena arena = {0};
    CHECK(scs_arena_allocate(&arena, 0, sizeof(double)));
    CHECK(scs_arena_allocate(&arena, 5, 0));
    CHECK(!arena.failed);
    scs_arena_release(&arena);
}

static void bad_counts_fail_for_good(void) {
    static const ptrdiff_t counts[] = {-1, PTRDIFF_MIN, PTRDIFF_MAX,
                                       PTRDIFF_MAX / 8 + 1};
    for (size_t k = 0; k < sizeof counts / sizeof *counts; ++k) {
        ScsArena arena = {0};
        CHECK(SCS_NEW(&arena, double, 3));
        CHECK(!SCS_NEW(&arena, double, counts[k]));
        CHECK(arena.failed);
        CHECK(!SCS_NEW(&arena, double, 3)); /* sticky */
        scs_arena_release(&arena);
        CHECK(!arena.failed);
        CHECK(SCS_NEW(&arena, double, 3)); /* usable again */
        scs_arena_release(&arena);
    }
}

static void copies(void) {
    ScsArena arena = {0};
    const double source[] = {1, -2, 3};
    double *copy = scs_arena_copy(&arena, source, 3, sizeof *source);
    CHECK(copy && copy != source && memcmp(copy, source, sizeof source) == 0);
    CHECK(!scs_arena_copy(&arena, NULL, 3, sizeof *source));
    CHECK(!arena.failed); /* nothing to copy is no failure */
    CHECK(scs_arena_copy(&arena, source, 0, sizeof *source));
    CHECK(!scs_arena_copy(&arena, source, -1, sizeof *source));
    CHECK(arena.failed);
    scs_arena_release(&arena);
}

static void release_of_an_empty_arena(void) {
    ScsArena arena = {0};
    scs_arena_release(&arena);
    CHECK(!arena.chunks && !arena.failed);
}

static void memory_for_the_caller(void) {
    double *vector = scs_caller_allocate(4, sizeof *vector);
    CHECK(vector && is_zero((unsigned char *)vector, 4 * sizeof *vector));
    free(vector); /* with the C library's own function */
    void *nothing = scs_caller_allocate(0, sizeof(double));
    CHECK(nothing);
    free(nothing);
    CHECK(!scs_caller_allocate(-1, sizeof(double)));
    CHECK(!scs_caller_allocate(PTRDIFF_MAX, sizeof(double)));
}

int main(void) {
    static const CheckCase cases[] = {
        {"memory is zeroed, aligned and separate",
         memory_is_zeroed_aligned_and_separate},
        {"no objects are a valid block", no_objects_are_a_valid_block},
        {"bad counts fail for good", bad_counts_fail_for_good},
        {"copies", copies},
        {"release of an empty arena", release_of_an_empty_arena},
        {"memory for the caller", memory_for_the_caller},
    };
    return CHECK_RUN(cases);
}
