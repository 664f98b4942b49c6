/* SPDX-License-Identifier: MIT
 *
 * Checks of cone fields that several kinds share. Each failure is one sentence that
 * names the field, the entry and the value.
 */
#ifndef SCS_CONES_CONE_CHECK_H
#define SCS_CONES_CONE_CHECK_H

#include "cones/cone.h"

/* A field that is one count: it must be nonnegative. */
SCS_MUST_CHECK ScsErrorCode scs_cone_check_count(const char *field, scs_int value,
                                                 ScsError *error);

/* A field that is a list of sizes, each at least `least`: the length must be
 * nonnegative and the list present unless it is empty. */
SCS_MUST_CHECK ScsErrorCode scs_cone_check_sizes(const char *field,
                                                 const scs_int *sizes, scs_int length,
                                                 scs_int least, ScsError *error);

/* The same for orders of matrices, which must not exceed LAPACK's integers: 32 bits, so that
 * their squares are 64-bit numbers. */
SCS_MUST_CHECK ScsErrorCode scs_cone_check_orders(const char *field,
                                                  const scs_int *orders, scs_int length,
                                                  scs_int least, ScsError *error);

/* A list of numbers must be present unless its length, which must be nonnegative, is 0.
 */
SCS_MUST_CHECK ScsErrorCode scs_cone_check_list(const char *field, const void *list,
                                                scs_int length, ScsError *error);

#endif
