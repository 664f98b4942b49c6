/* SPDX-License-Identifier: MIT */
#include "base/sink.h"

#include <stdarg.h>
#include <stdio.h>

void scs_sink_print(const ScsHooks *hooks, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (hooks && hooks->print) {
        hooks->print(hooks->context, text);
    } else {
        fputs(text, stdout);
        fflush(stdout);
    }
}
