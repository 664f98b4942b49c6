/* SPDX-License-Identifier: MIT
 *
 * The contract of a cone. A kind of cone is one file that defines one ScsConeKind and one
 * row in cone_table.c; the order of that table is the order of the rows of A.
 *
 * The solver needs one operation: the nearest point of the dual cone K* in the metric
 * diag(r). By Moreau's decomposition in that metric every w splits uniquely as
 *
 *     w = y - s / r,   y in K*,  s in K,  y's = 0,
 *
 * y being the wanted point, so a kind whose primal projection is the natural one computes
 * s = nearest point of K to -r w in the metric diag(1 / r) and returns y = w + s / r.
 */
#ifndef SCS_CONES_CONE_H
#define SCS_CONES_CONE_H

#include "base/arena.h"
#include "base/error.h"
#include "scs_lapack.h"

typedef struct ScsConeKind ScsConeKind;

/* One cone of the product: consecutive rows of A. */
typedef struct {
    const ScsConeKind *kind;
    scs_int first; /* its first row */
    scs_int rows;
    scs_int index; /* which of the kind's cones it is, 0 <= index < count(k) */
    bool inexact;  /* whether the last projection missed the nearest point, see allow */
    void *state;   /* private to the kind: parameters, warm start, scratch */
} ScsConeBlock;

/* How the boundary of K looks near a pair s in K, y in K*, s'y = 0. To first order, pairs
 * close by satisfy ds = -W dy with W symmetric and positive semidefinite; its eigenvalues
 * may be infinite (s moves, y does not) or zero (the other way round). On a ray the rows with
 * entry 0, of which the first row is one, move in proportion: W is infinite along s there. */
typedef enum {
    SCS_BOUNDARY_UNKNOWN, /* there is no such W, or none that the kind knows */
    SCS_BOUNDARY_FLAT,    /* W is diagonal with entries 0 or INFINITY */
    SCS_BOUNDARY_RAY,     /* the same, but for one direction, see above */
    SCS_BOUNDARY_CURVED   /* W is infinite along s, 0 along y, and one positive number
                             on the rest of the space */
} ScsBoundary;

struct ScsConeKind {
    /* As the report prints it, for example "second-order cones". */
    const char *name;

    /* Whether rows may be equilibrated and weighted one by one. If false, all rows of a
     * block share one scaling factor and, unless there is extend_metric, one entry of the
     * metric, so that projecting in the metric is projecting in the Euclidean norm. */
    bool separable;

    /* Whether K is its own dual. */
    bool self_dual;

    /* NULL unless the kind projects in metrics that are not constant although it is not
     * separable. Some rows, on which every y and s in the cone is nonnegative, carry such
     * a metric, as the diagonal does for matrices: replace the entries of r[0..rows), r >
     * 0, on all others by what theirs imply. Constant r stays as it is. */
    void (*extend_metric)(const ScsConeBlock *block, scs_float *r);

    /* Rows of this kind get scale * weight instead of scale as their dual weight 1 / r.
     * 1 except for the zero cone; see also scs_cone_set_weights. */
    scs_float weight;

    /* Check the fields of k that this kind reads, in one sentence that names the field and
     * the value. Pure. Fields that belong to other kinds are not looked at. */
    ScsErrorCode (*validate)(const ScsCone *k, ScsError *error);

    /* How many blocks k asks for. Called on a validated k, as are the slots below. */
    scs_int (*count)(const ScsCone *k);

    /* Rows of block i; 64-bit so that absurd sizes are found out before they overflow. */
    int64_t (*rows)(const ScsCone *k, scs_int i);

    /* Every block has as many rows as block 0: then they are multiplied instead of added,
     * because nothing but a number, which may be absurd, says how many there are. */
    bool alike;

    /* Whether a cone of this kind in k cannot do without LAPACK. NULL: never. */
    bool (*needs_lapack)(const ScsCone *k);

    /* Copy parameters and take workspace from the arena (which may fail: the caller tests
     * arena->failed). k is not kept, lapack is; it is NULL only where needs_lapack is
     * false. NULL: the kind has no state. */
    void (*setup)(ScsConeBlock *block, const ScsCone *k, const ScsLapack *lapack,
                  ScsArena *arena);

    /* The rows of the block are about to be multiplied by d[0..rows) (positive), relative
     * to the cone that setup saw. Separable kinds whose definition has numbers adapt them.
     * May be called again with another d. NULL: nothing depends on the scaling. */
    void (*rescale)(ScsConeBlock *block, const scs_float *d);

    /* Forget warm starts, so that what follows depends on the input alone. NULL: none. */
    void (*reset)(ScsConeBlock *block);

    /* Projections that follow may miss the nearest point by this distance in the metric,
     * and must then say so; 0, as at first: they may not. NULL: they never do. */
    void (*allow)(ScsConeBlock *block, scs_float distance);

    /* Replace y[0..rows) by the nearest point of the dual cone in the metric r[0..rows),
     * r > 0 (constant unless separable, or as extend_metric makes it). Finite input gives
     * finite output. No allocation.
     * NULL: the dual cone is the whole space. */
    ScsErrorCode (*project_dual)(ScsConeBlock *block, scs_float *y, const scs_float *r,
                                 ScsError *error);

    /* How far s[i], s[0..rows) in K, is from the bound that makes row i an inequality;
     * INFINITY for a row that is none. Only separable kinds. NULL: no row is. */
    scs_float (*slack)(const ScsConeBlock *block, const scs_float *s, scs_int i);

    /* Whether linearise may find SCS_BOUNDARY_RAY. */
    bool has_ray;

    /* Describe the boundary at s[0..rows), y[0..rows), which may be off it by rounding,
     * and write W: if it is curved the number on the rest of the space into every entry of
     * w, else the diagonal. Pure. NULL: unknown. */
    ScsBoundary (*linearise)(const ScsConeBlock *block, const scs_float *s,
                             const scs_float *y, scs_float *w);
};

#endif
