/* SPDX-License-Identifier: MIT
 *
 * The nuclear norm cone {(t, X): sum of the singular values of X <= t}, X m x n by
 * columns, m >= n, whose dual {(u, Y): largest singular value of Y <= u} is what has to be
 * projected on: the singular values are cut off at the level of ell1_cut.h, as that is the
 * projection for the vector of singular values (see spectral.h). One column is a
 * second-order cone.
 *
 * There are two ways: by eigenpairs of X'X, which takes a fraction of the time, but is
 * accurate only where the level is not small next to the largest singular value, and by the
 * singular value decomposition. The first is tried unless it was in vain last time.
 */
#include "base/real.h"
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/ell1_cut.h"
#include "cones/gram_cut.h"
#include "cones/spectral.h"
#include "la/svd.h"
#include "la/vec.h"

#include <limits.h>

typedef struct {
    scs_int m, n;
    ScsGramCut *gram; /* NULL for one column, as are the next two */
    ScsSvd *svd;
    scs_float *weight;
    scs_float last_cut;
    bool small_cut; /* last time: the decomposition is needed */
} State;

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    ScsErrorCode code = scs_cone_check_sizes("nuc_m", k->nuc_m, k->nucsize, 1, error);
    if (code == SCS_OK) {
        code = scs_cone_check_sizes("nuc_n", k->nuc_n, k->nucsize, 1, error);
    }
    for (scs_int i = 0; code == SCS_OK && i < k->nucsize; ++i) {
        if (k->nuc_m[i] < k->nuc_n[i]) {
            code = scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field 'nuc_m': entry %lld is "
                                 "%lld, must be at least its nuc_n, %lld",
                                 (long long)i, (long long)k->nuc_m[i],
                                 (long long)k->nuc_n[i]);
        } else if (k->nuc_n[i] > 1 && k->nuc_m[i] > INT_MAX) {
            code = scs_error_set(error, SCS_ERROR_CONE,
                                 "Invalid value for cone field 'nuc_m': entry %lld is "
                                 "%lld, more than LAPACK's integers hold",
                                 (long long)i, (long long)k->nuc_m[i]);
        }
    }
    return code;
}

static scs_int count(const ScsCone *k) { return k->nucsize; }

static int64_t rows(const ScsCone *k, scs_int i) {
    const int64_t columns = k->nuc_n[i];
    if (k->nuc_m[i] > (INT64_MAX - 1) / columns) {
        return INT64_MAX;
    }
    return 1 + k->nuc_m[i] * columns;
}

static bool needs_lapack(const ScsCone *k) {
    for (scs_int i = 0; i < k->nucsize; ++i) {
        if (k->nuc_n[i] > 1) {
            return true;
        }
    }
    return false;
}

/* Cut the singular values off: take away what exceeds the cut or put together what is
 * left, whichever takes fewer triplets. */
static void cut_values(State *state, scs_float cut, scs_float *x) {
    const scs_int n = state->n;
    const scs_float *values = scs_svd_values(state->svd);
    scs_int above = 0;
    while (above < n && values[above] > cut) {
        ++above;
    }
    const bool subtract = 2 * above <= n;
    const scs_int used = subtract ? above : n;
    for (scs_int i = 0; i < used; ++i) {
        state->weight[i] = subtract ? cut - values[i] : scs_min(values[i], cut);
    }
    scs_svd_accumulate(state->svd, state->weight, used, subtract ? 1 : 0, x);
}

/* The projection by the singular value decomposition. */
static ScsErrorCode decompose(State *state, scs_float *y, scs_int length,
                              ScsError *error) {
    const ScsErrorCode code = scs_svd_decompose(state->svd, y + 1, error);
    if (code != SCS_OK) {
        return code;
    }
    const scs_float *values = scs_svd_values(state->svd);
    if (values[0] <= y[0]) {
        return SCS_OK;
    }
    const scs_float cut =
        scs_ell1_cut_find(y[0], values, state->n, values[0], state->last_cut);
    state->last_cut = cut;
    state->small_cut = cut < 0.1 * values[0];
    if (cut == 0) {
        scs_vec_fill(0, y, length);
        return SCS_OK;
    }
    y[0] = cut;
    cut_values(state, cut, y + 1);
    return SCS_OK;
}

static ScsErrorCode project(State *state, scs_float *y, scs_int length,
                            ScsError *error) {
    const scs_float norm = scs_vec_norm2(y + 1, length - 1);
    if (norm <= y[0]) { /* which bounds the largest singular value */
        return SCS_OK;
    }
    if (sqrt((scs_float)state->n) * norm <= -y[0]) { /* bounds their sum */
        scs_vec_fill(0, y, length);
        return SCS_OK;
    }
    if (!state->small_cut) {
        bool done;
        const ScsErrorCode code =
            scs_gram_cut_project(state->gram, y, &state->last_cut, &done, error);
        if (code != SCS_OK || done) {
            return code;
        }
    }
    return decompose(state, y, length, error);
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    State *state = block->state;
    if (state->n == 1) {
        return scs_cone_soc.project_dual(block, y, r, error);
    }
    const scs_float unit = scs_spectral_scale(y, block->rows);
    if (unit == 0) {
        return SCS_OK;
    }
    const ScsErrorCode code = project(state, y, block->rows, error);
    scs_spectral_unscale(y, block->rows, unit);
    return code;
}

static void reset(ScsConeBlock *block) {
    State *state = block->state;
    state->last_cut = 0;
    state->small_cut = false;
    if (state->gram) {
        scs_gram_cut_reset(state->gram);
    }
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    State *state = SCS_NEW(arena, State, 1);
    if (!state) {
        return;
    }
    state->m = k->nuc_m[block->index];
    state->n = k->nuc_n[block->index];
    if (state->n > 1) {
        state->gram = scs_gram_cut_new(arena, state->m, state->n, lapack);
        state->svd = scs_svd_new(arena, state->m, state->n, lapack);
        state->weight = SCS_NEW(arena, scs_float, state->n);
    }
    block->state = state;
}

const ScsConeKind scs_cone_nuclear = {
    .name = "nuclear norm cones",
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
