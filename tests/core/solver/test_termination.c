/* SPDX-License-Identifier: MIT
 *
 * Each status on residuals made by hand.
 */
#include "solver/termination.h"

#include "support/check.h"
#include "support/problems.h"

static ScsSettings tolerances(void) {
    ScsSettings settings = test_settings();
    settings.eps_abs = 1e-3;
    settings.eps_rel = 1e-2;
    settings.eps_infeas = 1e-5;
    return settings;
}

/* Far from everything. */
static ScsResiduals nothing(void) {
    return (ScsResiduals){
        .tau = 1,
        .res_pri = 1,
        .res_dual = 1,
        .gap = 1,
        .primal_size = 1,
        .dual_size = 1,
        .gap_size = 1,
        .res_infeas = NAN,
        .res_unbdd_a = NAN,
        .res_unbdd_p = NAN,
    };
}

/* At the very tolerances, with sizes that differ so that each test uses its own. */
static ScsResiduals solved(void) {
    ScsResiduals res = nothing();
    res.primal_size = 10;
    res.dual_size = 20;
    res.gap_size = 30;
    res.res_pri = 1e-3 + 1e-2 * 10;
    res.res_dual = 1e-3 + 1e-2 * 20;
    res.gap = 1e-3 + 1e-2 * 30;
    return res;
}

static void expect(const ScsResiduals *res, scs_int status) {
    const ScsSettings settings = tolerances();
    CHECK_EQUAL(scs_termination_test(res, &settings), status);
}

static void solved_at_the_tolerances(void) {
    ScsResiduals res = solved();
    expect(&res, SCS_SOLVED);
    res.res_pri *= 1.0001;
    expect(&res, SCS_UNFINISHED);
    res = solved();
    res.res_dual *= 1.0001;
    expect(&res, SCS_UNFINISHED);
    res = solved();
    res.gap *= 1.0001;
    expect(&res, SCS_UNFINISHED);
    res = solved();
    res.tau = 0;
    expect(&res, SCS_UNFINISHED);
}

static void tolerances_are_those_of_the_test(void) {
    const ScsResiduals res = solved();
    const ScsSettings settings = tolerances();
    const ScsTolerances found = scs_termination_tolerances(&res, &settings);
    CHECK(found.pri == res.res_pri && found.dual == res.res_dual &&
          found.gap == res.gap);
}

static void nan_is_never_solved(void) {
    for (int k = 0; k < 3; ++k) {
        ScsResiduals res = solved();
        *(k == 0 ? &res.res_pri : k == 1 ? &res.res_dual : &res.gap) = NAN;
        expect(&res, SCS_UNFINISHED);
    }
}

static void infeasible(void) {
    ScsResiduals res = nothing();
    expect(&res, SCS_UNFINISHED);
    res.bty = -1;
    res.res_infeas = 1e-5;
    expect(&res, SCS_INFEASIBLE);
    res.res_infeas = 1.1e-5;
    expect(&res, SCS_UNFINISHED);
}

static void unbounded_needs_both(void) {
    ScsResiduals res = nothing();
    res.ctx = -1;
    res.res_unbdd_a = 1e-5;
    res.res_unbdd_p = 1e-5;
    expect(&res, SCS_UNBOUNDED);
    res.res_unbdd_a = 1.1e-5;
    expect(&res, SCS_UNFINISHED);
    res.res_unbdd_a = 0;
    res.res_unbdd_p = 1.1e-5;
    expect(&res, SCS_UNFINISHED);
}

/* With all tolerances zero only an exact answer will do. */
static void zero_tolerances(void) {
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    ScsResiduals res = nothing();
    res.res_pri = res.res_dual = res.gap = 1e-300;
    res.res_infeas = res.res_unbdd_a = res.res_unbdd_p = 1e-300;
    CHECK_EQUAL(scs_termination_test(&res, &settings), SCS_UNFINISHED);
    res.res_pri = res.res_dual = res.gap = 0;
    CHECK_EQUAL(scs_termination_test(&res, &settings), SCS_SOLVED);
}

static void nearest_is_solved_while_tau_leads(void) {
    ScsResiduals res = nothing();
    res.tau = 1;
    res.kappa = 0.5;
    res.bty = res.ctx = -1;
    res.res_infeas = res.res_unbdd_a = res.res_unbdd_p = 1e-3;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_SOLVED_INACCURATE);
}

static void nearest_certificate_while_kappa_leads(void) {
    ScsResiduals res = nothing();
    res.tau = 1e-6;
    res.kappa = 1;
    res.bty = -1;
    res.res_infeas = 1e-3;
    res.ctx = 1;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_INFEASIBLE_INACCURATE);
    res.bty = 1;
    res.res_infeas = NAN;
    res.ctx = -1;
    res.res_unbdd_a = res.res_unbdd_p = 1e-3;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_UNBOUNDED_INACCURATE);
    res.bty = -1; /* both: the better one */
    res.res_infeas = 1e-2;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_UNBOUNDED_INACCURATE);
    res.res_infeas = 1e-4;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_INFEASIBLE_INACCURATE);
    res.bty = res.ctx = 1; /* none: what there is of a solution */
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_SOLVED_INACCURATE);
}

/* Infinity is not at most infinity where it stands for a number. */
static void too_far_out_to_be_a_point(void) {
    ScsResiduals res = solved();
    res.res_pri = res.primal_size = INFINITY;
    expect(&res, SCS_UNFINISHED);
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_FAILED);
    res = solved();
    res.res_dual = res.dual_size = INFINITY;
    expect(&res, SCS_UNFINISHED);
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_FAILED);
    res = solved();
    res.gap = res.gap_size = INFINITY;
    expect(&res, SCS_UNFINISHED);
    res = solved();
    res.tau = 1e-300;
    expect(&res, SCS_UNFINISHED);
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_FAILED);
    res.tau = 1e-200;
    expect(&res, SCS_SOLVED);
}

static void nothing_left_to_report(void) {
    ScsResiduals res = nothing();
    res.tau = res.kappa = 0;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_FAILED);
    res.tau = res.kappa = NAN;
    CHECK_EQUAL(scs_termination_nearest(&res), SCS_FAILED);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solved at the tolerances", solved_at_the_tolerances},
        {"tolerances are those of the test", tolerances_are_those_of_the_test},
        {"NaN is never solved", nan_is_never_solved},
        {"infeasible", infeasible},
        {"unbounded needs both", unbounded_needs_both},
        {"zero tolerances", zero_tolerances},
        {"nearest is solved while tau leads", nearest_is_solved_while_tau_leads},
        {"nearest certificate while kappa leads",
         nearest_certificate_while_kappa_leads},
        {"too far out to be a point", too_far_out_to_be_a_point},
        {"nothing left to report", nothing_left_to_report},
    };
    return CHECK_RUN(cases);
}
