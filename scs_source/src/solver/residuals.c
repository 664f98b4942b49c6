/* SPDX-License-Identifier: MIT
 *
 * With the letters of equilibrate.h, rows of the original problem follow from those of the
 * scaled one: Ax = A~x~ / (D sigma), A'y = A~'y~ / (E sigma), x'Px = x~'P~x~ / sigma^2, and
 * so on.
 */
#include "solver/residuals.h"

#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"
#include "solver/workspace.h" /* IWYU pragma: keep: completes ScsWork */

void scs_residuals_create(ScsResiduals *residuals, scs_int n, scs_int m,
                          ScsArena *arena) {
    residuals->ax = SCS_NEW(arena, scs_float, m);
    residuals->px = SCS_NEW(arena, scs_float, n);
    residuals->aty = SCS_NEW(arena, scs_float, n);
    residuals->profile = SCS_NEW(arena, scs_float, m);
    residuals->iter = -1;
}

static void multiply(ScsWork *work) {
    ScsResiduals *res = &work->residuals;
    const ScsProblem *problem = &work->problem;
    const scs_float *x = work->u;
    const scs_float *y = work->u + problem->n;
    scs_vec_fill(0, res->ax, problem->m);
    scs_vec_fill(0, res->px, problem->n);
    scs_vec_fill(0, res->aty, problem->n);
    scs_csc_multiply(problem->a, x, res->ax);
    scs_csc_multiply_transposed(problem->a, y, res->aty);
    if (problem->p) {
        scs_csc_multiply_symmetric(problem->p, x, res->px);
    }
}

/* Primal side: norms of Ax, s, b tau, Ax + s and Ax + s - b tau over the rows. */
static void primal(ScsWork *work, scs_float *ray) {
    ScsResiduals *res = &work->residuals;
    const scs_int n = work->problem.n;
    const scs_float *s = work->rsk + n;
    const scs_float *b = work->h + n;
    const scs_float *d = work->scaling.d;
    const scs_float sigma = work->scaling.sigma;
    const scs_float tau = res->tau;
    scs_float size = 0;
    scs_float largest = 0;
    scs_float largest_ray = 0;
    for (scs_int i = 0; i < work->problem.m; ++i) {
        const scs_float unit = 1 / (d[i] * sigma);
        const scs_float ax_s = res->ax[i] + s[i];
        const scs_float residual = fabs(ax_s - b[i] * tau) * unit;
        const scs_float row =
            scs_max(scs_max(fabs(res->ax[i]), fabs(s[i])), fabs(b[i]) * tau) * unit;
        res->profile[i] = residual;
        work->scratch[i] = row;
        size = scs_max(size, row);
        largest = scs_max(largest, residual);
        largest_ray = scs_max(largest_ray, fabs(ax_s) * unit);
    }
    res->res_pri = scs_safe_divide(largest, tau);
    res->primal_size = scs_safe_divide(size, tau);
    *ray = largest_ray;
    /* A row of small numbers is judged against the whole problem, not against its own
     * rounding. */
    const scs_float floor = scs_max(1e-3 * size, 1e-18);
    for (scs_int i = 0; i < work->problem.m; ++i) {
        res->profile[i] /= scs_max(work->scratch[i], floor);
    }
}

static void dual(ScsWork *work, scs_float *aty_norm, scs_float *px_norm) {
    ScsResiduals *res = &work->residuals;
    const scs_float *c = work->h;
    const scs_float *e = work->scaling.e;
    const scs_float sigma = work->scaling.sigma;
    const scs_float tau = res->tau;
    scs_float c_norm = 0;
    scs_float largest = 0;
    *aty_norm = 0;
    *px_norm = 0;
    for (scs_int j = 0; j < work->problem.n; ++j) {
        const scs_float unit = 1 / (e[j] * sigma);
        *aty_norm = scs_max(*aty_norm, fabs(res->aty[j]) * unit);
        *px_norm = scs_max(*px_norm, fabs(res->px[j]) * unit);
        c_norm = scs_max(c_norm, fabs(c[j]) * tau * unit);
        largest = scs_max(largest, fabs(res->px[j] + res->aty[j] + c[j] * tau) * unit);
    }
    res->res_dual = scs_safe_divide(largest, tau);
    res->dual_size =
        scs_safe_divide(scs_max(scs_max(*aty_norm, *px_norm), c_norm), tau);
}

void scs_residuals_compute(ScsWork *work, scs_int iter) {
    ScsResiduals *res = &work->residuals;
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float sigma2 = work->scaling.sigma * work->scaling.sigma;
    res->iter = iter;
    res->tau = work->u[n + m];
    res->kappa = work->rsk[n + m];
    multiply(work);

    scs_float ray, aty_norm, px_norm;
    primal(work, &ray);
    dual(work, &aty_norm, &px_norm);

    res->xpx = scs_max(0, scs_vec_dot(work->u, res->px, n)) / sigma2;
    res->ctx = scs_vec_dot(work->h, work->u, n) / sigma2;
    res->bty = scs_vec_dot(work->h + n, work->u + n, m) / sigma2;
    const scs_float tau = scs_max(res->tau, 1e-18);
    const scs_float xpx = res->xpx / tau / tau;
    const scs_float ctx = res->ctx / tau;
    const scs_float bty = res->bty / tau;
    res->gap = fabs(xpx + ctx + bty);
    res->gap_size = scs_max(xpx, scs_max(fabs(ctx), fabs(bty)));
    res->pobj = xpx / 2 + ctx;
    res->dobj = -xpx / 2 - bty;

    res->res_infeas = res->bty < 0 ? aty_norm / -res->bty : NAN;
    res->res_unbdd_a = res->ctx < 0 ? ray / -res->ctx : NAN;
    res->res_unbdd_p = res->ctx < 0 ? px_norm / -res->ctx : NAN;
}
