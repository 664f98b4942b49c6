/* SPDX-License-Identifier: MIT */
#include "la/csc.h"

#include "base/real.h"
#include "la/offsets.h"

ScsMatrix *scs_csc_copy(ScsArena *arena, const ScsMatrix *a) {
    if (!a) {
        return NULL;
    }
    ScsMatrix *copy = SCS_NEW(arena, ScsMatrix, 1);
    if (!copy) {
        return NULL;
    }
    const scs_int nnz = scs_csc_nnz(a);
    copy->m = a->m;
    copy->n = a->n;
    copy->p = (scs_int *)scs_arena_copy(arena, a->p, (ptrdiff_t)a->n + 1, sizeof *a->p);
    copy->i = SCS_NEW(arena, scs_int, nnz);
    copy->x = SCS_NEW(arena, scs_float, nnz);
    if (arena->failed) {
        return NULL;
    }
    for (scs_int k = 0; k < nnz; ++k) {
        copy->i[k] = a->i[k];
        copy->x[k] = a->x[k];
    }
    return copy;
}

void scs_csc_transpose(const ScsMatrix *a, ScsMatrix *t) {
    t->m = a->n;
    t->n = a->m;
    for (scs_int i = 0; i <= a->m; ++i) {
        t->p[i] = 0;
    }
    for (scs_int k = 0; k < scs_csc_nnz(a); ++k) {
        ++t->p[a->i[k] + 1];
    }
    scs_offsets_accumulate(t->p, a->m);
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int at = t->p[a->i[k]]++;
            t->i[at] = j;
            t->x[at] = a->x[k];
        }
    }
    scs_offsets_rewind(t->p, a->m);
}

bool scs_csc_row_is_zero(const ScsMatrix *a, scs_int row) {
    for (scs_int k = 0; k < scs_csc_nnz(a); ++k) {
        if (a->i[k] == row && a->x[k] != 0) {
            return false;
        }
    }
    return true;
}

void scs_csc_multiply(const ScsMatrix *a, const scs_float *x, scs_float *y) {
    for (scs_int j = 0; j < a->n; ++j) {
        const scs_float xj = x[j];
        const scs_int end = a->p[j + 1];
        for (scs_int k = a->p[j]; k < end; ++k) {
            y[a->i[k]] += a->x[k] * xj;
        }
    }
}

void scs_csc_multiply_transposed(const ScsMatrix *a, const scs_float *x, scs_float *y) {
    for (scs_int j = 0; j < a->n; ++j) {
        const scs_int end = a->p[j + 1];
        scs_int k = a->p[j];
        scs_float even = 0;
        scs_float odd = 0; /* two sums hide the latency of the additions */
        for (; k + 1 < end; k += 2) {
            even += a->x[k] * x[a->i[k]];
            odd += a->x[k + 1] * x[a->i[k + 1]];
        }
        if (k < end) {
            even += a->x[k] * x[a->i[k]];
        }
        y[j] += even + odd;
    }
}

void scs_csc_multiply_symmetric(const ScsMatrix *p, const scs_float *x, scs_float *y) {
    for (scs_int j = 0; j < p->n; ++j) {
        const scs_float xj = x[j];
        scs_float sum = 0;
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            const scs_int i = p->i[k];
            sum += p->x[k] * x[i];
            if (i != j) {
                y[i] += p->x[k] * xj;
            }
        }
        y[j] += sum;
    }
}

void scs_csc_scale(ScsMatrix *a, const scs_float *d, const scs_float *e) {
    for (scs_int j = 0; j < a->n; ++j) {
        const scs_float ej = e[j];
        const scs_int end = a->p[j + 1];
        for (scs_int k = a->p[j]; k < end; ++k) {
            a->x[k] *= d[a->i[k]] * ej;
        }
    }
}

static scs_float accumulate(scs_float norm, scs_float value, bool squares) {
    return squares ? norm + value * value : scs_max(norm, fabs(value));
}

static void accumulate_squares(const ScsMatrix *a, scs_float *rows,
                               scs_float *columns) {
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_float square = a->x[k] * a->x[k];
            rows[a->i[k]] += square;
            columns[j] += square;
        }
    }
}

/* Equilibration does little else: two maxima hide the latency of the comparisons. */
static void accumulate_maxima(const ScsMatrix *a, scs_float *rows, scs_float *columns) {
    for (scs_int j = 0; j < a->n; ++j) {
        const scs_int end = a->p[j + 1];
        scs_int k = a->p[j];
        scs_float even = columns[j];
        scs_float odd = 0;
        for (; k + 1 < end; k += 2) {
            const scs_float first = fabs(a->x[k]);
            const scs_float second = fabs(a->x[k + 1]);
            even = scs_max(even, first);
            odd = scs_max(odd, second);
            rows[a->i[k]] = scs_max(rows[a->i[k]], first);
            rows[a->i[k + 1]] = scs_max(rows[a->i[k + 1]], second);
        }
        if (k < end) {
            const scs_float last = fabs(a->x[k]);
            even = scs_max(even, last);
            rows[a->i[k]] = scs_max(rows[a->i[k]], last);
        }
        columns[j] = scs_max(even, odd);
    }
}

void scs_csc_accumulate_norms(const ScsMatrix *a, bool squares, scs_float *rows,
                              scs_float *columns) {
    if (squares) {
        accumulate_squares(a, rows, columns);
    } else {
        accumulate_maxima(a, rows, columns);
    }
}

void scs_csc_accumulate_norms_symmetric(const ScsMatrix *p, bool squares,
                                        scs_float *columns) {
    for (scs_int j = 0; j < p->n; ++j) {
        scs_float own = columns[j];
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            const scs_int i = p->i[k];
            own = accumulate(own, p->x[k], squares);
            if (i != j) {
                columns[i] = accumulate(columns[i], p->x[k], squares);
            }
        }
        columns[j] = own;
    }
}
