/* SPDX-License-Identifier: MIT
 *
 * How the core reports failure: a fallible function returns an ScsErrorCode and, unless it
 * is SCS_OK, has written one sentence into the ScsError it was given.
 */
#ifndef SCS_BASE_ERROR_H
#define SCS_BASE_ERROR_H

#include "scs_ext.h"

#if defined(__GNUC__)
#define SCS_MUST_CHECK __attribute__((warn_unused_result))
#define SCS_PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define SCS_MUST_CHECK
#define SCS_PRINTF_LIKE(text, first)
#endif

/* Write code and the formatted sentence (cut to fit) into error, which may be NULL.
 * Returns code, so that a failing function ends in `return scs_error_set(...)`. */
ScsErrorCode scs_error_set(ScsError *error, ScsErrorCode code, const char *format, ...)
    SCS_PRINTF_LIKE(3, 4);

/* The one way to report that memory is short. */
ScsErrorCode scs_error_memory(ScsError *error);

/* No error. */
void scs_error_clear(ScsError *error);

#endif
