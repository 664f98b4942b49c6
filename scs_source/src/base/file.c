/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include "base/platform.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* "log_csv_filename: cannot open 'a/b': No such file or directory". Of a long path the
 * end is shown, which tells more than the beginning, so that the reason always fits. */
ScsErrorCode scs_file_refuse(const char *setting, const char *verb, const char *path,
                             int reason, ScsError *error) {
    static const size_t shown = 110;
    char words[80];
    scs_platform_describe_error(reason, words, sizeof words);
    const size_t length = strlen(path);
    const bool cut = length > shown;
    return scs_error_set(error, SCS_ERROR_FILE, "%s: cannot %s '%s%s': %s", setting,
                         verb, cut ? "..." : "", path + (cut ? length - shown : 0),
                         words);
}

static ScsErrorCode refuse(const ScsFile *file, const char *verb, int reason,
                           ScsError *error) {
    return scs_file_refuse(file->setting, verb, file->path, reason, error);
}

static ScsErrorCode open_file(ScsFile *file, const char *setting, const char *path,
                              const char *mode, ScsError *error) {
    *file = (ScsFile){.setting = setting, .path = path};
    int reason = 0;
    file->stream = scs_platform_open_file(path, mode, &reason);
    return file->stream ? SCS_OK : refuse(file, "open", reason, error);
}

ScsErrorCode scs_file_create(ScsFile *file, const char *setting, const char *path,
                             ScsError *error) {
    return open_file(file, setting, path, "wb", error);
}

ScsErrorCode scs_file_append(ScsFile *file, const char *setting, const char *path,
                             ScsError *error) {
    return open_file(file, setting, path, "ab", error);
}

/* errno need not be set by the standard library's calls, but is where it matters. */
static int reason_now(void) { return errno ? errno : EIO; }

void scs_file_write(ScsFile *file, const void *bytes, size_t size) {
    if (!file->reason && size > 0) {
        errno = 0;
        if (fwrite(bytes, 1, size, file->stream) != size) {
            file->reason = reason_now();
        }
    }
}

ScsErrorCode scs_file_close(ScsFile *file, ScsError *error) {
    if (!file->stream) {
        return SCS_OK;
    }
    errno = 0;
    /* What was buffered goes out on its own: not every fclose tells that it could not. */
    if (fflush(file->stream) != 0 && !file->reason) {
        file->reason = reason_now();
    }
    if (fclose(file->stream) != 0 && !file->reason) {
        file->reason = reason_now();
    }
    file->stream = NULL;
    return file->reason ? refuse(file, "write", file->reason, error) : SCS_OK;
}
