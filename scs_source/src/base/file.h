/* SPDX-License-Identifier: MIT
 *
 * A file being written, and why a file cannot be used. Like the arena it fails once and for all: after a write that did
 * not succeed the later ones do nothing, and closing reports the reason.
 */
#ifndef SCS_BASE_FILE_H
#define SCS_BASE_FILE_H

#include "base/error.h"

#include <stddef.h>
#include <stdio.h>

/* Zeroed: not open. The strings belong to the caller and outlive the file. */
typedef struct {
    FILE *stream;
    const char *setting; /* that asked for the file, for messages */
    const char *path;
    int reason; /* value of errno at the first failed write, or 0 */
} ScsFile;

/* Open path for writing from the start, or at the end of what is there (which creates the
 * file but destroys nothing: a way to find out whether it can be written). Line ends are
 * written as they are given. SCS_ERROR_FILE leaves the file not open. */
SCS_MUST_CHECK ScsErrorCode scs_file_create(ScsFile *file, const char *setting,
                                            const char *path, ScsError *error);
SCS_MUST_CHECK ScsErrorCode scs_file_append(ScsFile *file, const char *setting,
                                            const char *path, ScsError *error);

/* Write size bytes to an open file. */
void scs_file_write(ScsFile *file, const void *bytes, size_t size);

/* Close the file, if it is open; SCS_ERROR_FILE if not everything could be written. */
SCS_MUST_CHECK ScsErrorCode scs_file_close(ScsFile *file, ScsError *error);

/* SCS_ERROR_FILE with the sentence "setting: cannot <verb> '<path>': <reason in words>". */
ScsErrorCode scs_file_refuse(const char *setting, const char *verb, const char *path,
                             int reason, ScsError *error);

#endif
