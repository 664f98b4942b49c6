/* SPDX-License-Identifier: MIT
 *
 * Against the stand-in; see also test_backends.c.
 */
#include "gpu_backend_check.h"

static void has_its_name(void) {
    CHECK(strcmp(kind()->name, "sparse-indirect GPU") == 0);
    CHECK(kind()->needs_tolerance);
}

static double residual_for(Backend *b, const System *s, const double *rhs,
                           const double *guess, double tolerance) {
    double x[350];
    memcpy(x, rhs, (size_t)system_size(s) * sizeof *x);
    CHECK_EQUAL(kind()->solve(b->self, x, guess, tolerance, &b->error), SCS_OK);
    return system_residual(s, x, rhs);
}

static void uses_guess_and_tolerance(void) {
    Random random = {84};
    System s = system_create(&random, 200, 150, 0.05, 1, 1);
    Backend b;
    double rhs[350];
    double exact[350];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    random_vector(&random, rhs, 350);
    memcpy(exact, rhs, sizeof rhs);
    CHECK_EQUAL(kind()->solve(b.self, exact, NULL, 0, &b.error), SCS_OK);
    CHECK(system_residual(&s, exact, rhs) < 1e-12);
    const double loose = residual_for(&b, &s, rhs, NULL, 0.1);
    const double tight = residual_for(&b, &s, rhs, NULL, 1e-6);
    CHECK(loose > 1e-4);
    CHECK(tight < 1e-4 && tight > 1e-10);
    fake_gpu()->calls = 0;
    CHECK(residual_for(&b, &s, rhs, exact, 1) < 1e-11);
    CHECK(fake_gpu()->calls < 60); /* nothing to iterate for */
    for (int i = 0; i < 200; ++i) {
        exact[i] += 1e-6 * (2 * random_unit(&random) - 1);
    }
    CHECK(residual_for(&b, &s, rhs, exact, 0.01) < 1e-6);
    backend_free(&b);
    system_free(&s);
}

static void keeps_to_its_ration(void) {
    Random random = {87};
    System s = system_create(&random, 200, 150, 0.05, 1, 1);
    Backend b;
    double rhs[350];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    random_vector(&random, rhs, 350);
    CHECK(kind()->ration(b.self, 5) == 0);
    const double bounded = residual_for(&b, &s, rhs, NULL, 0);
    CHECK(kind()->ration(b.self, 5) == 5);
    CHECK(residual_for(&b, &s, rhs, NULL, 0) == bounded);
    CHECK(kind()->ration(b.self, -1) == 10);
    CHECK(residual_for(&b, &s, rhs, NULL, 0) < 1e-3 * bounded);
    const int64_t steps = kind()->ration(b.self, INT64_MAX);
    CHECK(steps > 20);
    CHECK(residual_for(&b, &s, rhs, NULL, 0) < 1e-3 * bounded);
    CHECK(kind()->ration(b.self, -1) == 2 * steps - 10);
    backend_free(&b);
    system_free(&s);
}

static void finds_negative_curvature(void) {
    Random random = {85};
    System s = system_create(&random, 40, 30, 0.1, 1, 0);
    s.p = random_matrix(&random, 40, 40, 0);
    Backend b;
    double rhs[70];
    random_vector(&random, rhs, 70);
    s.p.x[0] = 1e5; /* at (0, 7): the diagonal does not show it */
    for (scs_int j = 8; j <= 40; ++j) {
        s.p.p[j] = 1;
    }
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    CHECK_EQUAL(kind()->solve(b.self, rhs, NULL, 1e-9, &b.error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(b.error.message, "P is not positive semidefinite");
    backend_free(&b);
    system_free(&s);
}

static void ends_on_infinite_numbers(void) {
    Random random = {86};
    System s = system_create(&random, 40, 30, 0.1, 1, 1);
    Backend b;
    double rhs[70];
    random_vector(&random, rhs, 70);
    rhs[5] = NAN;
    rhs[50] = INFINITY;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    CHECK_EQUAL(kind()->solve(b.self, rhs, NULL, 1e-9, &b.error), SCS_OK);
    CHECK(!isfinite(rhs[50])); /* not hidden */
    s.r[7] = NAN;
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    Backend c = {0}; /* has no values on the device either */
    CHECK_EQUAL(kind()->clone(&c.self, b.self, &s.a, system_p(&s), &c.arena, &c.error),
                SCS_OK);
    s.r[7] = 1;
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(kind()->update_metric(c.self, s.r, &c.error), SCS_OK);
    check_solves(&b, &s, &random, 1e-11);
    CHECK(same_solution(&b, &c, &s));
    backend_free(&b);
    backend_free(&c);
    system_free(&s);
}

static void describes_itself(void) {
    Random random = {96};
    System s = system_create(&random, 10, 8, 1, 0, 0);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    char text[80];
    kind()->describe(b.self, text, sizeof text);
    CHECK_CONTAINS(text, "nnz(A): 80, diagonal preconditioner");
    CHECK_EQUAL(kind()->update_cost(b.self), 10);
    backend_free(&b);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"has its name", has_its_name},
        {"survives every refusal", survives_every_refusal},
        {"keeps to its device", keeps_to_its_device},
        {"uses guess and tolerance", uses_guess_and_tolerance},
        {"keeps to its ration", keeps_to_its_ration},
        {"finds negative curvature", finds_negative_curvature},
        {"ends on infinite numbers", ends_on_infinite_numbers},
        {"describes itself", describes_itself},
        {"fails in the middle of a solve", fails_in_the_middle_of_a_solve},
        {"runs the solver", runs_the_solver},
    };
    (void)fake_gpu();
    backend_choice = SCS_LINSYS_GPU_INDIRECT;
    return CHECK_RUN(cases);
}
