/* SPDX-License-Identifier: MIT
 *
 * A print hook that keeps the text.
 */
#ifndef TESTS_SUPPORT_CAPTURE_H
#define TESTS_SUPPORT_CAPTURE_H

#include "scs_ext.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    char text[1 << 16];
    size_t used;
} Capture;

static inline void capture_print(void *context, const char *text) {
    Capture *capture = (Capture *)context;
    const size_t room = sizeof capture->text - capture->used;
    const int length = snprintf(capture->text + capture->used, room, "%s", text);
    capture->used += (size_t)length < room ? (size_t)length : room - 1;
}

static inline void capture_clear(Capture *capture) {
    capture->text[0] = '\0';
    capture->used = 0;
}

/* How often part occurs. */
static inline int capture_count(const Capture *capture, const char *part) {
    int count = 0;
    for (const char *at = strstr(capture->text, part); at; at = strstr(at + 1, part)) {
        ++count;
    }
    return count;
}

#endif
