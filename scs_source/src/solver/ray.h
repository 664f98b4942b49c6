/* SPDX-License-Identifier: MIT
 *
 * Newton steps in a cone whose boundary is SCS_BOUNDARY_RAY (cones/cone.h), a box say, if the
 * data fix the length of the ray: the first row of the block is empty in A, because it says
 * t = 1. Then ds is known along the ray, whatever dx is,
 *
 *     ds_1 = rest_1,   ds_i = a_i rest_1,   a_i = s_i / s_1 where W = 0, else 0,
 *
 * and the others' equations become those of a flat block. dy is normal to the ray, which
 * tells dy_1. Without such a row the steps would need a denser A.
 */
#ifndef SCS_SOLVER_RAY_H
#define SCS_SOLVER_RAY_H

#include "cones/cone.h"
#include "scs.h"

typedef struct {
    scs_int first;    /* row of the block */
    scs_int rows;     /* 0: there is no such block */
    scs_float *along; /* a, with a_1 = 1; room for every row of the problem */
} ScsRay;

/* Follow the ray that w and s, of the block, describe: false unless the first row of A is
 * empty or zero. */
bool scs_ray_follow(ScsRay *ray, const ScsConeBlock *block, const ScsMatrix *a,
                    const scs_float *w, const scs_float *s);

/* Below vectors have length m and are of the whole problem; nothing happens to them if there
 * is no ray. */

/* Put ds into the right-hand side rest; its first row becomes 0. */
void scs_ray_enter(const ScsRay *ray, scs_float *rest);

/* Find dy_1 from the rest of dy. */
void scs_ray_leave(const ScsRay *ray, scs_float *dy);

/* Replace zeros in s by its entries on the ray whose length is b_1. */
void scs_ray_keep(const ScsRay *ray, const scs_float *b, scs_float *s);

/* Change the metric r so that projections leave s_1 = b_1 alone, nearly. */
void scs_ray_stiffen(const ScsRay *ray, scs_float *r);

/* After such a projection: y_1 from y's = 0, to all digits. */
void scs_ray_complete(const ScsRay *ray, const scs_float *s, scs_float *y);

#endif
