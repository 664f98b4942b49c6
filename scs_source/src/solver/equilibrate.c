/* SPDX-License-Identifier: MIT
 *
 * 25 Ruiz passes in the infinity norm make all rows and columns alike to a few percent; a
 * last pass in the root mean square over the stored entries then evens out rows whose
 * entries are alike against rows with a few large ones.
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

/* What is smaller in a whole vector is zero. */
static const scs_float no_size = 1e-100;

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
    scaling->reach = 1;
}

/* Largest scaled entry, or largest root mean square, of b and of c. */
static scs_float vector_norm(const ScsScaling *scaling, const ScsProblem *problem,
                             bool squares) {
    scs_float b_norm = 0;
    scs_float c_norm = 0;
    for (scs_int i = 0; i < problem->m; ++i) {
        const scs_float entry = problem->b[i] * scaling->d[i] * scaling->sigma;
        b_norm = squares ? b_norm + entry * entry / (scs_float)problem->m
                         : scs_max(b_norm, fabs(entry));
    }
    for (scs_int j = 0; j < problem->n; ++j) {
        const scs_float entry = problem->c[j] * scaling->e[j] * scaling->sigma;
        c_norm = squares ? c_norm + entry * entry / (scs_float)problem->n
                         : scs_max(c_norm, fabs(entry));
    }
    const scs_float norm = scs_max(b_norm, c_norm);
    return squares ? sqrt(norm) : norm;
}

/* Entries in every row and column, and one for the entry of b or c. */
static void count_entries(const ScsProblem *problem, scs_float *row,
                          scs_float *column) {
    scs_vec_fill(1, row, problem->m);
    scs_vec_fill(1, column, problem->n);
    const ScsMatrix *a = problem->a;
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            ++row[a->i[k]];
            ++column[j];
        }
    }
    const ScsMatrix *p = problem->p;
    for (scs_int j = 0; p && j < p->n; ++j) {
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            ++column[j];
            if (p->i[k] != j) {
                ++column[p->i[k]];
            }
        }
    }
}

/* One pass: rows and columns, that of (c, b, 0) among them, are divided by the square
 * roots of their norms. `scratch` has length 2 (m + n). */
static void pass(ScsScaling *scaling, ScsProblem *problem, const ScsConeSet *cones,
                 bool squares, scs_float *scratch) {
    const scs_int m = problem->m;
    const scs_int n = problem->n;
    scs_float *row = scratch;
    scs_float *column = row + m;
    scs_float *row_count = column + n;
    scs_float *column_count = row_count + m;
    const scs_float border = vector_norm(scaling, problem, squares);
    for (scs_int i = 0; i < m; ++i) {
        const scs_float entry = fabs(problem->b[i] * scaling->d[i] * scaling->sigma);
        row[i] = squares ? entry * entry : entry;
    }
    for (scs_int j = 0; j < n; ++j) {
        const scs_float entry = fabs(problem->c[j] * scaling->e[j] * scaling->sigma);
        column[j] = squares ? entry * entry : entry;
    }
    scs_csc_accumulate_norms(problem->a, squares, row, column);
    if (problem->p) {
        scs_csc_accumulate_norms_symmetric(problem->p, squares, column);
    }
    if (squares) {
        count_entries(problem, row_count, column_count);
        for (scs_int i = 0; i < m; ++i) {
            row[i] = sqrt(row[i] / row_count[i]);
        }
        for (scs_int j = 0; j < n; ++j) {
            column[j] = sqrt(column[j] / column_count[j]);
        }
    }
    scs_cone_set_equalise(cones, row, squares ? SCS_REDUCE_MEAN : SCS_REDUCE_MAXIMUM);
    for (scs_int i = 0; i < m; ++i) {
        row[i] = 1 / sqrt(limit(row[i]));
        scaling->d[i] *= row[i];
    }
    for (scs_int j = 0; j < n; ++j) {
        column[j] = 1 / sqrt(limit(column[j]));
        scaling->e[j] *= column[j];
    }
    scaling->sigma /= sqrt(limit(border));
    scs_csc_scale(problem->a, row, column);
    if (problem->p) {
        scs_csc_scale(problem->p, column, column);
    }
}

void scs_scaling_equilibrate(ScsScaling *scaling, ScsProblem *problem,
                             const ScsConeSet *cones, scs_float *scratch) {
    for (int k = 0; k < RUIZ_PASSES; ++k) {
        pass(scaling, problem, cones, false, scratch);
    }
    pass(scaling, problem, cones, true, scratch);
    scaling->reach = vector_norm(scaling, problem, false);
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
    const scs_float size = scs_max(scs_vec_norm_inf(b, m), scs_vec_norm_inf(c, n));
    if (normalize && size > no_size && scaling->reach > no_size) {
        scaling->sigma = scaling->reach / size;
    }
    scs_vec_scale(scaling->sigma, h, (ptrdiff_t)m + n);
}
