// SPDX-License-Identifier: MIT
//
// C++ calls the C interface without further ado.
#include "scs_ext.h"
#include "support/check.h"

static void the_functions_link() {
    ScsSettings settings;
    scs_set_default_settings(&settings);
    CHECK_EQUAL(settings.max_iters, 100000);
    CHECK(strcmp(scs_version(), SCS_VERSION) == 0);
    ScsError error;
    CHECK(scs_init_ex(nullptr, nullptr, &settings, nullptr, &error) == nullptr);
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    scs_finish(nullptr);
}

static void types_have_the_documented_sizes() {
    CHECK_EQUAL(sizeof(scs_float), 8);
#ifdef SCS_INT64
    CHECK_EQUAL(sizeof(scs_int), 8);
#else
    CHECK_EQUAL(sizeof(scs_int), 4);
#endif
}

int main() {
    static const CheckCase cases[] = {
        {"the functions link", the_functions_link},
        {"types have the documented sizes", types_have_the_documented_sizes},
    };
    return CHECK_RUN(cases);
}
