/* SPDX-License-Identifier: MIT */
#include "solver/refine.h"

#include "base/platform.h"
#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"
#include "solver/termination.h"
#include "solver/workspace.h" /* IWYU pragma: keep: completes ScsWork */

enum {
    FLAT_STEPS = 3, /* with the right faces the first step is the last */
    CURVED_STEPS = 16,
};

/* Ordering and symbolic analysis of the system of curved cones, in factorisations. */
static const scs_float first_cost = 4;

/* How much attempts may cost, as a share of the iterations so far. */
static const scs_float share = 0.15;

/* On small problems they may run ahead of that by so many iterations, if these are no more
 * operations than about this: nobody feels a fraction of a millisecond. */
static const scs_float advance = 25;
static const scs_float unnoticed = 5e5;

/* The steps of conjugate gradients that one Newton step may take: as many as so many
 * iterations do. With a good preconditioner a few are enough, and with any other hundreds
 * would not be. */
static const scs_float most_solves = 40;

/* A face at which Newton's method failed is not the last one, nor is the next, mostly:
 * after a failure the iterations must have doubled. */
static const scs_float patience = 2;

/* ---- memory ---- */

/* Operations of an iteration but for the factor, roughly. */
static scs_float operations(const ScsWork *work) {
    const ScsProblem *problem = &work->problem;
    const scs_float entries = (scs_float)scs_csc_nnz(problem->a) +
                              (problem->p ? (scs_float)scs_csc_nnz(problem->p) : 0);
    return 4 * entries + 10 * ((scs_float)problem->n + (scs_float)problem->m);
}

/* Flat cones need little memory, and small problems are to find it there: they may be
 * solved where time is short. */
static bool takes_memory_early(const ScsWork *work) {
    return work->refine.flat || operations(work) <= unnoticed / advance;
}

/* All but the backend of curved cones; ready if there are none. */
static void take_vectors(ScsWork *work, ScsArena *arena) {
    ScsRefine *refine = &work->refine;
    const ptrdiff_t n = work->problem.n;
    const ptrdiff_t m = work->problem.m;
    scs_tangent_create(&refine->tangent, &work->problem, &work->cones, arena);
    refine->point = SCS_NEW(arena, scs_float, n + 2 * m);
    refine->saved = SCS_NEW(arena, scs_float, 2 * (n + m + 1));
    refine->ready = refine->flat && !arena->failed;
}

/* The larger system of curved cones gets a factorisation of its own; its values come
 * later. */
static ScsErrorCode take_backend(ScsWork *work, ScsArena *arena, ScsError *error) {
    ScsRefine *refine = &work->refine;
    const ScsTangent *tangent = &refine->tangent;
    if (arena->failed) {
        return scs_error_memory(error);
    }
    scs_vec_fill(1, tangent->r, scs_tangent_size(tangent));
    const ScsErrorCode code = work->linsys_kind->create(
        &refine->linsys, tangent->a, tangent->p, tangent->r, arena, error);
    refine->ready = !code;
    return code;
}

static void prepare(ScsWork *work, bool possible) {
    ScsRefine *refine = &work->refine;
    refine->possible = possible;
    refine->flat = scs_tangent_count_curved(&work->cones) == 0;
    if (possible) {
        refine->faces = SCS_NEW(&work->arena, uint8_t, work->problem.m);
        if (takes_memory_early(work)) {
            take_vectors(work, &work->arena);
        }
    }
}

ScsErrorCode scs_refine_create(ScsWork *work, ScsError *error) {
    prepare(work, scs_tangent_is_possible(&work->cones, work->problem.a));
    const ScsRefine *refine = &work->refine;
    if (refine->possible && !refine->flat && takes_memory_early(work)) {
        return take_backend(work, &work->arena, error);
    }
    return work->arena.failed ? scs_error_memory(error) : SCS_OK;
}

ScsErrorCode scs_refine_clone(ScsWork *work, const ScsWork *original, ScsError *error) {
    /* New values may have changed what is possible: the original does not ask again. */
    prepare(work, original->refine.possible);
    ScsRefine *refine = &work->refine;
    if (work->arena.failed) {
        return scs_error_memory(error);
    }
    refine->displaced = original->refine.displaced;
    if (!refine->possible || refine->flat || !takes_memory_early(work)) {
        return SCS_OK;
    }
    const ScsErrorCode code = work->linsys_kind->clone(
        &refine->linsys, original->refine.linsys, refine->tangent.a, refine->tangent.p,
        &work->arena, error);
    refine->ready = !code;
    return code;
}

/* In the loop: without memory the solve goes on as it did. */
static void take_late(ScsWork *work) {
    ScsRefine *refine = &work->refine;
    ScsError error;
    take_vectors(work, &refine->arena);
    if (take_backend(work, &refine->arena, &error)) {
        refine->possible = false;
        refine->linsys = NULL;
        scs_arena_release(&refine->arena);
    }
}

void scs_refine_destroy(ScsWork *work) {
    ScsRefine *refine = &work->refine;
    if (refine->linsys) {
        refine->linsys->kind->destroy(refine->linsys);
    }
    scs_arena_release(&refine->arena);
}

/* Steps that an iterative backend has taken; from now on it may take so many more. */
static int64_t count_inner(const ScsWork *work, ScsLinSys *linsys, int64_t more) {
    const ScsLinSysKind *kind = work->linsys_kind;
    return kind->ration ? kind->ration(linsys, more) : 0;
}

void scs_refine_begin(ScsWork *work, double start) {
    ScsRefine *refine = &work->refine;
    const scs_float limit = work->settings.time_limit_secs;
    refine->deadline = limit > 0 ? start + 1e3 * limit : (double)INFINITY;
    refine->spent = 0;
    refine->origin = count_inner(work, work->linsys, -1);
    refine->steps = 0;
    refine->failed = 0;
    refine->last = 0;
    refine->looks = 0;
    if (refine->possible) {
        for (scs_int i = 0; i < work->problem.m; ++i) {
            refine->faces[i] = 0;
        }
    }
}

/* ---- when ---- */

/* Take in the faces at this check, a hash of all included (Fowler, Noll and Vo), and say
 * how many rows have changed theirs. */
static scs_int watch(ScsWork *work) {
    ScsRefine *refine = &work->refine;
    const scs_int n = work->problem.n;
    scs_float *w = work->scratch;
    scs_int changes = 0;
    uint64_t hash = 14695981039346656037u;
    for (scs_int k = 0; k < work->cones.count; ++k) {
        const ScsConeBlock *block = &work->cones.blocks[k];
        const scs_int i = block->first;
        const ScsBoundary boundary =
            block->kind->linearise(block, work->rsk + n + i, work->u + n + i, w);
        const bool flat = boundary == SCS_BOUNDARY_FLAT || boundary == SCS_BOUNDARY_RAY;
        const scs_int rows = flat ? block->rows : block->rows > 0;
        for (scs_int j = 0; j < rows; ++j) {
            const uint8_t face = flat ? (w[j] == 0 ? 1 : 2) : 3;
            changes += face != refine->faces[i + j];
            refine->faces[i + j] = face;
            hash = (hash ^ face) * 1099511628211u;
        }
    }
    refine->seen = hash;
    return changes;
}

/* Of a factorisation, in iterations, of which the linear solve is about half. The larger
 * system of curved cones is about as sparse. */
static scs_float cost_of_factor(const ScsWork *work) {
    const scs_float plain = 0.5 * work->linsys_kind->update_cost(work->linsys);
    return work->refine.flat ? plain : 1.5 * plain;
}

/* With it come some solves, products with the matrices and a check. */
static scs_float cost_of_step(const ScsWork *work) { return cost_of_factor(work) + 8; }

/* The same in every solve, whether the memory has been taken or not, so that runs repeat. */
static scs_float cost_of_first(const ScsWork *work) {
    const bool late = !takes_memory_early(work) && work->refine.steps == 0;
    return late ? first_cost * cost_of_factor(work) : 0;
}

/* Whether nobody feels a step. */
static bool is_cheap(const ScsWork *work) {
    return cost_of_step(work) * operations(work) <= unnoticed;
}

static bool is_affordable(const ScsWork *work, scs_int iter) {
    const scs_float credit = scs_min(advance, unnoticed / operations(work));
    return work->refine.spent + cost_of_first(work) + cost_of_step(work) <=
           credit + share * (scs_float)iter;
}

/* Whether the faces are likely to be the last ones, from how many rows' have changed since
 * the check before. Linear programs change theirs until the very end, and one wrong row
 * makes a step useless. */
static bool has_settled(const ScsWork *work, scs_int changes) {
    const ScsRefine *refine = &work->refine;
    if (!work->problem.p && refine->flat) {
        return changes == 0;
    }
    return refine->looks == 1 || changes <= 2 + work->problem.m / 100;
}

/* Whether to make an attempt at this check. */
static bool is_due(ScsWork *work, scs_int iter) {
    ScsRefine *refine = &work->refine;
    const scs_int changes = watch(work);
    ++refine->looks;
    return has_settled(work, changes) && refine->seen != refine->failed &&
           (scs_float)iter >= patience * (scs_float)refine->last &&
           is_affordable(work, iter);
}

/* ---- one attempt ---- */

/* The worst of the three residuals, in units of its tolerance. */
static scs_float merit(const ScsWork *work) {
    const ScsResiduals *res = &work->residuals;
    const ScsTolerances tolerances = scs_termination_tolerances(res, &work->settings);
    return scs_max(res->res_pri / tolerances.pri,
                   scs_max(res->res_dual / tolerances.dual, res->gap / tolerances.gap));
}

/* (x, y, s) of the iterate, tau = 1. */
static void start_point(ScsWork *work) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    scs_float *point = work->refine.point;
    scs_vec_copy(work->u, point, (ptrdiff_t)n + m);
    scs_vec_copy(work->rsk + n, point + n + m, m);
    scs_vec_scale(1 / work->u[n + m], point, (ptrdiff_t)n + 2 * (ptrdiff_t)m);
}

/* The right-hand side of Newton's equations: c, b and what (x, y, s) makes of them. */
static void find_rest(ScsWork *work, scs_float *rest) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float *x = work->refine.point;
    const scs_float *y = x + n;
    const scs_float *s = y + m;
    scs_vec_fill(0, rest, (ptrdiff_t)n + m);
    scs_csc_multiply_transposed(work->problem.a, y, rest);
    if (work->problem.p) {
        scs_csc_multiply_symmetric(work->problem.p, x, rest);
    }
    scs_csc_multiply(work->problem.a, x, rest + n);
    for (scs_int j = 0; j < n; ++j) {
        rest[j] = -rest[j] - work->h[j];
    }
    for (scs_int i = 0; i < m; ++i) {
        rest[n + i] = work->h[n + i] - rest[n + i] - s[i];
    }
}

/* Move the point by the step and back to complementary y and s in the cones. Flat faces are
 * kept: what a row's s or y has been found to be zero stays so. The step lies in scratch,
 * behind its first m entries. */
static ScsErrorCode move(ScsWork *work, const scs_float *step, ScsError *error) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float *w = work->refine.tangent.w;
    const ScsRay *ray = &work->refine.tangent.ray;
    scs_float *x = work->refine.point;
    scs_float *y = x + n;
    scs_float *s = y + m;
    scs_float *ax = work->scratch;
    scs_float *r = work->scratch + m;
    scs_vec_axpy(1, step, x, (ptrdiff_t)n + m);
    scs_vec_copy(work->metric.r + n, r, m);
    scs_ray_stiffen(ray, r);
    scs_vec_fill(0, ax, m);
    scs_csc_multiply(work->problem.a, x, ax);
    for (scs_int i = 0; i < m; ++i) {
        s[i] = w[i] == 0 ? 0 : work->h[n + i] - ax[i];
    }
    scs_ray_keep(ray, work->h + n, s);
    for (scs_int i = 0; i < m; ++i) {
        y[i] = isfinite(w[i]) ? y[i] : 0;
        s[i] = y[i] - s[i] / r[i]; /* the point to project, for now */
        y[i] = s[i];
    }
    const ScsErrorCode code = scs_cone_set_project_dual(&work->cones, y, r, error);
    scs_vacuous_clear(&work->vacuous, y);
    for (scs_int i = 0; i < m; ++i) {
        s[i] = r[i] * (y[i] - s[i]);
    }
    scs_ray_complete(ray, s, y);
    return code;
}

/* Make the point the iterate and measure it. */
static void show(ScsWork *work, scs_int iter) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float *point = work->refine.point;
    scs_vec_copy(point, work->u, (ptrdiff_t)n + m);
    work->u[n + m] = 1;
    scs_vec_fill(0, work->rsk, n);
    scs_vec_copy(point + n + m, work->rsk + n, m);
    work->rsk[n + m] = 0;
    scs_residuals_compute(work, iter);
}

static bool factorise(ScsWork *work) {
    ScsRefine *refine = &work->refine;
    ScsTangent *tangent = &refine->tangent;
    ScsError error;
    ++refine->steps;
    refine->spent += cost_of_step(work);
    if (refine->linsys) {
        return !work->linsys_kind->update_values(refine->linsys, tangent->r, &error);
    }
    refine->displaced = true;
    return !work->linsys_kind->update_metric(work->linsys, tangent->r, &error);
}

/* Solve for the step. An iterative backend does so within bounds, and what it takes is
 * counted: all of it, besides what the step costs anyway. */
static bool solve(ScsWork *work, scs_int iter, scs_float *rest) {
    ScsRefine *refine = &work->refine;
    ScsLinSys *linsys = refine->linsys ? refine->linsys : work->linsys;
    const int64_t taken = count_inner(work, work->linsys, -1) - refine->origin;
    const scs_float usual = scs_max((scs_float)taken / (scs_float)iter, 1);
    const int64_t before = count_inner(work, linsys, (int64_t)(most_solves * usual));
    const bool solved =
        scs_tangent_solve(&refine->tangent, work->linsys_kind, linsys, rest);
    const int64_t inner = count_inner(work, linsys, -1) - before;
    refine->origin += linsys == work->linsys ? inner : 0;
    refine->spent += 0.5 * (scs_float)inner / usual;
    return solved;
}

/* One step: false if it leads nowhere. */
static bool step(ScsWork *work, scs_int iter) {
    ScsRefine *refine = &work->refine;
    ScsTangent *tangent = &refine->tangent;
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const scs_float *y = refine->point + n;
    const scs_float *s = y + m;
    scs_float *rest = work->scratch + m;
    ScsError error;
    if (!scs_tangent_look(tangent, &work->problem, &work->cones, s, y)) {
        return false;
    }
    for (scs_int k = 0; k < work->vacuous.count; ++k) {
        tangent->w[work->vacuous.rows[k]] = INFINITY;
    }
    scs_tangent_fill(tangent, &work->problem, &work->cones, s, y);
    if (!factorise(work)) {
        return false;
    }
    find_rest(work, rest);
    if (!solve(work, iter, rest) ||
        scs_vec_find_nonfinite(rest, (ptrdiff_t)n + m) >= 0 ||
        move(work, rest, &error)) {
        return false;
    }
    show(work, iter);
    return true;
}

static void save(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m + 1;
    scs_vec_copy(work->u, work->refine.saved, size);
    scs_vec_copy(work->rsk, work->refine.saved + size, size);
}

static void restore(ScsWork *work, scs_int iter) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m + 1;
    scs_vec_copy(work->refine.saved, work->u, size);
    scs_vec_copy(work->refine.saved + size, work->rsk, size);
    scs_residuals_compute(work, iter);
}

/* Whether the solve has been asked to end, or its time is up: factorisations may take long.
 * The hook may ask but once, and the loop is to hear of it. */
static bool is_stopped(ScsWork *work) {
    const ScsHooks *hooks = &work->hooks;
    if (hooks->interrupted && hooks->interrupted(hooks->context)) {
        atomic_store_explicit(&work->interrupted, 1, memory_order_relaxed);
    }
    return atomic_load_explicit(&work->interrupted, memory_order_relaxed) ||
           (isfinite(work->refine.deadline) &&
            scs_platform_clock_ms() >= work->refine.deadline);
}

/* Newton steps as long as they help, of which two in a row may not. True if one has led to a
 * point that passes the test and is better than the iterate: the best such becomes the
 * iterate, else nothing changes. Where steps cost next to nothing they go on until the point
 * is accurate. */
static bool attempt(ScsWork *work, scs_int iter) {
    static const scs_float accurate = 1e-3; /* of the tolerance */
    const scs_int most = work->refine.flat ? FLAT_STEPS : CURVED_STEPS;
    scs_float best = merit(work);
    scs_float kept = scs_min(best, 1);
    bool found = false;
    int in_vain = 0;
    save(work);
    start_point(work);
    for (scs_int k = 0; k < most && !is_stopped(work) && step(work, iter); ++k) {
        const scs_float now = merit(work);
        const scs_int status = scs_termination_test(&work->residuals, &work->settings);
        if (now <= kept && status == SCS_SOLVED) {
            kept = now;
            found = true;
            save(work);
        }
        in_vain = now < (is_cheap(work) ? 1 : 0.5) * best ? 0 : in_vain + 1;
        const bool enough =
            kept <= accurate || (found && (now > 0.5 * best || !is_cheap(work)));
        if (enough || in_vain > 1 || !(now < 100 * best)) {
            break;
        }
        best = scs_min(best, now);
    }
    restore(work, iter);
    return found;
}

/* v of a fixed point with these u and rsk. */
static void settle(ScsWork *work) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    for (ptrdiff_t i = 0; i <= size; ++i) {
        work->ut[i] = work->u[i];
        work->v[i] = work->u[i] + work->rsk[i] / work->metric.r[i];
    }
}

/* The backend gets its own factorisation back. */
static ScsErrorCode give_back(ScsWork *work, ScsError *error) {
    ScsRefine *refine = &work->refine;
    if (!refine->displaced) {
        return SCS_OK;
    }
    refine->displaced = false;
    refine->spent += cost_of_factor(work);
    const ScsErrorCode code =
        work->linsys_kind->update_metric(work->linsys, work->metric.r, error);
    work->broken = code != SCS_OK;
    return code;
}

static bool can_try(const ScsWork *work) {
    return work->refine.possible && work->residuals.tau > work->residuals.kappa;
}

ScsErrorCode scs_refine_try(ScsWork *work, scs_int iter, bool *solved,
                            ScsError *error) {
    ScsRefine *refine = &work->refine;
    *solved = false;
    if (!can_try(work) || !is_due(work, iter)) {
        return SCS_OK;
    }
    if (!refine->ready) {
        take_late(work);
        if (!refine->possible) {
            return SCS_OK;
        }
    }
    refine->spent += cost_of_first(work);
    *solved = attempt(work, iter);
    if (*solved) {
        settle(work);
        return SCS_OK; /* the next solve, if there is one, renews the factorisation */
    }
    refine->failed = refine->seen;
    refine->last = iter;
    return give_back(work, error);
}

void scs_refine_polish(ScsWork *work, scs_int iter) {
    if (can_try(work) && takes_memory_early(work) && is_cheap(work) &&
        cost_of_step(work) <= 0.5 * (scs_float)iter && attempt(work, iter)) {
        settle(work);
    }
}
