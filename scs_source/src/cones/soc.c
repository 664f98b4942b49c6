/* SPDX-License-Identifier: MIT
 *
 * The second-order cone {(t, z): |z| <= t}: its own dual. The nearest point has a
 * closed form, see Parikh and Boyd, "Proximal algorithms" (2014), section 6.3.2. One
 * row is the nonnegative half-line.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "la/vec.h"

#include <float.h>

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_sizes("q", k->q, k->qsize, 0, error);
}

static scs_int count(const ScsCone *k) { return k->qsize; }

static int64_t rows(const ScsCone *k, scs_int i) { return k->q[i]; }

/* Replace (t, z) by its projection, where norm = |z| > |t|. */
static void project_outside(scs_float *t, scs_float *z, scs_float norm, scs_int n) {
    *t = 0.5 * (*t + norm);
    scs_vec_scale(*t / norm, z, n);
}

/* Squares of the entries would overflow or vanish: work on the vector divided by its
 * largest entry. */
static void project_scaled(scs_float *y, scs_int n) {
    const scs_float unit = scs_vec_norm_inf(y, n);
    if (unit == 0) {
        return;
    }
    scs_float square = 0;
    for (scs_int i = 1; i < n; ++i) {
        square += (y[i] / unit) * (y[i] / unit);
    }
    const scs_float norm = sqrt(square);
    scs_float t = y[0] / unit;
    if (norm <= t) {
        return;
    }
    if (norm <= -t) {
        scs_vec_fill(0, y, n);
        return;
    }
    project_outside(&t, y + 1, norm, n - 1);
    y[0] = scs_min(t * unit, DBL_MAX);
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    (void)error;
    const scs_int n = block->rows;
    if (n == 0) {
        return SCS_OK;
    }
    const scs_float square = scs_vec_dot(y + 1, y + 1, n - 1);
    if (!(square > 1e-200 && square < 1e200)) {
        project_scaled(y, n);
        return SCS_OK;
    }
    const scs_float norm = sqrt(square);
    if (norm <= y[0]) {
        return SCS_OK;
    }
    if (norm <= -y[0]) {
        scs_vec_fill(0, y, n);
        return SCS_OK;
    }
    project_outside(y, y + 1, norm, n - 1);
    return SCS_OK;
}

/* The sphere's radius is s_0 on one side and y_0 on the other. In the interior, and at the
 * apex, there is no curvature. */
static ScsBoundary linearise(const ScsConeBlock *block, const scs_float *s,
                             const scs_float *y, scs_float *w) {
    if (block->rows == 0) {
        return SCS_BOUNDARY_FLAT;
    }
    const bool interior = y[0] <= 0;
    const bool apex = s[0] <= 0;
    if (block->rows == 1 || interior || apex) {
        const bool free = block->rows == 1 ? s[0] >= y[0] : interior;
        scs_vec_fill(free ? (scs_float)INFINITY : 0, w, block->rows);
        return SCS_BOUNDARY_FLAT;
    }
    scs_vec_fill(s[0] / y[0], w, block->rows);
    return SCS_BOUNDARY_CURVED;
}

const ScsConeKind scs_cone_soc = {
    .name = "second-order cones",
    .self_dual = true,
    .separable = false,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .project_dual = project_dual,
    .linearise = linearise,
};
