/* SPDX-License-Identifier: MIT
 *
 * Conjugate gradients: guess, tolerance, and the three preconditioners.
 */
#include "backend.h"

/* A system whose factor fits (`fill` 0), nearly fits (1) or does not fit (2). */
static System sparse_system(Random *random, int fill, int with_p) {
    const double density[] = {1, 3.5, 8};
    const scs_int n = 300;
    System s = system_create(random, n, n, density[fill] / (double)n, 1, 0);
    if (with_p) {
        s.p = random_semidefinite(random, n, n / 6, 2 / (double)n, 1);
    }
    return s;
}

static void check_preconditioner(int fill, const char *text) {
    Random random = {81 + (uint64_t)fill};
    for (int with_p = 0; with_p < 2; ++with_p) {
        System s = sparse_system(&random, fill, with_p);
        Backend b;
        char description[80];
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        kind()->describe(b.self, description, sizeof description);
        CHECK_CONTAINS(description, text);
        check_solves(&b, &s, &random, 1e-11);
        System copy = system_copy(&s);
        Backend c = {0};
        CHECK_EQUAL(kind()->clone(&c.self, b.self, &copy.a, system_p(&copy), &c.arena,
                                  &c.error),
                    SCS_OK);
        CHECK(same_solution(&b, &c, &s));
        backend_free(&c);
        system_free(&copy);
        backend_free(&b);
        system_free(&s);
    }
}

static void solves_with_the_complete_factor(void) { check_preconditioner(0, "nnz(L)"); }

static void solves_with_an_incomplete_factor(void) {
    check_preconditioner(1, "incomplete");
}

static void solves_with_the_diagonal(void) { check_preconditioner(2, "diagonal"); }

static double residual_for(Backend *b, const System *s, const double *rhs,
                           const double *guess, double tolerance) {
    const size_t size = (size_t)system_size(s);
    double *x = (double *)calloc(size, sizeof *x);
    memcpy(x, rhs, size * sizeof *x);
    CHECK_EQUAL(kind()->solve(b->self, x, guess, tolerance, &b->error), SCS_OK);
    const double residual = system_residual(s, x, rhs);
    free(x);
    return residual;
}

static void uses_guess_and_tolerance(void) {
    Random random = {84};
    System s = sparse_system(&random, 2, 0);
    Backend b;
    double rhs[600];
    double exact[600];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    random_vector(&random, rhs, 600);
    memcpy(exact, rhs, sizeof rhs);
    CHECK_EQUAL(kind()->solve(b.self, exact, NULL, 0, &b.error), SCS_OK);
    const double loose = residual_for(&b, &s, rhs, NULL, 0.1);
    const double tight = residual_for(&b, &s, rhs, NULL, 1e-6);
    CHECK(loose > 1e-4);
    CHECK(tight < 1e-4 && tight > 1e-10);
    CHECK(residual_for(&b, &s, rhs, exact, 1) < 1e-11);
    /* The tolerance is relative to the guess: a good one is improved upon. */
    for (int i = 0; i < 300; ++i) {
        exact[i] += 1e-6 * (2 * random_unit(&random) - 1);
    }
    CHECK(residual_for(&b, &s, rhs, exact, 0.01) < 1e-6);
    backend_free(&b);
    system_free(&s);
}

static void finds_negative_curvature(void) {
    Random random = {85};
    System s = sparse_system(&random, 2, 0);
    Backend b;
    s.p = random_matrix(&random, 300, 300, 0);
    free(s.p.x);
    free(s.p.i);
    s.p.x = (scs_float *)calloc(1, sizeof *s.p.x);
    s.p.i = (scs_int *)calloc(1, sizeof *s.p.i);
    s.p.x[0] = 1e5; /* off the diagonal, where the preconditioner does not see it */
    for (scs_int j = 8; j <= 300; ++j) {
        s.p.p[j] = 1;
    }
    double rhs[600];
    random_vector(&random, rhs, 600);
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    CHECK_EQUAL(kind()->solve(b.self, rhs, NULL, 1e-9, &b.error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(b.error.message, "P is not positive semidefinite");
    backend_free(&b);
    system_free(&s);
}

static void ends_on_infinite_numbers(void) {
    Random random = {86};
    System s = sparse_system(&random, 2, 0);
    Backend b;
    double rhs[600];
    random_vector(&random, rhs, 600);
    rhs[5] = NAN;
    rhs[400] = INFINITY;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    CHECK_EQUAL(kind()->solve(b.self, rhs, NULL, 1e-9, &b.error), SCS_OK);
    CHECK(!isfinite(rhs[400])); /* not hidden */
    s.r[7] = NAN;
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    s.r[7] = 1;
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    check_solves(&b, &s, &random, 1e-11);
    backend_free(&b);
    system_free(&s);
}

/* Steps add up over solves; what is left undone then the next solves do. */
static void keeps_to_its_ration(void) {
    Random random = {87};
    System s = sparse_system(&random, 2, 0);
    Backend b;
    double rhs[600];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    random_vector(&random, rhs, 600);
    CHECK(kind()->ration(b.self, 9) == 0);
    const double before = residual_for(&b, &s, rhs, NULL, 0.5);
    const int64_t first = kind()->ration(b.self, 9);
    CHECK(first > 0 && first < 9);
    const double bounded = residual_for(&b, &s, rhs, NULL, 0);
    CHECK(bounded < before);
    CHECK(residual_for(&b, &s, rhs, NULL, 0) > bounded);
    CHECK(kind()->ration(b.self, 0) == first + 9);
    double x[600];
    memcpy(x, rhs, sizeof x);
    CHECK_EQUAL(kind()->solve(b.self, x, rhs, 0, &b.error), SCS_OK);
    for (int j = 0; j < 300; ++j) {
        CHECK_EQUAL(x[j], rhs[j]); /* the guess */
    }
    CHECK(kind()->ration(b.self, -1) == first + 9);
    check_solves(&b, &s, &random, 1e-11);
    CHECK(kind()->ration(b.self, INT64_MAX) > first + 9);
    check_solves(&b, &s, &random, 1e-11);
    Backend c = {0}; /* begins anew */
    kind()->ration(b.self, 0);
    CHECK_EQUAL(kind()->clone(&c.self, b.self, &s.a, system_p(&s), &c.arena, &c.error),
                SCS_OK);
    CHECK(kind()->ration(c.self, -1) == 0);
    check_solves(&c, &s, &random, 1e-11);
    backend_free(&c);
    backend_free(&b);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves with the complete factor", solves_with_the_complete_factor},
        {"solves with an incomplete factor", solves_with_an_incomplete_factor},
        {"solves with the diagonal", solves_with_the_diagonal},
        {"uses guess and tolerance", uses_guess_and_tolerance},
        {"finds negative curvature", finds_negative_curvature},
        {"keeps to its ration", keeps_to_its_ration},
        {"ends on infinite numbers", ends_on_infinite_numbers},
    };
    backend_choice = SCS_LINSYS_CPU_INDIRECT;
    CHECK(kind()->needs_tolerance);
    return CHECK_RUN(cases);
}
