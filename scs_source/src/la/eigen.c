/* SPDX-License-Identifier: MIT
 *
 * The steps of eigen.h. The eigenpairs of the tridiagonal matrix come from tridiagonal.h
 * and twisted.h; where those give up, from the QL iteration (ql.h) or, of large orders, from
 * LAPACK's divide and conquer (Gu and Eisenstat 1995) and, should this fail, its QL
 * iteration.
 */
#include "la/eigen.h"

#include "base/real.h"
#include "la/orthonormal.h"
#include "la/ql.h"
#include "la/twisted.h"
#include "la/vec.h"

#include <string.h>

/* Measured with OpenBLAS on Zen 4: up to this order the kernels reduce in 0.5 to 0.9 of the
 * time of dsytrd, whose blocks pay where the triangle leaves the second level of cache; and
 * up to this many entries they apply Q in 0.2 to 1 of the time of dormtr. */
static const scs_int most_reduced = 300;
static const ptrdiff_t most_reflected = 4000;

struct ScsEigen {
    scs_int n;
    bool hermitian;
    const ScsLapack *lapack; /* NULL if the order does not need it */
    ScsProducts products;    /* by the same */
    const ScsDenseKernels *kernels;
    scs_float *matrix; /* then the reflectors of Q, then the sum of accumulate */
    scs_float *diagonal;
    scs_float *off_diagonal; /* length n for LAPACK's convenience, n - 1 used */
    scs_float *off_copy;
    scs_float *tau;
    ScsTridiagonal tridiagonal;
    scs_float *twisted; /* scratch of twisted.h */
    scs_int count;      /* pairs that are there */
    scs_float *values;
    scs_float *vectors; /* of T, n x n, or of the matrix if back */
    bool back;
    scs_float *complex_vectors;
    scs_float *work;
    int work_length;
    ptrdiff_t scratch_length; /* of vectors and work */
    int *integers;
    int integers_length;
};

/* What divide and conquer cannot do without: a length that 32 bits may not hold, and
 * LAPACK may end the program that passes it too little. */
static scs_float dstedc_work(scs_int n) {
    return 1 + 4 * (scs_float)n + (scs_float)n * (scs_float)n;
}

/* What the kernels need, two matrices for some_pairs, and for LAPACK dstedc_work, if it
 * fits, and what the blocked routines ask for. */
static int query_work(const ScsEigen *e) {
    const int n = (int)e->n;
    const scs_float kernels = 5 * (scs_float)(n + SCS_DENSE_SLACK);
    if (!e->lapack) {
        return (int)scs_max(kernels, 2 * (scs_float)n * (scs_float)n);
    }
    const int query = -1;
    scs_float unused = 0;
    scs_float reduce[2] = {0};
    scs_float apply[2] = {0};
    int info = 0;
    const ScsLapack *lapack = e->lapack;
    if (e->hermitian) {
        lapack->zhetrd("L", &n, &unused, &n, &unused, &unused, &unused, reduce, &query,
                       &info);
        lapack->zunmtr("L", "L", "N", &n, &n, &unused, &n, &unused, &unused, &n, apply,
                       &query, &info);
    } else {
        lapack->dsytrd("L", &n, &unused, &n, &unused, &unused, &unused, reduce, &query,
                       &info);
        lapack->dormtr("L", "L", "N", &n, &n, &unused, &n, &unused, &unused, &n, apply,
                       &query, &info);
    }
    const scs_float blocked = scs_max(reduce[0], apply[0]) * (e->hermitian ? 2 : 1);
    const scs_float dstedc = dstedc_work(e->n);
    return (int)scs_min(scs_max(scs_max(blocked, dstedc), kernels), 2147483647.0);
}

ScsEigen *scs_eigen_new(ScsArena *arena, scs_int n, bool hermitian,
                        const ScsLapack *lapack) {
    ScsEigen *e = SCS_NEW(arena, ScsEigen, 1);
    if (!e) {
        return NULL;
    }
    const ptrdiff_t parts = hermitian ? 2 : 1;
    const ptrdiff_t square = (ptrdiff_t)n * n;
    e->n = n;
    e->hermitian = hermitian;
    e->lapack = scs_eigen_needs_lapack(n, hermitian) ? lapack : NULL;
    e->products = scs_products_by(e->lapack);
    e->kernels = scs_dense_kernels();
    e->matrix = SCS_NEW(arena, scs_float, parts * square + SCS_DENSE_SLACK);
    e->diagonal = SCS_NEW(arena, scs_float, n);
    e->off_diagonal = SCS_NEW(arena, scs_float, n);
    e->tau = SCS_NEW(arena, scs_float, parts * n);
    e->values = SCS_NEW(arena, scs_float, n);
    e->complex_vectors = hermitian ? SCS_NEW(arena, scs_float, 2 * square) : NULL;
    e->work_length = query_work(e);
    /* One piece, so that it can be lent as such. */
    const ptrdiff_t padded = (square + 7) / 8 * 8;
    e->scratch_length = padded + e->work_length;
    e->vectors = SCS_NEW(arena, scs_float, e->scratch_length + SCS_DENSE_SLACK);
    e->work = e->vectors ? e->vectors + padded : NULL;
    e->integers_length = 3 + 5 * (int)n;
    e->integers = SCS_NEW(arena, int, e->integers_length);
    e->off_copy = SCS_NEW(arena, scs_float, n);
    e->twisted = SCS_NEW(arena, scs_float, scs_twisted_scratch(n));
    scs_tridiagonal_init(&e->tridiagonal, n, arena);
    return arena->failed ? NULL : e;
}

void scs_eigen_set_order(ScsEigen *e, scs_int n) {
    e->n = n;
    e->tridiagonal.n = n;
}

scs_float *scs_eigen_matrix(ScsEigen *e) { return e->matrix; }

scs_float *scs_eigen_scratch(ScsEigen *e, ptrdiff_t *length) {
    *length = e->scratch_length;
    return e->vectors;
}

const scs_float *scs_eigen_values(const ScsEigen *e) { return e->values; }

static ScsErrorCode failure(const ScsEigen *e, const char *routine, int info,
                            ScsError *error) {
    return scs_error_set(error, SCS_ERROR_NUMERICAL,
                         "LAPACK's %s failed with info = %d on a matrix of order %lld",
                         routine, info, (long long)e->n);
}

ScsErrorCode scs_eigen_reduce(ScsEigen *e, ScsError *error) {
    if (!e->hermitian && e->n <= most_reduced) {
        e->kernels->reduce(e->matrix, e->n, e->diagonal, e->off_diagonal, e->tau,
                           e->work);
        scs_tridiagonal_set(&e->tridiagonal, e->diagonal, e->off_diagonal);
        return SCS_OK;
    }
    const int n = (int)e->n;
    const int length = e->hermitian ? e->work_length / 2 : e->work_length;
    int info = 0;
    const ScsLapack *lapack = e->lapack;
    (e->hermitian ? lapack->zhetrd : lapack->dsytrd)("L", &n, e->matrix, &n,
                                                     e->diagonal, e->off_diagonal,
                                                     e->tau, e->work, &length, &info);
    if (info != 0) {
        return failure(e, e->hermitian ? "zhetrd" : "dsytrd", info, error);
    }
    scs_tridiagonal_set(&e->tridiagonal, e->diagonal, e->off_diagonal);
    return SCS_OK;
}

scs_int scs_eigen_count_below(const ScsEigen *e, scs_float x) {
    return scs_tridiagonal_count_below(&e->tridiagonal, x);
}

void scs_eigen_some_values(ScsEigen *e, scs_int first, scs_int count,
                           scs_float *values) {
    scs_tridiagonal_values(&e->tridiagonal, first, count, values);
}

static void copy_tridiagonal(ScsEigen *e) {
    scs_vec_copy(e->diagonal, e->values, e->n);
    scs_vec_copy(e->off_diagonal, e->off_copy, e->n - 1);
}

static ScsErrorCode all_pairs_by_lapack(ScsEigen *e, ScsError *error) {
    const int n = (int)e->n;
    int info = 1;
    if (dstedc_work(e->n) <= e->work_length) { /* always, up to order 46338 */
        copy_tridiagonal(e);
        e->lapack->dstedc("I", &n, e->values, e->off_copy, e->vectors, &n, e->work,
                          &e->work_length, e->integers, &e->integers_length, &info);
    }
    if (info != 0) {
        copy_tridiagonal(e);
        e->lapack->dsteqr("I", &n, e->values, e->off_copy, e->vectors, &n, e->work,
                          &info);
    }
    return info == 0 ? SCS_OK : failure(e, "dsteqr", info, error);
}

static ScsErrorCode all_pairs_by_ql(ScsEigen *e, ScsError *error) {
    copy_tridiagonal(e);
    if (scs_ql_decompose(e->n, e->values, e->off_copy, e->vectors)) {
        return SCS_OK;
    }
    return scs_error_set(error, SCS_ERROR_NUMERICAL,
                         "the QL iteration does not end on a matrix of order %lld",
                         (long long)e->n);
}

/* All pairs, of which the wanted ones move to the front. */
static ScsErrorCode all_pairs(ScsEigen *e, scs_int first, scs_int count,
                              ScsError *error) {
    const ScsErrorCode code =
        e->lapack ? all_pairs_by_lapack(e, error) : all_pairs_by_ql(e, error);
    if (code == SCS_OK && first > 0) {
        const ptrdiff_t n = e->n;
        memmove(e->values, e->values + first, (size_t)count * sizeof *e->values);
        memmove(e->vectors, e->vectors + n * first,
                (size_t)(n * count) * sizeof *e->vectors);
    }
    return code;
}

/* The wanted pairs alone. False if their vectors do not come out orthogonal. */
static bool some_pairs(ScsEigen *e, scs_int first, scs_int count) {
    scs_tridiagonal_values(&e->tridiagonal, first, count, e->values);
    if (!scs_twisted_vectors(&e->tridiagonal, count, e->values, e->vectors,
                             e->twisted)) {
        return false;
    }
    scs_float *gram = e->work;
    scs_float *spare = e->work + (ptrdiff_t)count * count;
    scs_float *vectors = e->vectors;
    const bool good =
        scs_orthonormal_polish(e->n, count, &vectors, &spare, gram, &e->products);
    if (good && vectors != e->vectors) {
        scs_vec_copy(vectors, e->vectors, (ptrdiff_t)e->n * count);
    }
    return good;
}

ScsErrorCode scs_eigen_pairs(ScsEigen *e, scs_int first, scs_int count,
                             ScsError *error) {
    e->count = count;
    e->back = false;
    const scs_float n = (scs_float)e->n;
    const scs_float k = (scs_float)count;
    const bool room = k * k + n * k <= e->work_length;
    if (count == 0 || (room && some_pairs(e, first, count))) {
        return SCS_OK;
    }
    return all_pairs(e, first, count, error);
}

static ScsErrorCode apply_real(ScsEigen *e, ScsError *error) {
    const int n = (int)e->n;
    const int count = (int)e->count;
    int info = 0;
    if (e->back) {
        return SCS_OK;
    }
    if (!e->lapack || (ptrdiff_t)e->n * e->count <= most_reflected) {
        e->kernels->reflect(e->matrix, e->tau, e->n, e->vectors, e->count, e->work);
    } else {
        e->lapack->dormtr("L", "L", "N", &n, &count, e->matrix, &n, e->tau, e->vectors,
                          &n, e->work, &e->work_length, &info);
    }
    e->back = info == 0;
    return info == 0 ? SCS_OK : failure(e, "dormtr", info, error);
}

ScsErrorCode scs_eigen_vectors(ScsEigen *e, const scs_float **vectors,
                               ScsError *error) {
    *vectors = e->vectors;
    return apply_real(e, error);
}

static ScsErrorCode apply_complex(ScsEigen *e, ScsError *error) {
    const int n = (int)e->n;
    const int count = (int)e->count;
    const int length = e->work_length / 2;
    int info = 0;
    const ptrdiff_t entries = (ptrdiff_t)e->n * e->count;
    for (ptrdiff_t i = 0; i < entries; ++i) {
        e->complex_vectors[2 * i] = e->vectors[i];
        e->complex_vectors[2 * i + 1] = 0;
    }
    e->lapack->zunmtr("L", "L", "N", &n, &count, e->matrix, &n, e->tau,
                      e->complex_vectors, &n, e->work, &length, &info);
    return info == 0 ? SCS_OK : failure(e, "zunmtr", info, error);
}

ScsErrorCode scs_eigen_accumulate(ScsEigen *e, const scs_float *weight,
                                  ScsError *error) {
    scs_float sign = 1;
    for (scs_int j = 0; j < e->count; ++j) {
        sign = weight[j] < 0 ? -1 : sign;
        scs_vec_scale(sqrt(fabs(weight[j])), e->vectors + (ptrdiff_t)e->n * j, e->n);
    }
    const ScsErrorCode code =
        e->hermitian ? apply_complex(e, error) : apply_real(e, error);
    if (code != SCS_OK) {
        return code;
    }
    if (e->hermitian) {
        const int n = (int)e->n;
        const int count = (int)e->count;
        const scs_float zero = 0;
        e->lapack->zherk("L", "N", &n, &count, &sign, e->complex_vectors, &n, &zero,
                         e->matrix, &n);
    } else {
        scs_products_outer(&e->products, e->n, e->count, sign, e->vectors, e->matrix);
    }
    return SCS_OK;
}
