/* SPDX-License-Identifier: MIT
 *
 * Every backend when memory is short: every allocation in turn is refused. Linked
 * with -Wl,--wrap=calloc, the one function by which the core allocates. The address
 * sanitizer watches for leaks.
 */
#include "backend_memory.h"

static void create_one(void) {
    Random random = {61};
    System s = system_create(&random, 60, 50, 0.1, 2, 1);
    check_create_in_short_memory(&s, 2, NULL);
    system_free(&s);
}

static void create_survives(void) {
    do {
        create_one();
    } while (next_backend());
}

static void clone_and_update_one(void) {
    Random random = {62};
    System s = system_create(&random, 60, 50, 0.1, 2, 1);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    bool done = false;
    for (long k = 0; !done && k < 1000; ++k) {
        System copy = system_copy(&s);
        Backend c = {0};
        refuse_calloc(k);
        ScsErrorCode code = kind()->clone(&c.self, b.self, &copy.a, system_p(&copy),
                                          &c.arena, &c.error);
        CHECK((code == SCS_OK) == (c.self != NULL));
        if (code == SCS_OK) {
            code = kind()->update_metric(c.self, copy.r, &c.error);
        }
        done = memory.calls <= k;
        refuse_calloc(-1);
        CHECK_EQUAL(code, done ? SCS_OK : SCS_ERROR_MEMORY);
        if (c.self && !done) { /* the next update has memory and succeeds */
            CHECK_EQUAL(kind()->update_metric(c.self, copy.r, &c.error), SCS_OK);
        }
        if (c.self) {
            CHECK(same_solution(&b, &c, &s));
        }
        backend_free(&c);
        system_free(&copy);
    }
    CHECK(done);
    check_solves(&b, &s, &random, 1e-11);
    backend_free(&b);
    system_free(&s);
}

static void clone_and_update_survive(void) {
    do {
        clone_and_update_one();
    } while (next_backend());
}

static void solve_and_update_one(void) {
    Random random = {63};
    System s = system_create(&random, 200, 150, 0.03, 2, 1);
    Backend b;
    CHECK_EQUAL(backend_create(&b, &s), SCS_OK);
    double x[350];
    random_vector(&random, x, 350);
    refuse_calloc(-1);
    CHECK_EQUAL(kind()->solve(b.self, x, NULL, 0, &b.error), SCS_OK);
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(memory.calls, 0);
    backend_free(&b);
    system_free(&s);
}

static void solve_and_update_allocate_nothing(void) {
    do {
        solve_and_update_one();
    } while (next_backend());
}

static ScsErrorCode create_auto(Backend *b, const System *s) {
    *b = (Backend){0};
    return scs_linsys_find(SCS_LINSYS_AUTO, NULL)
        ->create(&b->self, &s->a, system_p(s), s->r, &b->arena, &b->error);
}

static void check_auto(const System *s, ScsLinearSolver expected) {
    bool done = false;
    for (long k = 0; !done && k < 1000; ++k) {
        Backend b;
        refuse_calloc(k);
        const ScsErrorCode code = create_auto(&b, s);
        done = memory.calls <= k;
        refuse_calloc(-1);
        CHECK_EQUAL(code, done ? SCS_OK : SCS_ERROR_MEMORY);
        CHECK(!done || b.self->kind == scs_linsys_find(expected, NULL));
        backend_free(&b);
    }
    CHECK(done);
}

/* With a trial of conjugate gradients and without one. */
static void choosing_survives(void) {
    Random random = {64};
    System s = system_create(&random, 200, 300, 0.01, 1, 0);
    check_auto(&s, SCS_LINSYS_QDLDL);
    system_free(&s);
    s = system_create(&random, 900, 1800, 4.0 / 900, 0, 0);
    for (scs_int j = 0; j < s.n; ++j) {
        s.r[j] = 1e3; /* which makes conjugate gradients fast */
    }
    check_auto(&s, SCS_LINSYS_CPU_INDIRECT);
    system_free(&s);
}

/* A with some entries in every column, without a dense copy as system_create makes it. */
static System large_system(Random *random, scs_int n, scs_int m, scs_int each) {
    System s = {.n = n, .m = m, .a = {.n = n, .m = m}};
    s.a.x = (scs_float *)calloc((size_t)(each * n), sizeof *s.a.x);
    s.a.i = (scs_int *)calloc((size_t)(each * n), sizeof *s.a.i);
    s.a.p = (scs_int *)calloc((size_t)n + 1, sizeof *s.a.p);
    s.r = (scs_float *)calloc((size_t)(n + m), sizeof *s.r);
    random_vector(random, s.a.x, each * n);
    for (scs_int k = 0; k < each * n; ++k) { /* one row in each of the equal parts */
        const scs_int part = k % each;
        const scs_int begin = (scs_int)((double)m * part / each);
        const scs_int end = (scs_int)((double)m * (part + 1) / each);
        s.a.i[k] = begin + random_below(random, end - begin);
    }
    for (scs_int j = 0; j <= n; ++j) {
        s.a.p[j] = each * j;
    }
    random_metric(random, &s, 4);
    return s;
}

/* There is no room for a factor of more than 8 MiB, but all else fits. */
static void without_room_for_the_factor(void) {
    Random random = {65};
    System s = large_system(&random, 2700, 2700, 8);
    Backend b;
    memory.most = (size_t)1 << 23;
    CHECK_EQUAL(create_auto(&b, &s), SCS_OK);
    memory.most = SIZE_MAX;
    CHECK(b.self && b.self->kind == scs_linsys_find(SCS_LINSYS_CPU_INDIRECT, NULL));
    backend_free(&b);
    memory.most = (size_t)1 << 17; /* nothing fits */
    CHECK_EQUAL(create_auto(&b, &s), SCS_ERROR_MEMORY);
    memory.most = SIZE_MAX;
    backend_free(&b);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"create survives", create_survives},
        {"clone and update survive", clone_and_update_survive},
        {"solve and update allocate nothing", solve_and_update_allocate_nothing},
        {"choosing survives", choosing_survives},
        {"without room for the factor", without_room_for_the_factor},
    };
    return CHECK_RUN(cases);
}
