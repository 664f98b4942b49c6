/* SPDX-License-Identifier: MIT
 *
 * How the backend by MKL fails, with a library in MKL's place that fails as it is told.
 * Linked with -Wl,--wrap=calloc, so that the core's allocations can be refused.
 */
#include "base/platform.h"

#include "backend_memory.h"

#include "support/problems.h"

enum { ANALYSE = 11, FACTORISE = 22, SOLVE = 33 };

static void *library;
static void (*script)(long long phase, long long failure);
static long (*held)(void);
static long (*mistakes)(void);

static System small_system(void) {
    Random random = {121};
    return system_create(&random, 12, 15, 0.3, 1, 1);
}

/* The error of creating a backend when a phase fails. */
static ScsError created_with(long long phase, long long failure) {
    System s = small_system();
    Backend b;
    script(phase, failure);
    const ScsErrorCode code = backend_create(&b, &s);
    script(0, 0);
    CHECK_EQUAL(code, b.error.code);
    CHECK(b.self == NULL);
    backend_free(&b);
    system_free(&s);
    CHECK_EQUAL(held(), 0);
    return b.error;
}

static void errors_are_sentences(void) {
    static const struct {
        long long failure;
        ScsErrorCode code;
        const char *text;
    } rows[] = {
        {-1, SCS_ERROR_BACKEND, "input is inconsistent (error -1)"},
        {-2, SCS_ERROR_MEMORY, "out of memory"},
        {-3, SCS_ERROR_BACKEND, "reordering"},
        {-4, SCS_ERROR_NUMERICAL, "zero pivot"},
        {-5, SCS_ERROR_BACKEND, "internal error"},
        {-6, SCS_ERROR_BACKEND, "reordering"},
        {-7, SCS_ERROR_NUMERICAL, "singular"},
        {-8, SCS_ERROR_NOT_SUPPORTED, "more entries"},
        {-9, SCS_ERROR_MEMORY, "on disk"},
        {-10, SCS_ERROR_FILE, "opened"},
        {-11, SCS_ERROR_FILE, "read or written"},
        {-12, SCS_ERROR_UNAVAILABLE, "64-bit"},
        {-13, SCS_ERROR_BACKEND, "mkl_progress"},
        {-77, SCS_ERROR_BACKEND, "error -77"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; ++k) {
        const ScsError analysis = created_with(ANALYSE, rows[k].failure);
        CHECK_EQUAL(analysis.code, rows[k].code);
        CHECK_CONTAINS(analysis.message, rows[k].text);
        const ScsError factorisation = created_with(FACTORISE, rows[k].failure);
        CHECK_EQUAL(factorisation.code, rows[k].code);
        CHECK_CONTAINS(factorisation.message, rows[k].text);
        if (rows[k].code != SCS_ERROR_MEMORY) {
            CHECK_CONTAINS(analysis.message, "in the analysis");
            CHECK_CONTAINS(factorisation.message, "in the factorisation");
        }
    }
}

static void solves_may_fail(void) {
    System s = small_system();
    Random random = {122};
    Backend b;
    double x[27] = {0};
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    script(SOLVE, -4);
    CHECK_EQUAL(kind()->solve(b.self, x, NULL, 0, &b.error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(b.error.message, "in a solve");
    script(0, 0);
    check_solves(&b, &s, &random, 1e-12);
    backend_free(&b);
    system_free(&s);
}

static void updates_recover(void) {
    System s = small_system();
    Random random = {123};
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    script(FACTORISE, -2);
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_ERROR_MEMORY);
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_ERROR_MEMORY);
    script(0, 0);
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    check_solves(&b, &s, &random, 1e-12);
    script(FACTORISE, -4); /* and may be cloned and released after a failure */
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    Backend c = {0};
    CHECK_EQUAL(kind()->clone(&c.self, b.self, &s.a, system_p(&s), &c.arena, &c.error),
                SCS_OK);
    script(0, 0);
    backend_free(&b);
    CHECK_EQUAL(kind()->update_metric(c.self, s.r, &c.error), SCS_OK);
    check_solves(&c, &s, &random, 1e-12);
    backend_free(&c);
    system_free(&s);
    CHECK_EQUAL(held(), 0);
}

static void clones_own_their_factor(void) {
    System s = small_system();
    Random random = {124};
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    script(ANALYSE, -3);
    Backend failed = {0};
    CHECK_EQUAL(kind()->clone(&failed.self, b.self, &s.a, system_p(&s), &failed.arena,
                              &failed.error),
                SCS_ERROR_BACKEND);
    CHECK(failed.self == NULL);
    backend_free(&failed);
    script(0, 0);
    CHECK_EQUAL(held(), 1);
    Backend copy = {0};
    CHECK_EQUAL(
        kind()->clone(&copy.self, b.self, &s.a, system_p(&s), &copy.arena, &copy.error),
        SCS_OK);
    CHECK_EQUAL(held(), 2);
    backend_free(&b);
    CHECK_EQUAL(held(), 1);
    check_solves(&copy, &s, &random, 1e-12);
    backend_free(&copy);
    system_free(&s);
    CHECK_EQUAL(held(), 0);
}

/* What users see of it: a library that fails before there is a solver, then within one. */
static void fails_in_the_middle_of_a_solve(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    const ScsOptions options = {.linear_solver = SCS_LINSYS_MKL};
    ScsSolution solution = test_solution(&problem);
    ScsInfo info;
    ScsError error;
    script(FACTORISE, -5);
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_UNAVAILABLE);
    CHECK_CONTAINS(error.message, "internal error");
    script(0, 0);
    ScsWork *work =
        scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error);
    if (CHECK(work)) {
        script(SOLVE, -5);
        CHECK_EQUAL(scs_solve_ex(work, &solution, &info, 0, &error), SCS_FAILED);
        CHECK_EQUAL(error.code, SCS_ERROR_BACKEND);
        CHECK_CONTAINS(error.message, "internal error");
        script(SOLVE, -4); /* the numbers' fault */
        CHECK_EQUAL(scs_solve_ex(work, &solution, &info, 0, &error), SCS_FAILED);
        CHECK_EQUAL(error.code, SCS_ERROR_NUMERICAL);
        script(0, 0);
        CHECK_EQUAL(scs_solve_ex(work, &solution, &info, 0, &error), SCS_SOLVED);
        scs_finish(work);
    }
    test_solution_free(&solution);
    test_problem_free(&problem);
    CHECK_EQUAL(held(), 0);
}

static void survives_short_memory(void) {
    System s = system_create(&(Random){125}, 60, 50, 0.1, 1, 1);
    check_create_in_short_memory(&s, 2, held);
    system_free(&s);
}

static void keeps_to_the_interface(void) { CHECK_EQUAL(mistakes(), 0); }

int main(void) {
    static const CheckCase cases[] = {
        {"errors are sentences", errors_are_sentences},
        {"solves may fail", solves_may_fail},
        {"updates recover", updates_recover},
        {"clones own their factor", clones_own_their_factor},
        {"fails in the middle of a solve", fails_in_the_middle_of_a_solve},
        {"survives short memory", survives_short_memory},
        {"keeps to the interface", keeps_to_the_interface},
    };
    /* Once it is in the process, a load by its name finds it before any other. */
    library = scs_platform_library(SCS_TEST_STAND_IN);
    if (!CHECK(library)) {
        return 1;
    }
    script =
        (void (*)(long long, long long))scs_platform_symbol(library, "stand_in_script");
    held = (long (*)(void))scs_platform_symbol(library, "stand_in_held");
    mistakes = (long (*)(void))scs_platform_symbol(library, "stand_in_mistakes");
    backend_choice = SCS_LINSYS_MKL;
    if (!CHECK(script && held && mistakes && kind())) {
        return 1;
    }
    return CHECK_RUN(cases);
}
