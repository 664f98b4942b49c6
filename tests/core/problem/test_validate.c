/* SPDX-License-Identifier: MIT
 *
 * Every way in which data can be wrong, one at a time, on a problem that is right.
 */
#include "problem/validate.h"

#include "support/check.h"
#include "support/problems.h"

/* Both parts, as a workspace is built. */
static ScsErrorCode validate(const ScsData *data, ScsError *error) {
    const ScsErrorCode code = scs_validate_layout(data, error);
    return code ? code : scs_validate_entries(data, error);
}

static void expect(const ScsData *data, const char *sentence) {
    ScsError error = {0};
    CHECK_EQUAL(validate(data, &error), SCS_ERROR_PROBLEM);
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, sentence);
}

static void good_data(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        ScsError error = {0};
        CHECK_EQUAL(validate(&problem.data, &error), SCS_OK);
        test_problem_free(&problem);
    }
}

static void missing_parts(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsData good = problem.data;
    expect(NULL, "data is NULL");
    ScsData data = good;
    data.A = NULL;
    expect(&data, "A is missing");
    data = good;
    data.b = NULL;
    expect(&data, "b is missing");
    data = good;
    data.c = NULL;
    expect(&data, "c is missing");
    data = good;
    data.P = NULL;
    ScsError error;
    CHECK_EQUAL(validate(&data, &error), SCS_OK);
    CHECK_EQUAL(validate(NULL, NULL), SCS_ERROR_PROBLEM);
    test_problem_free(&problem);
}

static void dimensions(void) {
    TestProblem problem = test_problem(TEST_QP); /* 3 rows, 2 columns */
    const ScsData good = problem.data;
    ScsData data = good;
    data.m = 0;
    expect(&data, "m is 0, must be positive");
    data = good;
    data.n = -4;
    expect(&data, "n is -4, must be positive");
    data = good;
    data.m = 4;
    expect(&data, "A is 3 by 2, must be 4 by 2");
    data = good;
    data.n = 3;
    expect(&data, "A is 3 by 2, must be 3 by 3");
    ScsMatrix p = *good.P;
    data = good;
    data.P = &p;
    p.m = 3;
    expect(&data, "P is 3 by 2, must be 2 by 2");
    p = *good.P;
    p.n = 1;
    expect(&data, "P is 2 by 1, must be 2 by 2");
    test_problem_free(&problem);
}

/* Nothing but the sizes is looked at: no array is that long. */
static void more_than_indices_count(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsData data = problem.data;
    ScsError error = {0};
    const scs_int half = (scs_int)((uint64_t)1 << (8 * sizeof(scs_int) - 2));
    data.m = half;
    data.n = half - 1; /* n + m + 1 is one too many */
    CHECK_EQUAL(scs_validate_layout(&data, &error), SCS_ERROR_NOT_SUPPORTED);
    CHECK_CONTAINS(error.message, "SCS_INT64");
    data.n = half - 2;
    CHECK_EQUAL(scs_validate_layout(&data, &error), SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, "A is 3 by 2");
    test_problem_free(&problem);
}

/* A of the QP: column 0 has rows 0 and 1, column 1 has rows 0 and 2. */
static void column_pointers(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsMatrix *a = problem.data.A;
    a->p[0] = 1;
    expect(&problem.data, "column pointer 0 of A is 1, must be 0");
    a->p[0] = 0;
    a->p[1] = 5;
    expect(&problem.data, "column pointer 2 of A is 4, below the one before it, 5");
    a->p[1] = -1;
    expect(&problem.data, "column pointer 1 of A is -1");
    a->p[1] = 2;
    scs_int *starts = a->p;
    a->p = NULL;
    expect(&problem.data, "A has no column pointers");
    a->p = starts;
    scs_int *rows = a->i;
    a->i = NULL;
    expect(&problem.data, "A has column pointers but no row indices or no values");
    a->i = rows;
    scs_float *values = a->x;
    a->x = NULL;
    expect(&problem.data, "no row indices or no values");
    a->x = values;
    test_problem_free(&problem);
}

static void row_indices(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsMatrix *a = problem.data.A;
    a->i[1] = 3;
    expect(&problem.data, "row index 3 in column 0 of A is out of range");
    a->i[1] = -1;
    expect(&problem.data, "row index -1 in column 0 of A is out of range");
    a->i[1] = 0;
    expect(&problem.data, "row index 0 in column 0 of A is given twice");
    a->i[0] = 2;
    a->i[1] = 1;
    expect(&problem.data, "row index 1 in column 0 of A is not sorted");
    test_problem_free(&problem);
}

static void lower_triangle_of_p(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsMatrix *p = problem.data.P; /* (0, 0), (0, 1), (1, 1) */
    p->i[0] = 1;
    expect(&problem.data, "row index 1 in column 0 of P is below the diagonal");
    test_problem_free(&problem);
}

static void values(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsData *data = &problem.data;
    data->A->x[2] = NAN; /* the first entry of column 1 */
    expect(data, "A[0, 1] is nan, must be finite");
    data->A->x[2] = -INFINITY;
    expect(data, "A[0, 1] is -inf");
    data->A->x[2] = 1;
    data->P->x[1] = INFINITY;
    expect(data, "P[0, 1] is inf");
    data->P->x[1] = 0;
    data->b[1] = NAN;
    expect(data, "b[1] is nan");
    data->b[1] = 0;
    data->c[0] = -INFINITY;
    expect(data, "c[0] is -inf");
    test_problem_free(&problem);
}

static void negative_diagonal_of_p(void) {
    TestProblem problem = test_problem(TEST_QP);
    problem.data.P->x[2] = -2;
    expect(&problem.data,
           "diagonal entry 1 of P is -2, so that P is not positive semidefinite");
    const double later[] = {-1, -1, 0}; /* other values for the same pattern */
    ScsError error;
    CHECK_EQUAL(scs_validate_diagonal(problem.data.P, later, &error),
                SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, "diagonal entry 0 of P is -1");
    const double rounded[] = {-1e-10, 0, 1}; /* zero, as a computation may give it */
    CHECK_EQUAL(scs_validate_diagonal(problem.data.P, rounded, &error), SCS_OK);
    const double small[] = {-1e-10, 0, 1e-10};
    CHECK_EQUAL(scs_validate_diagonal(problem.data.P, small, &error),
                SCS_ERROR_PROBLEM);
    problem.data.P->x[2] = 2;
    CHECK_EQUAL(scs_validate_diagonal(problem.data.P, problem.data.P->x, &error),
                SCS_OK);
    test_problem_free(&problem);
}

/* A column without a diagonal entry, or without any, is fine. */
static void sparse_p(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsMatrix *p = problem.data.P;
    ScsError error;
    p->p[1] = 0; /* column 0 is empty, column 1 has the rows 0 and 1 */
    p->i[0] = 0;
    p->i[1] = 1;
    p->p[2] = 2;
    p->x[1] = 1;
    CHECK_EQUAL(validate(&problem.data, &error), SCS_OK);
    p->p[2] = 1; /* only (0, 1) */
    p->x[0] = -3;
    CHECK_EQUAL(validate(&problem.data, &error), SCS_OK);
    p->p[2] = 0;
    p->i = NULL;
    p->x = NULL; /* allowed where there are no entries */
    CHECK_EQUAL(validate(&problem.data, &error), SCS_OK);
    test_problem_free(&problem);
}

static void finite_vectors(void) {
    const double x[] = {1, 2, NAN};
    ScsError error;
    CHECK_EQUAL(scs_validate_finite("warm start x", x, 2, &error), SCS_OK);
    CHECK_EQUAL(scs_validate_finite("warm start x", x, 3, &error), SCS_ERROR_PROBLEM);
    CHECK_CONTAINS(error.message, "warm start x[2] is nan");
}

int main(void) {
    static const CheckCase cases[] = {
        {"good data", good_data},
        {"missing parts", missing_parts},
        {"dimensions", dimensions},
        {"more than indices count", more_than_indices_count},
        {"column pointers", column_pointers},
        {"row indices", row_indices},
        {"lower triangle of P", lower_triangle_of_p},
        {"values", values},
        {"negative diagonal of P", negative_diagonal_of_p},
        {"sparse P", sparse_p},
        {"finite vectors", finite_vectors},
    };
    return CHECK_RUN(cases);
}
