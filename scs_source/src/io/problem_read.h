/* SPDX-License-Identifier: MIT
 *
 * Reads problem files, the format of problem_format.h, whoever wrote them: with ints of 4 or
 * 8 bytes and floats of 4 or 8, without the extension or with one of versions 1 and 2. The
 * bytes are not trusted. Every count is compared with the bytes that are left before memory
 * is taken, and what comes out has passed the checks of scs_init.
 */
#ifndef SCS_IO_PROBLEM_READ_H
#define SCS_IO_PROBLEM_READ_H

#include "base/error.h"
#include "io/byte_source.h"

/* Read a problem from all that is left of the source, for scs_problem_release. Takes at
 * most a small multiple of the bytes that there are. SCS_ERROR_PROBLEM, SCS_ERROR_CONE and
 * SCS_ERROR_SETTING say what is wrong with the contents. */
SCS_MUST_CHECK ScsErrorCode scs_problem_read(ScsStoredProblem **out,
                                             ScsByteSource *source, ScsError *error);

/* NULL is allowed. */
void scs_problem_release(ScsStoredProblem *problem);

#endif
