/* SPDX-License-Identifier: MIT
 *
 * Against the stand-in; see also test_backends.c.
 */
#include "gpu_backend_check.h"

static void has_its_name(void) {
    CHECK(strcmp(kind()->name, "sparse-direct-cuDSS") == 0);
    CHECK(!kind()->needs_tolerance);
}

/* A factor that could not be made is not renewed but made. */
static void factorises_again_after_a_failure(void) {
    Random random = {95};
    System s = system_create(&random, 10, 8, 0.4, 0, 0);
    s.p = random_semidefinite(&random, 10, 3, 2, 1);
    Backend b;
    Backend c = {0};
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    for (int sign = 0; sign < 2; ++sign) {
        for (scs_int k = 0; k < s.p.p[10]; ++k) {
            s.p.x[k] = -s.p.x[k];
        }
        CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error),
                    sign ? SCS_OK : SCS_ERROR_NUMERICAL);
        if (sign == 0) { /* what has no factor has a clone without one */
            CHECK_EQUAL(kind()->clone(&c.self, b.self, &s.a, &s.p, &c.arena, &c.error),
                        SCS_OK);
        }
    }
    CHECK_EQUAL(kind()->update_values(c.self, s.r, &c.error), SCS_OK);
    check_solves(&b, &s, &random, 1e-11);
    check_solves(&c, &s, &random, 1e-11);
    backend_free(&b);
    backend_free(&c);
    system_free(&s);
}

static void describes_the_matrix(void) {
    Random random = {96};
    System s = system_create(&random, 10, 8, 1, 0, 0);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    char text[80];
    kind()->describe(b.self, text, sizeof text);
    CHECK_CONTAINS(text, "nnz(K): 98,");
    backend_free(&b);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"has its name", has_its_name},
        {"survives every refusal", survives_every_refusal},
        {"keeps to its device", keeps_to_its_device},
        {"factorises again after a failure", factorises_again_after_a_failure},
        {"describes the matrix", describes_the_matrix},
        {"fails in the middle of a solve", fails_in_the_middle_of_a_solve},
        {"runs the solver", runs_the_solver},
    };
    (void)fake_gpu();
    backend_choice = SCS_LINSYS_CUDSS;
    return CHECK_RUN(cases);
}
