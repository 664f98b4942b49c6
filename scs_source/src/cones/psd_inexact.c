/* SPDX-License-Identifier: MIT */
#include "cones/psd_inexact.h"

#include "base/real.h"
#include "la/subspace.h"
#include "la/svec.h"
#include "la/vec.h"

enum {
    LEAST_ORDER = 40,   /* below, calls cost more than what they do */
    MOST_ORDER = 40000, /* beyond, counts of entries are near 2^31 */
    INTERVAL = 100,     /* projections from one start to the next, at most */
    RENEWAL = 50,       /* after so many, an exact one that is asked for is a start */
    MOST_PRODUCTS = 6,  /* with the matrix in one projection */
    MOST_PATIENCE = 31, /* projections between attempts that fail */
    MOST_BOTTOM = 3,    /* eigenvectors of the other end */
    LOOK = MOST_BOTTOM + 1
};

struct ScsPsdInexact {
    scs_int n;
    scs_int most;
    ScsEigen *eigen;
    ScsSubspace *subspace;
    scs_float sign; /* 1 if the positive side is followed, -1 if the negative one */
    scs_int bottom; /* vectors of the other end, at the start */
    scs_int guards;
    scs_float low;
    bool wanted;      /* inexact projections are */
    bool ready;       /* the subspace belongs to a matrix not far away */
    bool refused;     /* the last projection was refused for being too far from it */
    scs_int pause;    /* exact projections until the next attempt */
    scs_int patience; /* what pause will be next */
    scs_int since;    /* projections since the start */
};

ScsPsdInexact *scs_psd_inexact_new(ScsArena *arena, scs_int n, ScsEigen *eigen,
                                   const ScsLapack *lapack) {
    const scs_int most = n / 3;
    ptrdiff_t length = 0;
    if (n < LEAST_ORDER || n > MOST_ORDER) {
        return NULL;
    }
    scs_float *scratch = scs_eigen_scratch(eigen, &length);
    if (scs_subspace_scratch(n, most) > length) {
        return NULL;
    }
    ScsPsdInexact *p = SCS_NEW(arena, ScsPsdInexact, 1);
    if (!p) {
        return NULL;
    }
    p->n = n;
    p->most = most;
    p->eigen = eigen;
    p->subspace = scs_subspace_new(arena, n, most, scratch, lapack);
    return arena->failed ? NULL : p;
}

void scs_psd_inexact_reset(ScsPsdInexact *p) {
    p->ready = false;
    p->refused = false;
    p->pause = 0;
    p->patience = 0;
}

/* Guards for so many wanted vectors: more make fewer products do, but each costs as much
 * as a wanted one. */
static scs_int guards_for(scs_int wanted) { return 4 + wanted / 5; }

/* Products with the matrix for which following `count` vectors, `wanted` of which count,
 * is still clearly faster than the exact projection. In operations, those of other kinds
 * than products of matrices weighted by what they took, measured with OpenBLAS on Zen 4. */
static scs_int affordable(const ScsPsdInexact *p, scs_int count, scs_int wanted) {
    const scs_float n = p->n;
    const scs_float k = wanted;
    const scs_float q = count;
    const scs_float exact = 2.2 * n * n * n + 3000 * n * k + 5 * n * n * k;
    const scs_float result = 1.5 * n * n * k + 8 * n * n + 5e5;
    const scs_float cycle = 10 * n * q * q + 9 * q * q * q + 2700 * q * q;
    const scs_float product = 2 * n * n * q;
    const scs_float left = 0.8 * exact - result - cycle;
    if (left < product) {
        return 0;
    }
    /* Further products come with half a cycle each. */
    const scs_float more = (left - product) / (product + 0.5 * cycle);
    return 1 + (scs_int)scs_min(more, MOST_PRODUCTS - 1);
}

/* What is too far may be a single outlier, such as an accelerated step that is taken back:
 * if it was not so before, the next one is near again. Else starting anew is as much in
 * vain as the attempt, if that goes on. */
static bool refuse(ScsPsdInexact *p, ScsSubspaceOutcome outcome) {
    p->ready = outcome == SCS_SUBSPACE_FAR && !p->refused && p->since > 1;
    if (!p->ready) {
        p->pause = p->patience;
        p->patience = p->patience < MOST_PATIENCE ? 2 * p->patience + 1 : MOST_PATIENCE;
    }
    p->refused = true;
    return false;
}

bool scs_psd_inexact_project(ScsPsdInexact *p, scs_float *y, scs_float distance) {
    p->wanted = distance > 0;
    if (!p->wanted || !p->ready) {
        return false;
    }
    ScsSubspace *s = p->subspace;
    if (p->since >= INTERVAL) {
        p->ready = false;
        return false;
    }
    const scs_int products =
        affordable(p, scs_subspace_count(s), scs_subspace_positive(s));
    if (products == 0) {
        p->ready = false;
        return false;
    }
    ++p->since;
    scs_float *matrix = scs_eigen_matrix(p->eigen);
    scs_svec_unpack(y, p->sign, p->n, matrix);
    scs_svec_mirror(matrix, p->n);
    const ScsSubspaceOutcome outcome =
        scs_subspace_improve(s, matrix, distance, products);
    if (outcome != SCS_SUBSPACE_GOOD) {
        return refuse(p, outcome);
    }
    p->refused = false;
    p->patience /= 2;
    scs_subspace_accumulate(s, matrix);
    scs_svec_pack(matrix, 1, p->n, p->sign > 0 ? 0 : 1, y);
    const scs_int guards = guards_for(scs_subspace_positive(s));
    if (2 * scs_subspace_guards(s) < guards) {
        p->ready = false; /* before one of them is needed for something else */
    } else if (scs_subspace_guards(s) > guards + guards / 4 + 2) {
        scs_subspace_trim(s, guards);
    }
    return true;
}

/* How many eigenvalues of the other end stand apart so much that following them, too,
 * leaves less than half of the interval; low becomes where the rest of it ends. ends holds LOOK
 * eigenvalues of that end, the outermost first, all negative in the sign of the side. */
static scs_int count_apart(const scs_float *ends, scs_float *low) {
    scs_int bottom = 0;
    for (scs_int j = 1; j < LOOK; ++j) {
        if (ends[j] > 0.5 * ends[bottom]) {
            bottom = j;
        }
    }
    *low = 1.02 * ends[bottom];
    return bottom;
}

/* The count vectors of the last pairs become those of the subspace from `first` on. */
static ScsErrorCode take_vectors(ScsPsdInexact *p, scs_int first, scs_int count,
                                 ScsError *error) {
    const scs_float *vectors;
    const ScsErrorCode code = scs_eigen_vectors(p->eigen, &vectors, error);
    if (code == SCS_OK) {
        scs_vec_copy(vectors,
                     scs_subspace_vectors(p->subspace) + (ptrdiff_t)p->n * first,
                     (ptrdiff_t)p->n * count);
    }
    return code;
}

ScsErrorCode scs_psd_inexact_prepare(ScsPsdInexact *p, scs_int negative,
                                     scs_int *guards, ScsError *error) {
    *guards = 0;
    if (p->ready ? p->wanted || p->since < RENEWAL : !p->wanted) {
        return SCS_OK;
    }
    if (p->pause > 0) {
        --p->pause;
        return SCS_OK;
    }
    const scs_int n = p->n;
    const bool add = negative <= n - negative;
    const scs_int wanted = add ? negative : n - negative;
    const scs_int count = wanted + guards_for(wanted);
    if (wanted == 0 || count + MOST_BOTTOM > p->most ||
        affordable(p, count, wanted) == 0) {
        return SCS_OK;
    }
    scs_float ends[LOOK];
    p->sign = add ? -1 : 1;
    scs_eigen_some_values(p->eigen, add ? n - LOOK : 0, LOOK, ends);
    for (scs_int j = 0; j < LOOK; ++j) {
        ends[j] *= p->sign;
    }
    if (add) {
        for (scs_int j = 0; 2 * j < LOOK; ++j) {
            const scs_float end = ends[j];
            ends[j] = ends[LOOK - 1 - j];
            ends[LOOK - 1 - j] = end;
        }
    }
    p->bottom = count_apart(ends, &p->low);
    if (p->bottom > 0) {
        const ScsErrorCode code =
            scs_eigen_pairs(p->eigen, add ? n - p->bottom : 0, p->bottom, error);
        if (code || take_vectors(p, 0, p->bottom, error)) {
            return SCS_ERROR_NUMERICAL;
        }
    }
    p->guards = *guards = guards_for(wanted);
    return SCS_OK;
}

ScsErrorCode scs_psd_inexact_start(ScsPsdInexact *p, scs_int count, ScsError *error) {
    if (take_vectors(p, p->bottom, count, error)) {
        return SCS_ERROR_NUMERICAL;
    }
    scs_subspace_start(p->subspace, p->bottom, p->guards, count - p->guards, p->low);
    p->ready = true;
    p->refused = false;
    p->since = 0;
    return SCS_OK;
}
