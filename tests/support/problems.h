/* SPDX-License-Identifier: MIT
 *
 * Small problems whose answer is known, settings and solution vectors for them. Memory is
 * taken with calloc; a test program that runs out of it here aborts.
 */
#ifndef TESTS_SUPPORT_PROBLEMS_H
#define TESTS_SUPPORT_PROBLEMS_H

#include "scs.h"

#include <stdbool.h>
#include <stddef.h>

enum { TEST_MOST_BLOCKS = 32 };

typedef struct {
    const char *name;
    ScsData data;
    ScsCone cone;
    scs_int status;  /* SCS_SOLVED, SCS_INFEASIBLE or SCS_UNBOUNDED */
    double optimum;  /* if solved */
    const double *x; /* the only solution or ray with c'x = -1; NULL: not unique */
    const double *y; /* the only certificate with b'y = -1, if infeasible */
    void *blocks[TEST_MOST_BLOCKS]; /* what test_problem_free releases */
    int block_count;
} TestProblem;

/* Problems small enough to be solved by hand, each with another cone or outcome. */
typedef enum {
    TEST_LP,         /* equation and inequalities */
    TEST_QP,         /* the same with P */
    TEST_SOCP,       /* distance of a point from a line */
    TEST_BOX,        /* projection onto a box with infinite sides */
    TEST_INFEASIBLE, /* x_0 >= 1 and x_0 <= 0 */
    TEST_UNBOUNDED,  /* along (1, 1, 0), with P that does not see it */
    TEST_PROBLEMS
} TestKind;

TestProblem test_problem(TestKind kind);

/* Random problems with a planted answer. Rows: z, l, box (0 or at least 2), then q_count
 * second-order cones of q_rows each. */
typedef struct {
    unsigned seed;
    scs_int n;
    scs_int z, l, box;
    scs_int q_count, q_rows;
    bool quadratic;
    bool fixed_box; /* the first row of the box is empty in A */
} TestShape;

/* x, s and y with s'y = 0 are drawn first, b and c follow from them. */
TestProblem test_random_solved(const TestShape *shape);

/* A is bent so that some y in K* has A'y = 0 and b'y = -1; the dual is feasible. */
TestProblem test_random_infeasible(const TestShape *shape);

/* A is bent so that some x has Ax + s = 0, s in K, and c'x = -1; the primal is feasible.
 * P is left out. */
TestProblem test_random_unbounded(const TestShape *shape);

/* Dense matrices by rows become sparse ones; P (all of it) may be NULL. Everything is
 * copied, the lists of the cone too. */
TestProblem test_problem_from_dense(const char *name, scs_int m, scs_int n,
                                    const double *a, const double *p, const double *b,
                                    const double *c, const ScsCone *cone);

void test_problem_free(TestProblem *problem);

/* Zeroed memory that the problem owns. */
void *test_problem_take(TestProblem *problem, size_t count, size_t size);

/* Numbers for tests: uniform in (-1, 1), the same on every machine. */
double test_random(unsigned *seed);

/* Silent, with all three tolerances at 1e-9. */
ScsSettings test_settings(void);

/* Vectors of the right lengths, zeroed. */
ScsSolution test_solution(const TestProblem *problem);

void test_solution_free(ScsSolution *solution);

/* Whether two results agree in every bit (NaN agrees with NaN). */
bool test_same_bits(const double *a, const double *b, scs_int n);

bool test_same_solution(const TestProblem *problem, const ScsSolution *a,
                        const ScsSolution *b);

#endif
