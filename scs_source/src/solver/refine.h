/* SPDX-License-Identifier: MIT
 *
 * Newton steps, once the faces of the cones on which s and y lie have settled.
 *
 * Splitting finds these faces early and then goes a long way along them; on fixed faces the
 * optimality conditions are smooth, linear for linear and quadratic programs, and Newton's
 * method solves them at once. This is a semismooth Newton method on the conditions
 *
 *     Px + A'y + c = 0,   Ax + s = b,   s = nearest point of K to s - y
 *
 * (Ali, Wong and Kolter 2017, "A semismooth Newton method for fast, generic convex
 * programming"; for polyhedral cones the polishing of Stellato, Banjac, Goulart, Bemporad
 * and Boyd 2020, "OSQP", section 5.2), started at the iterate. Its steps cost factorisations,
 * so they are tried now and then only, within a share of the iterations' cost, and no
 * iterate but one that passes the termination test is ever taken over: what fails leaves no
 * trace but the time and the cones' first guesses.
 */
#ifndef SCS_SOLVER_REFINE_H
#define SCS_SOLVER_REFINE_H

#include "solver/tangent.h"

typedef struct {
    bool possible;  /* in this problem */
    bool flat;      /* no cone is curved: the system is no larger than the solver's */
    bool ready;     /* memory has been taken */
    bool displaced; /* the backend holds the factor of a Newton step */
    ScsArena arena; /* of what is taken at the first attempt only */
    ScsTangent tangent;
    ScsLinSys *linsys; /* for curved cones, whose system is larger; else NULL */
    scs_float *point;  /* length n + 2 m: (x, y, s) */
    scs_float *saved;  /* length 2 (n + m + 1): u and rsk to fall back to */

    uint8_t *faces;  /* length m: where s and y were at the last check */
    uint64_t seen;   /* hash of them */
    uint64_t failed; /* that at which the last attempt failed */
    scs_int last;    /* its iteration */
    scs_int looks;   /* checks of this solve */
    double deadline; /* of the clock, in ms: no step begins after it */
    scs_float spent; /* in this solve, in iterations */
    int64_t origin;  /* steps within the backend before this solve, and for Newton's */
    scs_int steps;   /* in this solve */
} ScsRefine;

/* See whether it is possible, after the backend has been created. All memory is taken here
 * but for large problems with curved cones, which take theirs, once, at the first attempt:
 * in the loop, where it may fail without harm. */
SCS_MUST_CHECK ScsErrorCode scs_refine_create(ScsWork *work, ScsError *error);

/* The same in a clone, after its backend. */
SCS_MUST_CHECK ScsErrorCode scs_refine_clone(ScsWork *work, const ScsWork *original,
                                             ScsError *error);

/* Start of a solve, by the clock, in milliseconds, with a metric that has been factorised. */
void scs_refine_begin(ScsWork *work, double start);

/* After a check that did not end the solve: true if Newton steps from the iterate have led
 * to one that passes the termination test; u, rsk, v and the residuals are its own then,
 * else as before. Fails only if the factorisation cannot be restored. */
SCS_MUST_CHECK ScsErrorCode scs_refine_try(ScsWork *work, scs_int iter, bool *solved,
                                           ScsError *error);

/* After a check that ends the solve with a solution: a last step, if it costs next to
 * nothing, which is taken over if the residuals shrink. */
void scs_refine_polish(ScsWork *work, scs_int iter);

/* Release what the arena of the workspace does not own. */
void scs_refine_destroy(ScsWork *work);

#endif
