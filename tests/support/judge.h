/* SPDX-License-Identifier: MIT
 *
 * What a point of a problem is worth, computed from the data alone, in long double and by
 * plain loops, without a line of the library.
 */
#ifndef TESTS_SUPPORT_JUDGE_H
#define TESTS_SUPPORT_JUDGE_H

#include "support/problems.h"

typedef struct {
    double ax, px, aty, s;                   /* infinity norms */
    double primal;                           /* |Ax + s - b| */
    double dual;                             /* |Px + A'y + c| */
    double ray;                              /* |Ax + s| */
    double xpx, ctx, bty;                    /* x'Px, c'x, b'y */
    double gap;                              /* |x'Px + c'x + b'y| */
    double pobj, dobj;                       /* objectives */
    double primal_size, dual_size, gap_size; /* what eps_rel is relative to */
    double slackness;                        /* |s'y| */
    double outside, outside_dual;            /* how far s is from K, y from K* */
} TestJudgement;

TestJudgement test_judge(const TestProblem *problem, const ScsSolution *point);

#endif
