/* SPDX-License-Identifier: MIT */
#include "cones/cone_check.h"

#include "cones/cone_set.h"
#include "support/check.h"

#include <limits.h>

static void counts(void) {
    ScsError error;
    CHECK_EQUAL(scs_cone_check_count("l", 0, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_count("l", 7, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_count("l", -7, &error), SCS_ERROR_CONE);
    CHECK_EQUAL(error.code, SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "cone field 'l': -7");
}

static void lists_are_there_unless_empty(void) {
    const double values[2] = {0, 0};
    ScsError error;
    CHECK_EQUAL(scs_cone_check_list("p", NULL, 0, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_list("p", values, 2, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_list("p", NULL, 2, &error), SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "cone field 'p': no values for length 2");
    CHECK_EQUAL(scs_cone_check_list("p", values, -2, &error), SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "cone field 'p': length -2");
}

static void sizes_reach_the_least(void) {
    const scs_int sizes[4] = {3, 1, 2, 0};
    ScsError error;
    CHECK_EQUAL(scs_cone_check_sizes("q", NULL, 0, 1, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_sizes("q", sizes, 4, 0, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_sizes("q", sizes, 3, 1, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_sizes("q", sizes, 4, 1, &error), SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "cone field 'q': entry 3 is 0, must be at least 1");
    CHECK_EQUAL(scs_cone_check_sizes("q", NULL, 4, 0, &error), SCS_ERROR_CONE);
    CHECK_EQUAL(scs_cone_check_sizes("q", sizes, -1, 0, &error), SCS_ERROR_CONE);
}

static void orders_fit_lapack(void) {
    scs_int orders[2] = {3, INT_MAX};
    ScsError error;
    CHECK_EQUAL(scs_cone_check_orders("s", orders, 2, 0, &error), SCS_OK);
    CHECK_EQUAL(scs_cone_check_orders("s", orders, 2, 4, &error), SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "cone field 's': entry 0 is 3, must be at least 4");
    if (sizeof(scs_int) == sizeof(int64_t)) { /* whose square would be 0 */
        orders[1] = (scs_int)((int64_t)1 << 32);
        const ScsCone cones[] = {{.s = orders, .ssize = 2},
                                 {.cs = orders, .cssize = 2},
                                 {.d = orders, .dsize = 2},
                                 {.sl_n = orders, .sl_k = orders, .sl_size = 2}};
        for (int i = 0; i < 4; ++i) {
            CHECK_EQUAL(scs_cone_set_validate(&cones[i], 9, &error), SCS_ERROR_CONE);
            CHECK_CONTAINS(error.message, "4294967296, more than LAPACK's integers");
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"counts", counts},
        {"lists are there unless empty", lists_are_there_unless_empty},
        {"sizes reach the least", sizes_reach_the_least},
        {"orders fit LAPACK", orders_fit_lapack},
    };
    return CHECK_RUN(cases);
}
