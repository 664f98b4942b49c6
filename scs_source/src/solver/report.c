/* SPDX-License-Identifier: MIT */
#include "solver/report.h"

#include "base/sink.h"
#include "la/csc.h"

static const char rule[] =
    "------------------------------------------------------------------\n";

void scs_report_problem(const ScsWork *work) {
    const ScsSettings *s = &work->settings;
    if (!s->verbose) {
        return;
    }
    const ScsHooks *out = &work->hooks;
    const ScsProblem *problem = &work->problem;
    scs_sink_print(out, "%sscs %s: splitting conic solver\n%s", rule, SCS_VERSION,
                   rule);
    scs_sink_print(out, "problem:  variables n: %lld, constraints m: %lld\n",
                   (long long)problem->n, (long long)problem->m);
    char line[160];
    const char *title = "cones:    ";
    for (scs_int block = 0;
         scs_cone_set_describe(&work->cones, &block, line, sizeof line);) {
        scs_sink_print(out, "%s%s\n", title, line);
        title = "          ";
    }
    scs_sink_print(out,
                   "settings: eps_abs: %.1e, eps_rel: %.1e, eps_infeas: %.1e\n"
                   "          alpha: %.2f, scale: %.2e, adaptive_scale: %lld, "
                   "adaptive_diag_scale: %lld\n"
                   "          max_iters: %lld, normalize: %lld, rho_x: %.2e\n",
                   s->eps_abs, s->eps_rel, s->eps_infeas, s->alpha, s->scale,
                   (long long)s->adaptive_scale, (long long)s->adaptive_diag_scale,
                   (long long)s->max_iters, (long long)s->normalize, s->rho_x);
    if (s->acceleration_lookback > 0) {
        scs_sink_print(
            out, "          acceleration: type %s, lookback: %lld, interval: %lld\n",
            s->acceleration_type_1 ? "I" : "II", (long long)s->acceleration_lookback,
            (long long)s->acceleration_interval);
    }
    if (s->time_limit_secs > 0) {
        scs_sink_print(out, "          time_limit_secs: %g\n", s->time_limit_secs);
    }
    work->linsys_kind->describe(work->linsys, line, sizeof line);
    scs_sink_print(out, "linear:   %s\n          %s\n", work->linsys_kind->name, line);
    scs_sink_print(out, "          nnz(A): %lld, nnz(P): %lld\n",
                   (long long)scs_csc_nnz(problem->a),
                   (long long)(problem->p ? scs_csc_nnz(problem->p) : 0));
}

void scs_report_start(const ScsWork *work) {
    if (work->settings.verbose) {
        scs_sink_print(&work->hooks,
                       "%s iter | pri res | dua res |   gap   |   obj   |  scale  | "
                       "time (s)\n%s",
                       rule, rule);
    }
}

void scs_report_row(const ScsWork *work, double milliseconds) {
    if (!work->settings.verbose) {
        return;
    }
    const ScsResiduals *res = &work->residuals;
    scs_sink_print(&work->hooks, "%6lld|%9.2e|%9.2e|%9.2e|%9.2e|%9.2e|%9.2e\n",
                   (long long)res->iter, res->res_pri, res->res_dual, res->gap,
                   (res->pobj + res->dobj) / 2, work->metric.scale, milliseconds / 1e3);
}

void scs_report_end(const ScsWork *work, const ScsInfo *info) {
    if (!work->settings.verbose) {
        return;
    }
    const ScsHooks *out = &work->hooks;
    scs_sink_print(out, "%sstatus:   %s\n", rule, info->status);
    scs_sink_print(out, "timings:  total: %.2es = setup: %.2es + solve: %.2es\n",
                   (info->setup_time + info->solve_time) / 1e3, info->setup_time / 1e3,
                   info->solve_time / 1e3);
    scs_sink_print(
        out, "          lin-sys: %.2es, cones: %.2es, accel: %.2es, newton: %.2es\n%s",
        info->lin_sys_time / 1e3, info->cone_time / 1e3, info->accel_time / 1e3,
        info->newton_time / 1e3, rule);
    const bool inaccurate = info->status_val == SCS_SOLVED_INACCURATE ||
                            info->status_val == SCS_INFEASIBLE_INACCURATE ||
                            info->status_val == SCS_UNBOUNDED_INACCURATE;
    scs_sink_print(out, "objective = %.6f%s\n%s", (info->pobj + info->dobj) / 2,
                   inaccurate ? " (inaccurate)" : "", rule);
}
