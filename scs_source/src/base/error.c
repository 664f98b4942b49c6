/* SPDX-License-Identifier: MIT
 *
 * Formatting of errors.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

ScsErrorCode scs_error_set(ScsError *error, ScsErrorCode code, const char *format,
                           ...) {
    if (error) {
        error->code = code;
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return code;
}

ScsErrorCode scs_error_memory(ScsError *error) {
    return scs_error_set(error, SCS_ERROR_MEMORY, "out of memory");
}

void scs_error_clear(ScsError *error) {
    if (error) {
        error->code = SCS_OK;
        error->message[0] = '\0';
    }
}
