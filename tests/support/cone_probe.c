/* SPDX-License-Identifier: MIT
 *
 * The projections of the library for a program in another language: a small shared
 * library that the comparison with slow oracles (tests/oracles) drives from Python.
 *
 * A probe is one built cone set. It lives on between projections, so that warm starts
 * are part of what is compared.
 */
#include "base/arena.h"
#include "cones/cone_set.h"
#include "scs_lapack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(_WIN32)
#define PROBE_EXPORT __declspec(dllexport)
#else
#define PROBE_EXPORT __attribute__((visibility("default")))
#endif

typedef struct {
    ScsArena arena;
    ScsConeSet set;
} ConeProbe;

/* Build the set of k. cone_size is sizeof(ScsCone) as the caller believes it to be, which
 * finds out a caller with another layout. NULL with a sentence in text on failure. */
PROBE_EXPORT ConeProbe *cone_probe_open(const ScsCone *k, size_t cone_size,
                                        int64_t rows, char *text, size_t text_size);

/* Replace each of count vectors in y, one after the other, by the nearest point of the
 * dual cone in the metric of the same place in r; cold forgets the warm start before each.
 * 0, or an error code and a sentence in text; then the vectors from the failed one on are
 * not to be read. */
PROBE_EXPORT int cone_probe_project(ConeProbe *probe, scs_float *y, const scs_float *r,
                                    int64_t count, int cold, char *text,
                                    size_t text_size);

PROBE_EXPORT void cone_probe_close(ConeProbe *probe);

ConeProbe *cone_probe_open(const ScsCone *k, size_t cone_size, int64_t rows, char *text,
                           size_t text_size) {
    if (cone_size != sizeof *k) {
        snprintf(text, text_size, "ScsCone has %zu bytes, the caller's %zu", sizeof *k,
                 cone_size);
        return NULL;
    }
    ConeProbe *probe = calloc(1, sizeof *probe);
    if (!probe) {
        snprintf(text, text_size, "out of memory");
        return NULL;
    }
    ScsError error = {SCS_OK, ""};
    const ScsErrorCode code = scs_cone_set_build(
        &probe->set, k, (scs_int)rows, scs_lapack_linked(), &probe->arena, &error);
    if (code != SCS_OK) {
        snprintf(text, text_size, "%s", error.message);
        cone_probe_close(probe);
        return NULL;
    }
    return probe;
}

int cone_probe_project(ConeProbe *probe, scs_float *y, const scs_float *r,
                       int64_t count, int cold, char *text, size_t text_size) {
    const scs_int rows = probe->set.rows;
    for (int64_t i = 0; i < count; ++i) {
        if (cold) {
            scs_cone_set_reset(&probe->set);
        }
        ScsError error = {SCS_OK, ""};
        const ScsErrorCode code =
            scs_cone_set_project_dual(&probe->set, y + i * rows, r + i * rows, &error);
        if (code != SCS_OK) {
            snprintf(text, text_size, "vector %lld: %s", (long long)i, error.message);
            return (int)code;
        }
    }
    return 0;
}

void cone_probe_close(ConeProbe *probe) {
    scs_arena_release(&probe->arena);
    free(probe);
}
