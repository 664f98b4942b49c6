/* SPDX-License-Identifier: MIT
 *
 * Problem files: cone, data and settings in the binary format of scs 3, which is described
 * in problem_format.h. This is the writer; problem_read.h has the reader.
 */
#ifndef SCS_IO_PROBLEM_FILE_H
#define SCS_IO_PROBLEM_FILE_H

#include "base/error.h"

/* Write a problem (arguments as scs_init takes them; layout, cone and settings checked) to
 * the file that settings->write_data_filename names, replacing it. File names are not
 * stored. SCS_ERROR_FILE if that cannot be done; the file may then be incomplete. */
SCS_MUST_CHECK ScsErrorCode scs_problem_file_write(const ScsData *data,
                                                   const ScsCone *cone,
                                                   const ScsSettings *settings,
                                                   ScsError *error);

#endif
