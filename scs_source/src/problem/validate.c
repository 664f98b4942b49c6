/* SPDX-License-Identifier: MIT */
#include "problem/validate.h"

#include "la/csc.h"
#include "la/vec.h"

static const scs_int largest_int =
    (scs_int)(((uint64_t)1 << (8 * sizeof(scs_int) - 1)) - 1);

ScsErrorCode scs_validate_finite(const char *name, const scs_float *x, ptrdiff_t n,
                                 ScsError *error) {
    const ptrdiff_t bad = scs_vec_find_nonfinite(x, n);
    if (bad >= 0) {
        return scs_error_set(error, SCS_ERROR_PROBLEM, "%s[%lld] is %g, must be finite",
                             name, (long long)bad, x[bad]);
    }
    return SCS_OK;
}

ScsErrorCode scs_validate_values(const char *name, const ScsMatrix *a,
                                 const scs_float *values, ScsError *error) {
    const ptrdiff_t bad = scs_vec_find_nonfinite(values, scs_csc_nnz(a));
    if (bad < 0) {
        return SCS_OK;
    }
    scs_int column = 0;
    while (a->p[column + 1] <= bad) {
        ++column;
    }
    return scs_error_set(error, SCS_ERROR_PROBLEM,
                         "%s[%lld, %lld] is %g, must be finite", name,
                         (long long)a->i[bad], (long long)column, values[bad]);
}

static ScsErrorCode check_shape(const char *name, const ScsMatrix *a, scs_int m,
                                scs_int n, ScsError *error) {
    if (a->m != m || a->n != n) {
        return scs_error_set(
            error, SCS_ERROR_PROBLEM, "%s is %lld by %lld, must be %lld by %lld", name,
            (long long)a->m, (long long)a->n, (long long)m, (long long)n);
    }
    if (!a->p) {
        return scs_error_set(error, SCS_ERROR_PROBLEM, "%s has no column pointers",
                             name);
    }
    return SCS_OK;
}

static ScsErrorCode check_pointers(const char *name, const ScsMatrix *a,
                                   ScsError *error) {
    if (a->p[0] != 0) {
        return scs_error_set(error, SCS_ERROR_PROBLEM,
                             "column pointer 0 of %s is %lld, must be 0", name,
                             (long long)a->p[0]);
    }
    for (scs_int j = 0; j < a->n; ++j) {
        if (a->p[j + 1] < a->p[j]) {
            return scs_error_set(error, SCS_ERROR_PROBLEM,
                                 "column pointer %lld of %s is %lld, below the one "
                                 "before it, %lld",
                                 (long long)j + 1, name, (long long)a->p[j + 1],
                                 (long long)a->p[j]);
        }
    }
    if (a->p[a->n] > 0 && (!a->i || !a->x)) {
        return scs_error_set(error, SCS_ERROR_PROBLEM,
                             "%s has column pointers but no row indices or no values",
                             name);
    }
    return SCS_OK;
}

/* Rows lie in [0, limit) and increase strictly within a column; `upper` asks for rows at or
 * above the diagonal. */
static ScsErrorCode check_rows(const char *name, const ScsMatrix *a, bool upper,
                               ScsError *error) {
    for (scs_int j = 0; j < a->n; ++j) {
        scs_int previous = -1;
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int i = a->i[k];
            const char *fault = i < 0 || i >= a->m ? "out of range"
                                : i == previous    ? "given twice"
                                : i < previous     ? "not sorted"
                                : upper && i > j   ? "below the diagonal"
                                                   : NULL;
            if (fault) {
                return scs_error_set(error, SCS_ERROR_PROBLEM,
                                     "row index %lld in column %lld of %s is %s",
                                     (long long)i, (long long)j, name, fault);
            }
            previous = i;
        }
    }
    return SCS_OK;
}

static ScsErrorCode check_layout(const char *name, const ScsMatrix *a, scs_int m,
                                 scs_int n, ScsError *error) {
    const ScsErrorCode code = check_shape(name, a, m, n, error);
    return code ? code : check_pointers(name, a, error);
}

static ScsErrorCode check_entries(const char *name, const ScsMatrix *a, bool upper,
                                  ScsError *error) {
    const ScsErrorCode code = check_rows(name, a, upper, error);
    return code ? code : scs_validate_values(name, a, a->x, error);
}

/* How far below zero, relative to the largest entry of P, a diagonal entry counts as a
 * rounding error of zero: modelling tools compute P, and take eigenvalues of this size for
 * nonnegative. */
static const scs_float diagonal_rounding = 1e-9;

/* A positive semidefinite matrix has no negative diagonal entry; the full test is left to
 * the factorisation. */
ScsErrorCode scs_validate_diagonal(const ScsMatrix *p, const scs_float *values,
                                   ScsError *error) {
    const scs_float least =
        -diagonal_rounding * scs_vec_norm_inf(values, scs_csc_nnz(p));
    for (scs_int j = 0; j < p->n; ++j) {
        const scs_int last = p->p[j + 1] - 1;
        if (last >= p->p[j] && p->i[last] == j && values[last] < least) {
            return scs_error_set(error, SCS_ERROR_PROBLEM,
                                 "diagonal entry %lld of P is %g, so that P is not "
                                 "positive semidefinite",
                                 (long long)j, values[last]);
        }
    }
    return SCS_OK;
}

ScsErrorCode scs_validate_layout(const ScsData *data, ScsError *error) {
    if (!data) {
        return scs_error_set(error, SCS_ERROR_PROBLEM, "data is NULL");
    }
    const char *missing = !data->A ? "A" : !data->b ? "b" : !data->c ? "c" : NULL;
    if (missing) {
        return scs_error_set(error, SCS_ERROR_PROBLEM, "%s is missing", missing);
    }
    if (data->m <= 0 || data->n <= 0) {
        return scs_error_set(error, SCS_ERROR_PROBLEM, "%s is %lld, must be positive",
                             data->m <= 0 ? "m" : "n",
                             (long long)(data->m <= 0 ? data->m : data->n));
    }
    if (data->m > largest_int - 1 - data->n) { /* n + m + 1 is a length, too */
        return scs_error_set(error, SCS_ERROR_NOT_SUPPORTED,
                             "m and n are %lld and %lld, more together than %d-bit "
                             "indices count; configure with SCS_INT64",
                             (long long)data->m, (long long)data->n,
                             (int)(8 * sizeof(scs_int)));
    }
    const ScsErrorCode code = check_layout("A", data->A, data->m, data->n, error);
    return !code && data->P ? check_layout("P", data->P, data->n, data->n, error)
                            : code;
}

ScsErrorCode scs_validate_entries(const ScsData *data, ScsError *error) {
    ScsErrorCode code = check_entries("A", data->A, false, error);
    if (!code && data->P) {
        code = check_entries("P", data->P, true, error);
        code = code ? code : scs_validate_diagonal(data->P, data->P->x, error);
    }
    code = code ? code : scs_validate_finite("b", data->b, data->m, error);
    return code ? code : scs_validate_finite("c", data->c, data->n, error);
}
