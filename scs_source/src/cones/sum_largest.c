/* SPDX-License-Identifier: MIT
 *
 * The cone of the sum of the k largest eigenvalues of a symmetric matrix of order n,
 * 0 < k < n,
 *
 *     K  = {(t, X): lambda_1(X) + ... + lambda_k(X) <= t},
 *     K* = {(u, Y): -Y and u I + Y positive semidefinite, -trace Y = k u},
 *
 * X vectorised as svec.h says; top_sum.h derives the dual on eigenvalues. The nearest point
 * of K* to (head, W) has -Y of low rank as a rule: k plus the number of eigenvalues that
 * the cone makes equal to the k-th. So only that many of the lowest eigenpairs of W are
 * computed, as many as the last projection needed, and more until none is left out; that
 * Sturm's sequence tells.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/spectral.h"
#include "cones/top_sum.h"
#include "la/svec.h"
#include "la/vec.h"

typedef struct {
    scs_int n, k;
    ScsEigen *eigen;
    scs_float *values; /* of -W, descending; then those of -Y */
    scs_int used;      /* by the last projection */
} State;

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    ScsErrorCode code = scs_cone_check_orders("sl_n", k->sl_n, k->sl_size, 2, error);
    if (code == SCS_OK) {
        code = scs_cone_check_sizes("sl_k", k->sl_k, k->sl_size, 1, error);
    }
    for (scs_int i = 0; code == SCS_OK && i < k->sl_size; ++i) {
        if (k->sl_k[i] >= k->sl_n[i]) {
            code = scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field 'sl_k': entry %lld is "
                                 "%lld, must be less than its sl_n, %lld",
                                 (long long)i, (long long)k->sl_k[i],
                                 (long long)k->sl_n[i]);
        }
    }
    return code;
}

static scs_int count(const ScsCone *k) { return k->sl_size; }

static int64_t rows(const ScsCone *k, scs_int i) {
    return 1 + scs_svec_length(k->sl_n[i]);
}

static bool needs_lapack(const ScsCone *k) {
    for (scs_int i = 0; i < k->sl_size; ++i) {
        if (scs_eigen_needs_lapack(k->sl_n[i], false)) {
            return true;
        }
    }
    return false;
}

/* The eigenpairs that matter, and the solution on them. */
static ScsErrorCode solve(State *state, scs_float head, scs_float scale,
                          ScsTopSum *solution, ScsError *error) {
    ScsEigen *eigen = state->eigen;
    const scs_int n = state->n;
    scs_int known = state->used > state->k ? state->used : state->k;
    for (;;) {
        const ScsErrorCode code = scs_eigen_pairs(eigen, 0, known, error);
        if (code != SCS_OK) {
            return code;
        }
        const scs_float *lowest = scs_eigen_values(eigen);
        for (scs_int i = 0; i < known; ++i) {
            state->values[i] = -scale * lowest[i];
        }
        *solution = scs_top_sum_solve(head, state->values, known, state->k);
        if (known == n || solution->used == 0) {
            break;
        }
        const scs_int needed = scs_eigen_count_below(eigen, -solution->theta / scale);
        if (needed <= known) {
            break;
        }
        known = needed;
    }
    for (scs_int i = 0; i < known; ++i) {
        state->values[i] = scs_top_sum_part(solution, state->values[i]);
    }
    state->used = solution->used;
    return SCS_OK;
}

static ScsErrorCode project(State *state, scs_float *y, scs_int length,
                            ScsError *error) {
    scs_float scale;
    ScsTopSum solution;
    ScsErrorCode code =
        scs_spectral_reduce(state->eigen, y + 1, state->n, &scale, error);
    if (code == SCS_OK) {
        code = solve(state, y[0], scale, &solution, error);
    }
    if (code != SCS_OK) {
        return code;
    }
    y[0] = solution.u;
    if (solution.used == 0) {
        scs_vec_fill(0, y + 1, length - 1);
        return SCS_OK;
    }
    return scs_spectral_store(state->eigen, state->values, -1, state->n, y + 1, error);
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    const scs_float unit = scs_spectral_scale(y, block->rows);
    if (unit == 0) {
        return SCS_OK;
    }
    const ScsErrorCode code = project(block->state, y, block->rows, error);
    scs_spectral_unscale(y, block->rows, unit);
    return code;
}

static void reset(ScsConeBlock *block) {
    State *state = block->state;
    state->used = 0;
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    State *state = SCS_NEW(arena, State, 1);
    if (!state) {
        return;
    }
    state->n = k->sl_n[block->index];
    state->k = k->sl_k[block->index];
    state->eigen = scs_eigen_new(arena, state->n, false, lapack);
    state->values = SCS_NEW(arena, scs_float, state->n);
    block->state = state;
}

const ScsConeKind scs_cone_sum_largest = {
    .name = "sum-of-largest-eigenvalues cones",
    .separable = false,
    .weight = 1,
    .validate = validate,
    .count = count,
    .rows = rows,
    .needs_lapack = needs_lapack,
    .setup = setup,
    .reset = reset,
    .project_dual = project_dual,
};
