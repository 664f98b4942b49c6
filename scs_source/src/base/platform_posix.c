/* SPDX-License-Identifier: MIT
 *
 * POSIX systems.
 */
#define _POSIX_C_SOURCE 200112L

#include "base/platform.h"

#include "base/cgroup.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

double scs_platform_clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

FILE *scs_platform_open_file(const char *path, const char *mode, int *reason) {
    FILE *stream = fopen(path, mode);
    *reason = stream ? 0 : errno;
    return stream;
}

int64_t scs_platform_file_size(FILE *stream) {
    struct stat status;
    return fstat(fileno(stream), &status) == 0 && S_ISREG(status.st_mode)
               ? (int64_t)status.st_size
               : -1;
}

void scs_platform_describe_error(int reason, char *text, size_t size) {
    if (strerror_r(reason, text, size) != 0) {
        snprintf(text, size, "error %d", reason);
    }
}

static double physical_memory(void) {
#ifdef _SC_PHYS_PAGES /* every system has it, no standard does */
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long bytes = sysconf(_SC_PAGESIZE);
    return pages > 0 && bytes > 0 ? (double)pages * (double)bytes : 0;
#else
    return 0;
#endif
}

double scs_platform_memory(void) {
    const double machine = physical_memory();
    const double container = scs_cgroup_memory("");
    return container > 0 && (machine == 0 || container < machine) ? container : machine;
}

void *scs_platform_library(const char *name) { return dlopen(name, RTLD_NOW); }

ScsFunction scs_platform_symbol(void *library, const char *name) {
    /* ISO C has no conversion from an object's address to that of a function. */
    const union {
        void *address;
        ScsFunction function;
    } found = {dlsym(library, name)};
    return found.function;
}
