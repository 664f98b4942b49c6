/* SPDX-License-Identifier: MIT */
#include "solver/notify.h"

#include "solver/termination.h"

bool scs_notify_progress(const ScsWork *work, scs_int iter, double milliseconds) {
    const ScsHooks *hooks = &work->hooks;
    if (!hooks->progress) {
        return false;
    }
    const ScsResiduals *res = &work->residuals;
    const ScsTolerances tolerances = scs_termination_tolerances(res, &work->settings);
    const ScsProgress progress = {
        .iter = iter,
        .res_pri = res->res_pri,
        .res_dual = res->res_dual,
        .gap = res->gap,
        .tol_pri = tolerances.pri,
        .tol_dual = tolerances.dual,
        .tol_gap = tolerances.gap,
        .pobj = res->pobj,
        .dobj = res->dobj,
        .scale = work->metric.scale,
        .time = milliseconds,
    };
    return hooks->progress(hooks->context, &progress) != 0;
}
