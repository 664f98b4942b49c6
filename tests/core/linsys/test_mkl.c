/* SPDX-License-Identifier: MIT
 *
 * The backend by MKL, where the loader finds MKL (with LD_LIBRARY_PATH, say), or what it
 * says where not.
 */
#include "factor_check.h"

static scs_int number_after(const char *text, const char *name) {
    const char *found = strstr(text, name);
    return CHECK(found) ? (scs_int)strtoll(found + strlen(name), NULL, 10) : -1;
}

static void describes_itself(void) {
    Random random = {111};
    System s = system_create(&random, 30, 40, 0.2, 1, 1);
    Backend b;
    char text[80];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    kind()->describe(b.self, text, sizeof text);
    const scs_int entries = number_after(text, "nnz(K): ");
    const scs_int of_factor = number_after(text, "nnz(L): ");
    CHECK_EQUAL(entries, entries_of_k(&s));
    CHECK(of_factor >= 70);
    CHECK(of_factor <= 70 * 71);
    CHECK_CONTAINS(kind()->name, "sparse-direct-mkl-pardiso");
    backend_free(&b);
    system_free(&s);
}

/* A semidefinite P with entries that are much larger than the metric. */
static void factorises_badly_scaled_systems(void) {
    Random random = {113};
    for (int trial = 0; trial < 20; ++trial) {
        System s = system_create(&random, 50, 30, 0.2, 0, 0);
        s.p = random_semidefinite(&random, 50, 10, 0.3, 1e4);
        for (scs_int i = 0; i < 80; ++i) {
            s.r[i] = i < 50 ? 1e-6 : i % 3 ? 1e-2 : 1e3;
        }
        Backend b;
        if (CHECK_EQUAL(backend_create(&b, &s), SCS_OK)) {
            check_solves(&b, &s, &random, 1e-8);
        }
        backend_free(&b);
        system_free(&s);
    }
}

static void says_what_to_install(void) {
    ScsError error = {SCS_OK, ""};
    CHECK(scs_linsys_find(SCS_LINSYS_MKL, &error) == NULL);
    CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "pip install scs[mkl]");
    CHECK_CONTAINS(error.message, "mkl_rt");
    CHECK(strlen(error.message) + 1 < sizeof error.message); /* not cut */
}

int main(void) {
    static const CheckCase without[] = {{"says what to install", says_what_to_install}};
    static const CheckCase cases[] = {
        {"describes itself", describes_itself},
        {"cost depends on the pattern alone", cost_depends_on_the_pattern_alone},
        {"factorises badly scaled systems", factorises_badly_scaled_systems},
        {"refuses what is not finite", refuses_what_is_not_finite},
    };
    backend_choice = SCS_LINSYS_MKL;
    if (!kind()) {
        printf("skipped but for the error: the loader does not find MKL's mkl_rt\n");
        return CHECK_RUN(without);
    }
    return CHECK_RUN(cases);
}
