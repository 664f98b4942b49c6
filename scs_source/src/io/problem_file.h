/* SPDX-License-Identifier: MIT
 *
 * Problem files: cone, data and settings in the binary format of scs 3. Numbers are little
 * endian, without padding; "int" has the width the head states, that of scs_int:
 *
 *     head       uint32 bytes of an int, uint32 bytes of a float, uint32 length of the
 *                version and its characters
 *     cone       z l bsize bl[bsize - 1] bu[bsize - 1] qsize q[] ssize s[] ep ed psize p[]
 *     data       m n b[m] c[n], the matrix A, an int that tells whether P follows, P
 *     settings   see problem_file.c
 *     extension  uint32 magic, uint32 version, then
 *                cssize cs[] dsize d[] nucsize nuc_m[] nuc_n[] ell1_size ell1[]
 *                sl_size sl_n[] sl_k[] time_limit_secs adaptive_diag_scale
 *
 * where a matrix is m n p[n + 1] x[p[n]] i[p[n]], by columns, P its upper triangle.
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
