/* SPDX-License-Identifier: MIT
 *
 * Checks of cone fields.
 */
#include "cones/cone_check.h"

#include <limits.h>

ScsErrorCode scs_cone_check_count(const char *field, scs_int value, ScsError *error) {
    if (value < 0) {
        return scs_error_set(error, SCS_ERROR_CONE,
                             "Invalid value for cone field '%s': %lld is negative",
                             field, (long long)value);
    }
    return SCS_OK;
}

ScsErrorCode scs_cone_check_list(const char *field, const void *list, scs_int length,
                                 ScsError *error) {
    if (length < 0) {
        return scs_error_set(
            error, SCS_ERROR_CONE,
            "Invalid value for cone field '%s': length %lld is negative", field,
            (long long)length);
    }
    if (length > 0 && !list) {
        return scs_error_set(
            error, SCS_ERROR_CONE,
            "Invalid value for cone field '%s': no values for length %lld", field,
            (long long)length);
    }
    return SCS_OK;
}

ScsErrorCode scs_cone_check_sizes(const char *field, const scs_int *sizes,
                                  scs_int length, scs_int least, ScsError *error) {
    const ScsErrorCode code = scs_cone_check_list(field, sizes, length, error);
    if (code != SCS_OK) {
        return code;
    }
    for (scs_int i = 0; i < length; ++i) {
        if (sizes[i] < least) {
            return scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field '%s': entry %lld is "
                                 "%lld, must be at least "
                                 "%lld",
                                 field, (long long)i, (long long)sizes[i],
                                 (long long)least);
        }
    }
    return SCS_OK;
}

ScsErrorCode scs_cone_check_orders(const char *field, const scs_int *orders,
                                   scs_int length, scs_int least, ScsError *error) {
    const ScsErrorCode code = scs_cone_check_sizes(field, orders, length, least, error);
    for (scs_int i = 0; code == SCS_OK && i < length; ++i) {
        if (orders[i] > INT_MAX) {
            return scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field '%s': entry %lld is "
                                 "%lld, more than LAPACK's integers hold",
                                 field, (long long)i, (long long)orders[i]);
        }
    }
    return code;
}
