/* SPDX-License-Identifier: MIT
 *
 * What the core needs from the operating system; one source file per system.
 */
#ifndef SCS_BASE_PLATFORM_H
#define SCS_BASE_PLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Milliseconds on a clock that never goes backwards; only differences mean anything. */
double scs_platform_clock_ms(void);

/* fopen for a path as the rest of the program spells paths: UTF-8 on Windows, the bytes of
 * the file system elsewhere. NULL on failure with the reason in *reason (see below). */
FILE *scs_platform_open_file(const char *path, const char *mode, int *reason);

/* Bytes of an open file, -1 if it is something else than a file of known size: a folder, a
 * pipe, a device. */
int64_t scs_platform_file_size(FILE *stream);

/* What a value of errno means, in words of at most size - 1 characters. */
void scs_platform_describe_error(int reason, char *text, size_t size);

/* Bytes of memory that the machine has, or that the container has in which the process
 * runs (base/cgroup.h); 0 if neither says. Reads a few small files. */
double scs_platform_memory(void);

/* The shared library of this name, found as the system's loader finds libraries: one that
 * is in the process already, then the loader's usual places; a path is taken as it is. NULL
 * if there is none that loads. It is never unloaded, and the same one has the same handle
 * every time. From any thread. */
void *scs_platform_library(const char *name);

/* Some function of a library; cast it to what it is before calling it. */
typedef void (*ScsFunction)(void);

/* The function of this name in a library from scs_platform_library, NULL if it has none. */
ScsFunction scs_platform_symbol(void *library, const char *name);

#endif
