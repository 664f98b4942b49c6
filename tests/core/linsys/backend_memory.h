/* SPDX-License-Identifier: MIT
 *
 * Making a backend when memory is short. Linked with -Wl,--wrap=calloc.
 */
#ifndef TESTS_CORE_LINSYS_BACKEND_MEMORY_H
#define TESTS_CORE_LINSYS_BACKEND_MEMORY_H

#include "support/short_memory.h"

#include "backend.h"

/* Every allocation in turn is refused, of which there are `least` at least: an error each
 * time, until nothing is refused. held, if not NULL, counts what a library has not given
 * back. */
static inline void check_create_in_short_memory(const System *s, long least,
                                                long (*held)(void)) {
    bool done = false;
    for (long k = 0; !done && k < 1000; ++k) {
        Backend b;
        refuse_calloc(k);
        const ScsErrorCode code = backend_create(&b, s);
        done = memory.calls <= k; /* k calls were enough */
        refuse_calloc(-1);
        CHECK_EQUAL(code, done ? SCS_OK : SCS_ERROR_MEMORY);
        CHECK_EQUAL(b.error.code, code);
        CHECK((b.self == NULL) == !done);
        CHECK(!done || k >= least);
        backend_free(&b);
        CHECK(!held || held() == 0);
    }
    CHECK(done);
}

#endif
