/* SPDX-License-Identifier: MIT
 *
 * The log-determinant cone of order n >= 1,
 *
 *     K = cl {(t, v, X): v > 0, X positive definite, -v log det(X / v) <= t},
 *
 * which closing extends by v = 0, t >= 0, X positive semidefinite; X is vectorised as
 * svec.h says. Its dual, derived in logdet_vector.h on eigenvalues, is
 *
 *     K* = cl {(u, w, Y): u > 0, Y positive definite, w >= -n u - u log det(Y / u)},
 *
 * extended by u = 0, w >= 0, Y positive semidefinite.
 */
#include "cones/cone_check.h"
#include "cones/cone_table.h"
#include "cones/logdet_vector.h"
#include "cones/spectral.h"
#include "la/svec.h"
#include "la/vec.h"

enum { HEAD = 2 }; /* the rows before X */

typedef struct {
    scs_int n;
    ScsEigen *eigen; /* NULL for n = 1 */
    scs_float *values;
    ScsLogdetStart start;
} State;

static ScsErrorCode validate(const ScsCone *k, ScsError *error) {
    return scs_cone_check_orders("d", k->d, k->dsize, 1, error);
}

static scs_int count(const ScsCone *k) { return k->dsize; }

static int64_t rows(const ScsCone *k, scs_int i) {
    return HEAD + scs_svec_length(k->d[i]);
}

static bool needs_lapack(const ScsCone *k) {
    for (scs_int i = 0; i < k->dsize; ++i) {
        if (scs_eigen_needs_lapack(k->d[i], false)) {
            return true;
        }
    }
    return false;
}

static ScsErrorCode project(State *state, scs_float *head, scs_float *x,
                            ScsError *error) {
    const scs_int n = state->n;
    ScsEigen *eigen = state->eigen;
    scs_float scale;
    ScsErrorCode code = scs_spectral_reduce(eigen, x, n, &scale, error);
    if (code == SCS_OK) {
        code = scs_eigen_pairs(eigen, 0, n, error);
    }
    if (code != SCS_OK) {
        return code;
    }
    scs_vec_copy(scs_eigen_values(eigen), state->values, n);
    scs_vec_scale(scale, state->values, n);
    if (scs_logdet_vector_project_dual(head, state->values, n, &state->start)) {
        return scs_spectral_store(eigen, state->values, 1, n, x, error);
    }
    return SCS_OK;
}

static ScsErrorCode project_dual(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error) {
    (void)r;
    State *state = block->state;
    if (state->n == 1) {
        (void)scs_logdet_vector_project_dual(y, y + HEAD, 1, &state->start);
        return SCS_OK;
    }
    const scs_float unit = scs_spectral_scale(y, block->rows);
    if (unit == 0) {
        return SCS_OK;
    }
    const ScsErrorCode code = project(state, y, y + HEAD, error);
    scs_spectral_unscale(y, block->rows, unit);
    return code;
}

static void reset(ScsConeBlock *block) {
    State *state = block->state;
    state->start = (ScsLogdetStart){0};
}

static void setup(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena) {
    State *state = SCS_NEW(arena, State, 1);
    if (!state) {
        return;
    }
    state->n = k->d[block->index];
    if (state->n > 1) {
        state->eigen = scs_eigen_new(arena, state->n, false, lapack);
        state->values = SCS_NEW(arena, scs_float, state->n);
    }
    block->state = state;
}

const ScsConeKind scs_cone_logdet = {
    .name = "log-determinant cones",
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
