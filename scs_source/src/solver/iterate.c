/* SPDX-License-Identifier: MIT */
#include "solver/iterate.h"

#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"

/* How far an iterative backend reduces the residual of its guess in one linear step. With
 * 0.1 some problems take twice the iterations of a direct solver, with 0.01 as many. */
static const scs_float step_tolerance = 0.01;

/* By what share of a step the cones may be off. With 0.15 two of nine semidefinite problems
 * take more than twice the iterations, with 0.05 all take about as many as with 0. */
static const scs_float cone_tolerance = 0.05;

/* Along a ray v grows by the same in every step, and so does the residual of the guess: then
 * a share of it never becomes small against the certificate, unless the share is. */
static scs_float linear_tolerance(const ScsWork *work) {
    const ptrdiff_t tau = (ptrdiff_t)work->problem.n + work->problem.m;
    const bool leaving = work->u[tau] < work->rsk[tau]; /* tau < kappa */
    return leaving ? scs_clamp(work->settings.eps_infeas, 1e-12, step_tolerance)
                   : step_tolerance;
}

/* Solve (R + M) z = rhs in place, the y part of rhs negated: then [R_x + P, A'; -A, R_y] is
 * the symmetric matrix of the backend. Direct backends look at neither guess nor
 * tolerance. */
static ScsErrorCode solve(ScsWork *work, scs_float *rhs, const scs_float *guess,
                          scs_float tolerance, ScsError *error) {
    return work->linsys_kind->solve(work->linsys, rhs, guess, tolerance, error);
}

/* An error in g stays until R moves, so it must be small against what the user asks for. */
static scs_float cached_tolerance(const ScsSettings *settings) {
    const scs_float eps = scs_min(settings->eps_abs, settings->eps_rel);
    return scs_clamp(1e-4 * eps, 1e-13, 1e-8);
}

/* The x parts of ut = p - tau g and of v tend to each other: p is about v + tau g. */
static const scs_float *guess_linear_step(ScsWork *work, bool fix_tau) {
    if (!work->linsys_kind->needs_tolerance) {
        return NULL;
    }
    const scs_int n = work->problem.n;
    const scs_float tau = fix_tau ? 1 : work->v[n + work->problem.m];
    scs_vec_copy(work->v, work->scratch, n);
    scs_vec_axpy(tau, work->g, work->scratch, n);
    return work->scratch;
}

ScsErrorCode scs_iterate_prepare(ScsWork *work, ScsError *error) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    const scs_float *r = work->metric.r;
    scs_vec_copy(work->h, work->g, size);
    scs_vec_scale(-1, work->g + work->problem.n, work->problem.m);
    const ScsErrorCode code =
        solve(work, work->g, NULL, cached_tolerance(&work->settings), error);
    if (code) {
        return code;
    }
    if (scs_vec_find_nonfinite(work->g, size) >= 0) {
        return scs_error_set(
            error, SCS_ERROR_NUMERICAL,
            "the linear system of the problem is numerically singular");
    }
    scs_vec_copy(work->g, work->rg, size);
    scs_vec_multiply(r, work->rg, size);
    work->tau_quadratic = r[size] + scs_vec_dot(work->g, work->rg, size);
    return SCS_OK;
}

void scs_iterate_start_cold(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    scs_vec_fill(0, work->v, size);
    work->v[size] = 1;
}

static scs_float or_zero(scs_float a) { return isnan(a) ? 0 : a; }

/* The s of a vacuous row is infinity plus what counts, which rounding has swallowed; b = 0
 * there, so it is -A x. */
static void start_vacuous(ScsWork *work) {
    const ScsVacuous *vacuous = &work->vacuous;
    if (vacuous->count == 0) {
        return;
    }
    const scs_int n = work->problem.n;
    scs_float *ax = work->scratch;
    scs_vec_fill(0, ax, work->problem.m);
    scs_csc_multiply(work->problem.a, work->v, ax);
    for (scs_int k = 0; k < vacuous->count; ++k) {
        const scs_int i = vacuous->rows[k];
        work->v[n + i] = -ax[i] / work->metric.r[n + i];
    }
}

void scs_iterate_start_warm(ScsWork *work, const ScsSolution *start) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float *d = work->scaling.d;
    const scs_float *e = work->scaling.e;
    const scs_float *r_y = work->metric.r + n;
    const scs_float sigma = work->scaling.sigma;
    for (scs_int j = 0; j < n; ++j) {
        work->v[j] = or_zero(start->x[j]) * sigma / e[j];
    }
    for (scs_int i = 0; i < m; ++i) {
        work->v[n + i] = or_zero(start->y[i]) * sigma / d[i] +
                         or_zero(start->s[i]) * sigma * d[i] / r_y[i];
    }
    start_vacuous(work);
    work->v[n + m] = 1;
}

void scs_iterate_normalise(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m + 1;
    scs_float norm = scs_vec_norm2(work->v, size);
    if (!isfinite(norm)) { /* the squares overflow, as after a huge warm start */
        scs_vec_scale(1 / scs_vec_norm_inf(work->v, size), work->v, size);
        norm = scs_vec_norm2(work->v, size);
    }
    if (norm > 0) {
        scs_vec_scale(sqrt((scs_float)size) / norm, work->v, size);
    }
}

/* The entry tau of ut. Inserting z = p - tau g into the last row of the embedding gives
 *
 *     a tau^2 + b tau + c = 0,  a = R_tau + g'R g > 0,
 *     b = g'R (mu - 2 p) - R_tau eta,  c = p'R (p - mu) = -p'M p <= 0,
 *
 * (mu, eta) = v, whose one nonnegative root is wanted, without cancellation. c vanishes
 * without P, as M is then skew. */
static scs_float root(const ScsWork *work, const scs_float *p) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    const scs_float *r = work->metric.r;
    const scs_float *mu = work->v;
    const scs_float *rg = work->rg;
    scs_float b = -r[size] * mu[size];
    scs_float c = 0;
    scs_float linear[4] = {0}; /* partial sums, see la/vec.c */
    ptrdiff_t i = 0;
    for (; i + 4 <= size; i += 4) {
        for (int k = 0; k < 4; ++k) {
            linear[k] += rg[i + k] * (mu[i + k] - 2 * p[i + k]);
        }
    }
    for (; i < size; ++i) {
        linear[0] += rg[i] * (mu[i] - 2 * p[i]);
    }
    b += (linear[0] + linear[2]) + (linear[1] + linear[3]);
    if (work->problem.p) {
        scs_float constant[4] = {0};
        for (i = 0; i + 4 <= size; i += 4) {
            for (int k = 0; k < 4; ++k) {
                constant[k] += r[i + k] * p[i + k] * (p[i + k] - mu[i + k]);
            }
        }
        for (; i < size; ++i) {
            constant[0] += r[i] * p[i] * (p[i] - mu[i]);
        }
        c = scs_min(0, (constant[0] + constant[2]) + (constant[1] + constant[3]));
    }
    const scs_float a = work->tau_quadratic;
    const scs_float spread = sqrt(scs_max(0, b * b - 4 * a * c));
    return b > 0 ? (c < 0 ? -2 * c / (b + spread) : 0) : (spread - b) / (2 * a);
}

ScsErrorCode scs_iterate_linear_step(ScsWork *work, bool fix_tau, ScsError *error) {
    const scs_int n = work->problem.n;
    const ptrdiff_t size = (ptrdiff_t)n + work->problem.m;
    const scs_float *r = work->metric.r;
    const scs_float *v = work->v;
    const scs_float *guess = guess_linear_step(work, fix_tau);
    scs_float *p = work->ut;
    for (ptrdiff_t i = 0; i < n; ++i) {
        p[i] = r[i] * v[i];
    }
    for (ptrdiff_t i = n; i < size; ++i) {
        p[i] = -r[i] * v[i]; /* negated as in solve() */
    }
    const ScsErrorCode code = solve(work, p, guess, linear_tolerance(work), error);
    if (code) {
        return code;
    }
    const scs_float tau = fix_tau ? 1 : root(work, p);
    scs_vec_axpy(-tau, work->g, p, size);
    p[size] = tau;
    return SCS_OK;
}

static ScsErrorCode project(ScsWork *work, bool fix_tau, scs_float distance,
                            ScsError *error) {
    const scs_int n = work->problem.n;
    const ptrdiff_t size = (ptrdiff_t)n + work->problem.m;
    const scs_float *ut = work->ut;
    const scs_float *v = work->v;
    scs_float *u = work->u;
    for (ptrdiff_t i = 0; i <= size; ++i) {
        u[i] = 2 * ut[i] - v[i];
    }
    u[size] = fix_tau ? 1 : scs_max(u[size], 0);
    scs_cone_set_allow(&work->cones, distance);
    const ScsErrorCode code =
        scs_cone_set_project_dual(&work->cones, u + n, work->metric.r + n, error);
    scs_vacuous_clear(&work->vacuous, u + n);
    return code;
}

ScsErrorCode scs_iterate_cone_step(ScsWork *work, bool fix_tau, ScsError *error) {
    return project(work, fix_tau, cone_tolerance * work->step, error);
}

ScsErrorCode scs_iterate_exact_cone_step(ScsWork *work, bool fix_tau, ScsError *error) {
    return project(work, fix_tau, 0, error);
}

void scs_iterate_measure_step(ScsWork *work) {
    if (!scs_cone_set_can_miss(&work->cones)) {
        return;
    }
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    const scs_float *r = work->metric.r;
    scs_float sum[4] = {0}; /* partial sums, see la/vec.c */
    ptrdiff_t i = 0;
    for (; i + 4 <= size + 1; i += 4) {
        for (int k = 0; k < 4; ++k) {
            const scs_float d = work->u[i + k] - work->ut[i + k];
            sum[k] += r[i + k] * d * d;
        }
    }
    for (; i <= size; ++i) {
        const scs_float d = work->u[i] - work->ut[i];
        sum[0] += r[i] * d * d;
    }
    work->step = sqrt((sum[0] + sum[2]) + (sum[1] + sum[3]));
}

void scs_iterate_slack_step(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    for (ptrdiff_t i = 0; i <= size; ++i) {
        work->rsk[i] = work->metric.r[i] * (work->u[i] + work->v[i] - 2 * work->ut[i]);
    }
}

void scs_iterate_dual_step(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    const scs_float alpha = work->settings.alpha;
    for (ptrdiff_t i = 0; i <= size; ++i) {
        work->v[i] += alpha * (work->u[i] - work->ut[i]);
    }
}

void scs_iterate_remap(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    for (ptrdiff_t i = 0; i <= size; ++i) {
        work->v[i] = work->rsk[i] / work->metric.r[i] + 2 * work->ut[i] - work->u[i];
    }
}
