/* SPDX-License-Identifier: MIT
 *
 * The contract of a linear-system backend. A backend is one file that defines one
 * ScsLinSysKind and one row in linsys_table.c.
 *
 * Every iteration of the solver needs one solution of the quasi-definite system
 *
 *     [ diag(r_x) + P    A'         ] [ x ]   [ rhs_x ]
 *     [ A               -diag(r_y)  ] [ y ] = [ rhs_y ]
 *
 * with r = (r_x, r_y) > 0 of length n + m, which changes now and then, and P and A, which
 * change on request of the user only.
 */
#ifndef SCS_LINSYS_LINSYS_H
#define SCS_LINSYS_LINSYS_H

#include "base/arena.h"
#include "base/error.h"

typedef struct ScsLinSysKind ScsLinSysKind;

/* Base of every backend's own struct, whose first member it is. */
typedef struct {
    const ScsLinSysKind *kind;
} ScsLinSys;

/* Slots that may fail say SCS_ERROR_NUMERICAL where the numbers are to blame and
 * SCS_ERROR_BACKEND where a library is. */
struct ScsLinSysKind {
    /* As ScsInfo.lin_sys_solver reports it. */
    const char *name;

    /* Iterative backends use the guess and the tolerance of solve; the loop provides them
     * only if this is set. */
    bool needs_tolerance;

    /* SCS_OK if the backend can run in this build on this machine, else an error that says
     * what to install. NULL: always. */
    ScsErrorCode (*available)(ScsError *error);

    /* Build for A (m by n), P (upper triangle, or NULL) and r. The matrices stay valid and
     * unmoved until destroy; r is only read during the call. Memory that lives as long as
     * the backend may come from the arena. On failure *self is NULL, nothing leaks. The
     * instance may be of another kind, (*self)->kind, whose slots are used from then on:
     * that of auto, which has no others, always is. */
    ScsErrorCode (*create)(ScsLinSys **self, const ScsMatrix *a, const ScsMatrix *p,
                           const scs_float *r, ScsArena *arena, ScsError *error);

    /* A copy that behaves as the original does now, for matrices equal in value to those
     * of the original (they are another workspace's own copies). What never changes is
     * shared with the original; either may be destroyed first, in any thread. */
    ScsErrorCode (*clone)(ScsLinSys **self, const ScsLinSys *original,
                          const ScsMatrix *a, const ScsMatrix *p, ScsArena *arena,
                          ScsError *error);

    /* r has changed. No symbolic work. After a failure only another update_metric,
     * update_values, clone or destroy may follow. */
    ScsErrorCode (*update_metric)(ScsLinSys *self, const scs_float *r, ScsError *error);

    /* The values of A and P (same pattern, same arrays) and perhaps r have changed. No
     * symbolic work. Failure as above. */
    ScsErrorCode (*update_values)(ScsLinSys *self, const scs_float *r, ScsError *error);

    /* Replace rhs (length n + m) by the solution. guess and tolerance are for iterative
     * backends: guess (length n) is of x, NULL for zero; the residual, in a norm that the
     * backend chooses, is to fall to the share tolerance of what it is at the guess, or as
     * far as rounding lets it. No allocation. */
    ScsErrorCode (*solve)(ScsLinSys *self, scs_float *rhs, const scs_float *guess,
                          scs_float tolerance, ScsError *error);

    /* Of backends with needs_tolerance, else NULL. From now on all solves together may take
     * so many steps, without limit if that is negative, and then give what they have.
     * Returns how many steps this instance has taken so far. */
    int64_t (*ration)(ScsLinSys *self, int64_t steps);

    /* About how many solves one update_metric costs; decides how often the metric may
     * change. Depends on the matrices alone, so that runs repeat. */
    scs_float (*update_cost)(const ScsLinSys *self);

    /* One line for the report, such as the entries of the factor. At most size bytes. */
    void (*describe)(const ScsLinSys *self, char *text, size_t size);

    /* Release what the arena does not own. self is not NULL. */
    void (*destroy)(ScsLinSys *self);
};

/* The backend that runs for a choice of the user; NULL with an error if it is unknown,
 * unavailable or not in this build. */
const ScsLinSysKind *scs_linsys_find(ScsLinearSolver choice, ScsError *error);

#endif
