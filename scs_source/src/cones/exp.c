/* SPDX-License-Identifier: MIT
 *
 * The exponential cone K = cl {(x, y, z): y > 0, y exp(x / y) <= z} and its dual
 * K* = cl {(u, v, w): u < 0, -u exp(v / u) <= e w}.
 *
 * Source: Friberg, "Projection onto the exponential cone: a univariate root-finding
 * problem", Optimization Methods and Software (2023). Both parts of Moreau's decomposition
 * v = p - q, p in K, q in K*, p'q = 0, lie on rays that one number rho describes:
 *
 *     p = a (rho, 1, exp(rho)),           a = (y + (rho - 1) x) / (rho^2 - rho + 1),
 *     q = b (-1, rho - 1, exp(-rho)),     b = (x - rho y) / (rho^2 - rho + 1)
 *
 * (v = (x, y, z) here); a and b solve the first two equations of v = p - q, and the third,
 * a exp(rho) - b exp(-rho) = z, has one root in the interval where a, b > 0.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "la/vec.h"

#include <float.h>

/* Beyond this the interval's end and its neighbours are the same to rounding, and its
 * square would overflow. */
static const scs_float largest_rho = 1e150;

typedef struct {
    scs_float x, y, z;
} Triple;

/* ---- the root ---- */

/* The interval that is known to hold the root. */
typedef struct {
    scs_float low, high;
} Interval;

static Interval search_interval(Triple v) {
    Interval i = {-largest_rho, largest_rho};
    if (v.x > 0) { /* a > 0 */
        i.low = scs_min(1 - v.y / v.x, largest_rho);
    }
    if (v.y > 0) { /* b > 0 */
        i.high = scs_max(v.x / v.y, -largest_rho);
    }
    /* Neither part is longer than v, whose entries are at most 1: a and b are at most
     * sqrt 3, and a exp(rho) >= z, b exp(-rho) >= -z. */
    const scs_float log_bound = 0.55;
    if (v.z > 0) {
        i.low = scs_max(i.low, log(v.z) - log_bound);
    } else if (v.z < 0) {
        i.high = scs_min(i.high, log_bound - log(-v.z));
    }
    return i;
}

/* The third equation as log(P / Q) = 0 with P = a exp(rho) + max(-z, 0) and
 * Q = b exp(-rho) + max(z, 0): nearly linear in rho, so that Newton's method needs few
 * steps wherever it starts, but near an end of the interval, where a or b goes to zero and
 * its logarithm bends: there P - Q itself is nearly linear. Returns P - Q, and both Newton
 * steps. */
static scs_float equation(Triple v, scs_float rho, scs_float *step,
                          scs_float *plain_step) {
    const scs_float square = rho * (rho - 1) + 1;
    const scs_float slope = 2 * rho - 1;
    const scs_float a = (v.y + (rho - 1) * v.x) / square;
    const scs_float b = (v.x - rho * v.y) / square;
    /* Rounding at the ends of the interval may make them negative, and an infinite power
     * times zero must not spoil the sign. */
    const scs_float primal = a > 0 ? a * exp(rho) : 0;
    const scs_float dual = b > 0 ? b * exp(-rho) : 0;
    const scs_float p = primal + scs_max(-v.z, 0);
    const scs_float q = dual + scs_max(v.z, 0);
    const scs_float value = log(p / q);
    const scs_float a_slope = (v.x - a * slope) / square;
    const scs_float b_slope = (-v.y - b * slope) / square;
    const scs_float p_slope = a > 0 ? primal + primal * (a_slope / a) : 0;
    const scs_float q_slope = b > 0 ? dual * (b_slope / b) - dual : 0;
    *step = -value / (p_slope / p - q_slope / q);
    *plain_step = (q - p) / (p_slope - q_slope);
    return p - q;
}

/* A point well inside the interval: its middle, or a few units from the end that is not
 * far away if it is long. */
static scs_float inside(Interval i, scs_float distance, bool near_low) {
    const scs_float middle = 0.5 * i.low + 0.5 * i.high;
    if (near_low) {
        return scs_min(middle, i.low + distance);
    }
    return scs_max(middle, i.high - distance);
}

/* Whether Newton's method is done with this step. It doubles the number of right digits:
 * after a step this much smaller than the distances over which the equation bends, from
 * the ends of the interval and about 1, the next would only be rounding. */
static bool is_last(scs_float step, scs_float rho, Interval i) {
    const scs_float bend =
        scs_min(scs_max(1, fabs(rho)), scs_min(rho - i.low, i.high - rho));
    return fabs(step) <= scs_max(1e-9 * bend, DBL_EPSILON * scs_max(1, fabs(rho)));
}

/* The root, from the guess if that is any good (NaN: none). */
static scs_float find_root(Triple v, scs_float guess) {
    enum { FREE_STEPS = 20, MOST_STEPS = 200 };
    const bool near_low =
        v.x > v.y; /* the end 1 - y/x or x/y that is of moderate size */
    const Interval whole = search_interval(v);
    Interval i = whole;
    scs_float distance = 1;
    scs_float rho = guess;
    if (!(rho > i.low && rho < i.high)) {
        rho = inside(i, distance, near_low);
    }
    for (int k = 0; k < MOST_STEPS && rho > i.low && rho < i.high; ++k) {
        scs_float step;
        scs_float plain_step;
        const scs_float difference = equation(v, rho, &step, &plain_step);
        if (difference == 0) {
            break;
        }
        if (is_last(step, rho, whole)) {
            rho = scs_clamp(rho + step, i.low, i.high);
            break;
        }
        if (difference > 0) {
            i.high = rho;
        } else {
            i.low = rho;
        }
        scs_float next = rho + step;
        if (!(next > i.low && next < i.high)) {
            next = rho + plain_step;
        }
        if (!(next > i.low && next < i.high) || (k >= FREE_STEPS && k % 2)) {
            distance *= 2;
            next = inside(i, distance, near_low);
        }
        rho = next;
    }
    return rho;
}

/* ---- the decomposition ---- */

static bool in_cone(Triple v) { return v.y > 0 && v.y * exp(v.x / v.y) <= v.z; }

/* Whether -v is in K*. */
static bool in_polar(Triple v) {
    const scs_float e = 2.718281828459045;
    return v.x > 0 && v.z < 0 && v.x * exp(v.y / v.x) <= -e * v.z;
}

/* Both parts from the root. Of the two formulas the one whose exponential is at most 1 is
 * insensitive to rounding in rho; the other part is then the difference. */
static void parts_of_root(Triple v, scs_float rho, Triple *p, Triple *q) {
    const scs_float square = rho * (rho - 1) + 1;
    if (rho > 0) {
        const scs_float b = scs_max(v.x / square - rho / square * v.y, 0);
        *q = (Triple){-b, b * (rho - 1), b * exp(-rho)};
        *p = (Triple){v.x + q->x, scs_max(v.y + q->y, 0), scs_max(v.z + q->z, 0)};
    } else {
        const scs_float a = scs_max(v.y / square + (rho - 1) / square * v.x, 0);
        *p = (Triple){a * rho, a, a * exp(rho)};
        *q = (Triple){scs_min(p->x - v.x, 0), p->y - v.y, scs_max(p->z - v.z, 0)};
    }
}

/* v = p - q, p in K, q in K*, for v whose largest entry is about 1. */
static void decompose(Triple v, Triple *p, Triple *q, scs_float *rho) {
    const Triple zero = {0, 0, 0};
    if (in_cone(v)) {
        *p = v;
        *q = zero;
    } else if (in_polar(v)) {
        *p = zero;
        *q = (Triple){-v.x, -v.y, -v.z};
    } else if (v.x <= 0 && v.y <= 0) { /* onto the face y = 0 */
        *p = (Triple){v.x, 0, scs_max(v.z, 0)};
        *q = (Triple){0, -v.y, scs_max(-v.z, 0)};
    } else {
        *rho = find_root(v, *rho);
        parts_of_root(v, *rho, p, q);
    }
}

/* ---- the two kinds ---- */

/* Replace w by its projection onto K* (or K). */
static void project(ScsConeBlock *block, scs_float *w, bool onto_dual) {
    const scs_float largest = scs_max(fabs(w[0]), scs_max(fabs(w[1]), fabs(w[2])));
    if (largest == 0) {
        return;
    }
    int exponent;
    (void)frexp(largest, &exponent);
    const scs_float sign = onto_dual ? -1 : 1;
    const Triple v = {sign * ldexp(w[0], -exponent), sign * ldexp(w[1], -exponent),
                      sign * ldexp(w[2], -exponent)};
    Triple p;
    Triple q;
    decompose(v, &p, &q, block->state);
    const Triple result = onto_dual ? q : p;
    w[0] = scs_shift(result.x, exponent);
    w[1] = scs_shift(result.y, exponent);
    w[2] = scs_shift(result.z, exponent);
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
