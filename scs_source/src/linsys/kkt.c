/* SPDX-License-Identifier: MIT
 *
 * Columns come out sorted because both constructions run over their input in an order
 * that appends rows in increasing order: K's constraint columns by the columns of A, and
 * a permuted triangle by a double transposition.
 */
#include "linsys/kkt.h"

#include "la/csc.h"
#include "la/offsets.h"

static const scs_int largest_int =
    (scs_int)(((uint64_t)1 << (8 * sizeof(scs_int) - 1)) - 1);

static bool allocate(ScsKkt *kkt, scs_int size, scs_int entries, ScsArena *arena) {
    kkt->size = size;
    kkt->start = SCS_NEW(arena, scs_int, (ptrdiff_t)size + 1);
    kkt->row = SCS_NEW(arena, scs_int, entries);
    kkt->source = SCS_NEW(arena, scs_int, entries);
    kkt->diagonal = SCS_NEW(arena, scs_int, size);
    return !arena->failed;
}

static void put(ScsKkt *kkt, scs_int column, scs_int row, scs_int source) {
    const scs_int at = kkt->start[column]++;
    kkt->row[at] = row;
    if (kkt->source) {
        kkt->source[at] = source;
    }
}

static scs_int count_diagonal(const ScsMatrix *p) {
    scs_int count = 0;
    for (scs_int j = 0; p && j < p->n; ++j) {
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            count += p->i[k] == j;
        }
    }
    return count;
}

ScsErrorCode scs_kkt_assemble(ScsKkt *kkt, const ScsMatrix *a, const ScsMatrix *p,
                              ScsArena *arena, ScsError *error) {
    const scs_int n = a->n;
    const scs_int a_nnz = scs_csc_nnz(a);
    kkt->n = n;
    kkt->p_nnz = p ? scs_csc_nnz(p) : 0;
    if (a->m > largest_int - 1 - n || kkt->p_nnz > largest_int - 1 - a_nnz) {
        return scs_error_set(error, SCS_ERROR_NOT_SUPPORTED,
                             "A and P together have more rows or entries than %d-bit "
                             "indices count; configure with SCS_INT64",
                             (int)(8 * sizeof(scs_int)));
    }
    if (!allocate(kkt, n + a->m, a_nnz + kkt->p_nnz - count_diagonal(p), arena)) {
        return scs_error_memory(error);
    }
    for (scs_int j = 0; j < kkt->size; ++j) {
        kkt->diagonal[j] = -1;
    }
    for (scs_int j = 0; p && j < n; ++j) {
        kkt->start[j + 1] = p->p[j + 1] - p->p[j];
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            kkt->start[j + 1] -= p->i[k] == j;
        }
    }
    for (scs_int k = 0; k < a_nnz; ++k) {
        ++kkt->start[n + a->i[k] + 1];
    }
    scs_offsets_accumulate(kkt->start, kkt->size);
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int k = p ? p->p[j] : 0; p && k < p->p[j + 1]; ++k) {
            if (p->i[k] == j) {
                kkt->diagonal[j] = k;
            } else {
                put(kkt, j, p->i[k], k);
            }
        }
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            put(kkt, n + a->i[k], j, kkt->p_nnz + k);
        }
    }
    scs_offsets_rewind(kkt->start, kkt->size);
    return SCS_OK;
}

/* The smaller of the new numbers of an entry is its row in the upper triangle and its
 * column in the lower one. */
static scs_int smaller(scs_int i, scs_int j) { return i < j ? i : j; }

static scs_int larger(scs_int i, scs_int j) { return i < j ? j : i; }

/* Entries of the permuted triangle by columns, in whichever order they come. */
static void permute_unsorted(ScsKkt *permuted, const ScsKkt *kkt,
                             const scs_int *inverse, ScsTriangle triangle) {
    const bool upper = triangle == SCS_TRIANGLE_UPPER;
    const scs_int size = kkt->size;
    scs_int *const start = permuted->start;
    for (scs_int j = 0; j < size; ++j) {
        const scs_int to = inverse[j];
        const scs_int end = kkt->start[j + 1];
        for (scs_int k = kkt->start[j]; k < end; ++k) {
            const scs_int from = inverse[kkt->row[k]];
            ++start[1 + (upper ? larger(from, to) : smaller(from, to))];
        }
    }
    scs_offsets_accumulate(start, size);
    for (scs_int j = 0; j < size; ++j) {
        const scs_int to = inverse[j];
        const scs_int end = kkt->start[j + 1];
        for (scs_int k = kkt->start[j]; k < end; ++k) {
            const scs_int from = inverse[kkt->row[k]];
            const scs_int low = smaller(from, to);
            const scs_int high = larger(from, to);
            put(permuted, upper ? high : low, upper ? low : high, kkt->source[k]);
        }
    }
    scs_offsets_rewind(start, size);
}

/* Whose columns come out sorted. */
static void transpose(ScsKkt *transposed, const ScsKkt *kkt) {
    for (scs_int k = 0; k < kkt->start[kkt->size]; ++k) {
        ++transposed->start[kkt->row[k] + 1];
    }
    scs_offsets_accumulate(transposed->start, kkt->size);
    for (scs_int j = 0; j < kkt->size; ++j) {
        for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
            put(transposed, kkt->row[k], j, kkt->source[k]);
        }
    }
    scs_offsets_rewind(transposed->start, kkt->size);
}

void scs_kkt_permute(ScsKkt *permuted, const ScsKkt *kkt, const scs_int *order,
                     const scs_int *inverse, ScsArena *arena) {
    const scs_int size = kkt->size;
    ScsArena scratch = {0};
    ScsKkt upper = {0};
    *permuted = (ScsKkt){.n = kkt->n, .p_nnz = kkt->p_nnz};
    if (!allocate(permuted, size, kkt->start[size], arena) ||
        !allocate(&upper, size, kkt->start[size], &scratch)) {
        arena->failed = true;
        scs_arena_release(&scratch);
        return;
    }
    permute_unsorted(&upper, kkt, inverse, SCS_TRIANGLE_UPPER);
    transpose(permuted, &upper);
    for (scs_int k = 0; k < size; ++k) {
        permuted->diagonal[k] = kkt->diagonal[order[k]];
    }
    scs_arena_release(&scratch);
}

void scs_kkt_permute_pattern(ScsKkt *permuted, const ScsKkt *kkt,
                             const scs_int *inverse, ScsTriangle triangle,
                             ScsArena *arena) {
    const scs_int size = kkt->size;
    *permuted = (ScsKkt){.size = size, .n = kkt->n, .p_nnz = kkt->p_nnz};
    permuted->start = SCS_NEW(arena, scs_int, (ptrdiff_t)size + 1);
    permuted->row = SCS_NEW(arena, scs_int, kkt->start[size]);
    if (!arena->failed) {
        permute_unsorted(permuted, kkt, inverse, triangle);
    }
}
