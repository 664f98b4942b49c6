/* SPDX-License-Identifier: MIT
 *
 * The contract of linsys.h, for every backend that runs here.
 */
#include "backend.h"

static void solve_random_systems(void) {
    Random random = {71};
    for (int trial = 0; trial < 120; ++trial) {
        const double spread = trial % 3;
        System s = system_create(&random, 1 + random_below(&random, 60),
                                 1 + random_below(&random, 60),
                                 0.3 * random_unit(&random), spread, trial % 8 < 4);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        check_solves(&b, &s, &random, 1e-12 * pow(100, spread));
        random_metric(&random, &s, spread);
        CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
        check_solves(&b, &s, &random, 1e-12 * pow(100, spread));
        backend_free(&b);
        system_free(&s);
    }
}

/* As in a linear program: R_x = 1e-6, so that the Schur complements are ill-conditioned. */
static void solve_linear_programs(void) {
    Random random = {72};
    const scs_int sizes[][2] = {{40, 60}, {60, 40}, {50, 50}, {120, 10}};
    for (int k = 0; k < 4; ++k) {
        const scs_int n = sizes[k][0];
        System s = system_create(&random, n, sizes[k][1], 0.3, 0, 0);
        for (scs_int i = 0; i < system_size(&s); ++i) {
            s.r[i] = i < n ? 1e-6 : i % 3 ? 10 : 0.01;
        }
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        check_solves(&b, &s, &random, 1e-8);
        backend_free(&b);
        system_free(&s);
    }
}

static void match_the_dense_reference(void) { check_dense_reference(73, 60); }

static void solve_empty_and_full_systems(void) {
    Random random = {74};
    for (int k = 0; k < 8; ++k) {
        System s = system_create(&random, 30, k & 1 ? 20 : 45, k & 2 ? 2 : 0, 1, k & 4);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        check_solves(&b, &s, &random, 1e-11);
        CHECK(kind()->update_cost(b.self) >= 0);
        char text[80];
        kind()->describe(b.self, text, sizeof text);
        CHECK(text[0] != '\0');
        backend_free(&b);
        system_free(&s);
    }
}

static void updates_equal_fresh_ones(void) {
    Random random = {75};
    for (int trial = 0; trial < 20; ++trial) {
        System s =
            system_create(&random, 25, trial % 2 ? 35 : 15, 0.15, 2, trial % 4 < 2);
        Backend b;
        Backend fresh;
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        for (scs_int k = 0; k < s.a.p[s.n]; ++k) {
            s.a.x[k] = 2 * random_unit(&random) - 1;
        }
        for (scs_int k = 0; s.p.x && k < s.p.p[s.n]; ++k) {
            s.p.x[k] *= 3;
        }
        random_metric(&random, &s, 2);
        CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
        check_solves(&b, &s, &random, 1e-9);
        CHECK_EQUAL(backend_create(&fresh, &s), SCS_OK);
        CHECK(same_solution(&b, &fresh, &s));
        backend_free(&fresh);
        backend_free(&b);
        system_free(&s);
    }
}

static void check_clone(bool original_first, bool with_p) {
    Random random = {76};
    System s = system_create(&random, 40, 30, 0.1, 2, with_p);
    System copy = system_copy(&s);
    Backend b;
    Backend c = {0};
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    CHECK_EQUAL(
        kind()->clone(&c.self, b.self, &copy.a, system_p(&copy), &c.arena, &c.error),
        SCS_OK);
    CHECK(same_solution(&b, &c, &s));
    Backend *changed = original_first ? &b : &c;
    Backend *other = original_first ? &c : &b;
    System *of_changed = original_first ? &s : &copy;
    System *of_other = original_first ? &copy : &s;
    double *before = fixed_solution(other, of_other);
    random_metric(&random, of_changed, 2);
    CHECK_EQUAL(kind()->update_metric(changed->self, of_changed->r, &b.error), SCS_OK);
    check_solves(changed, of_changed, &random, 1e-9);
    backend_free(changed);
    system_free(of_changed);
    double *after = fixed_solution(other, of_other);
    CHECK(memcmp(before, after, 70 * sizeof *before) == 0);
    free(before);
    free(after);
    random_metric(&random, of_other, 2);
    CHECK_EQUAL(kind()->update_metric(other->self, of_other->r, &c.error), SCS_OK);
    check_solves(other, of_other, &random, 1e-9);
    backend_free(other);
    system_free(of_other);
}

static void clones_are_independent(void) {
    for (int k = 0; k < 4; ++k) {
        check_clone(k % 2, k / 2);
    }
}

static void change_sign(System *s) {
    for (scs_int k = 0; k < s->p.p[s->n]; ++k) {
        s->p.x[k] = -s->p.x[k];
    }
}

/* With nothing to solve by, but all that the next update needs. */
static void clones_of_what_broke_down(void) {
    Random random = {77}; /* as below: all of them notice this P */
    System s = system_create(&random, 16, 8, 0.3, 0, 0);
    s.p = random_semidefinite(&random, 16, 3, 2, 1);
    Backend b;
    Backend c = {0};
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    change_sign(&s);
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    CHECK_EQUAL(kind()->clone(&c.self, b.self, &s.a, &s.p, &c.arena, &c.error), SCS_OK);
    change_sign(&s);
    if (CHECK(c.self)) {
        CHECK_EQUAL(kind()->update_values(c.self, s.r, &c.error), SCS_OK);
        check_solves(&c, &s, &random, 1e-11);
    }
    backend_free(&b);
    backend_free(&c);
    system_free(&s);
}

static void refuse_indefinite_p(void) {
    Random random = {77};
    System s = system_create(&random, 16, 8, 0.3, 0, 0);
    s.p = random_semidefinite(&random, 16, 3, 2, -1);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_ERROR_NUMERICAL);
    CHECK(b.self == NULL);
    CHECK_CONTAINS(b.error.message, "P is not positive semidefinite");
    backend_free(&b);
    for (int sign = 0; sign < 3; ++sign) { /* good, bad, good */
        change_sign(&s);
        const ScsErrorCode code = sign ? kind()->update_values(b.self, s.r, &b.error)
                                       : backend_create(&b, &s);
        CHECK_EQUAL(code, sign == 1 ? SCS_ERROR_NUMERICAL : SCS_OK);
    }
    check_solves(&b, &s, &random, 1e-11);
    backend_free(&b);
    system_free(&s);
}

static int run_all(void) {
    static const CheckCase cases[] = {
        {"solve random systems", solve_random_systems},
        {"solve linear programs", solve_linear_programs},
        {"match the dense reference", match_the_dense_reference},
        {"solve empty and full systems", solve_empty_and_full_systems},
        {"updates equal fresh ones", updates_equal_fresh_ones},
        {"clones are independent", clones_are_independent},
        {"clones of what broke down", clones_of_what_broke_down},
        {"refuse indefinite P", refuse_indefinite_p},
    };
    return CHECK_RUN(cases);
}

int main(void) {
    int failed = 0;
    do {
        printf("%s\n", kind()->name);
        failed |= run_all();
    } while (next_backend());
    return failed;
}
