/* SPDX-License-Identifier: MIT
 *
 * The public functions: argument checks and calls, nothing else.
 */
#include "base/sink.h"
#include "io/problem_file.h"
#include "io/problem_read.h"
#include "la/csc.h"
#include "linsys/linsys.h"
#include "problem/settings.h"
#include "problem/validate.h"
#include "solver/report.h"
#include "solver/solution.h"
#include "solver/solve.h"
#include "solver/workspace.h"

static ScsErrorCode check_arguments(const ScsData *data, const ScsCone *cone,
                                    const ScsSettings *settings, ScsError *error) {
    if (!data || !cone || !settings) {
        return scs_error_set(error, SCS_ERROR_PROBLEM, "%s is NULL",
                             !data   ? "data"
                             : !cone ? "cone"
                                     : "settings");
    }
    ScsErrorCode code = scs_settings_validate(settings, error);
    code = code ? code : scs_validate_layout(data, error);
    return code ? code : scs_cone_set_validate(cone, data->m, error);
}

int scs_needs_lapack(const ScsCone *cone) {
    ScsError error;
    return cone && !scs_cone_set_validate_fields(cone, &error) &&
           scs_cone_set_needs_lapack(cone);
}

/* Before the long work, which may be what one wants to reproduce from the file. */
static ScsErrorCode write_problem(const ScsData *data, const ScsCone *cone,
                                  const ScsSettings *settings, ScsError *error) {
    if (!settings->write_data_filename) {
        return SCS_OK;
    }
    const ScsErrorCode code = scs_validate_entries(data, error);
    return code ? code : scs_problem_file_write(data, cone, settings, error);
}

ScsWork *scs_init_ex(const ScsData *data, const ScsCone *cone,
                     const ScsSettings *settings, const ScsOptions *options,
                     ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    ScsWork *work = NULL;
    if (check_arguments(data, cone, settings, reason) ||
        write_problem(data, cone, settings, reason) ||
        scs_workspace_create(&work, data, cone, settings, options, reason)) {
        return NULL;
    }
    scs_report_problem(work);
    return work;
}

ScsWork *scs_init(const ScsData *data, const ScsCone *cone,
                  const ScsSettings *settings) {
    ScsError error;
    ScsWork *work = scs_init_ex(data, cone, settings, NULL, &error);
    if (!work) {
        scs_sink_print(NULL, "scs: %s\n", error.message);
    }
    return work;
}

/* What scs_update and its relatives return. */
static scs_int result(ScsErrorCode code) { return code ? SCS_FAILED : 0; }

scs_int scs_update_ex(ScsWork *work, const scs_float *b, const scs_float *c,
                      ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    if (!work) {
        return result(scs_error_set(reason, SCS_ERROR_PROBLEM, "work is NULL"));
    }
    ScsErrorCode code =
        b ? scs_validate_finite("b", b, work->problem.m, reason) : SCS_OK;
    code = !code && c ? scs_validate_finite("c", c, work->problem.n, reason) : code;
    return result(code ? code : scs_workspace_update_vectors(work, b, c, reason));
}

scs_int scs_update(ScsWork *work, scs_float *b, scs_float *c) {
    return scs_update_ex(work, b, c, NULL);
}

static ScsErrorCode check_values(const char *name, const ScsMatrix *a,
                                 const scs_float *values, scs_int given,
                                 ScsError *error) {
    const scs_int nnz = a ? scs_csc_nnz(a) : 0;
    if (!values) {
        return SCS_OK;
    }
    if (given != nnz) {
        return scs_error_set(error, SCS_ERROR_PROBLEM,
                             "%lld new values for %s, which has %lld", (long long)given,
                             name, (long long)nnz);
    }
    return a ? scs_validate_values(name, a, values, error) : SCS_OK;
}

scs_int scs_update_matrices(ScsWork *work, const scs_float *p_values, scs_int p_nnz,
                            const scs_float *a_values, scs_int a_nnz, ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    if (!work) {
        return result(scs_error_set(reason, SCS_ERROR_PROBLEM, "work is NULL"));
    }
    ScsErrorCode code = check_values("P", work->problem.p, p_values, p_nnz, reason);
    if (!code && p_values && work->problem.p) {
        code = scs_validate_diagonal(work->problem.p, p_values, reason);
    }
    code = code ? code : check_values("A", work->problem.a, a_values, a_nnz, reason);
    return result(
        code ? code : scs_workspace_update_matrices(work, p_values, a_values, reason));
}

/* Vectors that the caller left out are allocated for him, who owns them from then on, even
 * if a later one cannot be had. */
static bool provide_vectors(ScsSolution *solution, scs_int n, scs_int m) {
    scs_float **const vectors[] = {&solution->x, &solution->y, &solution->s};
    const scs_int lengths[] = {n, m, m};
    for (int k = 0; k < 3; ++k) {
        if (!*vectors[k]) {
            *vectors[k] = scs_caller_allocate(lengths[k], sizeof(scs_float));
            if (!*vectors[k]) {
                return false;
            }
        }
    }
    return true;
}

scs_int scs_solve_ex(ScsWork *work, ScsSolution *sol, ScsInfo *info, scs_int warm_start,
                     ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    if (!work || !sol || !info) {
        scs_error_set(reason, SCS_ERROR_PROBLEM, "%s is NULL",
                      !work  ? "work"
                      : !sol ? "sol"
                             : "info");
        return SCS_FAILED;
    }
    const bool warm = warm_start && sol->x && sol->y && sol->s;
    if (!provide_vectors(sol, work->problem.n, work->problem.m)) {
        scs_error_memory(reason);
        scs_solution_failed(sol, work->problem.n, work->problem.m, info);
        return info->status_val;
    }
    return scs_solve_run(work, warm ? sol : NULL, sol, info, reason);
}

scs_int scs_solve(ScsWork *work, ScsSolution *sol, ScsInfo *info, scs_int warm_start) {
    ScsError error;
    const scs_int status = scs_solve_ex(work, sol, info, warm_start, &error);
    if (status == SCS_FAILED && error.code) {
        scs_sink_print(work ? &work->hooks : NULL, "scs: %s\n", error.message);
    }
    return status;
}

void scs_finish(ScsWork *work) { scs_workspace_destroy(work); }

scs_int scs(const ScsData *data, const ScsCone *cone, const ScsSettings *settings,
            ScsSolution *sol, ScsInfo *info) {
    if (!sol || !info) {
        return SCS_FAILED;
    }
    ScsWork *work = scs_init(data, cone, settings);
    if (!work) {
        const bool sized = data && data->n > 0 && data->m > 0;
        scs_solution_failed(sol, sized ? data->n : 0, sized ? data->m : 0, info);
        return info->status_val;
    }
    const scs_int status = scs_solve(work, sol, info, settings->warm_start);
    scs_finish(work);
    return status;
}

ScsWork *scs_clone(const ScsWork *work, ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    if (!work) {
        scs_error_set(reason, SCS_ERROR_PROBLEM, "work is NULL");
        return NULL;
    }
    ScsWork *clone = NULL;
    return scs_workspace_clone(&clone, work, reason) ? NULL : clone;
}

void scs_interrupt(ScsWork *work) {
    atomic_store_explicit(&work->interrupted, 1, memory_order_relaxed);
}

void scs_set_hooks(ScsWork *work, const ScsHooks *hooks) {
    work->hooks = hooks ? *hooks : (ScsHooks){0};
}

void scs_set_default_settings(ScsSettings *settings) {
    scs_settings_defaults(settings);
}

const char *scs_version(void) { return SCS_VERSION; }

ScsDimensions scs_dimensions(const ScsWork *work) {
    return (ScsDimensions){
        .m = work->problem.m,
        .n = work->problem.n,
        .a_nnz = scs_csc_nnz(work->problem.a),
        .p_nnz = work->problem.p ? scs_csc_nnz(work->problem.p) : 0,
    };
}

const char *scs_linear_solver_name(const ScsWork *work) {
    return work->linsys_kind->name;
}

/* Takes the source over. */
static ScsStoredProblem *read_and_close(ScsByteSource *source, ScsError *error) {
    ScsStoredProblem *problem = NULL;
    const ScsErrorCode code = scs_problem_read(&problem, source, error);
    scs_byte_source_close(source);
    return code ? NULL : problem;
}

ScsStoredProblem *scs_read_problem(const char *path, ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    if (!path) {
        scs_error_set(reason, SCS_ERROR_FILE, "path is NULL");
        return NULL;
    }
    ScsByteSource source;
    const ScsErrorCode code =
        scs_byte_source_open(&source, "problem file", path, reason);
    return code ? NULL : read_and_close(&source, reason);
}

ScsStoredProblem *scs_read_problem_bytes(const void *bytes, size_t size,
                                         ScsError *error) {
    ScsError local;
    ScsError *reason = error ? error : &local;
    scs_error_clear(reason);
    if (!bytes) {
        scs_error_set(reason, SCS_ERROR_PROBLEM, "bytes is NULL");
        return NULL;
    }
    ScsByteSource source = {.bytes = bytes, .left = size};
    return read_and_close(&source, reason);
}

void scs_free_problem(ScsStoredProblem *problem) { scs_problem_release(problem); }
