/* SPDX-License-Identifier: MIT
 *
 * The backend that is none itself: it creates the one that choice.h takes, from the
 * analysis on which the choice was made.
 */
#include "linsys/choice.h"
#include "linsys/dense.h"
#include "linsys/direct.h"
#include "linsys/indirect.h"

#include "base/platform.h"

#include <math.h>

/* What the solver asks of an iterative backend in one iteration. */
static const scs_float step_tolerance = 0.01;

/* See below. The metrics of linear programs spread more than that, those of one cone less:
 * what passes with this gets on with either. */
static const scs_float spread = 2;

/* What a refined dense solve costs, in others. Measured: 1.7 to 2.4. What is refined with
 * the metric at the start is taken to be so for ever, other solves never. Later metrics make
 * errors up to six times as large, mostly less than twice, but many problems are solved by
 * then. */
static const double refinement = 2.2;

/* A factor of fewer bytes is not what memory was short of: nothing else would get any. */
static const double small_factor = 0x1p24;

typedef struct {
    const ScsMatrix *a;
    const ScsMatrix *p;
    const scs_float *r;
} Given;

/* The metric as it may become: rows get multipliers of their own while a problem is being
 * solved, and conjugate gradients slow down, or hardly do where A'A is nearly diagonal. The
 * multipliers are made up, from 10^-spread to 10^spread. */
static scs_float *later_metric(const Given *given, ScsArena *arena) {
    const scs_int n = given->a->n;
    const scs_int m = given->a->m;
    scs_float *r = scs_arena_copy(arena, given->r, (ptrdiff_t)n + m, sizeof *given->r);
    for (scs_int i = 0; r && i < m; ++i) {
        /* Multiples of the golden ratio, modulo 1, are spread evenly. */
        const scs_float turns = 0.6180339887498949 * (scs_float)i;
        r[n + i] *= pow(10, spread * (2 * (turns - floor(turns)) - 1));
    }
    return r;
}

/* In memory of its own, because it may come to nothing. A trial that fails with the made-up
 * metric says no. */
static ScsErrorCode is_indirect_faster(const ScsElimination *analysis,
                                       const Given *given, bool *faster,
                                       ScsError *error) {
    const scs_int most = scs_choice_worthwhile_steps(analysis);
    *faster = false;
    if (most <= 0) {
        return SCS_OK;
    }
    ScsArena local = {0};
    const scs_float *r = later_metric(given, &local);
    ScsLinSys *trial = NULL;
    const ScsErrorCode code = local.failed
                                  ? scs_error_memory(error)
                                  : scs_indirect_create(&trial, analysis, given->a,
                                                        given->p, r, &local, error);
    if (code == SCS_OK) {
        *faster = scs_indirect_count_steps(trial, step_tolerance, most) < most;
    }
    scs_arena_release(&local);
    if (code == SCS_ERROR_NUMERICAL) {
        scs_error_clear(error);
        return SCS_OK;
    }
    return code;
}

extern const ScsLinSysKind scs_linsys_dense;

/* What the dense backend costs, and whether that is with refinement. */
typedef struct {
    ScsCost cost;
    bool refined;
} Offer;

static Offer refine(Offer offer) {
    offer.cost.solve *= offer.refined ? 1 : refinement;
    offer.refined = true;
    return offer;
}

static bool is_dense_small(const Given *given) {
    const double order = (double)scs_dense_order(given->a, given->p);
    return sizeof(scs_float) * order * order / 2 < small_factor;
}

/* Create the dense backend if it pays; *self stays NULL if it does not. What it refuses,
 * such as a P that is not semidefinite, the others may explain better; they need less
 * memory, too. */
static ScsErrorCode try_dense(ScsLinSys **self, Offer *offer, const ScsCost *direct,
                              const Given *given, ScsArena *arena, ScsError *error) {
    if (!scs_choice_dense_pays(&offer->cost, direct)) {
        return SCS_OK;
    }
    const ScsErrorCode code =
        scs_linsys_dense.create(self, given->a, given->p, given->r, arena, error);
    if (code == SCS_OK && scs_dense_is_refined(*self)) {
        *offer = refine(*offer);
    }
    if (code == SCS_ERROR_MEMORY && is_dense_small(given)) {
        return code;
    }
    if (code != SCS_OK) {
        offer->cost.solve = INFINITY;
    }
    if (*self && !scs_choice_dense_pays(&offer->cost, direct)) {
        (*self)->kind->destroy(*self);
        *self = NULL;
    }
    scs_error_clear(error);
    return SCS_OK;
}

static ScsErrorCode create_sparse(ScsLinSys **self, const ScsElimination *analysis,
                                  const Given *given, ScsArena *arena,
                                  ScsError *error) {
    const bool large = sizeof(scs_float) * analysis->entries >= small_factor;
    bool indirect = large && !scs_choice_factor_fits(analysis, scs_platform_memory());
    ScsErrorCode code =
        indirect ? SCS_OK : is_indirect_faster(analysis, given, &indirect, error);
    if (code == SCS_OK && !indirect) {
        code = scs_direct_create(self, analysis, given->a, given->p, given->r, arena,
                                 error);
        indirect = code == SCS_ERROR_MEMORY && !arena->failed && large;
    }
    if (indirect) {
        scs_error_clear(error); /* what the direct one said */
        code = scs_indirect_create(self, analysis, given->a, given->p, given->r, arena,
                                   error);
    }
    return code;
}

/* Create the dense backend as soon as the other is known to cost too much, or analyse for
 * the other to the end, with memory from `scratch`. */
static ScsErrorCode analyse(ScsElimination *analysis, ScsLinSys **self, Offer *offer,
                            const Given *given, ScsArena *arena, ScsArena *scratch,
                            ScsError *error) {
    ScsCost least = scs_choice_direct_least(given->a, given->p);
    ScsErrorCode code = try_dense(self, offer, &least, given, arena, error);
    if (code != SCS_OK || *self) {
        return code;
    }
    const double most = scs_choice_worthwhile_visits(&offer->cost, &least);
    double visits = most;
    code = scs_elimination_analyse_within(analysis, given->a, given->p, &visits,
                                          scratch, error);
    if (code != SCS_OK || analysis->order) {
        return code;
    }
    least.setup += scs_choice_visits_cost(visits);
    code = try_dense(self, offer, &least, given, arena, error);
    if (code == SCS_OK && !*self) { /* it costs more than it seemed to */
        scs_arena_release(scratch);
        code = scs_elimination_analyse(analysis, given->a, given->p, scratch, error);
    }
    return code;
}

static ScsErrorCode auto_create(ScsLinSys **self, const ScsMatrix *a,
                                const ScsMatrix *p, const scs_float *r, ScsArena *arena,
                                ScsError *error) {
    *self = NULL;
    const Given given = {.a = a, .p = p, .r = r};
    ScsArena local = {0};
    Offer offer = {.cost = scs_dense_estimate(a, p, &local)};
    const bool failed = local.failed;
    scs_arena_release(&local);
    if (failed) {
        return scs_error_memory(error);
    }
    ScsElimination analysis;
    ScsErrorCode code = analyse(&analysis, self, &offer, &given, arena, &local, error);
    if (code == SCS_OK && !*self) {
        const ScsCost direct = scs_choice_direct_cost(&analysis);
        code = try_dense(self, &offer, &direct, &given, arena, error);
    }
    if (code == SCS_OK && !*self) {
        code = create_sparse(self, &analysis, &given, arena, error);
    }
    scs_arena_release(&local);
    return code;
}

const ScsLinSysKind scs_linsys_auto = {
    .name = "auto",
    .create = auto_create,
};
