/* SPDX-License-Identifier: MIT */
#include "solver/workspace.h"

#include "base/platform.h"
#include "la/csc.h"
#include "la/vec.h"
#include "problem/validate.h"
#include "solver/iterate.h"
#include "solver/multipliers.h"

/* The workspace lives in its own arena: it is the first thing taken from a local one,
 * which then moves in. */
static ScsWork *begin(ScsError *error) {
    ScsArena arena = {0};
    ScsWork *work = SCS_NEW(&arena, ScsWork, 1);
    if (!work) {
        scs_arena_release(&arena);
        scs_error_memory(error);
        return NULL;
    }
    work->arena = arena;
    return work;
}

static void allocate_vectors(ScsWork *work) {
    ScsArena *arena = &work->arena;
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m;
    scs_float **const with_tau[] = {&work->u, &work->ut, &work->v, &work->v_prev,
                                    &work->rsk};
    for (size_t k = 0; k < sizeof with_tau / sizeof *with_tau; ++k) {
        *with_tau[k] = SCS_NEW(arena, scs_float, size + 1);
    }
    work->h = SCS_NEW(arena, scs_float, size);
    work->g = SCS_NEW(arena, scs_float, size);
    work->rg = SCS_NEW(arena, scs_float, size);
    work->scratch = SCS_NEW(arena, scs_float, 2 * size);
    scs_residuals_create(&work->residuals, work->problem.n, work->problem.m, arena);
}

static void create_acceleration(ScsWork *work) {
    const ScsSettings *settings = &work->settings;
    if (settings->acceleration_lookback > 0) {
        const ScsAndersonOptions options = {
            .dimension = work->problem.n + work->problem.m + 1,
            .lookback = settings->acceleration_lookback,
            /* With fewer columns most steps are refused, with more they come late. */
            .minimum = settings->acceleration_lookback / 2,
            .type_1 = settings->acceleration_type_1 != 0,
            /* Among curved cones its weights may be in the millions, or its steps undone one
             * after the other, and type II goes on. In linear and quadratic programs it
             * makes no difference in the mean. */
            .gives_up_type_1 =
                scs_multipliers_mostly_curved(&work->cones, work->problem.m),
            .regularization = settings->acceleration_regularization,
            .relaxation = settings->acceleration_relaxation,
        };
        work->accel = scs_anderson_create(&work->arena, &options);
    }
}

/* All memory but the backend's; the problem has been copied. */
static ScsErrorCode take_memory(ScsWork *work, const ScsCone *cone, ScsError *error) {
    ScsArena *arena = &work->arena;
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const ScsErrorCode code =
        scs_cone_set_build(&work->cones, cone, m, work->lapack, arena, error);
    if (code) {
        return code;
    }
    scs_vacuous_create(&work->vacuous, &work->cones, arena);
    scs_scaling_create(&work->scaling, m, n, arena);
    allocate_vectors(work);
    create_acceleration(work);
    scs_metric_create(&work->metric, &work->settings, &work->cones, work->problem.a,
                      arena);
    return arena->failed ? scs_error_memory(error) : SCS_OK;
}

static ScsErrorCode copy_problem(ScsWork *work, const ScsData *data, ScsError *error) {
    ScsProblem *copy = &work->problem;
    scs_problem_copy(copy, data, &work->arena);
    if (work->arena.failed) {
        return scs_error_memory(error);
    }
    const ScsData copied = {.m = copy->m,
                            .n = copy->n,
                            .A = copy->a,
                            .P = copy->p,
                            .b = copy->b,
                            .c = copy->c};
    return scs_validate_entries(&copied, error);
}

static ScsErrorCode fill(ScsWork *work, const ScsData *data, const ScsCone *cone,
                         const char *log_filename, ScsError *error) {
    ScsErrorCode code = copy_problem(work, data, error);
    code = code ? code : take_memory(work, cone, error);
    code =
        code ? code : scs_trace_create(&work->trace, log_filename, &work->arena, error);
    if (code) {
        return code;
    }
    scs_vacuous_extract(&work->vacuous, &work->problem, &work->cones);
    if (work->settings.normalize) {
        scs_scaling_equilibrate(&work->scaling, &work->problem, &work->cones,
                                work->scratch);
        scs_cone_set_rescale(&work->cones, work->scaling.d);
    }
    scs_scaling_scale_vectors(&work->scaling, &work->problem, work->settings.normalize,
                              work->h);
    code = work->linsys_kind->create(&work->linsys, work->problem.a, work->problem.p,
                                     work->metric.r, &work->arena, error);
    if (code) {
        return code;
    }
    work->linsys_kind = work->linsys->kind; /* auto has become another one */
    if (work->linsys_kind->needs_tolerance) {
        work->metric.reach = scs_reach_iterative;
    }
    code = scs_iterate_prepare(work, error);
    return code ? code : scs_refine_create(work, error);
}

ScsErrorCode scs_workspace_create(ScsWork **result, const ScsData *data,
                                  const ScsCone *cone, const ScsSettings *settings,
                                  const ScsOptions *options, ScsError *error) {
    const double start = scs_platform_clock_ms();
    *result = NULL;
    const ScsLinSysKind *kind =
        scs_linsys_find(options ? options->linear_solver : SCS_LINSYS_AUTO, error);
    if (!kind) {
        return error->code;
    }
    ScsWork *work = begin(error);
    if (!work) {
        return SCS_ERROR_MEMORY;
    }
    work->settings = *settings;
    work->settings.write_data_filename = NULL; /* strings belong to the caller */
    work->settings.log_csv_filename = NULL;
    work->linsys_kind = kind;
    work->lapack = options && options->lapack ? options->lapack : scs_lapack_linked();
    if (options) {
        work->hooks = options->hooks;
    }
    ScsErrorCode code = fill(work, data, cone, settings->log_csv_filename, error);
    if (code == SCS_ERROR_BACKEND) {
        code = SCS_ERROR_UNAVAILABLE; /* it never worked: as good as absent */
        error->code = code;
    }
    if (code) {
        scs_workspace_destroy(work);
        return code;
    }
    work->times.setup = scs_platform_clock_ms() - start;
    *result = work;
    return SCS_OK;
}

static void copy_state(ScsWork *work, const ScsWork *original) {
    const ptrdiff_t n = work->problem.n;
    const ptrdiff_t m = work->problem.m;
    scs_vec_copy(original->scaling.d, work->scaling.d, m);
    scs_vec_copy(original->scaling.e, work->scaling.e, n);
    work->scaling.sigma = original->scaling.sigma;
    work->scaling.reach = original->scaling.reach;
    if (work->settings.normalize) {
        scs_cone_set_rescale(&work->cones, work->scaling.d);
    }
    scs_vacuous_copy(&work->vacuous, &original->vacuous);
    scs_metric_copy(&work->metric, &original->metric);
    scs_vec_copy(original->h, work->h, n + m);
    scs_vec_copy(original->g, work->g, n + m);
    scs_vec_copy(original->rg, work->rg, n + m);
    work->tau_quadratic = original->tau_quadratic;
    work->broken = original->broken;
    work->times.setup = original->times.setup;
}

static ScsErrorCode fill_clone(ScsWork *work, const ScsWork *original,
                               ScsError *error) {
    work->settings = original->settings;
    work->linsys_kind = original->linsys_kind;
    work->lapack = original->lapack;
    scs_problem_clone(&work->problem, &original->problem, &work->arena);
    ScsErrorCode code = take_memory(work, &original->cones.cone, error);
    if (code) {
        return code;
    }
    copy_state(work, original);
    code = work->linsys_kind->clone(&work->linsys, original->linsys, work->problem.a,
                                    work->problem.p, &work->arena, error);
    return code ? code : scs_refine_clone(work, original, error);
}

ScsErrorCode scs_workspace_clone(ScsWork **result, const ScsWork *original,
                                 ScsError *error) {
    *result = NULL;
    ScsWork *work = begin(error);
    if (!work) {
        return SCS_ERROR_MEMORY;
    }
    const ScsErrorCode code = fill_clone(work, original, error);
    if (code) {
        scs_workspace_destroy(work);
        return code;
    }
    *result = work;
    return SCS_OK;
}

void scs_workspace_destroy(ScsWork *work) {
    if (!work) {
        return;
    }
    scs_refine_destroy(work);
    if (work->linsys) {
        work->linsys_kind->destroy(work->linsys);
    }
    ScsArena arena = work->arena; /* work itself lives in it */
    scs_arena_release(&arena);
}

/* After the backend's update of the given outcome. */
static ScsErrorCode refactored(ScsWork *work, ScsErrorCode code, ScsError *error) {
    work->refine.displaced = false;
    code = code ? code : scs_iterate_prepare(work, error);
    work->broken = code != SCS_OK;
    return code;
}

ScsErrorCode scs_workspace_update_vectors(ScsWork *work, const scs_float *b,
                                          const scs_float *c, ScsError *error) {
    const double start = scs_platform_clock_ms();
    if (b) {
        scs_vec_copy(b, work->problem.b, work->problem.m);
        scs_vacuous_extract(&work->vacuous, &work->problem, &work->cones);
    }
    if (c) {
        scs_vec_copy(c, work->problem.c, work->problem.n);
    }
    scs_scaling_scale_vectors(&work->scaling, &work->problem, work->settings.normalize,
                              work->h);
    const bool stale =
        work->broken || work->refine.displaced; /* the next solve's task */
    const ScsErrorCode code = stale ? SCS_OK : refactored(work, SCS_OK, error);
    work->times.setup = scs_platform_clock_ms() - start;
    return code;
}

/* The problem's matrix gets new values, scaled as the old ones were. */
static void replace_values(ScsMatrix *a, const scs_float *values, const scs_float *d,
                           const scs_float *e) {
    scs_vec_copy(values, a->x, scs_csc_nnz(a));
    scs_csc_scale(a, d, e);
}

ScsErrorCode scs_workspace_update_matrices(ScsWork *work, const scs_float *p_values,
                                           const scs_float *a_values, ScsError *error) {
    const double start = scs_platform_clock_ms();
    const ScsScaling *scaling = &work->scaling;
    if (p_values && work->problem.p) {
        replace_values(work->problem.p, p_values, scaling->e, scaling->e);
    }
    if (a_values) {
        replace_values(work->problem.a, a_values, scaling->d, scaling->e);
    }
    const ScsErrorCode code = refactored(
        work, work->linsys_kind->update_values(work->linsys, work->metric.r, error),
        error);
    work->times.setup = scs_platform_clock_ms() - start;
    return code;
}

ScsErrorCode scs_workspace_refactor(ScsWork *work, ScsError *error) {
    const ScsLinSysKind *kind = work->linsys_kind;
    /* What failed before may have been an update of the values. */
    const ScsErrorCode code =
        work->broken ? kind->update_values(work->linsys, work->metric.r, error)
                     : kind->update_metric(work->linsys, work->metric.r, error);
    return refactored(work, code, error);
}
