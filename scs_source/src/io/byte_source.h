/* SPDX-License-Identifier: MIT
 *
 * Bytes to be read once, from a file or from memory. How many are left is always known, so
 * that a reader can compare what a number in the bytes claims with what there is before it
 * takes memory for it.
 */
#ifndef SCS_IO_BYTE_SOURCE_H
#define SCS_IO_BYTE_SOURCE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Zeroed: no bytes. */
typedef struct {
    FILE *stream;               /* NULL: from memory */
    const unsigned char *bytes; /* what is next, if from memory; kept by the caller */
    uint64_t left;
} ScsByteSource;

/* Open a file; `what` begins the sentence of SCS_ERROR_FILE if it cannot be read or is no
 * file of known size (a folder, a pipe, a device). */
SCS_MUST_CHECK ScsErrorCode scs_byte_source_open(ScsByteSource *source,
                                                 const char *what, const char *path,
                                                 ScsError *error);

/* The next count bytes; false if there are fewer, or if the file has shrunk or cannot be
 * read any more. What was written to `bytes` then means nothing. */
SCS_MUST_CHECK bool scs_byte_source_read(ScsByteSource *source, unsigned char *bytes,
                                         size_t count);

void scs_byte_source_close(ScsByteSource *source);

#endif
