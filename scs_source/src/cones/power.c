/* SPDX-License-Identifier: MIT
 *
 * The power cone K = {(x, y, z): x^a y^(1-a) >= |z|, x, y >= 0} and its dual
 * K* = {(u, v, w): (u/a)^a (v/(1-a))^(1-a) >= |w|, u, v >= 0}, 0 <= a <= 1 with 0^0 = 1.
 * A parameter -a < 0 asks for the dual of the cone of a.
 *
 * Source: Hien, "Differential properties of Euclidean projection onto power cone",
 * Mathematical Methods of Operations Research 82 (2015), proposition 2.2. Outside the easy
 * cases the point of K nearest to (x, y, z) is (X, Y, sign(z) r), where with d = |z| - r
 *
 *     X = (x + sqrt(x^2 + 4 a r d)) / 2,   Y = (y + sqrt(y^2 + 4 (1 - a) r d)) / 2,
 *
 * and r is the root of X^a Y^(1-a) = r between 0 and |z|. The search is for log(r / d),
 * which gives both r and d to full precision even if one of them is tiny.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "la/vec.h"

#include <float.h>

typedef struct {
    scs_float a;            /* in [0, 1] */
    scs_float log_a, log_b; /* of a and 1 - a */
    bool dual;              /* the block is the dual of the cone of a */
    scs_float logit;        /* log(r / d) of the last root, a good first guess */
} Power;

typedef struct {
    scs_float x, y, z;
} Triple;

/* What r and d make of x: the larger root X of X (X - x) = c with c = a r d. Nothing is
 * subtracted that cancels. The logarithm of X / r, where tiny factors r are gone on either
 * side, is right even where c is too small for a number. */
typedef struct {
    scs_float value, shift; /* X and X - x */
    scs_float logarithm;    /* of X / r */
    scs_float elasticity;   /* d log X / d log c */
} Side;

static Side side(scs_float x, scs_float c, scs_float log_ad, scs_float log_r) {
    const scs_float root =
        scs_max(sqrt(x * x + 4 * c), fabs(x)); /* squares may vanish */
    const scs_float larger = 0.5 * (fabs(x) + root);
    if (larger == 0) {
        return (Side){0, 0, 0.5 * (log_ad - log_r), 0.5};
    }
    const scs_float smaller = c / larger;
    if (x > 0) {
        return (Side){larger, smaller, log(larger) - log_r, smaller / root};
    }
    return (Side){smaller, larger, log_ad - log(larger), larger / root};
}

/* All that follows from the logit. */
typedef struct {
    scs_float r, d;
    scs_float value; /* log(X^a Y^(1-a) / r), which decreases through 0 */
    scs_float slope; /* its derivative with respect to the logit */
    Side x, y;
} Trial;

static Trial trial_at(const Power *power, Triple v, scs_float logit) {
    const scs_float a = power->a;
    const scs_float odds = exp(-fabs(logit));
    const scs_float major = fabs(v.z) / (1 + odds);
    const scs_float minor = odds * major;
    const scs_float log_major = log(major);
    const scs_float log_r = log_major + scs_min(logit, 0);
    const scs_float log_d = log_major - scs_max(logit, 0);
    Trial t;
    t.r = logit > 0 ? major : minor;
    t.d = logit > 0 ? minor : major;
    t.x = side(v.x, a * minor * major, power->log_a + log_d, log_r);
    t.y = side(v.y, (1 - a) * minor * major, power->log_b + log_d, log_r);
    t.value = a * t.x.logarithm + (1 - a) * t.y.logarithm;
    /* With z = r + d, d log r = d/z and d log (r d) = (d - r)/z per unit of the logit. */
    const scs_float d_part = (logit > 0 ? odds : 1) / (1 + odds);
    t.slope =
        (a * t.x.elasticity + (1 - a) * t.y.elasticity) * (2 * d_part - 1) - d_part;
    return t;
}

/* The root of the equation, from the last one. */
static scs_float find_logit(const Power *power, Triple v) {
    enum { FREE_STEPS = 20, MOST_STEPS = 120 };
    scs_float low = -1500; /* beyond, even the square of r/d is not a number */
    scs_float high = 1500;
    scs_float logit = power->logit;
    for (int k = 0; k < MOST_STEPS; ++k) {
        const Trial t = trial_at(power, v, logit);
        const scs_float step = -t.value / t.slope;
        if (fabs(step) <= 2 * DBL_EPSILON * scs_max(1, fabs(logit)) ||
            high - low <= DBL_EPSILON * scs_max(1, fabs(logit))) {
            break;
        }
        if (t.value > 0) {
            low = logit;
        } else {
            high = logit;
        }
        scs_float next = logit + step;
        if (!(next > low && next < high) || (k >= FREE_STEPS && k % 2)) {
            next = 0.5 * (low + high);
        }
        logit = next;
    }
    return logit;
}

static bool in_cone(Triple v, scs_float a) {
    return v.x >= 0 && v.y >= 0 && pow(v.x, a) * pow(v.y, 1 - a) >= fabs(v.z);
}

/* Whether -v is in K*. */
static bool in_polar(Triple v, scs_float a) {
    return v.x <= 0 && v.y <= 0 &&
           pow(-v.x / a, a) * pow(-v.y / (1 - a), 1 - a) >= fabs(v.z);
}

/* The part in K of v = p - q for the cone {(s, z): |z| <= s} of the plane. */
static void project_plane(scs_float *s, scs_float *z) {
    const scs_float size = fabs(*z);
    if (size > *s) {
        const scs_float both = scs_max(0.5 * (*s + size), 0);
        *s = both;
        *z = copysign(both, *z);
    }
}

/* v = p - q, p in K, q in K*, for v whose largest entry is about 1. */
static void decompose(Power *power, Triple v, Triple *p, Triple *q) {
    const scs_float a = power->a;
    *p = v;
    if (a == 0) {
        p->x = scs_max(v.x, 0);
        project_plane(&p->y, &p->z);
    } else if (a == 1) {
        p->y = scs_max(v.y, 0);
        project_plane(&p->x, &p->z);
    } else if (in_cone(v, a)) {
        *p = v;
    } else if (in_polar(v, a)) {
        *p = (Triple){0, 0, 0};
    } else if (v.z == 0) {
        *p = (Triple){scs_max(v.x, 0), scs_max(v.y, 0), 0};
    } else {
        power->logit = find_logit(power, v);
        const Trial t = trial_at(power, v, power->logit);
        *p = (Triple){t.x.value, t.y.value, copysign(t.r, v.z)};
        *q = (Triple){t.x.shift, t.y.shift, -copysign(t.d, v.z)};
        return;
    }
    *q = (Triple){p->x - v.x, p->y - v.y, p->z - v.z};
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    (void)error;
    Power *power = block->state;
    const scs_float largest = scs_max(fabs(y[0]), scs_max(fabs(y[1]), fabs(y[2])));
    if (largest == 0) {
        return SCS_OK;
    }
    int exponent;
    (void)frexp(largest, &exponent);
    /* The dual of the dual is the cone itself: the part of y; else the part of -y. */
    const scs_float sign = power->dual ? 1 : -1;
    const Triple v = {sign * ldexp(y[0], -exponent), sign * ldexp(y[1], -exponent),
                      sign * ldexp(y[2], -exponent)};
    Triple p;
    Triple q;
    decompose(power, v, &p, &q);
    const Triple result = power->dual ? p : q;
    y[0] = scs_shift(result.x, exponent);
    y[1] = scs_shift(result.y, exponent);
    y[2] = scs_shift(result.z, exponent);
    return SCS_OK;
}

/* The boundary is a family of rays: with theta, p in K moves along ((1 - a) x, -a y, 0) and
 * q in K*, which is normal to it, along (-(1 - a) u, a v, 0). The number is the ratio of
 * these motions across both rays. */
static ScsBoundary linearise_primal(scs_float a, const scs_float *p, const scs_float *q,
                                    scs_float *w) {
    const scs_float across_x = p[1] * q[2] - p[2] * q[1]; /* p x q */
    const scs_float across_y = p[2] * q[0] - p[0] * q[2];
    const scs_float p_part = (1 - a) * p[0] * across_x - a * p[1] * across_y;
    const scs_float q_part = (1 - a) * q[0] * across_x - a * q[1] * across_y;
    if (!(p_part / q_part >= 0)) { /* z = 0, an edge; or rounding was large */
        return SCS_BOUNDARY_UNKNOWN;
    }
    scs_vec_fill(p_part / q_part, w, 3);
    return SCS_BOUNDARY_CURVED;
}

static ScsBoundary linearise(const ScsConeBlock *block, const scs_float *s,
                             const scs_float *y, scs_float *w) {
    const Power *power = block->state;
    const bool interior = y[0] == 0 && y[1] == 0 && y[2] == 0;
    const bool apex = s[0] == 0 && s[1] == 0 && s[2] == 0;
    if (interior || apex) {
        scs_vec_fill(interior ? (scs_float)INFINITY : 0, w, 3);
        return SCS_BOUNDARY_FLAT;
    }
    if (power->a == 0 || power->a == 1) { /* a polyhedron */
        return SCS_BOUNDARY_UNKNOWN;
    }
    if (!power->dual) {
        return linearise_primal(power->a, s, y, w);
    }
    const ScsBoundary boundary = linearise_primal(power->a, y, s, w);
    for (int i = 0; i < 3; ++i) {
        w[i] = 1 / w[i];
    }
    return boundary;
}

static void reset(ScsConeBlock *block) {
    Power *power = block->state;
    power->logit = 0;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    (void)lapack;
    Power *power = SCS_NEW(arena, Power, 1);
    block->state = power;
    if (power) {
        const scs_float a = fabs(k->p[block->index]);
        power->a = a < 1e-100 ? 0 : a; /* no number x has x^a other than 1 then */
        power->log_a = log(power->a);
        power->log_b = log1p(-power->a);
        power->dual = k->p[block->index] < 0;
        reset(block);
    }
}

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    const ScsErrorCode code = scs_cone_check_list("p", k->p, k->psize, error);
    if (code != SCS_OK) {
        return code;
    }
    for (scs_int i = 0; i < k->psize; ++i) {
        if (!(fabs(k->p[i]) <= 1)) {
            return scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field 'p': entry %lld is %g, "
                                 "must be in [-1, 1]",
                                 (long long)i, k->p[i]);
        }
    }
    return SCS_OK;
}

static scs_int count(const ScsCone *k) { return k->psize; }

static int64_t rows(const ScsCone *k, scs_int i) {
    (void)k;
    (void)i;
    return 3;
}

const ScsConeKind scs_cone_power = {
    .name = "power cones",
    .separable = false,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .setup = setup,
    .reset = reset,
    .project_dual = project_dual,
    .linearise = linearise,
};
