/* SPDX-License-Identifier: MIT
 *
 * 25 Ruiz passes in the infinity norm make all rows and columns alike to a few percent; a
 * last pass in the Euclidean norm then evens out dense against sparse ones.
 */
#include "solver/equilibrate.h"

#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"

enum { RUIZ_PASSES = 25 };

/* Norms outside of these limits are not chased: a smaller one is noise or an empty row and
 * counts as 1, a larger one is cut. */
static const scs_float smallest = 1e-4;
static const scs_float largest = 1e4;

static scs_float limit(scs_float norm) {
    return norm < smallest ? 1 : scs_min(norm, largest);
}

void scs_scaling_create(ScsScaling *scaling, scs_int m, scs_int n, ScsArena *arena) {
    scaling->d = SCS_NEW(arena, scs_float, m);
    scaling->e = SCS_NEW(arena, scs_float, n);
    scaling->sigma = 1;
    if (!arena->failed) {
        scs_vec_fill(1, scaling->d, m);
        scs_vec_fill(1, scaling->e, n);
    }
}

/* One pass: rows and columns are divided by the square roots of their norms. `row` and
 * `column` are scratch of lengths m and n. */
static void pass(ScsScaling *scaling, ScsProblem *problem, const ScsConeSet *cones,
                 bool squares, scs_float *row, scs_float *column) {
    const scs_int m = problem->m;
    const scs_int n = problem->n;
    scs_vec_fill(0, row, m);
    scs_vec_fill(0, column, n);
    scs_csc_accumulate_norms(problem->a, squares, row, column);
    if (problem->p) {
        scs_csc_accumulate_norms_symmetric(problem->p, squares, column);
    }
    for (scs_int i = 0; i < m; ++i) {
        row[i] = squares ? sqrt(row[i]) : row[i];
    }
    scs_cone_set_equalise(cones, row, squares ? SCS_REDUCE_MEAN : SCS_REDUCE_MAXIMUM);
    for (scs_int i = 0; i < m; ++i) {
        row[i] = 1 / sqrt(limit(row[i]));
        scaling->d[i] *= row[i];
    }
    for (scs_int j = 0; j < n; ++j) {
        column[j] = 1 / sqrt(limit(squares ? sqrt(column[j]) : column[j]));
        scaling->e[j] *= column[j];
    }
    scs_csc_scale(problem->a, row, column);
    if (problem->p) {
        scs_csc_scale(problem->p, column, column);
    }
}

void scs_scaling_equilibrate(ScsScaling *scaling, ScsProblem *problem,
                             const ScsConeSet *cones, scs_float *scratch) {
    scs_float *row = scratch;
    scs_float *column = scratch + problem->m;
    for (int k = 0; k < RUIZ_PASSES; ++k) {
        pass(scaling, problem, cones, false, row, column);
    }
    pass(scaling, problem, cones, true, row, column);
}

void scs_scaling_scale_vectors(ScsScaling *scaling, const ScsProblem *problem,
                               bool normalize, scs_float *h) {
    const scs_int m = problem->m;
    const scs_int n = problem->n;
    scs_float *c = h;
    scs_float *b = h + n;
    scs_vec_copy(problem->c, c, n);
    scs_vec_copy(problem->b, b, m);
    scs_vec_multiply(scaling->e, c, n);
    scs_vec_multiply(scaling->d, b, m);
    scaling->sigma = 1;
    if (normalize) {
        scaling->sigma =
            1 / limit(scs_max(scs_vec_norm_inf(b, m), scs_vec_norm_inf(c, n)));
    }
    scs_vec_scale(scaling->sigma, h, (ptrdiff_t)m + n);
}
