/* SPDX-License-Identifier: MIT
 *
 * The pattern of the KKT matrix
 *
 *     K = [ diag(r_x) + P    A'         ]
 *         [ A               -diag(r_y)  ]
 *
 * by one triangle, off the diagonal, with the place in A or P that each value comes from.
 * Values are read from A, P and r when they are needed, so new ones need no copy and no
 * symbolic work. Every diagonal entry exists.
 */
#ifndef SCS_LINSYS_KKT_H
#define SCS_LINSYS_KKT_H

#include "base/arena.h"
#include "base/error.h"

typedef struct {
    scs_int size;      /* n + m */
    scs_int n;         /* columns of A */
    scs_int p_nnz;     /* stored entries of P */
    scs_int *start;    /* columns of the triangle, length size + 1 */
    scs_int *row;      /* rows, start[size] of them */
    scs_int *source;   /* of each entry: k < p_nnz is P.x[k], else A.x[k - p_nnz] */
    scs_int *diagonal; /* of column j: entry of P on the diagonal, or -1 */
} ScsKkt;

/* Where the values are. */
typedef struct {
    const scs_float *p; /* may be NULL if p_nnz is 0 */
    const scs_float *a;
    const scs_float *r; /* length size, > 0 */
} ScsKktValues;

typedef enum { SCS_TRIANGLE_UPPER, SCS_TRIANGLE_LOWER } ScsTriangle;

/* The upper triangle of K for A (m by n) and P (upper triangle, or NULL), columns sorted.
 * Fails if there are more entries than scs_int counts, or if memory is short. */
ScsErrorCode scs_kkt_assemble(ScsKkt *kkt, const ScsMatrix *a, const ScsMatrix *p,
                              ScsArena *arena, ScsError *error) SCS_MUST_CHECK;

/* The lower triangle of the matrix whose row k is row order[k] of `kkt` (an upper
 * triangle); inverse[order[k]] = k. Columns are sorted. Check arena->failed afterwards. */
void scs_kkt_permute(ScsKkt *permuted, const ScsKkt *kkt, const scs_int *order,
                     const scs_int *inverse, ScsArena *arena);

/* The same, or the upper triangle, without source and diagonal (NULL), and columns are not
 * sorted: all that an elimination tree takes, in less than half of the time. */
void scs_kkt_permute_pattern(ScsKkt *permuted, const ScsKkt *kkt,
                             const scs_int *inverse, ScsTriangle triangle,
                             ScsArena *arena);

/* Value of an off-diagonal entry. */
static inline scs_float scs_kkt_entry(const ScsKkt *kkt, const ScsKktValues *values,
                                      scs_int k) {
    const scs_int source = kkt->source[k];
    return source < kkt->p_nnz ? values->p[source] : values->a[source - kkt->p_nnz];
}

/* Value of the diagonal entry of column j, which belongs to row `original` of the matrix
 * before the permutation. */
static inline scs_float scs_kkt_diagonal(const ScsKkt *kkt, const ScsKktValues *values,
                                         scs_int j, scs_int original) {
    const scs_float r = values->r[original];
    const scs_float metric = original < kkt->n ? r : -r;
    const scs_int k = kkt->diagonal[j];
    return k < 0 ? metric : metric + values->p[k];
}

#endif
