/* SPDX-License-Identifier: MIT
 *
 * The log of a solve as comma-separated values, one row an iteration, in the columns of
 * scs 3. Costs nothing when it is off: then there is no ScsTrace, its pointer is NULL.
 *
 * Row k holds what iteration k arrived at; the last row is the point that is returned, so
 * there are info.iter + 1 rows. Every solve writes the file anew.
 */
#ifndef SCS_SOLVER_TRACE_H
#define SCS_SOLVER_TRACE_H

#include "base/arena.h"
#include "base/error.h"
#include "scs.h"

typedef struct ScsTrace ScsTrace;

/* *trace for a file of that name, which is copied into the arena (test arena->failed);
 * NULL if filename is. Creates the file, if there is none, to find out now rather than
 * later that it cannot be written: SCS_ERROR_FILE. */
SCS_MUST_CHECK ScsErrorCode scs_trace_create(ScsTrace **trace, const char *filename,
                                             ScsArena *arena, ScsError *error);

/* Open the file and write the column names. NULL: nothing to do, here and below. */
SCS_MUST_CHECK ScsErrorCode scs_trace_begin(ScsTrace *trace, ScsError *error);

/* A row of work->trace for the current iterate, slack and residuals. */
void scs_trace_row(const ScsWork *work, double milliseconds);

/* Close the file, if it is open. SCS_ERROR_FILE if part of the log could not be written. */
SCS_MUST_CHECK ScsErrorCode scs_trace_end(ScsTrace *trace, ScsError *error);

#endif
