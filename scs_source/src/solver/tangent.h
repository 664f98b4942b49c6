/* SPDX-License-Identifier: MIT
 *
 * The optimality conditions linearised at a complementary pair: with ds = -W dy (cones/cone.h)
 *
 *     [ P   A'  ] [ dx ]   [ rest_x ]
 *     [ A   -W  ] [ dy ] = [ rest_y ].
 *
 * Infinite entries of W say dy = 0. A curved block's W = infinity a a' + 0 q q' + w I on the
 * rest, a and q the unit vectors along s and y, becomes the number w and one more column
 * and row (a free motion of s along its ray, and of y along its), which keeps the system
 * sparse, symmetric and quasi-definite, so that any backend of linsys/linsys.h takes it:
 *
 *     [ P     0    A'   A'q ]
 *     [ 0     0   -a'    0  ]
 *     [ A    -a   -w I   0  ]
 *     [ q'A   0    0     0  ].
 *
 * A ray gets neither (ray.h).
 *
 * Zeros on its diagonal become small numbers for the backend, infinities large ones;
 * iterative refinement takes that back, and what an iterative backend leaves undone.
 */
#ifndef SCS_SOLVER_TANGENT_H
#define SCS_SOLVER_TANGENT_H

#include "cones/cone_set.h"
#include "linsys/linsys.h"
#include "problem/problem.h"
#include "solver/ray.h"

typedef struct {
    scs_int n, m;   /* of the problem */
    scs_int curved; /* blocks that bring a column and a row */
    const ScsMatrix *p;
    ScsMatrix *a; /* the problem's own two if there are none */
    ScsRay ray;
    scs_int *block;    /* length m: which of these blocks a row is in, or -1 */
    scs_float *along;  /* length m: a */
    scs_float *normal; /* length m: q */
    scs_float *w;      /* length m */
    scs_float *r;      /* length n + m + 2 curved: the diagonal for the backend */
    scs_float *rhs;    /* the same length, in the order (x, columns, y, rows) */
    scs_float *step;   /* the same length: solution */
    scs_float *rest;   /* the same length */
} ScsTangent;

/* Whether every cone can describe its boundary in a problem with this A. */
bool scs_tangent_is_possible(const ScsConeSet *cones, const ScsMatrix *a);

/* How many blocks are curved. */
scs_int scs_tangent_count_curved(const ScsConeSet *cones);

/* Take memory from the arena (test arena->failed) and lay out the matrices. */
void scs_tangent_create(ScsTangent *tangent, const ScsProblem *problem,
                        const ScsConeSet *cones, ScsArena *arena);

/* Rows of the system. */
ptrdiff_t scs_tangent_size(const ScsTangent *tangent);

/* Describe the boundary at (s, y), length m each: W. False if a cone cannot, or not in this
 * problem. */
bool scs_tangent_look(ScsTangent *tangent, const ScsProblem *problem,
                      const ScsConeSet *cones, const scs_float *s, const scs_float *y);

/* After a look at the same (s, y): fill in the matrices and the backend's diagonal. */
void scs_tangent_fill(ScsTangent *tangent, const ScsProblem *problem,
                      const ScsConeSet *cones, const scs_float *s, const scs_float *y);

/* Solve with the backend, which has been given r: rest = (rest_x, rest_y) has length n + m,
 * and is replaced by (dx, dy). False if the system is too far from regular. */
bool scs_tangent_solve(ScsTangent *tangent, const ScsLinSysKind *kind,
                       ScsLinSys *linsys, scs_float *rest);

#endif
