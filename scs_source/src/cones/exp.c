/* SPDX-License-Identifier: MIT
 *
 * The exponential cone K = cl {(x, y, z): y > 0, y exp(x / y) <= z} and its dual
 * K* = cl {(u, v, w): u < 0, -u exp(v / u) <= e w}.
 *
 * Both parts of Moreau's decomposition v = p - q, p in K, q in K*, p'q = 0, lie on rays
 * that one number rho describes; exp_root.h says how and finds it.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/exp_root.h"
#include "la/vec.h"

/* ---- the decomposition ---- */

/* exp(t) >= 1 + t decides most of what is outside without an exponential. */
static bool in_cone(ScsExpPoint v) {
    return v.y > 0 && v.z >= 0 && v.x + v.y <= v.z && v.y * exp(v.x / v.y) <= v.z;
}

/* Whether -v is in K*. */
static bool in_polar(ScsExpPoint v) {
    const scs_float e = 2.718281828459045;
    return v.x > 0 && v.z < 0 && v.x + v.y <= -e * v.z &&
           v.x * exp(v.y / v.x) <= -e * v.z;
}

/* Both parts from the root. Of the two formulas the one whose exponential is at most 1 is
 * insensitive to rounding in rho; the other part is then the difference. */
static void parts_of_root(ScsExpPoint v, scs_float rho, ScsExpPoint *p,
                          ScsExpPoint *q) {
    const scs_float square = rho * (rho - 1) + 1;
    if (rho > 0) {
        const scs_float b = scs_max(v.x / square - rho / square * v.y, 0);
        *q = (ScsExpPoint){-b, b * (rho - 1), b * exp(-rho)};
        *p = (ScsExpPoint){v.x + q->x, scs_max(v.y + q->y, 0), scs_max(v.z + q->z, 0)};
    } else {
        const scs_float a = scs_max(v.y / square + (rho - 1) / square * v.x, 0);
        *p = (ScsExpPoint){a * rho, a, a * exp(rho)};
        *q = (ScsExpPoint){scs_min(p->x - v.x, 0), p->y - v.y, scs_max(p->z - v.z, 0)};
    }
}

/* v = p - q, p in K, q in K*, for v whose largest entry is within 1e-100 and 1e100; rho is
 * where to begin, and becomes that of v. */
static void decompose(ScsExpPoint v, ScsExpPoint *p, ScsExpPoint *q, scs_float *rho) {
    const ScsExpPoint zero = {0, 0, 0};
    if (in_cone(v)) {
        *p = v;
        *q = zero;
    } else if (in_polar(v)) {
        *p = zero;
        *q = (ScsExpPoint){-v.x, -v.y, -v.z};
    } else if (v.x <= 0 && v.y <= 0) { /* onto the face y = 0 */
        *p = (ScsExpPoint){v.x, 0, scs_max(v.z, 0)};
        *q = (ScsExpPoint){0, -v.y, scs_max(-v.z, 0)};
    } else {
        *rho = scs_exp_root_find(v, *rho);
        parts_of_root(v, *rho, p, q);
    }
}

/* ---- the two kinds ---- */

/* The part of v = w or -w that is asked for, in w. */
static void replace_by_part(ScsConeBlock *block, scs_float *w, bool onto_dual) {
    const scs_float sign = onto_dual ? -1 : 1;
    ScsExpPoint p;
    ScsExpPoint q;
    decompose((ScsExpPoint){sign * w[0], sign * w[1], sign * w[2]}, &p, &q,
              block->state);
    const ScsExpPoint part = onto_dual ? q : p;
    w[0] = part.x;
    w[1] = part.y;
    w[2] = part.z;
}

/* Replace w by its projection onto K* (or K). */
static void project(ScsConeBlock *block, scs_float *w, bool onto_dual) {
    const scs_float largest = scs_max(fabs(w[0]), scs_max(fabs(w[1]), fabs(w[2])));
    if (largest == 0) {
        return;
    }
    if (largest > 1e-100 && largest < 1e100) {
        replace_by_part(block, w, onto_dual);
        return;
    }
    int exponent;
    (void)frexp(largest, &exponent);
    for (int i = 0; i < 3; ++i) {
        w[i] = ldexp(w[i], -exponent);
    }
    replace_by_part(block, w, onto_dual);
    for (int i = 0; i < 3; ++i) {
        w[i] = scs_shift(w[i], exponent);
    }
}

static ScsErrorCode project_onto_dual(ScsConeBlock *block, scs_float *y,
                                      const scs_float *r, ScsError *error) {
    (void)r;
    (void)error;
    project(block, y, true);
    return SCS_OK;
}

static ScsErrorCode project_onto_primal(ScsConeBlock *block, scs_float *y,
                                        const scs_float *r, ScsError *error) {
    (void)r;
    (void)error;
    project(block, y, false);
    return SCS_OK;
}

/* ---- the boundary ---- */

/* With p = a p(rho) and q = b q(rho) as above, only rho moves across both rays: the number
 * is |a p'(rho)| / |b q'(rho)|, of the parts of the derivatives across. */
static ScsBoundary linearise_primal(const ScsConeBlock *block, const scs_float *s,
                                    const scs_float *y, scs_float *w) {
    (void)block;
    const bool interior = y[0] == 0 && y[1] == 0 && y[2] == 0;
    const bool apex = s[0] == 0 && s[1] == 0 && s[2] == 0;
    if (interior || apex) {
        scs_vec_fill(interior ? (scs_float)INFINITY : 0, w, 3);
        return SCS_BOUNDARY_FLAT;
    }
    if (s[1] <= 0 || y[0] >= 0) {
        /* On the face y = 0, or so far out on a ray that its other entries have vanished
         * in rounding: the boundary is flat to what can be told. */
        w[0] = y[0] >= 0 ? (scs_float)INFINITY : 0;
        w[1] = s[1] > 0 ? (scs_float)INFINITY : 0;
        w[2] = s[2] >= y[2] ? (scs_float)INFINITY : 0;
        return SCS_BOUNDARY_FLAT;
    }
    const scs_float rho = s[0] / s[1];
    const scs_float power = exp(rho);
    const scs_float p_across = 1 / power + power * (rho * (rho - 2) + 2);
    const scs_float q_across = power + (rho * rho + 1) / power;
    const scs_float ratio = s[1] * p_across / (-y[0] * q_across);
    if (!(ratio >= 0)) { /* neither on one ray nor on the other: rounding was large */
        return SCS_BOUNDARY_UNKNOWN;
    }
    scs_vec_fill(ratio, w, 3);
    return SCS_BOUNDARY_CURVED;
}

static ScsBoundary linearise_dual(const ScsConeBlock *block, const scs_float *s,
                                  const scs_float *y, scs_float *w) {
    const ScsBoundary boundary = linearise_primal(block, y, s, w);
    for (int i = 0; i < 3; ++i) {
        w[i] = 1 / w[i];
    }
    return boundary;
}

/* ---- the kinds ---- */

static void reset(ScsConeBlock *block) {
    scs_float *rho = block->state;
    *rho = NAN;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    (void)lapack;
    (void)k;
    block->state = SCS_NEW(arena, scs_float, 1);
    if (block->state) {
        reset(block);
    }
}

static ScsErrorCode validate_primal(const ScsCone *k, ScsError *error) {
    return scs_cone_check_count("ep", k->ep, error);
}

static ScsErrorCode validate_dual(const ScsCone *k, ScsError *error) {
    return scs_cone_check_count("ed", k->ed, error);
}

static scs_int count_primal(const ScsCone *k) { return k->ep; }

static scs_int count_dual(const ScsCone *k) { return k->ed; }

static int64_t rows(const ScsCone *k, scs_int i) {
    (void)k;
    (void)i;
    return 3;
}

const ScsConeKind scs_cone_exp = {
    .name = "exponential cones",
    .separable = false,
    .weight = 1,
    .validate = validate_primal,
    .count = count_primal,
    .rows = rows,
    .alike = true,
    .setup = setup,
    .reset = reset,
    .project_dual = project_onto_dual,
    .linearise = linearise_primal,
};

const ScsConeKind scs_cone_exp_dual = {
    .name = "dual exponential cones",
    .separable = false,
    .weight = 1,
    .validate = validate_dual,
    .count = count_dual,
    .rows = rows,
    .alike = true,
    .setup = setup,
    .reset = reset,
    .project_dual = project_onto_primal,
    .linearise = linearise_dual,
};
