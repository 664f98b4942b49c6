/* SPDX-License-Identifier: MIT
 *
 * Let -(t0, v0, x0) be the given point. Its decomposition p - q = (t0, v0, x0) with
 * p = (t, v, x) in K, q = (u, w, y) in K*, p'q = 0 has u, v > 0 unless one of three easy
 * cases applies, and then both parts lie on the curved boundaries and are paired:
 *
 *     t = -v L,    w = u (L - n),    x_i y_i = u v,    L = sum_i log(x_i / v),
 *
 * whose products indeed add up to 0. x_i - y_i = x0_i makes x_i and y_i roots of a
 * quadratic given u v, and two equations in v, u > 0 are left:
 *
 *     F1 = v - v0 - u (L - n) = 0,
 *     F2 = u + t0 + v L       = 0.
 *
 * F is the gradient of a saddle function: of Lagrange's function of the nearest-point
 * problem, minimised over x, u being the multiplier of t >= -v L. With
 * X = sum_i x_i / (x_i + y_i) and Y = n - X its Jacobian is
 *
 *     [ 1 + (u / v) X    -(L - X)      ]
 *     [ L - X             1 + (v / u) Y ],
 *
 * of which the symmetric part is at least the identity. So F is strongly monotone,
 * |F(z)| bounds the distance of z = (v, u) to the root, Newton's step always lowers |F| if
 * it is short enough, and should that get stuck, two nested one-dimensional searches on
 * increasing functions cannot fail.
 *
 * Variables below a floor relative to the largest entry are kept there (u and v of a
 * solution may be as small as exp(-1 / rounding)); by monotonicity this moves the solution
 * by far less than rounding does.
 *
 * The reduction to eigenvalues and the idea of a warm-started Newton method: Cederberg and
 * Boyd, "Projection onto spectral matrix cones" (2024). They work in all n + 2 variables.
 */
#include "cones/logdet_vector.h"

#include "base/real.h"
#include "la/vec.h"

#include <float.h>

static const scs_float least = 1e-140; /* squares of it are normal numbers */

static const scs_float negligible = 1e-30; /* against the largest entry */

/* The problem, scaled so that the largest entry is about 1. */
typedef struct {
    scs_float t0, v0;
    const scs_float *b; /* -x0 */
    scs_int n;
    scs_float most; /* the length of no point in sight is larger */
    int evaluations;
} Problem;

typedef struct {
    scs_float v, u;
} Pair;

/* F and what its Jacobian needs. */
typedef struct {
    Pair f;
    scs_float log_sum;  /* L */
    scs_float share;    /* X */
    scs_float rounding; /* what f may be off by, or is not worth more work */
} Value;

/* ---- sums of logarithms ---- */

/* log of a product that is kept in range by splitting off powers of two. The powers add up
 * without error, so that factors of opposite sizes do not spoil the sum. */
typedef struct {
    scs_float mantissa;
    int64_t exponent;
} Product;

static void split(Product *product) {
    int exponent;
    product->mantissa = frexp(product->mantissa, &exponent);
    product->exponent += exponent;
}

static scs_float log_of(Product product) {
    const scs_float log_two = 0.693147180559945309417;
    split(&product);
    if (product.exponent == 0 && product.mantissa >= 0.5) { /* no cancellation near 1 */
        return log(product.mantissa);
    }
    return log(2 * product.mantissa) + (scs_float)(product.exponent - 1) * log_two;
}

/* sum_i log(sign * y_i / unit), which are all positive, of any size. */
static scs_float log_ratios(scs_float sign, const scs_float *y, scs_int n,
                            scs_float unit) {
    Product product = {1, 0};
    int unit_exponent;
    const scs_float unit_mantissa = frexp(unit, &unit_exponent);
    for (scs_int i = 0; i < n; ++i) {
        int exponent;
        product.mantissa *= sign * frexp(y[i], &exponent) / unit_mantissa;
        product.exponent += exponent - unit_exponent;
        split(&product);
    }
    return log_of(product);
}

/* ---- the equations ---- */

/* The roots x, y > 0 of y - x = b, x y = m. */
typedef struct {
    scs_float x, y;
} Roots;

static Roots quadratic(scs_float b, scs_float m) {
    const scs_float half = 0.5 * b;
    const scs_float large = fabs(half) + sqrt(half * half + m);
    const scs_float small = m / large;
    return b > 0 ? (Roots){small, large} : (Roots){large, small};
}

static Value evaluate(Problem *problem, Pair z) {
    const scs_float m = z.u * z.v;
    const scs_float per_v = 1 / z.v;
    Product product = {1, 0};
    Value value = {.share = 0};
    for (scs_int i = 0; i < problem->n; ++i) {
        const Roots roots = quadratic(problem->b[i], m);
        value.share += roots.x / (roots.x + roots.y);
        product.mantissa *= roots.x * per_v; /* within 1e-141 .. 1e141 */
        if (!(product.mantissa > 1e-150 && product.mantissa < 1e150)) {
            split(&product);
        }
    }
    ++problem->evaluations;
    const scs_float log_sum = log_of(product);
    const scs_float n = (scs_float)problem->n;
    value.log_sum = log_sum;
    value.f.v = z.v - problem->v0 - z.u * (log_sum - n);
    value.f.u = z.u + problem->t0 + z.v * log_sum;
    value.rounding =
        DBL_EPSILON * (z.v + fabs(problem->v0) + z.u * (fabs(log_sum) + n) + z.u +
                       fabs(problem->t0) + z.v * (fabs(log_sum) + n)) +
        negligible;
    return value;
}

static scs_float slope_v(Pair z, const Value *value) {
    return 1 + z.u / z.v * value->share;
}

static scs_float slope_u(const Problem *problem, Pair z, const Value *value) {
    return 1 + z.v / z.u * ((scs_float)problem->n - value->share);
}

/* A variable at the floor that wants to be lower still. */
static bool rests(scs_float z, scs_float f) { return z <= least && f > 0; }

static scs_float residual(Pair z, const Value *value) {
    const scs_float f_v = rests(z.v, value->f.v) ? 0 : value->f.v;
    const scs_float f_u = rests(z.u, value->f.u) ? 0 : value->f.u;
    return sqrt(f_v * f_v + f_u * f_u);
}

/* ---- Newton's method ---- */

static Pair newton_step(const Problem *problem, Pair z, const Value *value) {
    const scs_float a = slope_v(z, value);
    const scs_float b = slope_u(problem, z, value);
    const scs_float c = value->log_sum - value->share;
    if (rests(z.u, value->f.u)) {
        return (Pair){rests(z.v, value->f.v) ? 0 : -value->f.v / a, 0};
    }
    if (rests(z.v, value->f.v)) {
        return (Pair){0, -value->f.u / b};
    }
    const scs_float determinant = a * b + c * c;
    return (Pair){-(b * value->f.v + c * value->f.u) / determinant,
                  -(a * value->f.u - c * value->f.v) / determinant};
}

/* One variable moved. Straight, or, where that ends near or beyond zero, along the curve
 * with the same tangent that stays positive: the step in the logarithm. */
static scs_float move(scs_float z, scs_float step, scs_float most) {
    const scs_float straight = z + step;
    const scs_float moved = straight > 0.1 * z ? straight : z * exp(step / z);
    return scs_clamp(moved, least, most);
}

/* Whether z was brought to the root. Steps are limited relative to z, by a radius that
 * grows while they succeed: solutions may be small by any number of orders, but the step
 * that overshoots by many orders is slow to come back from. */
static bool newton(Problem *problem, Pair *z) {
    enum { MOST_TRIALS = 24, MOST_SLOW = 2 };
    Value value = evaluate(problem, *z);
    scs_float error = residual(*z, &value);
    scs_float radius = 2;
    int slow = 0; /* steps in a row that gained next to nothing */
    Pair step = newton_step(problem, *z, &value);
    while (problem->evaluations < MOST_TRIALS && slow < MOST_SLOW) {
        const scs_float size = scs_max(fabs(step.v) / z->v, fabs(step.u) / z->u);
        if (size <= 4 * DBL_EPSILON || error <= 0.25 * value.rounding) {
            return true;
        }
        const scs_float length = scs_min(1, radius / size);
        const Pair next = {move(z->v, length * step.v, problem->most),
                           move(z->u, length * step.u, problem->most)};
        const Value next_value = evaluate(problem, next);
        const scs_float next_error = residual(next, &next_value);
        if (next_error <= (1 - 0.1 * length) * error) {
            slow = next_error > 0.995 * error ? slow + 1 : 0;
            radius = length < 1 ? 2 * radius : radius;
            *z = next;
            value = next_value;
            error = next_error;
            step = newton_step(problem, *z, &value);
        } else if (error <= value.rounding) { /* as low as it gets */
            return true;
        } else {
            radius = 0.25 * length * size;
        }
    }
    return false;
}

/* ---- the nested searches ---- */

/* A root of an increasing function is sought in an interval of positive numbers. */
typedef struct {
    scs_float low, high;
    scs_float last; /* the size of the function where it was halved last */
    int lazy;       /* trials since */
} Search;

static Search whole(const Problem *problem) {
    return (Search){least, problem->most, INFINITY, 0};
}

/* The next trial, given value and Newton step at z: where the step leads, unless that is
 * outside or Newton's method makes no progress; then the logarithmic middle. False if z
 * is as good as it gets. */
static bool advance(Search *search, scs_float *z, scs_float f, scs_float step,
                    scs_float rounding) {
    const int patience = 4;
    if (f > 0) {
        search->high = *z;
    } else {
        search->low = *z;
    }
    if (fabs(step) <= DBL_EPSILON * *z || fabs(f) <= 0.25 * rounding ||
        search->high <= search->low * (1 + 4 * DBL_EPSILON) ||
        search->high <= 4 * least) {
        return false;
    }
    if (fabs(f) <= 0.5 * search->last) {
        search->last = fabs(f);
        search->lazy = 0;
    }
    const scs_float next = move(*z, step, search->high);
    if (next > search->low && next < search->high && ++search->lazy <= patience) {
        *z = next;
    } else {
        *z = sqrt(search->low) * sqrt(search->high);
        search->last = INFINITY;
        search->lazy = 0;
    }
    return true;
}

/* The v that solves F1 = 0 for the u of z: F1 increases with v. */
static Value search_v(Problem *problem, Pair *z) {
    Search search = whole(problem);
    for (;;) {
        const Value value = evaluate(problem, *z);
        const scs_float step = -value.f.v / slope_v(*z, &value);
        if (!advance(&search, &z->v, value.f.v, step, value.rounding)) {
            return value;
        }
    }
}

/* The u for which F2 = 0 at that v: F2 increases with u along the solutions of F1 = 0. */
static void search_u(Problem *problem, Pair *z) {
    Search search = whole(problem);
    for (;;) {
        const Value value = search_v(problem, z);
        const scs_float c = value.log_sum - value.share;
        const scs_float along = c / slope_v(*z, &value); /* dv / du */
        const scs_float step = -value.f.u / (slope_u(problem, *z, &value) + c * along);
        const scs_float u = z->u;
        if (!advance(&search, &z->u, value.f.u, step, value.rounding)) {
            return;
        }
        z->v = move(z->v, along * (z->u - u), problem->most);
    }
}

static Pair solve(Problem *problem, const ScsLogdetStart *start, int exponent) {
    const scs_float modest = 0.1;
    const Pair middle = {scs_max(problem->v0, modest), scs_max(-problem->t0, modest)};
    Pair z = middle;
    if (start->u > 0) {
        const int shift = start->exponent - exponent;
        z.v = scs_clamp(ldexp(start->v, shift), least, problem->most);
        z.u = scs_clamp(ldexp(start->u, shift), least, problem->most);
    }
    if (!newton(problem, &z)) {
        z = middle;
        search_u(problem, &z);
    }
    return z;
}

/* ---- the cases ---- */

static bool all_positive(scs_float sign, const scs_float *y, scs_int n) {
    scs_int count = 0;
    for (scs_int i = 0; i < n; ++i) {
        count += sign * y[i] > 0;
    }
    return count == n;
}

static bool in_dual(const scs_float *head, const scs_float *y, scs_int n) {
    const scs_float u = head[0];
    return u > 0 && all_positive(1, y, n) &&
           head[1] >= -u * ((scs_float)n + log_ratios(1, y, n, u));
}

/* Whether -(head, y) is in K. */
static bool in_polar(const scs_float *head, const scs_float *y, scs_int n) {
    const scs_float v = -head[1];
    return v > 0 && all_positive(-1, y, n) && v * log_ratios(-1, y, n, v) >= head[0];
}

/* The projection for numbers of which the largest is about 1. */
static bool project_scaled(scs_float *head, scs_float *y, scs_int n, int exponent,
                           ScsLogdetStart *start) {
    if (head[0] <= 0 && head[1] >= 0) { /* onto the face u = 0 */
        head[0] = 0;
        for (scs_int i = 0; i < n; ++i) {
            y[i] = scs_max(y[i], 0);
        }
        return true;
    }
    if (in_dual(head, y, n)) {
        return false;
    }
    if (in_polar(head, y, n)) {
        head[0] = 0;
        head[1] = 0;
        scs_vec_fill(0, y, n);
        return true;
    }
    Problem problem = {.t0 = -head[0], .v0 = -head[1], .b = y, .n = n};
    problem.most = sqrt((scs_float)n + 2); /* both parts are shorter than the point */
    const Pair z = solve(&problem, start, exponent);
    *start = (ScsLogdetStart){z.u, z.v, exponent, problem.evaluations};
    head[0] = z.u;
    head[1] = z.v - problem.v0;
    for (scs_int i = 0; i < n; ++i) {
        y[i] = quadratic(y[i], z.u * z.v).y;
    }
    return true;
}

static void multiply_by_power(int exponent, scs_float *y, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        y[i] = scs_shift(y[i], exponent);
    }
}

bool scs_logdet_vector_project_dual(scs_float *head, scs_float *y, scs_int n,
                                    ScsLogdetStart *start) {
    const scs_float head_size = scs_vec_norm_inf(head, 2);
    const scs_float size = scs_vec_norm_inf(y, n);
    start->evaluations = 0;
    if (!isfinite(head_size) || !isfinite(size)) { /* no search would end */
        return false;
    }
    int exponent;
    (void)frexp(scs_max(head_size, size), &exponent);
    multiply_by_power(-exponent, head, 2);
    multiply_by_power(-exponent, y, n);
    const bool outside = project_scaled(head, y, n, exponent, start);
    multiply_by_power(exponent, head, 2);
    multiply_by_power(exponent, y, n);
    return outside;
}
