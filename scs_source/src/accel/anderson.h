/* SPDX-License-Identifier: MIT
 *
 * Anderson acceleration of a fixed-point iteration x <- F(x), types I and II, with a
 * safeguard. Sources: Walker and Ni, "Anderson acceleration for fixed-point iterations",
 * SIAM J. Numer. Anal. 49 (2011); Zhang, O'Donoghue and Boyd, "Globally convergent type-I
 * Anderson acceleration for nonsmooth fixed-point iterations", SIAM J. Optim. 30 (2020).
 *
 * With pairs (x_k, f_k = F(x_k)), residuals g_k = x_k - f_k and the columns
 * s_j = x_{j+1} - x_j, y_j = g_{j+1} - g_j, d_j = f_{j+1} - f_j of the last `lookback`
 * differences, a step is
 *
 *     x+ = f_k - D w,   (S'Y + e I) w = S' g_k  (type I),   (Y'Y + e I) w = Y' g_k (type II),
 *
 * and with relaxation b in place of 1, x+ = b f+ + (1 - b) x+_avg where f+ = f_k - D w and
 * x+_avg = x_k - S w.
 */
#ifndef SCS_ACCEL_ANDERSON_H
#define SCS_ACCEL_ANDERSON_H

#include "aa_stats.h"
#include "base/arena.h"

typedef struct ScsAnderson ScsAnderson;

typedef struct {
    scs_int dimension;        /* length of x */
    scs_int lookback;         /* columns kept, > 0; cut to the dimension */
    scs_int minimum;          /* columns to gather before the first step after a
                                 reset or a rejection; cut to lookback */
    bool type_1;              /* type I, else type II */
    bool gives_up_type_1;     /* type II from the first step of type I on that fails */
    scs_float regularization; /* e: > 0 times the norms of the matrices (S'Y or Y'Y),
                                 < 0 the absolute value -e, 0 none */
    scs_float relaxation;     /* b, in [0, 2] */
} ScsAndersonOptions;

/* Take memory from the arena; NULL if it is short (arena->failed). */
ScsAnderson *scs_anderson_create(ScsArena *arena, const ScsAndersonOptions *options);

/* Forget all pairs, where the map changes; the statistics stay, but for `iter`. */
void scs_anderson_reset(ScsAnderson *aa);

/* The same, and back to the type that was asked for. */
void scs_anderson_restart(ScsAnderson *aa);

/* Feed the pair (x, f = F(x)), both of the dimension's length, and replace f by the
 * accelerated point if one is to be had. Returns true if f was replaced: then the next
 * pair belongs to scs_anderson_safeguard. No allocation. */
bool scs_anderson_apply(ScsAnderson *aa, scs_float *f, const scs_float *x);

/* After a replaced f, one application of F later: x is the accelerated point (as it was
 * fed to F) and f = F(x). If the residual |x - f| has grown beyond that of the pair the
 * step was made from, undo it: overwrite f by the plain f of that pair and x by its x,
 * forget all pairs and return false. True if the step stands. Call it only once per
 * replaced f; without one it returns true and does nothing. */
bool scs_anderson_safeguard(ScsAnderson *aa, scs_float *f, scs_float *x);

/* Counters over the life of the object. */
const AaStats *scs_anderson_stats(const ScsAnderson *aa);

#endif
