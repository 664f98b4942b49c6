/* SPDX-License-Identifier: MIT */
#include "solver/solve.h"

#include "base/platform.h"
#include "base/real.h"
#include "base/sink.h"
#include "solver/certificate.h"
#include "solver/iterate.h"
#include "solver/notify.h"
#include "solver/refine.h"
#include "solver/report.h"
#include "solver/solution.h"
#include "solver/termination.h"
#include "solver/trace.h"

enum {
    ROUND = 25, /* iterations between checks for certificates and of the metric */
    REPORT_INTERVAL = 250, /* iterations between printed rows */
};

/* What the loop carries from one iteration to the next besides the workspace. */
typedef struct {
    ScsWork *work;
    ScsError *error;
    double start;       /* ms */
    scs_int iter;       /* iterations begun and not yet completed: its index */
    scs_int status;     /* SCS_UNFINISHED while running */
    scs_int next_check; /* iteration */
    scs_int candidate;  /* certificate status at the last round's end */
    scs_int shown;      /* iteration of the last call of the progress hook, -1 before */
    ScsStop stop;
    bool accelerated; /* v is an accelerated point not yet safeguarded */
} Run;

static double elapsed(const Run *run) { return scs_platform_clock_ms() - run->start; }

static void fail(Run *run) { run->status = SCS_FAILED; }

static void begin(Run *run, const ScsSolution *start) {
    ScsWork *work = run->work;
    atomic_store_explicit(&work->interrupted, 0, memory_order_relaxed);
    work->times.linsys = work->times.cones = work->times.accel = work->times.newton = 0;
    work->accepted_steps = work->rejected_steps = 0;
    work->residuals.iter = -1;
    work->step = 0;
    work->rsk[work->problem.n + work->problem.m] = 0; /* kappa: not leaving */
    scs_metric_begin(&work->metric);
    if (work->accel) {
        scs_anderson_restart(work->accel);
    }
    scs_cone_set_reset(&work->cones);
    /* What could not be factorised may have been the metric. */
    const bool moved =
        !start || work->broken
            ? scs_metric_reset(&work->metric)
            : scs_metric_relax(&work->metric, &work->cones, work->scratch);
    if ((moved || work->broken || work->refine.displaced) &&
        scs_workspace_refactor(work, run->error)) {
        fail(run);
    }
    scs_refine_begin(work, run->start);
    if (run->status == SCS_UNFINISHED && scs_trace_begin(work->trace, run->error)) {
        fail(run);
    }
    if (start) {
        scs_iterate_start_warm(work, start);
    } else {
        scs_iterate_start_cold(work);
    }
}

/* Anderson step on the pair (v_prev, v) of the iteration before, unless that was of another
 * map: tau was fixed in it, or R moved after it. Least squares and safeguard measure in the
 * norm of R. */
static void accelerate(Run *run) {
    ScsWork *work = run->work;
    if (work->accel && run->iter > work->metric.last_update + 1 &&
        run->iter % work->settings.acceleration_interval == 0) {
        const double before = scs_platform_clock_ms();
        scs_metric_to_euclidean(&work->metric, work->v, work->v);
        run->accelerated = scs_anderson_apply(work->accel, work->v, work->v_prev);
        scs_metric_from_euclidean(&work->metric, work->v);
        work->times.accel += scs_platform_clock_ms() - before;
    }
}

/* Undo the Anderson step before this iteration if it made the residual grow. */
static void safeguard(Run *run) {
    ScsWork *work = run->work;
    if (run->accelerated) {
        const double before = scs_platform_clock_ms();
        scs_metric_to_euclidean(&work->metric, work->v, work->v);
        if (scs_anderson_safeguard(work->accel, work->v, work->v_prev)) {
            ++work->accepted_steps;
        } else {
            ++work->rejected_steps;
        }
        scs_metric_from_euclidean(&work->metric, work->v);
        run->accelerated = false;
        work->times.accel += scs_platform_clock_ms() - before;
    }
}

/* v_prev is read by acceleration only, in whose coordinates it is kept: after this
 * iteration if it is an accelerated one or the last before a step. */
static void remember(Run *run) {
    ScsWork *work = run->work;
    const scs_int interval = work->settings.acceleration_interval;
    if (work->accel && (run->accelerated || (run->iter + 1) % interval == 0)) {
        scs_metric_to_euclidean(&work->metric, work->v, work->v_prev);
    }
}

/* Whether this iteration is a multiple of ROUND, at which the path may change. */
static bool ends_round(const Run *run) { return run->iter % ROUND == 0; }

/* Then residuals are looked at, and the cones hold exactly. */
static bool is_checked(const Run *run) {
    return run->iter >= run->next_check || ends_round(run);
}

/* A check costs about an iteration, and that it comes late costs half the interval before
 * it: best for n iterations are intervals of sqrt(2 n). Where projections are what takes the
 * time, those of checks cost more than others (cones/psd_inexact.h). */
static void plan_next_check(Run *run) {
    const scs_float interval = sqrt(2 * (scs_float)run->iter);
    run->next_check = run->iter + (run->work->metric.semidefinite
                                       ? ROUND
                                       : (scs_int)scs_clamp(interval, 5, ROUND));
}

static void split(Run *run) {
    ScsWork *work = run->work;
    const bool first = run->iter == 0;
    const double before = scs_platform_clock_ms();
    ScsErrorCode code = scs_iterate_linear_step(work, first, run->error);
    const double between = scs_platform_clock_ms();
    if (!code) {
        code = is_checked(run) ? scs_iterate_exact_cone_step(work, first, run->error)
                               : scs_iterate_cone_step(work, first, run->error);
    }
    work->times.linsys += between - before;
    work->times.cones += scs_platform_clock_ms() - between;
    if (code) {
        fail(run);
    }
}

/* Residuals of the current iterate, unless they are at hand. */
static void measure(Run *run) {
    if (run->work->residuals.iter != run->iter) {
        scs_iterate_slack_step(run->work);
        scs_residuals_compute(run->work, run->iter);
    }
}

/* A row of the log, for which residuals are needed at every iteration. */
static void trace(Run *run) {
    if (run->work->trace && run->status != SCS_FAILED) {
        measure(run);
        scs_trace_row(run->work, elapsed(run));
    }
}

/* The answer is worth more than the log: what the log lacks is only reported. */
static void finish_trace(Run *run) {
    ScsError error;
    trace(run);
    if (scs_trace_end(run->work->trace, &error)) {
        scs_sink_print(&run->work->hooks, "scs: %s\n", error.message);
    }
}

static scs_int verdict(ScsWork *work) {
    const scs_int status = scs_termination_test(&work->residuals, &work->settings);
    return scs_certificate_is_sound(work, status) ? status : SCS_UNFINISHED;
}

/* Whether u is: an entry that is not makes one of its products with h so. */
static bool is_finite(const ScsResiduals *res) { return isfinite(res->ctx + res->bty); }

static void refine(Run *run) {
    const double before = scs_platform_clock_ms();
    if (run->status == SCS_SOLVED) {
        scs_refine_polish(run->work, run->iter);
    } else if (run->status == SCS_UNFINISHED) {
        bool solved;
        if (scs_refine_try(run->work, run->iter, &solved, run->error)) {
            fail(run);
        } else if (solved) {
            run->status = SCS_SOLVED;
        }
    }
    run->work->times.newton += scs_platform_clock_ms() - before;
}

static bool check_finite(Run *run) {
    if (!is_finite(&run->work->residuals)) {
        scs_error_set(
            run->error, SCS_ERROR_NUMERICAL,
            "the iterate is not finite after %lld iterations: the data or the "
            "start are too large",
            (long long)run->iter);
        fail(run);
    }
    return run->status != SCS_FAILED;
}

/* A certificate must hold at the ends of two rounds in a row: far from a solution the ratio
 * of two small numbers is small by chance now and then. */
static void test(Run *run) {
    measure(run);
    if (!check_finite(run)) {
        return;
    }
    if (scs_certificate_denies_convexity(run->work)) {
        scs_error_set(run->error, SCS_ERROR_NUMERICAL,
                      "P is not positive semidefinite: x'Px < 0 for the x of iteration "
                      "%lld",
                      (long long)run->iter);
        fail(run);
        return;
    }
    const scs_int status = verdict(run->work);
    if (status == SCS_SOLVED ||
        (status != SCS_UNFINISHED && status == run->candidate && ends_round(run))) {
        run->status = status;
    }
    if (ends_round(run)) {
        run->candidate = status;
    }
    if (run->iter > 0) {
        refine(run);
    }
}

/* Whether feasibility is all that is asked for: c = 0, and Px = 0. Exactly, as these numbers
 * are sums of products with zeros then. */
static bool lacks_objective(const ScsResiduals *res) {
    return res->xpx == 0 && res->ctx == 0;
}

/* Whether the iterates have begun to follow a ray along which the problem is unbounded or,
 * without an objective, on which all points are feasible. */
static bool is_leaving(const ScsResiduals *res) {
    static const scs_float near = 1e-2; /* of a certificate's residual */
    if (res->tau > res->kappa) {
        return false;
    }
    if (lacks_objective(res)) {
        return !(res->res_infeas < near); /* NaN if b'y has the wrong sign */
    }
    return res->ctx < 0 && scs_max(res->res_unbdd_a, res->res_unbdd_p) < near;
}

/* Numbers too far apart make the factorisation break down: then the metric begins again. */
static void refactor(Run *run) {
    ScsWork *work = run->work;
    ScsError error;
    if (scs_workspace_refactor(work, &error)) {
        (void)scs_metric_reset(&work->metric);
        if (scs_workspace_refactor(work, run->error)) {
            fail(run);
        }
    }
}

static void adapt(Run *run) {
    ScsWork *work = run->work;
    const ScsResiduals *res = &work->residuals;
    if (is_leaving(res)) {
        /* x grows, and with it what the primal residual is measured by, but not the dual
         * one: their ratio would drive the scale to its limit and stall the rest of the
         * way. */
        return;
    }
    const scs_float primal = scs_safe_divide(res->res_pri, res->primal_size);
    /* Without an objective the dual residual is A'y and is measured by itself: that says
     * nothing, and would send the scale to one of its limits. */
    const ScsMetricEvidence evidence = {
        .relative_primal = primal,
        .relative_dual = lacks_objective(res)
                             ? primal
                             : scs_safe_divide(res->res_dual, res->dual_size),
        .sizes_tell = res->tau > res->kappa && !lacks_objective(res),
        .rows = {.profile = res->profile,
                 .y = work->u + work->problem.n,
                 .s = work->rsk + work->problem.n},
    };
    if (!scs_metric_adapt(&work->metric, &evidence, &work->cones, run->iter,
                          work->linsys_kind->update_cost(work->linsys),
                          work->scratch)) {
        return;
    }
    const double before = scs_platform_clock_ms();
    refactor(run);
    work->times.linsys += scs_platform_clock_ms() - before;
    scs_iterate_remap(work);
    if (work->accel) {
        scs_anderson_reset(work->accel); /* the map has changed */
    }
    run->accelerated = false;
}

/* What the hook returns is of no consequence at the end. */
static void notify(Run *run) {
    run->shown = run->iter;
    if (scs_notify_progress(run->work, run->iter, elapsed(run)) &&
        run->status == SCS_UNFINISHED) {
        run->status = SCS_SIGINT;
    }
}

static void check(Run *run) {
    plan_next_check(run);
    test(run);
    if (run->iter % REPORT_INTERVAL == 0) {
        scs_report_row(run->work, elapsed(run));
    }
    if (run->status != SCS_FAILED) {
        notify(run);
    }
    if (run->status == SCS_UNFINISHED && run->iter > 0 && ends_round(run)) {
        adapt(run);
    }
}

/* Requests from outside: interruption and the time limit. */
static void listen(Run *run) {
    ScsWork *work = run->work;
    const ScsHooks *hooks = &work->hooks;
    const scs_float limit = work->settings.time_limit_secs;
    if (atomic_load_explicit(&work->interrupted, memory_order_relaxed) ||
        (hooks->interrupted && hooks->interrupted(hooks->context))) {
        run->status = SCS_SIGINT;
    } else if (limit > 0 && elapsed(run) >= 1e3 * limit) {
        run->stop = SCS_STOP_TIME;
    }
}

static void iterate(Run *run) {
    ScsWork *work = run->work;
    accelerate(run);
    if (run->iter > 0) {
        scs_iterate_normalise(work);
    }
    remember(run);
    split(run);
    if (run->status == SCS_UNFINISHED && is_checked(run)) {
        check(run);
    }
    if (run->status == SCS_UNFINISHED) {
        listen(run);
    }
    if (run->status == SCS_UNFINISHED && run->stop == SCS_STOP_NONE) {
        trace(run);
        ++run->iter;
        if (run->iter == work->settings.max_iters) {
            run->stop =
                SCS_STOP_ITERATIONS; /* before v moves on: s belongs to this v */
        } else {
            if (!run->accelerated) { /* not on trial */
                scs_iterate_measure_step(work);
            }
            scs_iterate_dual_step(work);
            safeguard(run);
        }
    }
}

/* Before the last iterate becomes an answer without having been checked. */
static void sharpen(Run *run) {
    ScsWork *work = run->work;
    if (!scs_cone_set_is_exact(&work->cones)) {
        const double before = scs_platform_clock_ms();
        if (scs_iterate_exact_cone_step(work, run->iter == 0, run->error)) {
            fail(run);
        }
        work->times.cones += scs_platform_clock_ms() - before;
        work->residuals.iter = -1;
    }
}

/* At a limit the last iterate may happen to be good enough; if not, name what it is
 * nearest to. With tau = 0 and no sign of a certificate that is nothing: the status is
 * SCS_FAILED, but a limit is an outcome and no error. */
static void settle(Run *run) {
    if (run->status != SCS_UNFINISHED) {
        return;
    }
    sharpen(run);
    if (run->status == SCS_FAILED) {
        return;
    }
    measure(run);
    if (!check_finite(run)) {
        run->stop = SCS_STOP_NONE;
        return;
    }
    run->status = verdict(run->work);
    if (run->status == SCS_SOLVED) {
        run->stop = SCS_STOP_NONE;
        return;
    }
    run->status = scs_termination_nearest(&run->work->residuals);
    if (run->status == SCS_FAILED) {
        run->stop = SCS_STOP_NONE;
    }
}

/* Who watches sees the end, also one at a limit between two checks. */
static void notify_of_limit(Run *run) {
    const bool has_numbers = run->status != SCS_FAILED && run->status != SCS_SIGINT;
    if (has_numbers && run->shown != run->iter) {
        notify(run);
    }
}

scs_int scs_solve_run(ScsWork *work, const ScsSolution *start, ScsSolution *solution,
                      ScsInfo *info, ScsError *error) {
    Run run = {
        .work = work,
        .error = error,
        .start = scs_platform_clock_ms(),
        .status = SCS_UNFINISHED,
        .shown = -1,
    };
    begin(&run, start);
    scs_report_start(work);
    while (run.status == SCS_UNFINISHED && run.stop == SCS_STOP_NONE) {
        iterate(&run);
    }
    settle(&run);
    notify_of_limit(&run);
    finish_trace(&run);
    if (run.iter % REPORT_INTERVAL != 0 && work->residuals.iter == run.iter) {
        scs_report_row(work, elapsed(&run));
    }
    work->times.solve = elapsed(&run);
    scs_solution_finish(work, run.status, run.stop, run.iter, solution, info);
    scs_report_end(work, info);
    return info->status_val;
}
