/* SPDX-License-Identifier: MIT
 *
 * Checks of the problem data. Pure; every failure is one sentence that names the field,
 * the place and the value. Cones are checked by the cone set.
 */
#ifndef SCS_PROBLEM_VALIDATE_H
#define SCS_PROBLEM_VALIDATE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* First part, for the caller's data before they are copied: presence, dimensions, column
 * pointers. */
SCS_MUST_CHECK ScsErrorCode scs_validate_layout(const ScsData *data, ScsError *error);

/* Second part, for our copy of data that passed the first: row indices and values. Another
 * thread may write into the caller's arrays meanwhile; what has been copied stays as it was
 * found to be. */
SCS_MUST_CHECK ScsErrorCode scs_validate_entries(const ScsData *data, ScsError *error);

/* values, in the order of P, leave no diagonal entry of P negative: part of
 * scs_validate_entries, and for values that come later. */
SCS_MUST_CHECK ScsErrorCode scs_validate_diagonal(const ScsMatrix *p,
                                                  const scs_float *values,
                                                  ScsError *error);

/* Values, in the order of the entries of a matrix, are finite; the message has row and
 * column. */
SCS_MUST_CHECK ScsErrorCode scs_validate_values(const char *name, const ScsMatrix *a,
                                                const scs_float *values,
                                                ScsError *error);

/* A vector called `name` in messages has only finite entries. */
SCS_MUST_CHECK ScsErrorCode scs_validate_finite(const char *name, const scs_float *x,
                                                ptrdiff_t n, ScsError *error);

#endif
