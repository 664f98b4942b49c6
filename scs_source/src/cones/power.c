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

/* What a logit makes of |z|. */
typedef struct {
    scs_float r, d;
    scs_float d_part; /* d / |z| */
    scs_float larger; /* of r and d */
} Split;

static Split split_at(scs_float z, scs_float logit) {
    const scs_float odds = exp(-fabs(logit));
    const scs_float major_part = 1 / (1 + odds);
    const scs_float larger = fabs(z) * major_part;
    const scs_float smaller = odds * larger;
    if (logit > 0) {
        return (Split){larger, smaller, odds * major_part, larger};
    }
    return (Split){smaller, larger, major_part, larger};
}

/* The roots X and X - x of X (X - x) = c up to their signs, c = a r d. Nothing is
 * subtracted that cancels. */
typedef struct {
    scs_float larger, smaller;
    scs_float root; /* their sum */
} Side;

static Side side(scs_float x, scs_float c) {
    const scs_float root =
        scs_max(sqrt(x * x + 4 * c), fabs(x)); /* squares may vanish */
    const scs_float larger = 0.5 * (fabs(x) + root);
    return (Side){larger, larger > 0 ? c / larger : 0, root};
}

static scs_float primal_part(scs_float x, Side s) {
    return x > 0 ? s.larger : s.smaller;
}

static scs_float dual_part(scs_float x, Side s) { return x > 0 ? s.smaller : s.larger; }

/* log(X / r). For x <= 0, X = a r d / larger: r cancels, so that this is right even where
 * c = a r d underflows. And the derivative of log X with respect to log c and its own. */
typedef struct {
    scs_float value, elasticity, bend;
} Logarithm;

static Logarithm logarithm(scs_float x, Side s, scs_float log_ad, scs_float log_r) {
    if (s.larger == 0) {
        return (Logarithm){0.5 * (log_ad - log_r), 0.5, 0};
    }
    const scs_float share = s.smaller / s.root;
    const scs_float bend = share * (1 - share) * (1 - 2 * share);
    const scs_float log_larger = log(s.larger);
    if (x > 0) {
        return (Logarithm){log_larger - log_r, share, bend};
    }
    return (Logarithm){log_ad - log_larger, 1 - share, -bend};
}

/* log(X^a Y^(1-a) / r), which decreases through 0, and its derivatives with respect to the
 * logit. */
typedef struct {
    scs_float value, slope, curvature;
} Equation;

static Equation equation_at(const Power *power, Triple v, scs_float logit) {
    const scs_float a = power->a;
    const Split t = split_at(v.z, logit);
    const scs_float log_larger = log(t.larger);
    const scs_float log_r = log_larger + scs_min(logit, 0);
    const scs_float log_d = log_larger - scs_max(logit, 0);
    const scs_float product = t.r * t.d;
    const Logarithm x =
        logarithm(v.x, side(v.x, a * product), power->log_a + log_d, log_r);
    const Logarithm y =
        logarithm(v.y, side(v.y, (1 - a) * product), power->log_b + log_d, log_r);
    /* With z = r + d, d log r = d/z and d log (r d) = (d - r)/z per unit of the logit, and
     * d/z itself changes by -r d/z^2. */
    const scs_float c_slope = 2 * t.d_part - 1; /* of log c */
    const scs_float elasticity = a * x.elasticity + (1 - a) * y.elasticity;
    return (Equation){
        .value = a * x.value + (1 - a) * y.value,
        .slope = elasticity * c_slope - t.d_part,
        .curvature = (a * x.bend + (1 - a) * y.bend) * c_slope * c_slope -
                     t.d_part * (1 - t.d_part) * (2 * elasticity - 1),
    };
}

/* The root of the equation, from the last one. */
static scs_float find_logit(const Power *power, Triple v) {
    enum { FREE_STEPS = 20, MOST_STEPS = 120 };
    scs_float low = -1500; /* beyond, even the square of r/d is not a number */
    scs_float high = 1500;
    scs_float logit = power->logit;
    for (int k = 0; k < MOST_STEPS; ++k) {
        const Equation f = equation_at(power, v, logit);
        const scs_float rounding = DBL_EPSILON * scs_max(1, fabs(logit));
        if (f.value == 0 || high - low <= rounding) {
            break;
        }
        /* Halley's step: with half of the relative change of the slope on the way, `bend`,
         * its error is a product of three such small numbers. */
        const scs_float newton = -f.value / f.slope;
        const scs_float bend = 0.5 * newton * f.curvature / f.slope;
        const scs_float step = bend > -0.5 ? newton / (1 + bend) : newton;
        const scs_float size = scs_max(newton * newton, bend * bend);
        if (size * fabs(newton) <= 0.1 * rounding) {
            logit += step;
            break;
        }
        if (f.value > 0) {
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

/* Whether x^a y^(1-a) >= z, x, y >= 0. This mean is between the harmonic and the arithmetic
 * one, which mostly tell without powers. */
static bool mean_reaches(scs_float x, scs_float y, scs_float a, scs_float z) {
    if (a * x + (1 - a) * y < (1 - 4 * DBL_EPSILON) * z) {
        return false;
    }
    const bool below = x > 0 && y > 0 && z * (a / x + (1 - a) / y) <= 1;
    return below || pow(x, a) * pow(y, 1 - a) >= z;
}

static bool in_cone(Triple v, scs_float a) {
    return v.x >= 0 && v.y >= 0 && mean_reaches(v.x, v.y, a, fabs(v.z));
}

/* Whether -v is in K*. */
static bool in_polar(Triple v, scs_float a) {
    return v.x <= 0 && v.y <= 0 && mean_reaches(-v.x / a, -v.y / (1 - a), a, fabs(v.z));
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

/* v = p - q, p in K, q in K*, for v whose largest entry is not far from 1. */
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
        const Split t = split_at(v.z, power->logit);
        const Side x = side(v.x, a * t.r * t.d);
        const Side y = side(v.y, (1 - a) * t.r * t.d);
        *p = (Triple){primal_part(v.x, x), primal_part(v.y, y), copysign(t.r, v.z)};
        *q = (Triple){dual_part(v.x, x), dual_part(v.y, y), -copysign(t.d, v.z)};
        return;
    }
    *q = (Triple){p->x - v.x, p->y - v.y, p->z - v.z};
}

/* The part of y that is asked for, in y: the dual of the dual is the cone itself, the part
 * of y; else that of -y. */
static void replace_by_part(Power *power, scs_float *y) {
    const scs_float sign = power->dual ? 1 : -1;
    Triple p;
    Triple q;
    decompose(power, (Triple){sign * y[0], sign * y[1], sign * y[2]}, &p, &q);
    const Triple part = power->dual ? p : q;
    y[0] = part.x;
    y[1] = part.y;
    y[2] = part.z;
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    (void)error;
    const scs_float largest = scs_max(fabs(y[0]), scs_max(fabs(y[1]), fabs(y[2])));
    if (largest == 0) {
        return SCS_OK;
    }
    if (largest > 1e-10 && largest < 1e10) {
        replace_by_part(block->state, y);
        return SCS_OK;
    }
    int exponent;
    (void)frexp(largest, &exponent);
    for (int i = 0; i < 3; ++i) {
        y[i] = ldexp(y[i], -exponent);
    }
    replace_by_part(block->state, y);
    for (int i = 0; i < 3; ++i) {
        y[i] = scs_shift(y[i], exponent);
    }
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
