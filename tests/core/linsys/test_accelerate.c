/* SPDX-License-Identifier: MIT
 *
 * The backend by Apple's Accelerate, compiled against a stand-in for it that fails as it is
 * told. Linked with -Wl,--wrap=calloc, so that allocations, Accelerate's among them, can be
 * refused.
 */
#include "support/fake_accelerate/fake_accelerate.h"

#include "backend_memory.h"
#include "factor_check.h"

static FakeAccelerate *fake;

static void script(FakePlace place, int status, const char *message) {
    fake->fails_in = place;
    fake->status = status;
    fake->message = message;
}

static void no_script(void) { script(FAKE_NOWHERE, 0, NULL); }

static System small_system(void) {
    Random random = {131};
    return system_create(&random, 12, 15, 0.3, 1, 1);
}

static void needs_a_new_system(void) {
    ScsError error = {SCS_OK, ""};
    fake->old = true;
    CHECK(scs_linsys_find(SCS_LINSYS_ACCELERATE, &error) == NULL);
    fake->old = false;
    CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "macOS 13 or newer; use auto");
    CHECK(kind() != NULL);
}

static void describes_itself(void) {
    System s = small_system();
    Backend b;
    char text[80];
    char expected[80];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    kind()->describe(b.self, text, sizeof text);
    snprintf(expected, sizeof expected, "nnz(K): %ld, factor: %d numbers",
             (long)entries_of_k(&s), 27 * 28 / 2);
    CHECK_CONTAINS(text, expected);
    CHECK_CONTAINS(kind()->name, "accelerate");
    backend_free(&b);
    system_free(&s);
}

/* The error of creating a backend when a place fails. */
static ScsError created_with(FakePlace place, int status, const char *message) {
    System s = small_system();
    Backend b;
    script(place, status, message);
    const ScsErrorCode code = backend_create(&b, &s);
    no_script();
    CHECK_EQUAL(code, b.error.code);
    CHECK(b.self == NULL);
    backend_free(&b);
    system_free(&s);
    CHECK_EQUAL(fake->alive, 0);
    return b.error;
}

static void errors_are_sentences(void) {
    static const struct {
        int status;
        ScsErrorCode code;
        const char *message, *text;
    } rows[] = {
        {-1, SCS_ERROR_NUMERICAL, NULL,
         "numerical breakdown; the data may be too badly scaled (status -1)"},
        {-2, SCS_ERROR_NUMERICAL, NULL, "singular"},
        {-3, SCS_ERROR_BACKEND, NULL, "an internal error (status -3)"},
        {-4, SCS_ERROR_BACKEND, "Bad count.\n",
         "an error of a parameter: Bad count. (status -4)"},
        {-77, SCS_ERROR_BACKEND, "Odd.", "Odd. (status -77)"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; ++k) {
        const ScsError analysis =
            created_with(FAKE_ANALYSE, rows[k].status, rows[k].message);
        CHECK_EQUAL(analysis.code, rows[k].code);
        CHECK_CONTAINS(analysis.message, "Accelerate failed in the analysis: ");
        CHECK_CONTAINS(analysis.message, rows[k].text);
        const ScsError factorisation =
            created_with(FAKE_FACTORISE, rows[k].status, rows[k].message);
        CHECK_EQUAL(factorisation.code, rows[k].code);
        CHECK_CONTAINS(factorisation.message, "failed in the factorisation: ");
        CHECK_CONTAINS(factorisation.message, rows[k].text);
    }
    const ScsError inertia = created_with(FAKE_INERTIA, 7, NULL);
    CHECK_EQUAL(inertia.code, SCS_ERROR_BACKEND);
    CHECK_CONTAINS(inertia.message, "inertia of its factor (error 7)");
}

/* A solve has no status: that it failed is what the reporter says. */
static void solves_may_fail(void) {
    System s = small_system();
    Random random = {133};
    Backend b;
    double x[27] = {0};
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    script(FAKE_SOLVE, 0, "Bad factor.\n");
    CHECK_EQUAL(kind()->solve(b.self, x, NULL, 0, &b.error), SCS_ERROR_BACKEND);
    CHECK_CONTAINS(b.error.message, "in a solve");
    CHECK_CONTAINS(b.error.message, "Bad factor.");
    no_script();
    check_solves(&b, &s, &random, 1e-12);
    backend_free(&b);
    system_free(&s);
}

static void updates_refactor_and_recover(void) {
    System s = small_system();
    Random random = {134};
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    const long before = fake->refactored;
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(fake->refactored, before + 1);
    for (int place = 0; place < 2; ++place) { /* a factor there was; there was none */
        script(FAKE_FACTORISE, -3, NULL);
        CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_ERROR_BACKEND);
        CHECK_EQUAL(fake->alive, 1); /* the analysis */
    }
    no_script();
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(fake->refactored, before + 1);
    check_solves(&b, &s, &random, 1e-12);
    fake->grows = 10000; /* pivoting may need more room than last time */
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    fake->grows = 0;
    check_solves(&b, &s, &random, 1e-12);
    backend_free(&b);
    system_free(&s);
    CHECK_EQUAL(fake->alive, 0);
}

/* And may be cloned and released, after a failure of any sort. */
static void updates_may_fail(void) {
    System s = small_system();
    Random random = {135};
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    static const FakePlace places[] = {FAKE_FACTORISE, FAKE_INERTIA, FAKE_NOWHERE};
    for (int k = 0; k < 3; ++k) {
        const double before = s.r[20];
        s.r[20] = places[k] == FAKE_NOWHERE ? NAN : before;
        script(places[k], -1, NULL);
        CHECK(kind()->update_metric(b.self, s.r, &b.error) != SCS_OK);
        CHECK_EQUAL(fake->alive, 1);
        Backend c = {0};
        CHECK_EQUAL(
            kind()->clone(&c.self, b.self, &s.a, system_p(&s), &c.arena, &c.error),
            SCS_OK);
        no_script();
        s.r[20] = before;
        CHECK_EQUAL(kind()->update_metric(c.self, s.r, &c.error), SCS_OK);
        check_solves(&c, &s, &random, 1e-12);
        backend_free(&c);
        CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    }
    backend_free(&b);
    system_free(&s);
    CHECK_EQUAL(fake->alive, 0);
}

/* Accelerate calls a singular matrix OK; its inertia tells. */
static void refuses_zero_pivots(void) {
    System s = small_system();
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    for (scs_int k = 0; k < s.a.p[12]; ++k) {
        s.a.x[k] = 0;
    }
    s.r[20] = 0;
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(b.error.message, "12 positive, 1 zero and 14 negative pivots");
    backend_free(&b);
    system_free(&s);
}

static void clones_own_their_factor(void) {
    System s = small_system();
    Random random = {136};
    Backend b;
    Backend failed = {0};
    Backend copy = {0};
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    CHECK_EQUAL(fake->alive, 2);
    script(FAKE_FACTORISE, -3, NULL);
    CHECK_EQUAL(kind()->clone(&failed.self, b.self, &s.a, system_p(&s), &failed.arena,
                              &failed.error),
                SCS_ERROR_BACKEND);
    no_script();
    CHECK(failed.self == NULL);
    backend_free(&failed);
    CHECK_EQUAL(fake->alive, 2);
    CHECK_EQUAL(
        kind()->clone(&copy.self, b.self, &s.a, system_p(&s), &copy.arena, &copy.error),
        SCS_OK);
    CHECK_EQUAL(fake->alive, 4);
    backend_free(&b);
    check_solves(&copy, &s, &random, 1e-12);
    backend_free(&copy);
    system_free(&s);
    CHECK_EQUAL(fake->alive, 0);
}

static long alive(void) { return fake->alive; }

static void survives_short_memory(void) {
    System s = small_system();
    check_create_in_short_memory(&s, 8, alive);
    system_free(&s);
}

static void keeps_to_the_interface(void) { CHECK_EQUAL(fake->mistakes, 0); }

int main(void) {
    static const CheckCase cases[] = {
        {"needs a new system", needs_a_new_system},
        {"describes itself", describes_itself},
        {"cost depends on the pattern alone", cost_depends_on_the_pattern_alone},
        {"errors are sentences", errors_are_sentences},
        {"solves may fail", solves_may_fail},
        {"updates refactor and recover", updates_refactor_and_recover},
        {"updates may fail", updates_may_fail},
        {"refuses what is not finite", refuses_what_is_not_finite},
        {"refuses zero pivots", refuses_zero_pivots},
        {"clones own their factor", clones_own_their_factor},
        {"survives short memory", survives_short_memory},
        {"keeps to the interface", keeps_to_the_interface},
    };
    fake = fake_accelerate();
    backend_choice = SCS_LINSYS_ACCELERATE;
    return CHECK_RUN(cases);
}
