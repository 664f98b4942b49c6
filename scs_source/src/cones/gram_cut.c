/* SPDX-License-Identifier: MIT
 *
 * As many eigenpairs are computed as the last projection needed, and more until Sturm's
 * sequence finds none above the cut that is left out.
 */
#include "cones/gram_cut.h"

#include "base/real.h"
#include "cones/ell1_cut.h"
#include "la/eigen.h"
#include "la/vec.h"

/* The smallest cut, relative to the largest singular value, that is accepted. */
static const scs_float least_cut = 0.05;

struct ScsGramCut {
    scs_int m, n;
    const ScsLapack *lapack;
    ScsEigen *eigen;
    scs_float *copy;   /* of X */
    scs_float *values; /* singular values, descending */
    scs_float *weight;
    scs_int above; /* the last cut */
};

ScsGramCut *scs_gram_cut_new(ScsArena *arena, scs_int m, scs_int n,
                             const ScsLapack *lapack) {
    ScsGramCut *gram = SCS_NEW(arena, ScsGramCut, 1);
    if (!gram) {
        return NULL;
    }
    gram->m = m;
    gram->n = n;
    gram->lapack = lapack;
    gram->eigen = scs_eigen_new(arena, n, false, lapack);
    gram->copy = SCS_NEW(arena, scs_float, (ptrdiff_t)m * n);
    gram->values = SCS_NEW(arena, scs_float, n);
    gram->weight = SCS_NEW(arena, scs_float, n);
    return arena->failed ? NULL : gram;
}

void scs_gram_cut_reset(ScsGramCut *gram) { gram->above = 0; }

static ScsErrorCode reduce(ScsGramCut *gram, const scs_float *x, ScsError *error) {
    const int m = (int)gram->m;
    const int n = (int)gram->n;
    const scs_float one = 1;
    const scs_float zero = 0;
    gram->lapack->dsyrk("L", "T", &n, &m, &one, x, &m, &zero,
                        scs_eigen_matrix(gram->eigen), &n);
    return scs_eigen_reduce(gram->eigen, error);
}

/* The `known` largest singular values. */
static ScsErrorCode find_values(ScsGramCut *gram, scs_int known, ScsError *error) {
    const ScsErrorCode code =
        scs_eigen_pairs(gram->eigen, gram->n - known, known, error);
    if (code == SCS_OK) {
        const scs_float *squares = scs_eigen_values(gram->eigen);
        for (scs_int j = 0; j < known; ++j) {
            gram->values[j] = sqrt(scs_max(squares[known - 1 - j], 0));
        }
    }
    return code;
}

/* x = x - x P, P the weighted sum over the first `known` pairs. */
static ScsErrorCode take_away(ScsGramCut *gram, scs_int known, scs_float cut,
                              scs_float *x, ScsError *error) {
    const int m = (int)gram->m;
    const int n = (int)gram->n;
    for (scs_int j = 0; j < known; ++j) { /* in the order of the pairs */
        gram->weight[known - 1 - j] = scs_max(1 - cut / gram->values[j], 0);
    }
    const ScsErrorCode code = scs_eigen_accumulate(gram->eigen, gram->weight, error);
    if (code != SCS_OK) {
        return code;
    }
    scs_float *p = scs_eigen_matrix(gram->eigen);
    for (ptrdiff_t j = 0; j < n; ++j) {
        for (ptrdiff_t i = j + 1; i < n; ++i) {
            p[j + i * n] = p[i + j * n];
        }
    }
    scs_vec_copy(x, gram->copy, (ptrdiff_t)m * n);
    const scs_float one = 1;
    const scs_float minus_one = -1;
    gram->lapack->dgemm("N", "N", &m, &n, &n, &minus_one, gram->copy, &m, p, &n, &one,
                        x, &m);
    return SCS_OK;
}

/* Whether squares of the entries are far from the ends of the range. */
static bool moderate(const scs_float *x, ptrdiff_t length) {
    const scs_float largest = scs_vec_norm_inf(x, length);
    return largest > 1e-40 && largest < 1e40;
}

ScsErrorCode scs_gram_cut_project(ScsGramCut *gram, scs_float *y, scs_float *cut,
                                  bool *done, ScsError *error) {
    const scs_int n = gram->n;
    scs_float *x = y + 1;
    *done = false;
    if (!moderate(x, (ptrdiff_t)gram->m * n)) {
        return SCS_OK;
    }
    ScsErrorCode code = reduce(gram, x, error);
    scs_int known = 0;
    scs_int needed = gram->above > 0 ? gram->above : 1;
    scs_float u = 0;
    while (needed > known) { /* the values left out, if any, can only raise u */
        known = needed;
        if (code == SCS_OK) {
            code = find_values(gram, known, error);
        }
        if (code != SCS_OK) {
            return code;
        }
        if (gram->values[0] <= y[0]) {
            *done = true;
            return SCS_OK;
        }
        u = scs_ell1_cut_find(y[0], gram->values, known, gram->values[0], *cut);
        needed = n - scs_eigen_count_below(gram->eigen, u * u);
    }
    gram->above = needed;
    if (u < least_cut * gram->values[0]) {
        return SCS_OK;
    }
    *done = true;
    *cut = u;
    y[0] = u;
    return take_away(gram, known, u, x, error);
}
