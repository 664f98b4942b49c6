/* SPDX-License-Identifier: MIT */
#include "linsys/linsys.h"

#include "support/check.h"

static void finds_the_direct_solver(void) {
    ScsError error = {SCS_OK, ""};
    const ScsLinSysKind *direct = scs_linsys_find(SCS_LINSYS_QDLDL, &error);
    CHECK(direct != NULL);
    CHECK_CONTAINS(direct->name, "direct");
    CHECK(!direct->needs_tolerance);
    CHECK_EQUAL(error.code, SCS_OK);
}

static void finds_one_that_chooses(void) {
    ScsError error = {SCS_OK, ""};
    const ScsLinSysKind *automatic = scs_linsys_find(SCS_LINSYS_AUTO, &error);
    CHECK(automatic && automatic->create);
    CHECK_EQUAL(error.code, SCS_OK);
}

static void names_what_is_missing(void) {
    ScsError error = {SCS_OK, ""};
    for (int choice = SCS_LINSYS_QDLDL; choice <= SCS_LINSYS_CUDSS; ++choice) {
        error.code = SCS_OK;
        const ScsLinSysKind *kind = scs_linsys_find((ScsLinearSolver)choice, &error);
        CHECK((kind == NULL) == (error.code == SCS_ERROR_UNAVAILABLE));
        CHECK(!kind || (kind->create && kind->clone && kind->update_metric &&
                        kind->update_values && kind->solve && kind->update_cost &&
                        kind->describe && kind->destroy));
        CHECK(!kind || kind->needs_tolerance == (kind->ration != NULL));
    }
    if (!scs_linsys_find(SCS_LINSYS_CUDSS, &error)) { /* no GPU here */
        CHECK_CONTAINS(error.message, "cudss");
        CHECK(scs_linsys_find(SCS_LINSYS_CUDSS, NULL) == NULL);
    }
}

/* On Apple's systems its own tests say more. */
static void knows_whose_accelerate_is(void) {
    ScsError error = {SCS_OK, ""};
    if (!scs_linsys_find(SCS_LINSYS_ACCELERATE, &error)) {
        CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
        CHECK_CONTAINS(error.message, "accelerate");
        CHECK_CONTAINS(error.message, "macOS");
        CHECK_CONTAINS(error.message, "use auto");
    }
}

static void refuses_unknown_values(void) {
    ScsError error = {SCS_OK, ""};
    CHECK(scs_linsys_find((ScsLinearSolver)99, &error) == NULL);
    CHECK_EQUAL(error.code, SCS_ERROR_SETTING);
    CHECK_CONTAINS(error.message, "99");
    CHECK(scs_linsys_find((ScsLinearSolver)-1, &error) == NULL);
    CHECK_EQUAL(error.code, SCS_ERROR_SETTING);
}

int main(void) {
    static const CheckCase cases[] = {
        {"finds the direct solver", finds_the_direct_solver},
        {"finds one that chooses", finds_one_that_chooses},
        {"names what is missing", names_what_is_missing},
        {"knows whose accelerate is", knows_whose_accelerate_is},
        {"refuses unknown values", refuses_unknown_values},
    };
    return CHECK_RUN(cases);
}
