/* SPDX-License-Identifier: MIT */
#include "io/byte_source.h"

#include "base/file.h"
#include "base/platform.h"

#include <string.h>

ScsErrorCode scs_byte_source_open(ScsByteSource *source, const char *what,
                                  const char *path, ScsError *error) {
    *source = (ScsByteSource){0};
    int reason = 0;
    FILE *stream = scs_platform_open_file(path, "rb", &reason);
    if (!stream) {
        return scs_file_refuse(what, "open", path, reason, error);
    }
    const int64_t size = scs_platform_file_size(stream);
    if (size < 0) {
        fclose(stream);
        return scs_error_set(error, SCS_ERROR_FILE,
                             "%s: cannot read '%.110s': not a regular file", what,
                             path);
    }
    *source = (ScsByteSource){.stream = stream, .left = (uint64_t)size};
    return SCS_OK;
}

bool scs_byte_source_read(ScsByteSource *source, unsigned char *bytes, size_t count) {
    if (count > source->left) {
        return false;
    }
    source->left -= count;
    if (source->stream) {
        return fread(bytes, 1, count, source->stream) == count;
    }
    if (count > 0) {
        memcpy(bytes, source->bytes, count);
        source->bytes += count;
    }
    return true;
}

void scs_byte_source_close(ScsByteSource *source) {
    if (source->stream) {
        fclose(source->stream);
    }
    *source = (ScsByteSource){0};
}
