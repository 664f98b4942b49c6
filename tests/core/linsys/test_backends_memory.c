/* SPDX-License-Identifier: MIT
 *
 * Every backend when memory is short: every allocation in turn is refused. Linked
 * with -Wl,--wrap=calloc, the one function by which the core allocates. The address
 * sanitizer watches for leaks.
 */
#include "backend.h"

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static long calls;       /* since the last reset */
static long refuse = -1; /* the call to refuse; -1: none */

void *__wrap_calloc(size_t count, size_t size) {
    return calls++ == refuse ? NULL : __real_calloc(count, size);
}

static void count_from(long refused) {
    calls = 0;
    refuse = refused;
}

static void create_one(void) {
    Random random = {61};
    System s = system_create(&random, 60, 50, 0.1, 2, 1);
    bool done = false;
    for (long k = 0; !done && k < 1000; ++k) {
        Backend b;
        count_from(k);
        const ScsErrorCode code = backend_create(&b, &s);
        done = calls <= k; /* k calls were enough */
        count_from(-1);
        CHECK_EQUAL(code, done ? SCS_OK : SCS_ERROR_MEMORY);
        CHECK((b.self == NULL) == !done);
        if (done) {
            CHECK(k > 1);
        } else {
            CHECK_EQUAL(b.error.code, SCS_ERROR_MEMORY);
        }
        backend_free(&b);
    }
    CHECK(done);
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
        count_from(k);
        ScsErrorCode code = kind()->clone(&c.self, b.self, &copy.a, system_p(&copy),
                                          &c.arena, &c.error);
        CHECK((code == SCS_OK) == (c.self != NULL));
        if (code == SCS_OK) {
            code = kind()->update_metric(c.self, copy.r, &c.error);
        }
        done = calls <= k;
        count_from(-1);
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
    count_from(-1);
    CHECK_EQUAL(kind()->solve(b.self, x, NULL, 0, &b.error), SCS_OK);
    CHECK_EQUAL(kind()->update_metric(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(kind()->update_values(b.self, s.r, &b.error), SCS_OK);
    CHECK_EQUAL(calls, 0);
    backend_free(&b);
    system_free(&s);
}

static void solve_and_update_allocate_nothing(void) {
    do {
        solve_and_update_one();
    } while (next_backend());
}

int main(void) {
    static const CheckCase cases[] = {
        {"create survives", create_survives},
        {"clone and update survive", clone_and_update_survive},
        {"solve and update allocate nothing", solve_and_update_allocate_nothing},
    };
    return CHECK_RUN(cases);
}
