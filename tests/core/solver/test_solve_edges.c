/* SPDX-License-Identifier: MIT
 *
 * Problems at the edge of what is a problem: the smallest, empty, degenerate and badly
 * scaled ones.
 */
#include "core/solver/scaled_work.h"
#include "support/answer.h"

static scs_int expected_status = SCS_SOLVED;

static void expect(const char *name, scs_int m, scs_int n, const double *a,
                   const double *p, const double *b, const double *c,
                   const ScsCone *cone, double optimum) {
    TestProblem problem = test_problem_from_dense(name, m, n, a, p, b, c, cone);
    problem.optimum = optimum;
    problem.status = expected_status;
    ScsSettings settings = test_settings();
    ScsWork *work = open_work(&problem, &settings);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &point, &info, 0);
    check_answer(&problem, &point, &info, 1e-9);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void one_variable_one_row(void) {
    const double minus = -1, zero = 0, one = 1, two = 2;
    const ScsCone nonneg = {.l = 1}, equation = {.z = 1};
    expect("x >= 0", 1, 1, &minus, NULL, &zero, &one, &nonneg, 0);
    expect("2 x = 1", 1, 1, &two, NULL, &one, &one, &equation, 0.5);
    expect("x^2 / 2 - x", 1, 1, &minus, &one, &two, &minus, &nonneg, -0.5);
}

/* With b = c = 0 the zero point is a solution. */
static void nothing_to_do(void) {
    static const double a[] = {1, 2, 3, 4}, zero[] = {0, 0};
    const ScsCone cone = {.l = 2};
    expect("zero", 2, 2, a, NULL, zero, zero, &cone, 0);
}

static void empty_matrix(void) {
    static const double a[] = {0, 0, 0, 0}, p[] = {1, 0, 0, 2}, b[] = {1, 1};
    static const double c[] = {-1, -2};
    const ScsCone cone = {.l = 2};
    expect("no entries in A", 2, 2, a, p, b, c, &cone, -1.5);
}

/* Cones of one row, and none at all, are half-lines or nothing. */
static void cones_of_a_row(void) {
    static const double a[] = {-1, 0, 0, 0, -1, 0, 0, 0, -1};
    static const double b[] = {-1, -2, -3}, c[] = {1, 1, 1};
    scs_int q[] = {1, 0, 1};
    const ScsCone cone = {.bsize = 1, .q = q, .qsize = 3};
    expect("rows alone", 3, 3, a, NULL, b, c, &cone, 6);
}

/* The same equation three times, an inequality that never binds, one that always does. */
static void redundant_rows(void) {
    static const double a[] = {1, 1, 1, 1, 2, 2, -1, 0, -1, 0, 0, -1, 0, -1};
    static const double b[] = {1, 1, 2, 0, 5, 0, 0}, c[] = {1, 3};
    const ScsCone cone = {.z = 3, .l = 4};
    expect("redundant", 7, 2, a, NULL, b, c, &cone, 1);
}

/* No variable but for equations that fix it. */
static void determined_by_equations(void) {
    static const double a[] = {2, 1, 1, 3}, b[] = {3, 4}, c[] = {-5, 7};
    const ScsCone cone = {.z = 2};
    expect("square system", 2, 2, a, NULL, b, c, &cone, 2);
}

/* The optimum of the LP, in other units: rows, columns and the objective are multiplied
 * by numbers over four orders of magnitude. */
static void other_units(void) {
    static const double units[] = {1e-2, 1, 1e2};
    for (int k = 0; k < 27; ++k) {
        const double row = units[k % 3], column = units[k / 3 % 3], cost = units[k / 9];
        TestProblem problem = test_problem(TEST_LP);
        ScsMatrix *a = problem.data.A;
        for (scs_int j = 0; j < a->n; ++j) {
            const double e = j == 1 ? column : 1;
            problem.data.c[j] *= e * cost;
            for (scs_int i = a->p[j]; i < a->p[j + 1]; ++i) {
                a->x[i] *= e * (a->i[i] == 3 ? row : 1);
            }
        }
        problem.data.b[3] *= row;
        problem.optimum *= cost;
        problem.x = NULL;
        ScsSettings settings = test_settings();
        settings.eps_abs = 0;
        settings.eps_rel = 1e-7;
        ScsWork *work = open_work(&problem, &settings);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        const scs_int status = scs_solve(work, &point, &info, 0);
        if (!(CHECK_EQUAL(status, SCS_SOLVED) &
              CHECK_NEAR(info.pobj, problem.optimum, 1e-4 * fabs(problem.optimum)))) {
            printf("    row %g, column %g, cost %g\n", row, column, cost);
        }
        scs_finish(work);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

/* 0 x <= -1: the certificate meets no entry of A at all. */
static void impossible_empty_row(void) {
    static const double a[] = {0, 0, -1, 0, 0, -1}, b[] = {-1, 0, 0}, c[] = {1, 1};
    const ScsCone cone = {.l = 3};
    expected_status = SCS_INFEASIBLE;
    expect("impossible empty row", 3, 2, a, NULL, b, c, &cone, 0);
    expected_status = SCS_SOLVED;
}

/* Bounds beyond 1e15 are infinite. */
static void box_without_sides(void) {
    static const double a[] = {0, 0, -1, 0, 0, -1}, p[] = {1, 0, 0, 1}, b[] = {1, 0, 0};
    static const double c[] = {-3, 4};
    double lower[] = {-1e20, -INFINITY}, upper[] = {1e20, INFINITY};
    const ScsCone cone = {.bsize = 3, .bl = lower, .bu = upper};
    expect("free box", 3, 2, a, p, b, c, &cone, -12.5);
}

/* Lower and upper bound agree. */
static void box_of_points(void) {
    static const double a[] = {0, 0, -1, 0, 0, -1}, b[] = {1, 0, 0}, c[] = {1, 1};
    double lower[] = {2, -3}, upper[] = {2, -3};
    const ScsCone cone = {.bsize = 3, .bl = lower, .bu = upper};
    expect("fixed box", 3, 2, a, NULL, b, c, &cone, -1);
}

int main(void) {
    static const CheckCase cases[] = {
        {"one variable, one row", one_variable_one_row},
        {"nothing to do", nothing_to_do},
        {"empty matrix", empty_matrix},
        {"cones of a row", cones_of_a_row},
        {"redundant rows", redundant_rows},
        {"determined by equations", determined_by_equations},
        {"other units", other_units},
        {"impossible empty row", impossible_empty_row},
        {"box without sides", box_without_sides},
        {"box of points", box_of_points},
    };
    return CHECK_RUN(cases);
}
