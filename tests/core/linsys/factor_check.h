/* SPDX-License-Identifier: MIT
 *
 * What holds for every backend that has a library factorise K, besides the contract, for
 * which test_backends.c runs over all of them.
 */
#ifndef TESTS_CORE_LINSYS_FACTOR_CHECK_H
#define TESTS_CORE_LINSYS_FACTOR_CHECK_H

#include "backend.h"

/* Numbers in one triangle of K. */
static inline scs_int entries_of_k(const System *s) {
    scs_int count = s->a.p[s->n] + s->n + s->m;
    for (scs_int j = 0; s->p.x && j < s->n; ++j) {
        for (scs_int k = s->p.p[j]; k < s->p.p[j + 1]; ++k) {
            count += s->p.i[k] != j;
        }
    }
    return count;
}

/* Whether metrics may change often is decided by this alone. */
static void cost_depends_on_the_pattern_alone(void) {
    Random random = {112};
    System small = system_create(&random, 20, 20, 0.1, 1, 0);
    System large = system_create(&random, 150, 150, 0.1, 1, 0);
    Backend one;
    Backend two;
    CHECK_EQUAL(backend_create(&one, &small), SCS_OK);
    CHECK_EQUAL(backend_create(&two, &large), SCS_OK);
    const double cost = kind()->update_cost(one.self);
    CHECK(cost > 0);
    CHECK(cost < kind()->update_cost(two.self));
    random_metric(&random, &small, 3);
    CHECK_EQUAL(kind()->update_metric(one.self, small.r, &one.error), SCS_OK);
    CHECK_EQUAL(kind()->update_cost(one.self), cost);
    backend_free(&one);
    backend_free(&two);
    system_free(&small);
    system_free(&large);
}

/* Errors of data that no check of the problem catches. */
static void refuses_what_is_not_finite(void) {
    Random random = {114};
    System s = system_create(&random, 20, 20, 0.2, 1, 1);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    const double before = s.r[25];
    s.r[25] = NAN;
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(b.error.message, "not finite");
    s.r[25] = before;
    s.a.x[3] = INFINITY;
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_ERROR_NUMERICAL);
    s.a.x[3] = 1;
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
    check_solves(&b, &s, &random, 1e-11);
    backend_free(&b);
    system_free(&s);
}

#endif
