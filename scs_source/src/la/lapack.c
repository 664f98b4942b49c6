/* SPDX-License-Identifier: MIT
 *
 * The one list of the routines in ScsLapack, by name and place.
 */
#include "scs_lapack.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    const char *name;
    size_t offset;
} Routine;

static const Routine routines[] = {
    {"dgemm", offsetof(ScsLapack, dgemm)},   {"dsyrk", offsetof(ScsLapack, dsyrk)},
    {"zherk", offsetof(ScsLapack, zherk)},   {"dsytrd", offsetof(ScsLapack, dsytrd)},
    {"zhetrd", offsetof(ScsLapack, zhetrd)}, {"dormtr", offsetof(ScsLapack, dormtr)},
    {"zunmtr", offsetof(ScsLapack, zunmtr)}, {"dstedc", offsetof(ScsLapack, dstedc)},
    {"dsteqr", offsetof(ScsLapack, dsteqr)}, {"dgesdd", offsetof(ScsLapack, dgesdd)},
    {"dgesvd", offsetof(ScsLapack, dgesvd)},
};

const char *scs_lapack_fill(ScsLapack *table,
                            ScsLapackFunction (*find)(void *context, const char *name),
                            void *context) {
    for (size_t k = 0; k < sizeof routines / sizeof *routines; ++k) {
        const ScsLapackFunction found = find(context, routines[k].name);
        if (!found) {
            return routines[k].name;
        }
        /* The member has another function type; the bytes of the pointer are the same. */
        memcpy((char *)table + routines[k].offset, (const void *)&found, sizeof found);
    }
    return NULL;
}
