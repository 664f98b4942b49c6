/* SPDX-License-Identifier: MIT
 *
 * The box cone {(t, s): t >= 0, t bl <= s <= t bu}, bounds possibly infinite.
 *
 * The nearest point in a diagonal metric minimises over t >= 0 the convex function
 *
 *     f(t) = 1/2 (t - x_0)^2 / r_0 + 1/2 sum_i dist(x_i, [t bl_i, t bu_i])^2 / r_i,
 *
 * x = -r w (see cone.h). Its derivative is piecewise linear and increasing: with b_i
 * the bound that x_i violates at t (0 if none) it is h t + q, h = 1/r_0 + sum b_i^2/r_i
 * and q = w_0 + sum b_i w_i. Newton's method goes to the root -q/h of the piece at t
 * and ends as soon as that root lies on its own piece; a bracket makes it safe.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"

#include <float.h>
#include <string.h>

/* Bounds from here on are infinite, as users of other solvers write them. */
static const scs_float infinite_bound = 1e15;

typedef struct {
    const scs_float *lower_given, *upper_given; /* bl, bu with real infinities */
    scs_float *lower, *upper;                   /* of the scaled rows */
    scs_float t;                                /* the last root, a good first guess */
} Box;

static ScsErrorCode invalid(ScsError *error, const char *field, scs_int i,
                            scs_float value, const char *reason) {
    return scs_error_set(error, SCS_ERROR_CONE,
                         "Invalid value for cone field '%s': entry %lld is %g, %s",
                         field, (long long)i, value, reason);
}

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    if (k->bsize < 0) {
        return scs_error_set(error, SCS_ERROR_CONE,
                             "Invalid value for cone field 'bsize': %lld is negative",
                             (long long)k->bsize);
    }
    const scs_int n = k->bsize > 0 ? k->bsize - 1 : 0;
    ScsErrorCode code = scs_cone_check_list("bl", k->bl, n, error);
    if (code == SCS_OK) {
        code = scs_cone_check_list("bu", k->bu, n, error);
    }
    for (scs_int i = 0; i < n && code == SCS_OK; ++i) {
        const scs_float low = k->bl[i];
        const scs_float high = k->bu[i];
        if (isnan(low)) {
            code = invalid(error, "bl", i, low, "not a number");
        } else if (isnan(high)) {
            code = invalid(error, "bu", i, high, "not a number");
        } else if (low >= infinite_bound) {
            code = invalid(error, "bl", i, low, "a lower bound cannot be +infinity");
        } else if (high <= -infinite_bound) {
            code = invalid(error, "bu", i, high, "an upper bound cannot be -infinity");
        } else if (low > high) {
            code = scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field 'bl': entry %lld is %g, "
                                 "larger than entry %lld of 'bu', %g",
                                 (long long)i, low, (long long)i, high);
        }
    }
    return code;
}

static scs_int count(const ScsCone *k) { return k->bsize > 0 ? 1 : 0; }

static int64_t rows(const ScsCone *k, scs_int i) {
    (void)i;
    return k->bsize;
}

static void reset(ScsConeBlock *block) {
    Box *box = block->state;
    box->t = 1; /* the value of t in nearly every problem that has a box */
}

/* The bounds in the arena, with real infinities. */
static scs_float *copy_bounds(ScsArena *arena, const scs_float *given, scs_int n) {
    scs_float *bounds = SCS_NEW(arena, scs_float, n);
    for (scs_int i = 0; bounds && i < n; ++i) {
        bounds[i] =
            fabs(given[i]) < infinite_bound ? given[i] : copysign(INFINITY, given[i]);
    }
    return bounds;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    (void)lapack;
    Box *box = SCS_NEW(arena, Box, 1);
    if (!box) {
        return;
    }
    const scs_int n = block->rows - 1;
    box->lower_given = copy_bounds(arena, k->bl, n);
    box->upper_given = copy_bounds(arena, k->bu, n);
    box->lower = copy_bounds(arena, k->bl, n);
    box->upper = copy_bounds(arena, k->bu, n);
    block->state = box;
    reset(block);
}

static void rescale(ScsConeBlock *block, const scs_float *d) {
    Box *box = block->state;
    for (scs_int i = 0; i < block->rows - 1; ++i) {
        const scs_float factor = d[i + 1] / d[0];
        box->lower[i] = factor * box->lower_given[i];
        box->upper[i] = factor * box->upper_given[i];
    }
}

/* The bound that the entry w of metric r violates at t > 0, 0 if none. */
static scs_float violated(scs_float w, scs_float r, scs_float t, scs_float lower,
                          scs_float upper) {
    const scs_float x = -r * w;
    const scs_float low = x < t * lower ? lower : 0;
    return x > t * upper ? upper : low;
}

/* The root of the linear piece of the derivative at t > 0. */
static scs_float piece_root(const Box *box, const scs_float *w, const scs_float *r,
                            scs_int rows, scs_float t) {
    enum { LANES = 4 }; /* partial sums, so that the compiler may use vectors */
    scs_float slope[LANES] = {0};
    scs_float value[LANES] = {0};
    const scs_float *wi = w + 1;
    const scs_float *ri = r + 1;
    const scs_int n = rows - 1;
    scs_int i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (scs_int j = 0; j < LANES; ++j) {
            const scs_float b =
                violated(wi[i + j], ri[i + j], t, box->lower[i + j], box->upper[i + j]);
            slope[j] += b * b / ri[i + j];
            value[j] += b * wi[i + j];
        }
    }
    for (; i < n; ++i) {
        const scs_float b = violated(wi[i], ri[i], t, box->lower[i], box->upper[i]);
        slope[i % LANES] += b * b / ri[i];
        value[i % LANES] += b * wi[i];
    }
    const scs_float h = 1 / r[0] + ((slope[0] + slope[1]) + (slope[2] + slope[3]));
    const scs_float q = w[0] + ((value[0] + value[1]) + (value[2] + value[3]));
    return -q / h;
}

/* The number in the middle between a and b, 0 <= a < b, counting numbers: 64 halvings
 * separate any two, however far apart. Nonnegative doubles are ordered as their bits.
 */
static scs_float middle(scs_float a, scs_float b) {
    int64_t ia;
    int64_t ib;
    memcpy(&ia, &a, sizeof ia);
    memcpy(&ib, &b, sizeof ib);
    const int64_t ic = ia + (ib - ia) / 2;
    scs_float c;
    memcpy(&c, &ic, sizeof c);
    return c;
}

/* The minimiser t >= 0 of f. Where infinite bounds meet t = 0 their product is
 * undefined, so zero is stood for by the least positive number; the caller gets a real
 * zero. */
static scs_float minimise(const Box *box, const scs_float *w, const scs_float *r,
                          scs_int rows) {
    enum {
        FREE_STEPS = 12
    }; /* few problems need more than 5; then halve every other */
    const scs_float least = DBL_TRUE_MIN;
    scs_float low = 0;        /* derivative <= 0, or not looked at */
    scs_float high = DBL_MAX; /* derivative > 0, or not looked at */
    scs_float t = scs_clamp(box->t, least, DBL_MAX);
    for (int step = 0;; ++step) {
        const scs_float root = piece_root(box, w, r, rows, t);
        if (fabs(root - t) <= 2 * DBL_EPSILON * t) {
            return root;
        }
        if (root < t) {
            if (t == least) {
                return 0;
            }
            high = t;
        } else {
            low = t;
        }
        if (middle(low, high) == low) { /* neighbours: rounding hides the root */
            return t;
        }
        const bool halve = step >= FREE_STEPS && step % 2 == 0;
        const scs_float next = halve ? middle(low, high) : root;
        if (next > low && next < high) {
            t = next;
        } else {
            t = next <= 0 && low == 0 ? least : middle(low, high);
        }
    }
}

/* w + s / r with s the point of [t lower, t upper] nearest to x = -r w. */
static scs_float dual_entry(scs_float w, scs_float r, scs_float t, scs_float lower,
                            scs_float upper) {
    const scs_float x = -r * w;
    const scs_float positive = scs_max(t, DBL_TRUE_MIN); /* see minimise */
    if (x < positive * lower) {
        return scs_max(w + t * lower / r, 0);
    }
    if (x > positive * upper) {
        return scs_min(w + t * upper / r, 0);
    }
    return 0;
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)error;
    Box *box = block->state;
    const scs_float t = minimise(box, y, r, block->rows);
    box->t = t;
    y[0] += t / r[0];
    for (scs_int i = 0; i < block->rows - 1; ++i) {
        y[i + 1] = dual_entry(y[i + 1], r[i + 1], t, box->lower[i], box->upper[i]);
    }
    return SCS_OK;
}

/* The distance from the nearer bound; infinite ones do not count, also where t = 0. */
static scs_float slack(const ScsConeBlock *block, const scs_float *s, scs_int i) {
    const Box *box = block->state;
    scs_float distance = INFINITY;
    if (i > 0 && isfinite(box->lower[i - 1])) {
        distance = s[i] - s[0] * box->lower[i - 1];
    }
    if (i > 0 && isfinite(box->upper[i - 1])) {
        distance = scs_min(distance, s[0] * box->upper[i - 1] - s[i]);
    }
    return distance; /* of t, row 0, none: it is nearly always held fixed by b */
}

/* Whether a row of s = t times bound keeps to it. Where y vanishes, too, the boundary has
 * an edge; y is kept zero then, but for fixed entries. */
static bool is_active(scs_float s, scs_float y, scs_float lower, scs_float upper,
                      scs_float t) {
    return lower == upper || y > s - t * lower || -y > t * upper - s;
}

/* On a face the active rows and t move in proportion. At t = 0 there are more faces than
 * are worth telling apart: t is 1 in nearly every problem that has a box. */
static ScsBoundary linearise(const ScsConeBlock *block, const scs_float *s,
                             const scs_float *y, scs_float *w) {
    const Box *box = block->state;
    if (!(s[0] > 0)) {
        return SCS_BOUNDARY_UNKNOWN;
    }
    w[0] = 0;
    for (scs_int i = 1; i < block->rows; ++i) {
        const bool active =
            is_active(s[i], y[i], box->lower[i - 1], box->upper[i - 1], s[0]);
        w[i] = active ? 0 : (scs_float)INFINITY;
    }
    return SCS_BOUNDARY_RAY;
}

const ScsConeKind scs_cone_box = {
    .name = "box cone",
    .separable = true,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .setup = setup,
    .rescale = rescale,
    .reset = reset,
    .project_dual = project_dual,
    .slack = slack,
    .has_ray = true,
    .linearise = linearise,
};
