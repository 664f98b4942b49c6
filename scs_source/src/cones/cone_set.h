/* SPDX-License-Identifier: MIT
 *
 * The cone K = K_1 x ... x K_N of a problem as a list of blocks, in the order of the
 * rows of A. All functions but validate want a set that has been built; vectors have
 * set->rows entries.
 */
#ifndef SCS_CONES_CONE_SET_H
#define SCS_CONES_CONE_SET_H

#include "cones/cone.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    ScsCone cone; /* our own copy of what the user gave, lists included */
    ScsConeBlock *blocks;
    scs_int count;    /* of blocks */
    scs_int rows;     /* m */
    scs_int may_miss; /* blocks whose projection may be inexact */
} ScsConeSet;

/* How the entries of a block become one number. */
typedef enum { SCS_REDUCE_MAXIMUM, SCS_REDUCE_MEAN } ScsReduction;

/* Check every field of k. SCS_ERROR_CONE. Pure. */
SCS_MUST_CHECK ScsErrorCode scs_cone_set_validate_fields(const ScsCone *k,
                                                         ScsError *error);

/* Check every field of k and that the rows add up to m. SCS_ERROR_CONE. Pure. */
SCS_MUST_CHECK ScsErrorCode scs_cone_set_validate(const ScsCone *k, scs_int m,
                                                  ScsError *error);

/* Whether some cone of k, which must be valid, cannot do without LAPACK. */
bool scs_cone_set_needs_lapack(const ScsCone *k);

/* Validate k and build the set with everything it owns in the arena; k is not kept,
 * lapack, which may be NULL, is. The set of a failed build must not be used. Also
 * SCS_ERROR_MEMORY, and SCS_ERROR_UNAVAILABLE if LAPACK is needed and there is none. */
SCS_MUST_CHECK ScsErrorCode scs_cone_set_build(ScsConeSet *set, const ScsCone *k,
                                               scs_int m, const ScsLapack *lapack,
                                               ScsArena *arena, ScsError *error);

/* Replace y by the nearest point of K* in the metric diag(r), r > 0. In the blocks that
 * are not separable r must be constant (scs_cone_set_equalise) or, where the kind allows
 * it, extended (scs_cone_set_extend). No allocation. */
SCS_MUST_CHECK ScsErrorCode scs_cone_set_project_dual(ScsConeSet *set, scs_float *y,
                                                      const scs_float *r,
                                                      ScsError *error);

/* Fill weight with each row's factor on the dual scale. A row of t (see has_ray) that is
 * empty in A is an equation, and has the weight of one. */
void scs_cone_set_weights(const ScsConeSet *set, const ScsMatrix *a, scs_float *weight);

/* Make v constant in every block whose rows must share one value: its entries become
 * their maximum or mean. */
void scs_cone_set_equalise(const ScsConeSet *set, scs_float *v, ScsReduction reduction);

/* Whether the metric may vary within a block without being free in every row. */
bool scs_cone_extends(const ScsConeBlock *block);

/* In such blocks, make v > 0 an admissible metric: what it is on the rows that carry one
 * decides on the others. */
void scs_cone_set_extend(const ScsConeSet *set, scs_float *v);

/* The rows are about to be multiplied by d > 0, relative to the cone as it was built.
 */
void scs_cone_set_rescale(ScsConeSet *set, const scs_float *d);

/* Forget warm starts. */
void scs_cone_set_reset(ScsConeSet *set);

/* Whether projections may be inexact where that is allowed. */
bool scs_cone_set_can_miss(const ScsConeSet *set);

/* Projections that follow may miss the nearest point by this distance in the metric. */
void scs_cone_set_allow(ScsConeSet *set, scs_float distance);

/* Whether the last projection was on the nearest point. */
bool scs_cone_set_is_exact(const ScsConeSet *set);

/* Write one line on the blocks of one kind, for example "second-order cones: 120 rows
 * in 40 blocks", without a line end and cut to fit, and move *block past them. False if
 * there are none left. Start with *block = 0. */
bool scs_cone_set_describe(const ScsConeSet *set, scs_int *block, char *line,
                           size_t size);

#endif
