/* SPDX-License-Identifier: MIT
 *
 * Rows come out sorted because columns are visited in order and every entry is appended.
 */
#include "linsys/csr.h"

#include "la/csc.h"
#include "la/offsets.h"

static const int64_t largest_int =
    (int64_t)(((uint64_t)1 << (8 * sizeof(scs_int) - 1)) - 1);

static bool allocate(ScsCsr *csr, scs_int rows, scs_int entries, ScsArena *arena) {
    csr->rows = rows;
    csr->start = SCS_NEW(arena, scs_int, (ptrdiff_t)rows + 1);
    csr->column = SCS_NEW(arena, scs_int, entries);
    csr->source = SCS_NEW(arena, scs_int, entries);
    return !arena->failed;
}

static void put(ScsCsr *csr, scs_int row, scs_int column, scs_int source) {
    const scs_int at = csr->start[row]++;
    csr->column[at] = column;
    csr->source[at] = source;
}

ScsErrorCode scs_csr_by_rows(ScsCsr *csr, const ScsMatrix *a, ScsArena *arena,
                             ScsError *error) {
    const scs_int nnz = scs_csc_nnz(a);
    if (!allocate(csr, a->m, nnz, arena)) {
        return scs_error_memory(error);
    }
    for (scs_int k = 0; k < nnz; ++k) {
        ++csr->start[a->i[k] + 1];
    }
    scs_offsets_accumulate(csr->start, csr->rows);
    for (scs_int j = 0; j < a->n; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            put(csr, a->i[k], j, k);
        }
    }
    scs_offsets_rewind(csr->start, csr->rows);
    return SCS_OK;
}

/* Set start[1 ..] to the entries of each row, of which there are this many in all. */
static void count_rows(ScsCsr *csr, const ScsMatrix *p) {
    for (scs_int j = 0; j < csr->rows; ++j) {
        ++csr->start[j + 1];
        for (scs_int k = p ? p->p[j] : 0; p && k < p->p[j + 1]; ++k) {
            if (p->i[k] != j) {
                ++csr->start[j + 1];
                ++csr->start[p->i[k] + 1];
            }
        }
    }
}

ScsErrorCode scs_csr_symmetric(ScsCsr *csr, const ScsMatrix *p, scs_int n,
                               ScsArena *arena, ScsError *error) {
    int64_t entries = n;
    for (scs_int j = 0; p && j < n; ++j) {
        for (scs_int k = p->p[j]; k < p->p[j + 1]; ++k) {
            entries += p->i[k] == j ? 0 : 2;
        }
    }
    if (entries >= largest_int) {
        return scs_error_set(error, SCS_ERROR_NOT_SUPPORTED,
                             "the two triangles of P have more entries than %d-bit "
                             "indices count; configure with SCS_INT64",
                             (int)(8 * sizeof(scs_int)));
    }
    if (!allocate(csr, n, (scs_int)entries, arena)) {
        return scs_error_memory(error);
    }
    count_rows(csr, p);
    scs_offsets_accumulate(csr->start, csr->rows);
    for (scs_int j = 0; j < n; ++j) {
        scs_int diagonal = -1;
        for (scs_int k = p ? p->p[j] : 0; p && k < p->p[j + 1]; ++k) {
            if (p->i[k] == j) {
                diagonal = k;
            } else {
                put(csr, j, p->i[k], k);
                put(csr, p->i[k], j, k);
            }
        }
        put(csr, j, j, diagonal);
    }
    scs_offsets_rewind(csr->start, csr->rows);
    return SCS_OK;
}
