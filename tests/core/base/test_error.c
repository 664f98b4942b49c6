/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "support/check.h"

static void writes_code_and_sentence(void) {
    ScsError error;
    memset(&error, 'x', sizeof error);
    CHECK_EQUAL(scs_error_set(&error, SCS_ERROR_CONE, "q[%d] is %g", 3, -0.5),
                SCS_ERROR_CONE);
    CHECK_EQUAL(error.code, SCS_ERROR_CONE);
    CHECK(strcmp(error.message, "q[3] is -0.5") == 0);
}

static void cuts_what_is_too_long(void) {
    ScsError error;
    char text[2 * sizeof error.message];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    scs_error_set(&error, SCS_ERROR_PROBLEM, "%s", text);
    CHECK_EQUAL(strlen(error.message), sizeof error.message - 1);
}

static void works_without_a_place(void) {
    CHECK_EQUAL(scs_error_set(NULL, SCS_ERROR_FILE, "%d", 1), SCS_ERROR_FILE);
    CHECK_EQUAL(scs_error_memory(NULL), SCS_ERROR_MEMORY);
    scs_error_clear(NULL);
}

static void memory_and_clear(void) {
    ScsError error;
    CHECK_EQUAL(scs_error_memory(&error), SCS_ERROR_MEMORY);
    CHECK_EQUAL(error.code, SCS_ERROR_MEMORY);
    CHECK_CONTAINS(error.message, "memory");
    scs_error_clear(&error);
    CHECK_EQUAL(error.code, SCS_OK);
    CHECK_EQUAL(strlen(error.message), 0);
}

int main(void) {
    static const CheckCase cases[] = {
        {"writes code and sentence", writes_code_and_sentence},
        {"cuts what is too long", cuts_what_is_too_long},
        {"works without a place to write to", works_without_a_place},
        {"memory and clear", memory_and_clear},
    };
    return CHECK_RUN(cases);
}
