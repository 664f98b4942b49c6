/* SPDX-License-Identifier: MIT
 *
 * Which backend auto creates for systems of every sort.
 */
#include "backend.h"

static ScsLinSys *create(Backend *b, const System *s) {
    *b = (Backend){0};
    const ScsLinSysKind *automatic = scs_linsys_find(SCS_LINSYS_AUTO, &b->error);
    CHECK_EQUAL(
        automatic->create(&b->self, &s->a, system_p(s), s->r, &b->arena, &b->error),
        SCS_OK);
    return b->self;
}

/* Check what is created, twice, and that it behaves as if it had been asked for. */
static void check_choice(const System *s, ScsLinearSolver expected) {
    Random random = {7};
    for (int k = 0; k < 2; ++k) {
        Backend b;
        Backend named;
        if (CHECK(create(&b, s))) {
            backend_choice = expected;
            if (!CHECK(b.self->kind == kind())) {
                b.self->kind->destroy(b.self);
                b.self = NULL;
                backend_free(&b);
                break;
            }
            check_solves(&b, s, &random, 1e-9);
            CHECK_EQUAL(backend_create(&named, s), SCS_OK);
            backend_free(&b);
            CHECK(create(&b, s));
            CHECK(same_solution(&b, &named, s));
            backend_free(&named);
        }
        backend_free(&b);
    }
    backend_choice = SCS_LINSYS_QDLDL;
}

static void takes_direct_where_the_factor_is_sparse(void) {
    Random random = {401};
    for (int with_p = 0; with_p < 2; ++with_p) {
        System s = system_create(&random, 200, 300, 0.01, 1, 0);
        if (with_p) {
            s.p = random_semidefinite(&random, 200, 30, 0.01, 1);
        }
        check_choice(&s, SCS_LINSYS_QDLDL);
        system_free(&s);
    }
}

static void takes_direct_where_all_is_small(void) {
    Random random = {402};
    System s = system_create(&random, 30, 40, 0.1, 1, 0);
    check_choice(&s, SCS_LINSYS_QDLDL);
    system_free(&s);
}

/* Long, wide, very narrow, with a full P. */
static void takes_dense_where_a_is_full(void) {
    Random random = {403};
    const struct {
        scs_int n, m;
        double density;
        int with_p;
    } cases[] = {{100, 300, 1, 0}, {300, 100, 1, 0}, {8, 900, 1, 1}, {90, 120, 1, 1}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; ++k) {
        System s = system_create(&random, cases[k].n, cases[k].m, cases[k].density, 1,
                                 cases[k].with_p);
        check_choice(&s, SCS_LINSYS_CPU_DENSE);
        system_free(&s);
    }
}

/* Random entries: minimum degree would take longer than all else together. */
static void takes_dense_where_ordering_is_long(void) {
    Random random = {408};
    const struct {
        scs_int n, m;
        double density;
    } cases[] = {{200, 600, 0.4}, {300, 100, 0.5}, {100, 300, 0.2}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; ++k) {
        System s =
            system_create(&random, cases[k].n, cases[k].m, cases[k].density, 1, 0);
        check_choice(&s, SCS_LINSYS_CPU_DENSE);
        system_free(&s);
    }
}

/* An order that takes no time makes the direct one cheaper (linsys/elimination.h). */
static void takes_direct_where_sides_will_do(void) {
    Random random = {408};
    System s = system_create(&random, 200, 600, 0.3, 1, 0);
    check_choice(&s, SCS_LINSYS_QDLDL);
    system_free(&s);
}

/* The same matrix with a metric that makes the complement ill-conditioned: solves have to
 * be refined, which pays only where the matrix is large. */
static void takes_direct_where_dense_is_inexact(void) {
    Random random = {407};
    for (int large = 0; large < 2; ++large) {
        System s = system_create(&random, large ? 300 : 50, large ? 100 : 20, 1, 0, 0);
        check_choice(&s, SCS_LINSYS_CPU_DENSE);
        for (scs_int i = 0; i < system_size(&s); ++i) {
            s.r[i] = i < s.n ? (i % 2 ? 1e-7 : 1e4) : i % 2 ? 1e4 : 1e-7;
        }
        check_choice(&s, large ? SCS_LINSYS_CPU_DENSE : SCS_LINSYS_QDLDL);
        system_free(&s);
    }
}

/* So sparse that products are cheap, so random that the factor is nearly full. */
static System filling_system(Random *random, double r_x) {
    System s = system_create(random, 900, 1800, 4.0 / 900, 0, 0);
    for (scs_int j = 0; j < s.n; ++j) {
        s.r[j] = r_x;
    }
    return s;
}

static void takes_indirect_where_the_factor_is_enormous(void) {
    Random random = {404};
    System s = filling_system(&random, 1e3);
    check_choice(&s, SCS_LINSYS_CPU_INDIRECT);
    system_free(&s);
}

/* The same, but conjugate gradients take hundreds of steps. */
static void takes_direct_where_indirect_is_slow(void) {
    Random random = {405};
    System s = filling_system(&random, 1e-6);
    check_choice(&s, SCS_LINSYS_QDLDL);
    system_free(&s);
}

static void fails_as_the_chosen_one_does(void) {
    Random random = {406};
    System s = system_create(&random, 16, 8, 0.3, 0, 0);
    s.p = random_semidefinite(&random, 16, 3, 2, -1);
    Backend b = {0};
    const ScsLinSysKind *automatic = scs_linsys_find(SCS_LINSYS_AUTO, NULL);
    CHECK_EQUAL(automatic->create(&b.self, &s.a, &s.p, s.r, &b.arena, &b.error),
                SCS_ERROR_NUMERICAL);
    CHECK(!b.self);
    CHECK_CONTAINS(b.error.message, "P is not positive semidefinite");
    backend_free(&b);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"takes direct where the factor is sparse",
         takes_direct_where_the_factor_is_sparse},
        {"takes direct where all is small", takes_direct_where_all_is_small},
        {"takes dense where A is full", takes_dense_where_a_is_full},
        {"takes dense where ordering is long", takes_dense_where_ordering_is_long},
        {"takes direct where sides will do", takes_direct_where_sides_will_do},
        {"takes direct where dense is inexact", takes_direct_where_dense_is_inexact},
        {"takes indirect where the factor is enormous",
         takes_indirect_where_the_factor_is_enormous},
        {"takes direct where indirect is slow", takes_direct_where_indirect_is_slow},
        {"fails as the chosen one does", fails_as_the_chosen_one_does},
    };
    return CHECK_RUN(cases);
}
