/* SPDX-License-Identifier: MIT */
#include "cones/cone_check.h"

#include "support/check.h"

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

int main(void) {
    static const CheckCase cases[] = {
        {"counts", counts},
        {"lists are there unless empty", lists_are_there_unless_empty},
        {"sizes reach the least", sizes_reach_the_least},
    };
    return CHECK_RUN(cases);
}
