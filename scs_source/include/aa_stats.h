/* SPDX-License-Identifier: MIT
 *
 * What Anderson acceleration did over the life of one workspace.
 */
#ifndef SCS_AA_STATS_H
#define SCS_AA_STATS_H

#include "scs_types.h"

typedef struct {
    scs_int iter;               /* pairs seen since the start of the solve, or since
                                   the metric moved, which empties the memory */
    scs_int n_accept;           /* steps taken */
    scs_int n_reject_lapack;    /* the small least-squares problem failed numerically */
    scs_int n_reject_rank0;     /* no usable direction in the memory */
    scs_int n_reject_nonfinite; /* weights or iterate not finite */
    scs_int n_reject_weight_cap;   /* weights too large to be trusted */
    scs_int n_safeguard_reject;    /* taken, then undone because the residual grew */
    scs_int last_rank;             /* numerical rank used by the last step */
    scs_float last_aa_norm;        /* norm of the last weights; NaN before the first */
    scs_float last_regularization; /* absolute regularisation of the last step */
} AaStats;

#endif
