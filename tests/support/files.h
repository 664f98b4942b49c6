/* SPDX-License-Identifier: MIT
 *
 * Whole files, for tests of what is written. Names are relative to where the test runs;
 * each test program uses its own.
 */
#ifndef TESTS_SUPPORT_FILES_H
#define TESTS_SUPPORT_FILES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of a file with a zero after them, for free(); NULL if it cannot be read or is
 * longer than 4 MiB. */
static inline char *test_read_file(const char *path, size_t *size) {
    enum { ROOM = 1 << 22 };
    FILE *stream = fopen(path, "rb");
    char *bytes = stream ? (char *)calloc(ROOM + 1, 1) : NULL;
    if (bytes) {
        *size = fread(bytes, 1, ROOM, stream);
        if (!feof(stream)) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (stream) {
        fclose(stream);
    }
    return bytes;
}

/* How often part occurs in text. */
static inline int test_count(const char *text, const char *part) {
    int count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) {
        ++count;
    }
    return count;
}

#endif
