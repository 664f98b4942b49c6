/* SPDX-License-Identifier: MIT */
#include "support/problems.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void *test_problem_take(TestProblem *problem, size_t count, size_t size) {
    void *block = calloc(count ? count : 1, size);
    if (!block || problem->block_count == TEST_MOST_BLOCKS) {
        abort();
    }
    problem->blocks[problem->block_count++] = block;
    return block;
}

void test_problem_free(TestProblem *problem) {
    for (int k = 0; k < problem->block_count; ++k) {
        free(problem->blocks[k]);
    }
    *problem = (TestProblem){0};
}

static void *take_copy(TestProblem *problem, const void *source, scs_int count,
                       size_t size) {
    if (!source || count <= 0) {
        return NULL;
    }
    void *copy = test_problem_take(problem, (size_t)count, size);
    memcpy(copy, source, (size_t)count * size);
    return copy;
}

/* The nonzero entries of an m by n matrix by rows; `upper` leaves out what is below the
 * diagonal. */
static ScsMatrix *sparse(TestProblem *problem, const double *dense, scs_int m,
                         scs_int n, bool upper) {
    ScsMatrix *a = test_problem_take(problem, 1, sizeof *a);
    const size_t room = (size_t)m * (size_t)n;
    a->m = m;
    a->n = n;
    a->p = test_problem_take(problem, (size_t)n + 1, sizeof *a->p);
    a->i = test_problem_take(problem, room, sizeof *a->i);
    a->x = test_problem_take(problem, room, sizeof *a->x);
    for (scs_int j = 0; j < n; ++j) {
        scs_int end = a->p[j];
        for (scs_int i = 0; i < (upper ? j + 1 : m); ++i) {
            const double value = dense[(size_t)i * (size_t)n + (size_t)j];
            if (value != 0) {
                a->i[end] = i;
                a->x[end++] = value;
            }
        }
        a->p[j + 1] = end;
    }
    return a;
}

TestProblem test_problem_from_dense(const char *name, scs_int m, scs_int n,
                                    const double *a, const double *p, const double *b,
                                    const double *c, const ScsCone *cone) {
    TestProblem problem = {.name = name, .status = SCS_SOLVED, .cone = *cone};
    problem.data.m = m;
    problem.data.n = n;
    problem.data.A = sparse(&problem, a, m, n, false);
    problem.data.P = p ? sparse(&problem, p, n, n, true) : NULL;
    problem.data.b = take_copy(&problem, b, m, sizeof *b);
    problem.data.c = take_copy(&problem, c, n, sizeof *c);
    problem.cone.q = take_copy(&problem, cone->q, cone->qsize, sizeof *cone->q);
    problem.cone.bl = take_copy(&problem, cone->bl, cone->bsize - 1, sizeof *cone->bl);
    problem.cone.bu = take_copy(&problem, cone->bu, cone->bsize - 1, sizeof *cone->bu);
    return problem;
}

/* A textbook plan: maximise 3 x_0 + 5 x_1 with three resources; x_2 is their sum. */
static TestProblem lp(void) {
    static const double a[] = {1, 1, -1, 1, 0, 0, 0, 2, 0, 3, 2, 0, -1, 0, 0, 0, -1, 0};
    static const double b[] = {0, 4, 12, 18, 0, 0};
    static const double c[] = {-3, -5, 0};
    static const double x[] = {2, 6, 8};
    const ScsCone cone = {.z = 1, .l = 5};
    TestProblem problem = test_problem_from_dense("lp", 6, 3, a, NULL, b, c, &cone);
    problem.optimum = -36;
    problem.x = x;
    return problem;
}

/* On the line x_1 = x_0 - 1 the objective is 1.5 x_0^2 - 3 x_0 + 2, with x_0 <= 0.3. */
static TestProblem qp(void) {
    static const double a[] = {-1, 1, 1, 0, 0, 1};
    static const double p[] = {3, -1, -1, 2};
    static const double b[] = {-1, 0.3, -0.5};
    static const double c[] = {-1, -1};
    static const double x[] = {0.3, -0.7};
    const ScsCone cone = {.z = 1, .l = 2};
    TestProblem problem = test_problem_from_dense("qp", 3, 2, a, p, b, c, &cone);
    problem.optimum = 1.235;
    problem.x = x;
    return problem;
}

/* The distance of (3, 4) from the line x_1 + x_2 = 1. */
static TestProblem socp(void) {
    static const double a[] = {0, 1, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1};
    static const double b[] = {1, 0, -3, -4};
    static const double c[] = {1, 0, 0};
    static const double x[] = {4.242640687119286, 0, 1};
    scs_int q[] = {3};
    const ScsCone cone = {.z = 1, .q = q, .qsize = 1};
    TestProblem problem = test_problem_from_dense("socp", 4, 3, a, NULL, b, c, &cone);
    problem.optimum = x[0];
    problem.x = x;
    return problem;
}

/* The point of the box nearest to (2, -0.5, -5, 7). */
static TestProblem box(void) {
    static const double a[] = {0, 0, 0, 0, -1, 0, 0, 0, 0, -1,
                               0, 0, 0, 0, -1, 0, 0, 0, 0, -1};
    static const double p[] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    static const double b[] = {1, 0, 0, 0, 0};
    static const double c[] = {-2, 0.5, 5, -7};
    static const double x[] = {1, -0.5, -3, 4};
    double lower[] = {-1, -1, -3, -INFINITY};
    double upper[] = {1, 1, INFINITY, 4};
    const ScsCone cone = {.bsize = 5, .bl = lower, .bu = upper};
    TestProblem problem = test_problem_from_dense("box", 5, 4, a, p, b, c, &cone);
    problem.optimum = -32.125;
    problem.x = x;
    return problem;
}

static TestProblem infeasible(void) {
    static const double a[] = {-1, 0, 1, 0, 0, -1};
    static const double b[] = {-1, 0, 0};
    static const double c[] = {1, 1};
    static const double y[] = {1, 1, 0};
    const ScsCone cone = {.l = 3};
    TestProblem problem =
        test_problem_from_dense("infeasible", 3, 2, a, NULL, b, c, &cone);
    problem.status = SCS_INFEASIBLE;
    problem.y = y;
    return problem;
}

static TestProblem unbounded(void) {
    static const double a[] = {1, -1, 0, -1, 0, 0, 0, -1, 0, 0, 0, -1};
    static const double p[] = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    static const double b[] = {0, 0, 0, 5};
    static const double c[] = {-1, 0, 1};
    static const double x[] = {1, 1, 0};
    const ScsCone cone = {.z = 1, .l = 3};
    TestProblem problem = test_problem_from_dense("unbounded", 4, 3, a, p, b, c, &cone);
    problem.status = SCS_UNBOUNDED;
    problem.x = x;
    return problem;
}

TestProblem test_problem(TestKind kind) {
    static TestProblem (*const makers[TEST_PROBLEMS])(void) = {
        [TEST_LP] = lp,
        [TEST_QP] = qp,
        [TEST_SOCP] = socp,
        [TEST_BOX] = box,
        [TEST_INFEASIBLE] = infeasible,
        [TEST_UNBOUNDED] = unbounded,
    };
    return makers[kind]();
}

ScsSettings test_settings(void) {
    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.verbose = 0;
    settings.eps_abs = 1e-9;
    settings.eps_rel = 1e-9;
    settings.eps_infeas = 1e-9;
    return settings;
}

static double *take_vector(scs_int n) {
    double *vector = calloc((size_t)n, sizeof *vector);
    if (!vector) {
        abort();
    }
    return vector;
}

ScsSolution test_solution(const TestProblem *problem) {
    return (ScsSolution){
        .x = take_vector(problem->data.n),
        .y = take_vector(problem->data.m),
        .s = take_vector(problem->data.m),
    };
}

void test_solution_free(ScsSolution *solution) {
    free(solution->x);
    free(solution->y);
    free(solution->s);
    *solution = (ScsSolution){0};
}

bool test_same_bits(const double *a, const double *b, scs_int n) {
    for (scs_int i = 0; i < n; ++i) {
        if (memcmp(&a[i], &b[i], sizeof a[i]) != 0 && !(isnan(a[i]) && isnan(b[i]))) {
            return false;
        }
    }
    return true;
}

bool test_same_solution(const TestProblem *problem, const ScsSolution *a,
                        const ScsSolution *b) {
    return test_same_bits(a->x, b->x, problem->data.n) &&
           test_same_bits(a->y, b->y, problem->data.m) &&
           test_same_bits(a->s, b->s, problem->data.m);
}
