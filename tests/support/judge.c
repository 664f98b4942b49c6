/* SPDX-License-Identifier: MIT */
#include "support/judge.h"

#include <math.h>
#include <stdlib.h>

typedef long double Real;

static Real largest(Real a, Real b) { return a > b ? a : b; }

static Real norm_inf(const Real *v, scs_int n) {
    Real norm = 0;
    for (scs_int i = 0; i < n; ++i) {
        norm = largest(norm, fabsl(v[i]));
    }
    return norm;
}

/* ---- cones ---- */

static Real outside_soc(const scs_float *v, scs_int rows) {
    Real square = 0;
    for (scs_int i = 1; i < rows; ++i) {
        square += (Real)v[i] * v[i];
    }
    return rows > 0 ? largest(0, sqrtl(square) - v[0]) : 0;
}

static Real outside_box(const ScsCone *cone, const scs_float *s) {
    const Real t = s[0];
    Real worst = largest(0, -t);
    for (scs_int i = 0; i < cone->bsize - 1; ++i) {
        const Real v = s[i + 1];
        if (isfinite(cone->bl[i])) {
            worst = largest(worst, t * cone->bl[i] - v);
        }
        if (isfinite(cone->bu[i])) {
            worst = largest(worst, v - t * cone->bu[i]);
        }
    }
    return worst;
}

/* y_0 + the least of y'z over the box must not be negative. */
static Real outside_box_dual(const ScsCone *cone, const scs_float *y) {
    Real value = y[0];
    Real worst = 0;
    for (scs_int i = 0; i < cone->bsize - 1; ++i) {
        const Real v = y[i + 1];
        const scs_float bound = v > 0 ? cone->bl[i] : cone->bu[i];
        if (v == 0) {
            continue;
        }
        if (isfinite(bound)) {
            value += v * bound;
        } else {
            worst = largest(worst, fabsl(v));
        }
    }
    return largest(worst, -value);
}

static Real outside(const ScsCone *cone, const scs_float *v, bool dual) {
    Real worst = 0;
    for (scs_int i = 0; i < cone->z && !dual; ++i) {
        worst = largest(worst, fabsl((Real)v[i]));
    }
    for (scs_int i = cone->z; i < cone->z + cone->l; ++i) {
        worst = largest(worst, -(Real)v[i]);
    }
    const scs_float *block = v + cone->z + cone->l;
    if (cone->bsize > 0) {
        worst = largest(worst, dual ? outside_box_dual(cone, block)
                                    : outside_box(cone, block));
        block += cone->bsize;
    }
    for (scs_int k = 0; k < cone->qsize; block += cone->q[k++]) {
        worst = largest(worst, outside_soc(block, cone->q[k]));
    }
    return worst;
}

/* ---- products ---- */

static Real *take(scs_int n) {
    Real *v = calloc((size_t)n, sizeof *v);
    if (!v) {
        abort();
    }
    return v;
}

static Real dot(const scs_float *a, const scs_float *b, scs_int n) {
    Real sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        sum += (Real)a[i] * b[i];
    }
    return sum;
}

/* Fill ax (m), aty and px (n). */
static void multiply(const ScsData *data, const ScsSolution *point, Real *ax, Real *aty,
                     Real *px) {
    for (scs_int j = 0; j < data->n; ++j) {
        for (scs_int k = data->A->p[j]; k < data->A->p[j + 1]; ++k) {
            const scs_int i = data->A->i[k];
            ax[i] += (Real)data->A->x[k] * point->x[j];
            aty[j] += (Real)data->A->x[k] * point->y[i];
        }
        for (scs_int k = data->P ? data->P->p[j] : 0; data->P && k < data->P->p[j + 1];
             ++k) {
            const scs_int i = data->P->i[k];
            px[i] += (Real)data->P->x[k] * point->x[j];
            px[j] += i == j ? 0 : (Real)data->P->x[k] * point->x[i];
        }
    }
}

static void judge_objective(TestJudgement *result, const ScsData *data,
                            const ScsSolution *point, const Real *px) {
    Real xpx = 0;
    for (scs_int j = 0; j < data->n; ++j) {
        xpx += point->x[j] * px[j];
    }
    const Real ctx = dot(data->c, point->x, data->n);
    const Real bty = dot(data->b, point->y, data->m);
    result->xpx = (double)xpx;
    result->ctx = (double)ctx;
    result->bty = (double)bty;
    result->gap = (double)fabsl(xpx + ctx + bty);
    result->gap_size = (double)largest(xpx, largest(fabsl(ctx), fabsl(bty)));
    result->pobj = (double)(xpx / 2 + ctx);
    result->dobj = (double)(-xpx / 2 - bty);
}

TestJudgement test_judge(const TestProblem *problem, const ScsSolution *point) {
    const ScsData *data = &problem->data;
    TestJudgement result = {0};
    Real *ax = take(data->m);
    Real *aty = take(data->n);
    Real *px = take(data->n);
    multiply(data, point, ax, aty, px);
    Real primal = 0;
    Real ray = 0;
    Real primal_size = norm_inf(ax, data->m);
    for (scs_int i = 0; i < data->m; ++i) {
        ray = largest(ray, fabsl(ax[i] + point->s[i]));
        primal = largest(primal, fabsl(ax[i] + point->s[i] - data->b[i]));
        result.s = fmax(result.s, fabs(point->s[i]));
        primal_size = largest(primal_size, fabsl((Real)data->b[i]));
    }
    Real dual = 0;
    Real dual_size = largest(norm_inf(px, data->n), norm_inf(aty, data->n));
    for (scs_int j = 0; j < data->n; ++j) {
        dual = largest(dual, fabsl(px[j] + aty[j] + data->c[j]));
        dual_size = largest(dual_size, fabsl((Real)data->c[j]));
    }
    result.ax = (double)norm_inf(ax, data->m);
    result.px = (double)norm_inf(px, data->n);
    result.aty = (double)norm_inf(aty, data->n);
    result.primal = (double)primal;
    result.dual = (double)dual;
    result.ray = (double)ray;
    result.primal_size = (double)largest(primal_size, result.s);
    result.dual_size = (double)dual_size;
    judge_objective(&result, data, point, px);
    result.slackness = (double)fabsl(dot(point->s, point->y, data->m));
    result.outside = (double)outside(&problem->cone, point->s, false);
    result.outside_dual = (double)outside(&problem->cone, point->y, true);
    free(ax);
    free(aty);
    free(px);
    return result;
}
