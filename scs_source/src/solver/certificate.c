/* SPDX-License-Identifier: MIT */
#include "solver/certificate.h"

#include "base/real.h"
#include "la/vec.h"

/* True certificates cancel to 1e-6 and better by the time their residual is small enough,
 * meaningless ones hardly at all. */
static const scs_float cancellation = 1e-3;

/* Terms that vanish by themselves need not cancel: this share of the whole vector is
 * nothing. (Entries of the scaled matrices are about 1.) */
static const scs_float negligible = 1e-6;

/* A b'y or c'x that is this small against the iterate is the rounding of a zero. */
static const scs_float rounding = 1e-12;

/* A matrix that is said to be semidefinite has been computed with seven digits at least. */
static const scs_float data_rounding = 1e-6;

static bool is_rounding(const ScsWork *work, scs_float improvement) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m + 1;
    return !(improvement > rounding * scs_vec_norm_inf(work->u, size));
}

/* |entry i| <= cancellation * |size i|, both in the infinity norm over i and in the scale
 * of the problem as given: divided by scale_i. */
static bool cancels(const scs_float *entry, const scs_float *size,
                    const scs_float *scale, scs_int n) {
    scs_float largest = 0;
    scs_float largest_size = 0;
    for (scs_int i = 0; i < n; ++i) {
        largest = scs_max(largest, fabs(entry[i]) / scale[i]);
        largest_size = scs_max(largest_size, size[i] / scale[i]);
    }
    return largest <= cancellation * largest_size;
}

static bool infeasibility(ScsWork *work) {
    const ScsProblem *problem = &work->problem;
    const scs_int n = problem->n;
    const scs_float *y = work->u + n;
    const scs_float improvement = -scs_vec_dot(work->h + n, y, problem->m);
    if (is_rounding(work, improvement) || !(scs_vec_norm_inf(work->residuals.aty, n) <=
                                            work->settings.eps_infeas * improvement)) {
        return false;
    }
    scs_float *size = work->scratch;
    scs_vec_fill(negligible * scs_vec_norm_inf(y, problem->m), size, problem->n);
    for (scs_int j = 0; j < problem->n; ++j) {
        for (scs_int k = problem->a->p[j]; k < problem->a->p[j + 1]; ++k) {
            size[j] += fabs(problem->a->x[k] * y[problem->a->i[k]]);
        }
    }
    return cancels(work->residuals.aty, size, work->scaling.e, problem->n);
}

/* size += |A| |x|, and with `symmetric` the part below the diagonal too. */
static void add_sizes(const ScsMatrix *a, const scs_float *x, bool symmetric,
                      scs_float *size) {
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int i = a->i[k];
            size[i] += fabs(a->x[k] * x[j]);
            if (symmetric && i != j) {
                size[j] += fabs(a->x[k] * x[i]);
            }
        }
    }
}

static bool unboundedness(ScsWork *work) {
    const ScsProblem *problem = &work->problem;
    const scs_int n = problem->n;
    const scs_int m = problem->m;
    const scs_float *s = work->rsk + n;
    const scs_float floor = negligible * scs_vec_norm_inf(work->u, n);
    scs_float *ray = work->scratch; /* Ax + s */
    scs_float *size = work->scratch + m;
    for (scs_int i = 0; i < m; ++i) {
        ray[i] = work->residuals.ax[i] + s[i];
        size[i] = fabs(s[i]) + floor;
    }
    add_sizes(problem->a, work->u, false, size);
    const scs_float improvement = -scs_vec_dot(work->h, work->u, n);
    const scs_float allowed = work->settings.eps_infeas * improvement;
    if (is_rounding(work, improvement) || !(scs_vec_norm_inf(ray, m) <= allowed) ||
        !cancels(ray, size, work->scaling.d, m)) {
        return false;
    }
    if (!problem->p) {
        return true;
    }
    if (!(scs_vec_norm_inf(work->residuals.px, n) <= allowed)) {
        return false;
    }
    scs_vec_fill(floor, size, n);
    add_sizes(problem->p, work->u, true, size);
    return cancels(work->residuals.px, size, work->scaling.e, n);
}

bool scs_certificate_is_sound(ScsWork *work, scs_int status) {
    switch (status) {
    case SCS_INFEASIBLE:
        return infeasibility(work);
    case SCS_UNBOUNDED:
        return unboundedness(work);
    default:
        return true;
    }
}

bool scs_certificate_denies_convexity(ScsWork *work) {
    const ScsProblem *problem = &work->problem;
    if (!problem->p || work->residuals.xpx > 0) {
        return false;
    }
    const scs_float xpx = scs_vec_dot(work->u, work->residuals.px, problem->n);
    if (!(xpx < 0)) {
        return false;
    }
    scs_float *size = work->scratch;
    scs_vec_fill(0, size, problem->n);
    add_sizes(problem->p, work->u, true, size);
    scs_float terms = 0;
    for (scs_int j = 0; j < problem->n; ++j) {
        terms += size[j] * fabs(work->u[j]);
    }
    return xpx < -data_rounding * terms;
}
