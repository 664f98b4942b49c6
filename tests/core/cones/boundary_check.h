/* SPDX-License-Identifier: MIT
 *
 * W of ScsConeKind.linearise against differences of the projection: ds = -W dy for the
 * motions dy and ds of the two parts of w when w moves.
 */
#ifndef TESTS_CORE_CONES_BOUNDARY_CHECK_H
#define TESTS_CORE_CONES_BOUNDARY_CHECK_H

#include "core/cones/projection_check.h"

/* y = nearest point of K* to w + h dw, s = r (y - w - h dw) */
static inline void boundary_parts(ScsConeSet *set, const double *w, const double *dw,
                                  double h, const double *r, double *s, double *y) {
    double moved[MOST_ROWS];
    for (scs_int i = 0; i < set->rows; ++i) {
        moved[i] = w[i] + h * dw[i];
    }
    memcpy(y, moved, (size_t)set->rows * sizeof *y);
    CHECK(scs_cone_set_project_dual(set, y, r, NULL) == SCS_OK);
    for (scs_int i = 0; i < set->rows; ++i) {
        s[i] = r[i] * (y[i] - moved[i]);
    }
}

static inline double boundary_dot(const double *a, const double *b, scs_int n) {
    double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* How far (ds, dy) is from ds = -W dy, relative to its size. */
static inline double boundary_error(ScsBoundary boundary, const double *w,
                                    const double *s, const double *y, const double *ds,
                                    const double *dy, scs_int n) {
    const double size = sqrt(boundary_dot(ds, ds, n)) + sqrt(boundary_dot(dy, dy, n));
    double worst = 0;
    if (boundary == SCS_BOUNDARY_FLAT) {
        for (scs_int i = 0; i < n; ++i) {
            worst = fmax(worst, fabs(w[i] == 0 ? ds[i] : dy[i]));
        }
        return worst / size;
    }
    if (boundary == SCS_BOUNDARY_RAY) {
        double product = 0;
        for (scs_int i = 0; i < n; ++i) {
            const double off_ray = ds[i] - s[i] / s[0] * ds[0];
            worst = fmax(worst, fabs(w[i] == 0 ? off_ray : dy[i]));
            product += w[i] == 0 ? s[i] / s[0] * dy[i] : 0;
        }
        return fmax(worst, fabs(product)) / size;
    }
    const double s_norm = sqrt(boundary_dot(s, s, n));
    const double y_norm = sqrt(boundary_dot(y, y, n));
    const double s_moves = boundary_dot(s, ds, n) / s_norm;
    const double y_moves = boundary_dot(y, dy, n) / y_norm;
    worst = fmax(fabs(boundary_dot(s, dy, n)) / s_norm,
                 fabs(boundary_dot(y, ds, n)) / y_norm);
    for (scs_int i = 0; i < n; ++i) {
        const double ds_rest = ds[i] - s_moves * s[i] / s_norm;
        const double dy_rest = dy[i] - y_moves * y[i] / y_norm;
        worst = fmax(worst, fabs(ds_rest + w[i] * dy_rest) / fmax(1, w[i]));
    }
    return worst / size;
}

/* The boundary of the only block at a random point, and how far it is from what the
 * difference there says. */
static inline double boundary_try(ScsConeSet *set, uint64_t *seed, bool varied,
                                  ScsBoundary *boundary) {
    const double h = 1e-5;
    const ScsConeBlock *block = &set->blocks[0];
    const scs_int n = set->rows;
    double w[MOST_ROWS], dw[MOST_ROWS], r[MOST_ROWS], s[MOST_ROWS], y[MOST_ROWS];
    double before[2][MOST_ROWS], after[2][MOST_ROWS], diagonal[MOST_ROWS];
    projection_metric(varied, seed, r, n);
    for (scs_int i = 0; i < n; ++i) {
        w[i] = projection_normal(seed);
        dw[i] = projection_normal(seed);
    }
    boundary_parts(set, w, dw, -h, r, before[0], before[1]);
    boundary_parts(set, w, dw, h, r, after[0], after[1]);
    boundary_parts(set, w, dw, 0, r, s, y);
    for (scs_int i = 0; i < n; ++i) {
        after[0][i] = (after[0][i] - before[0][i]) / (2 * h);
        after[1][i] = (after[1][i] - before[1][i]) / (2 * h);
    }
    *boundary = block->kind->linearise(block, s, y, diagonal);
    return *boundary == SCS_BOUNDARY_UNKNOWN
               ? 0
               : boundary_error(*boundary, diagonal, s, y, after[0], after[1], n);
}

/* One block, at random points. Few of them are so close to an edge that the difference
 * sees both sides; some must be curved if the cone is. */
static inline void boundary_run(const ScsCone *cone, scs_int n, bool curved) {
    enum { ROUNDS = 400 };
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, cone, n, NULL, &arena, NULL) == SCS_OK);
    uint64_t seed = 1234567;
    int wrong = 0;
    int curves = 0;
    for (int round = 0; round < ROUNDS; ++round) {
        ScsBoundary boundary;
        wrong += !(boundary_try(&set, &seed, false, &boundary) < 1e-4);
        CHECK(boundary != SCS_BOUNDARY_UNKNOWN);
        curves += boundary == SCS_BOUNDARY_CURVED;
    }
    if (!CHECK(wrong <= ROUNDS / 50)) {
        printf("    %d of %d points\n", wrong, (int)ROUNDS);
    }
    CHECK(curved ? curves > ROUNDS / 10 : curves == 0);
    scs_arena_release(&arena);
}

#endif
