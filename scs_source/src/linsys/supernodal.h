/* SPDX-License-Identifier: MIT
 *
 * Supernodal factorisation K = L D L', panel by panel, each panel collecting the updates
 * of earlier ones when its turn comes ("left-looking"; Ng and Peyton 1993, "Block sparse
 * Cholesky algorithms on advanced uniprocessor computers", SIAM J. Sci. Comput. 14(5)).
 *
 * K is quasi-definite: a pivot must be positive in the first n rows (before the
 * permutation) and negative in the others.
 */
#ifndef SCS_LINSYS_SUPERNODAL_H
#define SCS_LINSYS_SUPERNODAL_H

#include "la/dense_kernels.h"
#include "linsys/supernodes.h"

/* Values of L and D. */
typedef struct {
    scs_float *l; /* panels, as la/dense_kernels.h lays them out */
    scs_float *d; /* length size */
} ScsSupernodalFactor;

/* Scratch of factorisations and solves. */
typedef struct {
    scs_int *head;     /* first panel whose next update goes to this one */
    scs_int *next;     /* the one after it */
    scs_int *position; /* rows of a panel whose updates have been made */
    scs_int *place;    /* of a row in the panel at hand, length size */
    scs_int *relative; /* places of the rows of an update, length tallest */
    scs_float *packed; /* packed operand */
    scs_float *update; /* block of an update before it is scattered */
    scs_float *buffer; /* rows of a panel during a solve */
} ScsSupernodalScratch;

/* Check arena->failed afterwards. */
void scs_supernodal_allocate(ScsSupernodalFactor *factor, const ScsSupernodes *nodes,
                             ScsArena *arena);
void scs_supernodal_scratch(ScsSupernodalScratch *scratch, const ScsSupernodes *nodes,
                            ScsArena *arena);

/* Factorise; kkt is the strict lower triangle that the nodes were built for, order[k] the
 * original row of row k, positive[k] whether its pivot must be positive.
 * SCS_ERROR_NUMERICAL if a pivot has the wrong sign. */
ScsErrorCode scs_supernodal_factor(ScsSupernodalFactor *factor,
                                   const ScsSupernodes *nodes, const ScsKkt *kkt,
                                   const ScsKktValues *values, const scs_int *order,
                                   const unsigned char *positive,
                                   const ScsDenseKernels *kernels,
                                   ScsSupernodalScratch *scratch,
                                   ScsError *error) SCS_MUST_CHECK;

/* x := (L D L')^-1 x; buffer is that of a scratch. */
void scs_supernodal_solve(const ScsSupernodalFactor *factor, const ScsSupernodes *nodes,
                          const ScsDenseKernels *kernels, scs_float *x,
                          scs_float *buffer);

#endif
