/* SPDX-License-Identifier: MIT
 *
 * A factorisation K ~ L D L' of the KKT matrix in bounded memory: the complete one if it
 * fits, else an incomplete one. It serves as a preconditioner of H = R_x + P + A' R_y^-1 A:
 * H^-1 is the leading block of K^-1, so z = leading block of (L D L')^-1 (r, 0), and
 * neither H nor A'A is ever formed.
 *
 * It cannot break down, and z'r > 0: K is quasi-definite (Vanderbei 1995, "Symmetric
 * quasidefinite matrices"), elimination in any order keeps it so, and so do the ways to
 * drop an entry w. Between a row of x and one of y it is just dropped. Within x or within
 * y, [0 w; w 0] is replaced by a semidefinite matrix of the block's sign with |w| on the
 * diagonal, up to scaling (Ajiz and Jennings 1984, "A robust incomplete Choleski-conjugate
 * gradient algorithm"). What is factorised is then the K of another P, A and R.
 */
#ifndef SCS_LINSYS_INCOMPLETE_H
#define SCS_LINSYS_INCOMPLETE_H

#include "linsys/elimination.h"

typedef struct {
    ScsKkt kkt;     /* permuted, lower triangle */
    scs_int *order; /* original row of each permuted row */
    int64_t room;   /* entries that L may have */
    bool complete;  /* they suffice: nothing is dropped */

    int64_t *start; /* size + 1: columns of L, whose unit diagonal is not stored */
    scs_int *row;   /* room */
    scs_float *l;   /* room */
    scs_float *d;   /* size */

    int64_t *next;       /* scratch: of a column, its entry in the next row to use it */
    scs_int *head;       /* scratch: of a row, the first column that uses it next */
    scs_int *link;       /* scratch: the column after this one on the same list */
    scs_int *pattern;    /* scratch: rows of the column at work */
    scs_float *column;   /* scratch: its values, 0 elsewhere */
    scs_float *weight;   /* scratch: how much its entries matter */
    unsigned char *used; /* scratch: whether a row is in the pattern */
    scs_float *z;        /* scratch: a vector in the order of elimination */
} ScsIncomplete;

/* Whether so much of the factor has room that it is a good preconditioner. */
bool scs_incomplete_is_useful(const ScsElimination *analysis);

/* Take all memory from the arena, at most in proportion to the entries of K, whose
 * analysis is only read, and during the call alone. *self is NULL, without an error, if it
 * is not useful. */
ScsErrorCode scs_incomplete_create(ScsIncomplete **self, const ScsElimination *analysis,
                                   ScsArena *arena, ScsError *error) SCS_MUST_CHECK;

/* The same with the same values, for good. NULL if memory is short. */
ScsIncomplete *scs_incomplete_clone(const ScsIncomplete *original, ScsArena *arena);

/* Factorise. SCS_ERROR_NUMERICAL if P is not positive semidefinite or a value overflows;
 * then only another call may follow. */
ScsErrorCode scs_incomplete_factor(ScsIncomplete *self, const ScsKktValues *values,
                                   ScsError *error) SCS_MUST_CHECK;

/* z = leading block of (L D L')^-1 (r, 0); both of length n, not the same array. */
void scs_incomplete_apply(ScsIncomplete *self, const scs_float *r, scs_float *z);

/* Entries of L after scs_incomplete_factor. */
int64_t scs_incomplete_entries(const ScsIncomplete *self);

#endif
