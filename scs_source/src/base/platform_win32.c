/* SPDX-License-Identifier: MIT
 *
 * Windows.
 */
#include "base/platform.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <errno.h>
#include <io.h>
#include <string.h>
#include <sys/stat.h>
#include <wchar.h>

double scs_platform_clock_ms(void) {
    LARGE_INTEGER ticks, per_second;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&per_second);
    return 1e3 * (double)ticks.QuadPart / (double)per_second.QuadPart;
}

enum { PATH_LIMIT = 4096, MODE_LIMIT = 8 };

static int widen(const char *text, wchar_t *wide, int size) {
    return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, size);
}

FILE *scs_platform_open_file(const char *path, const char *mode, int *reason) {
    wchar_t wide_path[PATH_LIMIT], wide_mode[MODE_LIMIT];
    if (!widen(path, wide_path, PATH_LIMIT) || !widen(mode, wide_mode, MODE_LIMIT)) {
        *reason = EINVAL;
        return NULL;
    }
    FILE *stream = _wfopen(wide_path, wide_mode);
    *reason = stream ? 0 : errno;
    return stream;
}

int64_t scs_platform_file_size(FILE *stream) {
    struct _stat64 status;
    return _fstat64(_fileno(stream), &status) == 0 && (status.st_mode & _S_IFREG)
               ? (int64_t)status.st_size
               : -1;
}

void scs_platform_describe_error(int reason, char *text, size_t size) {
    if (strerror_s(text, size, reason) != 0) {
        snprintf(text, size, "error %d", reason);
    }
}

double scs_platform_memory(void) {
    MEMORYSTATUSEX status = {.dwLength = sizeof status};
    return GlobalMemoryStatusEx(&status) ? (double)status.ullTotalPhys : 0;
}

void *scs_platform_library(const char *name) {
    wchar_t wide[PATH_LIMIT];
    if (!widen(name, wide, PATH_LIMIT)) {
        return NULL;
    }
    DWORD mode;
    SetThreadErrorMode(SEM_FAILCRITICALERRORS,
                       &mode); /* no dialog if it does not load */
    HMODULE library = LoadLibraryW(wide);
    SetThreadErrorMode(mode, NULL);
    return library;
}

ScsFunction scs_platform_symbol(void *library, const char *name) {
    return (ScsFunction)GetProcAddress((HMODULE)library, name);
}
