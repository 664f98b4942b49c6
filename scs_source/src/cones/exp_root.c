/* SPDX-License-Identifier: MIT
 *
 * From one projection to the next v changes little, and one or two steps from the last
 * rho are mostly enough: `refine` takes those, each with one exponential and one division.
 * Where that does not work `bracket` does, from anywhere and slower.
 */
#include "cones/exp_root.h"

#include "base/real.h"

#include <float.h>

/* ---- from a good guess ---- */

/* The third equation times (rho^2 - rho + 1) exp(-|rho|): with t = -|rho| and E = exp(t),
 *
 *     h(t) = near(t) + z E (t^2 + turn t + 1) - far(t) E^2 = 0.
 *
 * near and far are the numerators of a and b, linear in t, far that of the part whose
 * exponential is E. No logarithm is needed, and unlike the equation itself h is smooth at
 * the ends of the interval: far out it is almost linear, near the end where near = 0. */
typedef struct {
    scs_float near0, near1, far0, far1, z, turn;
} Equation;

static Equation equation_for(ScsExpPoint v, bool negative) {
    if (negative) {
        return (Equation){v.x, -v.y, v.y - v.x, v.x, v.z, -1};
    }
    return (Equation){v.y - v.x, -v.x, v.x, v.y, -v.z, 1};
}

/* What a step is made of: Newton's step n, and the terms (h'' / 2 h') n and
 * (h''' / 6 h') n^2 of its correction; whether h falls, as it does at the root. */
typedef struct {
    scs_float newton, second, third;
    bool falls;
} Step;

static Step step_at(const Equation *h, scs_float t) {
    const scs_float e = exp(t);
    const scs_float ze = h->z * e;
    const scs_float ee = e * e;
    const scs_float square = t * (t + h->turn) + 1;
    const scs_float slope = 2 * t + h->turn;
    const scs_float near = h->near0 + t * h->near1;
    const scs_float far = h->far0 + t * h->far1;
    const scs_float d0 = near + ze * square - ee * far;
    const scs_float d1 = h->near1 + ze * (square + slope) - ee * (2 * far + h->far1);
    const scs_float d2 = ze * (square + 2 * slope + 2) - 4 * ee * (far + h->far1);
    const scs_float d3 =
        ze * (square + 3 * slope + 6) - 4 * ee * (2 * far + 3 * h->far1);
    const scs_float inverse = 1 / d1;
    const scs_float newton = -d0 * inverse;
    return (Step){
        .newton = newton,
        .second = 0.5 * newton * d2 * inverse,
        .third = newton * newton * d3 * inverse * (1.0 / 6),
        .falls = d1 < 0,
    };
}

/* Whether t, a root of h, is in the interval: h has others outside. Where near is nothing
 * but rounding t is at the end, which is as good. t > 0 means the other sign of rho than was
 * guessed; that is fine up to 1, beyond it E^2 is large. */
static bool is_inside(const Equation *h, scs_float t) {
    const scs_float step = t * h->near1;
    const scs_float rounding = 4 * DBL_EPSILON * (fabs(h->near0) + fabs(step));
    return t <= 1 && h->far0 + t * h->far1 > 0 && h->near0 + step >= -rounding;
}

/* The root from a guess by steps of fourth order, the inverse of h as a series; false if it
 * is too far away for that. */
static bool refine(ScsExpPoint v, scs_float *rho) {
    enum { MOST_STEPS = 4 };
    const bool negative = *rho <= 0;
    const Equation h = equation_for(v, negative);
    scs_float t = negative ? *rho : -*rho;
    for (int k = 0; k < MOST_STEPS; ++k) {
        const Step s = step_at(&h, t);
        /* The square of the step relative to the distances over which h bends. */
        const scs_float size =
            scs_max(scs_max(s.newton * s.newton, fabs(s.third)), s.second * s.second);
        if (!(size < 0.0625)) {
            /* Halley's step does not go far wrong where the series would. */
            if (!(s.falls && fabs(s.newton) < 2 && s.second > -0.75)) {
                return false;
            }
            t += s.newton / (1 + s.second);
            continue;
        }
        t += s.newton * (1 - s.second + (2 * s.second * s.second - s.third));
        const scs_float rest = 1e-17 * scs_max(1, fabs(t)); /* size^(3/2) newton */
        if (size * size * size * (s.newton * s.newton) <= rest * rest) {
            *rho = negative ? t : -t;
            return s.falls && is_inside(&h, t);
        }
    }
    return false;
}

/* ---- from anywhere ---- */

/* Beyond this the interval's end and its neighbours are the same to rounding, and its
 * square would overflow. */
static const scs_float largest_rho = 1e150;

/* The interval that is known to hold the root. */
typedef struct {
    scs_float low, high;
} Interval;

static Interval search_interval(ScsExpPoint v) {
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
static scs_float equation(ScsExpPoint v, scs_float rho, scs_float *step,
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

/* The root for v whose largest entry is at most 1, from any guess (NaN: none). */
static scs_float bracket(ScsExpPoint v, scs_float guess) {
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

scs_float scs_exp_root_find(ScsExpPoint v, scs_float guess) {
    scs_float rho = guess;
    if (refine(v, &rho)) {
        return rho;
    }
    const scs_float largest = scs_max(fabs(v.x), scs_max(fabs(v.y), fabs(v.z)));
    int exponent;
    (void)frexp(largest, &exponent);
    const ScsExpPoint scaled = {ldexp(v.x, -exponent), ldexp(v.y, -exponent),
                                ldexp(v.z, -exponent)};
    return bracket(scaled, guess);
}
