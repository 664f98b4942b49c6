/* SPDX-License-Identifier: MIT
 *
 * The direct backend through its table of functions.
 */
#include "backend.h"

static void solves_many_random_systems(void) {
    Random random = {41};
    for (int trial = 0; trial < 300; ++trial) {
        /* Rounding grows with |A|^2 / (r_x r_y), which a metric spread over 1e-6 .. 1e6
         * makes as large as 1e12, though seldom that much. */
        const double spread = 2 * (trial % 4);
        System s = system_create(&random, 1 + random_below(&random, 60),
                                 1 + random_below(&random, 60),
                                 0.3 * random_unit(&random), spread, trial % 8 < 4);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        check_solves(&b, &s, &random, 1e-14 * pow(10, spread));
        backend_free(&b);
        system_free(&s);
    }
}

static void matches_the_dense_reference(void) { check_dense_reference(42, 100); }

static void solves_empty_diagonal_and_dense_systems(void) {
    Random random = {43};
    const double densities[] = {0, 2};
    for (int k = 0; k < 2; ++k) {
        for (int with_p = 0; with_p < 2; ++with_p) {
            System s = system_create(&random, 30, 20, densities[k], 1, with_p);
            Backend b;
            CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
            check_solves(&b, &s, &random, 1e-13);
            backend_free(&b);
            system_free(&s);
        }
    }
    System tiny = system_create(&random, 1, 1, 2, 0, 0);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &tiny), SCS_OK);
    check_solves(&b, &tiny, &random, 1e-15);
    backend_free(&b);
    system_free(&tiny);
}

/* A system large enough for every kernel: dense rows, a band and a random part. */
static System large_system(Random *random, scs_int n, scs_int m, double density) {
    System s = system_create(random, n, m, density, 3, 0);
    s.p = random_semidefinite(random, n, n / 3, 4.0 / (double)n, 1);
    return s;
}

static void solves_larger_systems(void) {
    Random random = {44};
    const double densities[] = {0.002, 0.01, 0.05, 0.5};
    for (int k = 0; k < 4; ++k) {
        System s = large_system(&random, 300 + 40 * k, 200 + 30 * k, densities[k]);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        check_solves(&b, &s, &random, 1e-11);
        random_metric(&random, &s, 5);
        CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
        check_solves(&b, &s, &random, 1e-9);
        CHECK(kind()->update_cost(b.self) > 0);
        char text[80];
        kind()->describe(b.self, text, sizeof text);
        CHECK_CONTAINS(text, "nnz");
        backend_free(&b);
        system_free(&s);
    }
}

static void solves_with_a_dense_row_and_column(void) {
    /* An arrow both ways, wide enough for the ordering to postpone it. */
    Random random = {45};
    const scs_int n = 400;
    double *dense = (double *)calloc((size_t)n * (size_t)n, sizeof *dense);
    for (scs_int i = 0; i < n; ++i) {
        dense[i] = random_unit(&random) + 1;
        dense[(size_t)i * (size_t)n] = random_unit(&random) + 1;
        dense[(size_t)i * (size_t)n + (size_t)i] = random_unit(&random) + 1;
    }
    System s = {0};
    s.n = s.m = n;
    s.a = matrix_from_dense(dense, n, n);
    s.r = (scs_float *)calloc((size_t)(2 * n), sizeof *s.r);
    random_metric(&random, &s, 2);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    check_solves(&b, &s, &random, 1e-13);
    backend_free(&b);
    system_free(&s);
    free(dense);
}

static void updates_equal_fresh_factors(void) {
    Random random = {46};
    for (int trial = 0; trial < 40; ++trial) {
        System s = trial < 36 ? system_create(&random, 25, 35, 0.15, 4, trial % 2)
                              : large_system(&random, 250, 200, 0.02);
        Backend b;
        Backend fresh;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        random_metric(&random, &s, 4);
        CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
        CHECK_EQUAL(backend_create(&fresh, &s), SCS_OK);
        CHECK(same_solution(&b, &fresh, &s));
        backend_free(&fresh);
        for (scs_int k = 0; k < s.a.p[s.n]; ++k) {
            s.a.x[k] = 2 * random_unit(&random) - 1;
        }
        for (scs_int k = 0; s.p.x && k < s.p.p[s.n]; ++k) {
            s.p.x[k] *= 3;
        }
        random_metric(&random, &s, 4);
        CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
        check_solves(&b, &s, &random, 1e-12);
        CHECK_EQUAL(backend_create(&fresh, &s), SCS_OK);
        CHECK(same_solution(&b, &fresh, &s));
        backend_free(&fresh);
        backend_free(&b);
        system_free(&s);
    }
}

static void refuses_indefinite_p(void) {
    Random random = {47};
    for (scs_int n = 8; n <= 256; n *= 32) {
        System s = system_create(&random, n, n / 2, 4 / (double)n, 0, 0);
        s.p = random_semidefinite(&random, n, 3, 2, -1);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_ERROR_NUMERICAL);
        CHECK(b.self == NULL);
        CHECK_CONTAINS(b.error.message, "P is not positive semidefinite");
        backend_free(&b);
        /* An update fails and recovers. */
        for (scs_int k = 0; k < s.p.p[n]; ++k) {
            s.p.x[k] = -s.p.x[k];
        }
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        for (scs_int k = 0; k < s.p.p[n]; ++k) {
            s.p.x[k] = -s.p.x[k];
        }
        CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
        for (scs_int k = 0; k < s.p.p[n]; ++k) {
            s.p.x[k] = -s.p.x[k];
        }
        CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
        check_solves(&b, &s, &random, 1e-12);
        backend_free(&b);
        system_free(&s);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves many random systems", solves_many_random_systems},
        {"matches the dense reference", matches_the_dense_reference},
        {"solves empty, diagonal and dense systems",
         solves_empty_diagonal_and_dense_systems},
        {"solves larger systems", solves_larger_systems},
        {"solves with a dense row and column", solves_with_a_dense_row_and_column},
        {"updates equal fresh factors", updates_equal_fresh_factors},
        {"refuses indefinite P", refuses_indefinite_p},
    };
    return CHECK_RUN(cases);
}
