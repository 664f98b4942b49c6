/* SPDX-License-Identifier: MIT */
#include "solver/solution.h"

#include "la/vec.h"

#include <math.h>
#include <stdio.h>

static const char *status_word(scs_int status) {
    switch (status) {
    case SCS_SOLVED:
    case SCS_SOLVED_INACCURATE:
        return "solved";
    case SCS_INFEASIBLE:
    case SCS_INFEASIBLE_INACCURATE:
        return "infeasible";
    case SCS_UNBOUNDED:
    case SCS_UNBOUNDED_INACCURATE:
        return "unbounded";
    case SCS_SIGINT:
        return "interrupted";
    default:
        return "failure";
    }
}

static void write_status(ScsInfo *info, scs_int status, ScsStop stop) {
    static const char *const suffix[] = {
        [SCS_STOP_NONE] = "",
        [SCS_STOP_ITERATIONS] = " (inaccurate - reached max_iters)",
        [SCS_STOP_TIME] = " (inaccurate - reached time_limit_secs)",
    };
    info->status_val = status;
    snprintf(info->status, sizeof info->status, "%s%s", status_word(status),
             suffix[stop]);
}

/* x = factor E x~ and so on; a factor of NaN marks a vector as meaningless. */
static void unscale(const ScsWork *work, scs_float x_factor, scs_float y_factor,
                    scs_float s_factor, ScsSolution *solution) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float *d = work->scaling.d;
    const scs_float *e = work->scaling.e;
    const scs_float sigma = work->scaling.sigma;
    for (scs_int j = 0; j < n; ++j) {
        solution->x[j] = work->u[j] * e[j] / sigma * x_factor;
    }
    for (scs_int i = 0; i < m; ++i) {
        solution->y[i] = work->u[n + i] * d[i] / sigma * y_factor;
        solution->s[i] = work->rsk[n + i] / (d[i] * sigma) * s_factor;
    }
}

static void write_residuals(const ScsResiduals *res, ScsInfo *info) {
    info->res_pri = res->res_pri;
    info->res_dual = res->res_dual;
    info->gap = res->gap;
    info->pobj = res->pobj;
    info->dobj = res->dobj;
    info->res_infeas = res->res_infeas;
    info->res_unbdd_a = res->res_unbdd_a;
    info->res_unbdd_p = res->res_unbdd_p;
}

static void write_no_residuals(ScsInfo *info, scs_float objective) {
    info->res_pri = NAN;
    info->res_dual = NAN;
    info->gap = NAN;
    info->pobj = objective;
    info->dobj = objective;
    info->comp_slack = NAN;
}

/* Not even a certificate: what residuals there are may be of an earlier solve. */
static void write_nothing(ScsInfo *info) {
    write_no_residuals(info, NAN);
    info->res_infeas = NAN;
    info->res_unbdd_a = NAN;
    info->res_unbdd_p = NAN;
}

static void write_work(const ScsWork *work, ScsInfo *info) {
    snprintf(info->lin_sys_solver, sizeof info->lin_sys_solver, "%s",
             work->linsys_kind->name);
    info->scale = work->metric.scale;
    info->scale_updates = work->metric.updates;
    info->setup_time = work->times.setup;
    info->solve_time = work->times.solve;
    info->lin_sys_time = work->times.linsys;
    info->cone_time = work->times.cones;
    info->accel_time = work->times.accel;
    info->accepted_accel_steps = work->accepted_steps;
    info->rejected_accel_steps = work->rejected_steps;
    info->newton_steps = work->refine.steps;
    info->newton_time = work->times.newton;
    if (work->accel) {
        info->aa_stats = *scs_anderson_stats(work->accel);
    }
}

void scs_solution_finish(ScsWork *work, scs_int status, ScsStop stop, scs_int iter,
                         ScsSolution *solution, ScsInfo *info) {
    const ScsResiduals *res = &work->residuals;
    *info = (ScsInfo){.iter = iter};
    write_status(info, status, stop);
    write_work(work, info);
    write_residuals(res, info);
    const scs_float none = NAN;
    switch (status) {
    case SCS_SOLVED:
    case SCS_SOLVED_INACCURATE:
        unscale(work, 1 / res->tau, 1 / res->tau, 1 / res->tau, solution);
        scs_vacuous_restore(&work->vacuous, solution->s);
        info->comp_slack = fabs(scs_vec_dot(solution->s, solution->y, work->problem.m));
        break;
    case SCS_INFEASIBLE:
    case SCS_INFEASIBLE_INACCURATE:
        unscale(work, none, -1 / res->bty, none, solution);
        write_no_residuals(info, INFINITY);
        break;
    case SCS_UNBOUNDED:
    case SCS_UNBOUNDED_INACCURATE:
        unscale(work, -1 / res->ctx, none, -1 / res->ctx, solution);
        write_no_residuals(info, -INFINITY);
        break;
    default:
        unscale(work, none, none, none, solution);
        write_nothing(info);
        if (status == SCS_SIGINT) {
            info->iter = -1;
        }
        break;
    }
}

void scs_solution_failed(ScsSolution *solution, scs_int n, scs_int m, ScsInfo *info) {
    *info = (ScsInfo){.iter = -1};
    write_status(info, SCS_FAILED, SCS_STOP_NONE);
    write_nothing(info);
    info->setup_time = NAN;
    info->solve_time = NAN;
    scs_float *const vectors[] = {solution->x, solution->y, solution->s};
    const scs_int lengths[] = {n, m, m};
    for (int k = 0; k < 3; ++k) {
        if (vectors[k]) {
            scs_vec_fill(NAN, vectors[k], lengths[k]);
        }
    }
}
