/* SPDX-License-Identifier: MIT
 *
 * The dense backend: which complement, and refinement.
 */
#include "linsys/dense.h"

#include "backend.h"

static void check_describes(scs_int n, scs_int m, int with_p, const char *text) {
    Random random = {101};
    System s = system_create(&random, n, m, 0.5, 1, with_p);
    Backend b;
    char description[80];
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    kind()->describe(b.self, description, sizeof description);
    CHECK_CONTAINS(description, text);
    snprintf(description, sizeof description, "order: %lld",
             (long long)scs_dense_order(&s.a, system_p(&s)));
    CHECK_EQUAL(strncmp(text, description, strlen(description)), 0);
    CHECK(!scs_dense_is_refined(b.self));
    check_solves(&b, &s, &random, 1e-12);
    backend_free(&b);
    system_free(&s);
}

static void takes_the_smaller_complement(void) {
    check_describes(20, 50, 0, "order: 20, of x");
    check_describes(50, 20, 0, "order: 20, of y");
    check_describes(50, 20, 1, "order: 50, of x"); /* P is not diagonal */
    check_describes(50, 0, 0, "order: 0, of y");
}

static void takes_a_diagonal_p(void) {
    Random random = {102};
    for (int negative = 0; negative < 2; ++negative) {
        System s = system_create(&random, 40, 15, 0.5, 1, 0);
        double dense[40 * 40] = {0};
        for (int j = 0; j < 40; j += 2) {
            dense[41 * j] = 1 + j;
        }
        dense[41 * 8] = negative ? -1e3 : 1e3;
        s.p = matrix_from_dense(dense, 40, 40);
        Backend b;
        CHECK_EQUAL(backend_create(&b, &s), negative ? SCS_ERROR_NUMERICAL : SCS_OK);
        if (negative) {
            CHECK_CONTAINS(b.error.message, "entry 8");
        } else {
            check_solves(&b, &s, &random, 1e-12);
        }
        backend_free(&b);
        system_free(&s);
    }
}

/* Equations weigh a thousand times more, R_x is 1e-6: without refinement the residual is
 * 1e-9 or more. */
static void refines_where_it_has_to(void) {
    Random random = {103};
    const scs_int sizes[][2] = {{60, 40}, {40, 60}};
    for (int k = 0; k < 2; ++k) {
        const scs_int n = sizes[k][0];
        System s = system_create(&random, n, sizes[k][1], 0.5, 0, k == 0);
        for (scs_int i = 0; i < system_size(&s); ++i) {
            s.r[i] = i < n ? 1e-6 : i % 2 ? 1e3 : 1e-5;
        }
        Backend b;
        char description[80];
        CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
        kind()->describe(b.self, description, sizeof description);
        CHECK_CONTAINS(description, "refined");
        CHECK(scs_dense_is_refined(b.self));
        check_solves(&b, &s, &random, 1e-9);
        backend_free(&b);
        system_free(&s);
    }
    check_describes(10, 10, 0, "order: 10, of y");
}

int main(void) {
    static const CheckCase cases[] = {
        {"takes the smaller complement", takes_the_smaller_complement},
        {"takes a diagonal P", takes_a_diagonal_p},
        {"refines where it has to", refines_where_it_has_to},
    };
    backend_choice = SCS_LINSYS_CPU_DENSE;
    return CHECK_RUN(cases);
}
