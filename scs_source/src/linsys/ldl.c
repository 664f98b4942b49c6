/* SPDX-License-Identifier: MIT
 *
 * Row k of L solves L_{1..k-1} D l = K_{1..k-1,k}; its pattern is the part of the
 * elimination tree that is reached from the entries of column k. The pattern of L is
 * stored once, so that the numeric part only walks it.
 */
#include "linsys/ldl.h"

void scs_ldl_analyse(ScsLdlPattern *pattern, const ScsKkt *kkt, scs_int *parent,
                     const scs_int *count, ScsArena *arena) {
    const scs_int size = kkt->size;
    ScsArena local = {0};
    scs_int *mark = SCS_NEW(&local, scs_int, size);
    int64_t *end = SCS_NEW(&local, int64_t, size);
    pattern->size = size;
    pattern->parent = parent;
    pattern->start = SCS_NEW(arena, int64_t, (ptrdiff_t)size + 1);
    if (!pattern->start || local.failed) {
        arena->failed = true;
        scs_arena_release(&local);
        return;
    }
    for (scs_int j = 0; j < size; ++j) {
        pattern->start[j + 1] = pattern->start[j] + count[j];
        end[j] = pattern->start[j];
        mark[j] = -1;
    }
    pattern->row = SCS_NEW(arena, scs_int, pattern->start[size]);
    for (scs_int k = 0; pattern->row && k < size; ++k) {
        mark[k] = k;
        for (scs_int t = kkt->start[k]; t < kkt->start[k + 1]; ++t) {
            for (scs_int i = kkt->row[t]; mark[i] != k; i = parent[i]) {
                mark[i] = k;
                pattern->row[end[i]++] = k;
            }
        }
    }
    scs_arena_release(&local);
}

void scs_ldl_scratch(ScsLdlScratch *scratch, scs_int size, ScsArena *arena) {
    scratch->column = SCS_NEW(arena, scs_float, size);
    scratch->end = SCS_NEW(arena, int64_t, size);
    scratch->stack = SCS_NEW(arena, scs_int, size);
    scratch->mark = SCS_NEW(arena, scs_int, size);
}

ScsErrorCode scs_ldl_report_pivot(const ScsKkt *kkt, scs_int original, scs_float pivot,
                                  ScsError *error) {
    if (original < kkt->n && pivot <= 0) {
        return scs_error_set(error, SCS_ERROR_NUMERICAL,
                             "P is not positive semidefinite: the factorisation found "
                             "pivot %g in column %lld",
                             pivot, (long long)original);
    }
    return scs_error_set(
        error, SCS_ERROR_NUMERICAL,
        "the factorisation broke down in %s %lld (pivot %g); the data may "
        "be too badly scaled",
        original < kkt->n ? "column" : "row",
        (long long)(original < kkt->n ? original : original - kkt->n), pivot);
}

/* Scatter column k of K above the diagonal and list the pattern of row k of L in
 * topological order at the end of the stack; returns where it begins. */
static scs_int reach(const ScsLdlPattern *pattern, const ScsKkt *kkt,
                     const ScsKktValues *values, scs_int k, ScsLdlScratch *scratch) {
    scs_int *const stack = scratch->stack;
    scs_int top = pattern->size;
    scratch->mark[k] = k;
    for (scs_int t = kkt->start[k]; t < kkt->start[k + 1]; ++t) {
        scs_int i = kkt->row[t];
        scratch->column[i] = scs_kkt_entry(kkt, values, t);
        scs_int length = 0;
        for (; scratch->mark[i] != k; i = pattern->parent[i]) {
            scratch->mark[i] = k;
            stack[length++] = i;
        }
        while (length > 0) {
            stack[--top] = stack[--length];
        }
    }
    return top;
}

ScsErrorCode scs_ldl_factor(const ScsLdlPattern *pattern, const ScsKkt *kkt,
                            const ScsKktValues *values, const scs_int *order,
                            scs_float *l, scs_float *inverse_d, ScsLdlScratch *scratch,
                            ScsError *error) {
    const scs_int size = pattern->size;
    const scs_int *const row = pattern->row;
    scs_float *const y = scratch->column;
    for (scs_int k = 0; k < size; ++k) {
        scratch->mark[k] = -1;
        scratch->end[k] = pattern->start[k];
    }
    for (scs_int k = 0; k < size; ++k) {
        scs_float pivot = scs_kkt_diagonal(kkt, values, k, order[k]);
        for (scs_int at = reach(pattern, kkt, values, k, scratch); at < size; ++at) {
            const scs_int i = scratch->stack[at];
            const scs_float yi = y[i];
            const int64_t end = scratch->end[i];
            y[i] = 0;
            for (int64_t t = pattern->start[i]; t < end; ++t) {
                y[row[t]] -= l[t] * yi;
            }
            const scs_float lki = yi * inverse_d[i];
            pivot -= lki * yi;
            l[end] = lki;
            scratch->end[i] = end + 1;
        }
        if (!scs_ldl_pivot_is_good(kkt, order[k], pivot)) {
            return scs_ldl_report_pivot(kkt, order[k], pivot, error);
        }
        inverse_d[k] = 1 / pivot;
    }
    return SCS_OK;
}

void scs_ldl_solve(const ScsLdlPattern *pattern, const scs_float *l,
                   const scs_float *inverse_d, scs_float *x) {
    const scs_int size = pattern->size;
    const int64_t *const start = pattern->start;
    const scs_int *const row = pattern->row;
    for (scs_int j = 0; j < size; ++j) {
        const scs_float xj = x[j];
        const int64_t end = start[j + 1];
        for (int64_t t = start[j]; t < end; ++t) {
            x[row[t]] -= l[t] * xj;
        }
    }
    for (scs_int j = size; j-- > 0;) {
        const int64_t end = start[j + 1];
        scs_float even = 0; /* two sums hide the latency of the additions */
        scs_float odd = 0;
        int64_t t = start[j];
        for (; t + 1 < end; t += 2) {
            even += l[t] * x[row[t]];
            odd += l[t + 1] * x[row[t + 1]];
        }
        if (t < end) {
            even += l[t] * x[row[t]];
        }
        x[j] = x[j] * inverse_d[j] - (even + odd);
    }
}
