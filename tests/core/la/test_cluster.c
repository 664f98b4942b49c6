/* SPDX-License-Identifier: MIT */
#include "core/la/tridiagonals.h"
#include "la/cluster.h"
#include "la/vec.h"
#include "support/check.h"

#include <float.h>

enum { MOST = TRIDIAGONAL_MOST };

/* All vectors of the clusters of a matrix. Returns how many there are. */
static scs_int check(int which, scs_int n) {
    static double vectors[MOST * MOST];
    double d[MOST], e[MOST], values[MOST];
    scs_int column[MOST];
    tridiagonal_make(which, n, d, e);
    const double norm = tridiagonal_norm(n, d, e);
    ScsArena arena = {0};
    ScsTridiagonal t;
    scs_tridiagonal_init(&t, n, &arena);
    double *scratch = SCS_NEW(&arena, double, scs_cluster_scratch(n));
    scs_tridiagonal_set(&t, d, e);
    scs_tridiagonal_values(&t, 0, n, values);
    scs_int found = 0;
    for (scs_int k = 0; k < n;) {
        scs_int many = 0;
        for (; k + many < n; ++many) {
            column[many] = t.order[k + many];
            if (t.block[column[many]] != t.block[column[0]] ||
                values[column[many]] - values[column[0]] > 1e-12 * norm) {
                break;
            }
        }
        CHECK(scs_cluster_vectors(&t, many, column, values, vectors, scratch));
        for (scs_int i = 0; i < many; ++i) {
            const double *z = vectors + column[i] * n;
            CHECK_NEAR(tridiagonal_residual(n, d, e, values[column[i]], z), 0,
                       1e-13 * norm);
            for (scs_int j = 0; j <= i; ++j) {
                CHECK_NEAR(scs_vec_dot(z, vectors + column[j] * n, n), i == j, 1e-14);
            }
        }
        found += many > 1 ? many : 0;
        k += many;
    }
    scs_arena_release(&arena);
    return found;
}

static void vectors_are_orthonormal(void) {
    scs_int found = 0;
    for (int which = 0; which < TRIDIAGONALS; ++which) {
        if (which == 7 || which == 8) {
            continue; /* every entry is a block: nothing is left to compute */
        }
        for (scs_int n = 2; n <= MOST; n += n < 12 ? 1 : 13) {
            found += check(which, n);
        }
    }
    CHECK(found > 100);
}

int main(void) {
    static const CheckCase cases[] = {
        {"vectors are orthonormal", vectors_are_orthonormal},
    };
    return CHECK_RUN(cases);
}
