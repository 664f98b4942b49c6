/* SPDX-License-Identifier: MIT */
#include "solver/termination.h"

#include "base/real.h"

ScsTolerances scs_termination_tolerances(const ScsResiduals *res,
                                         const ScsSettings *settings) {
    return (ScsTolerances){
        .pri = settings->eps_abs + settings->eps_rel * res->primal_size,
        .dual = settings->eps_abs + settings->eps_rel * res->dual_size,
        .gap = settings->eps_abs + settings->eps_rel * res->gap_size,
    };
}

/* Whether (x, y, s) / tau can be written down. For a smaller tau it overflows, and residuals
 * that are infinite would be as small as tolerances that are. */
static bool is_point(const ScsResiduals *res) {
    static const scs_float least_tau = 1e-280;
    return res->tau >= least_tau && isfinite(res->primal_size) &&
           isfinite(res->dual_size) && isfinite(res->gap_size);
}

static bool is_solved(const ScsResiduals *res, const ScsSettings *settings) {
    const ScsTolerances tolerances = scs_termination_tolerances(res, settings);
    return is_point(res) && res->res_pri <= tolerances.pri &&
           res->res_dual <= tolerances.dual && res->gap <= tolerances.gap;
}

/* The residuals of certificates are NaN, and every comparison false, where the sign of b'y
 * or c'x is wrong. */
scs_int scs_termination_test(const ScsResiduals *res, const ScsSettings *settings) {
    if (is_solved(res, settings)) {
        return SCS_SOLVED;
    }
    if (res->res_infeas <= settings->eps_infeas) {
        return SCS_INFEASIBLE;
    }
    if (res->res_unbdd_a <= settings->eps_infeas &&
        res->res_unbdd_p <= settings->eps_infeas) {
        return SCS_UNBOUNDED;
    }
    return SCS_UNFINISHED;
}

scs_int scs_termination_nearest(const ScsResiduals *res) {
    if (res->tau <= res->kappa) {
        const scs_float unbounded = scs_max(res->res_unbdd_a, res->res_unbdd_p);
        if (res->bty < 0 && !(res->ctx < 0 && unbounded < res->res_infeas)) {
            return SCS_INFEASIBLE_INACCURATE;
        }
        if (res->ctx < 0) {
            return SCS_UNBOUNDED_INACCURATE;
        }
    }
    return is_point(res) ? SCS_SOLVED_INACCURATE : SCS_FAILED;
}
