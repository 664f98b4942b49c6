/* SPDX-License-Identifier: MIT
 *
 * Residuals, objectives and certificates of the iterate (x, y, s, tau), in the scale of the
 * problem as given and in the infinity norm.
 */
#ifndef SCS_SOLVER_RESIDUALS_H
#define SCS_SOLVER_RESIDUALS_H

#include "base/arena.h"
#include "base/error.h"
#include "scs.h"

typedef struct {
    /* Products with the scaled matrices, and vectors derived from them. */
    scs_float *ax;      /* length m: A~ x~ */
    scs_float *px;      /* length n: P~ x~ */
    scs_float *aty;     /* length n: A~' y~ */
    scs_float *profile; /* length m: relative primal residual of each row */

    scs_float tau, kappa;
    /* x'Px, c'x, b'y: not divided by tau. x'Px is 0 where rounding makes it less. */
    scs_float xpx, ctx, bty;

    /* Of (x, y, s) / tau. */
    scs_float res_pri, res_dual, gap;
    scs_float pobj, dobj;
    scs_float primal_size; /* max(|Ax|, |s|, |b|) */
    scs_float dual_size;   /* max(|Px|, |A'y|, |c|) */
    scs_float gap_size;    /* max(x'Px, |c'x|, |b'y|) */

    /* Certificates; NaN where the sign of b'y or c'x rules one out. */
    scs_float res_infeas;  /* |A'y| / (-b'y) */
    scs_float res_unbdd_a; /* |Ax + s| / (-c'x) */
    scs_float res_unbdd_p; /* |Px| / (-c'x) */

    scs_int iter; /* the iteration they belong to, -1 before the first */
} ScsResiduals;

/* Take memory from the arena (test arena->failed). */
void scs_residuals_create(ScsResiduals *residuals, scs_int n, scs_int m,
                          ScsArena *arena);

/* Compute them for the current u and rsk. */
void scs_residuals_compute(ScsWork *work, scs_int iter);

#endif
