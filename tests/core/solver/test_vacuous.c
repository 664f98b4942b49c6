/* SPDX-License-Identifier: MIT
 *
 * An inequality with an infinite bound changes nothing.
 */
#include "solver/vacuous.h"

#include "scs_ext.h"
#include "support/check.h"
#include "support/problems.h"

#include <stdlib.h>

enum { N = 2, M = 4 };

/* minimise x_0 + x_1 with x_0 + 2 x_1 >= 3, x >= 0 and one row x_1 - x_0 <= bound. */
typedef struct {
    double a[6];
    scs_int rows[6];
    scs_int starts[N + 1];
    double b[M], c[N];
    ScsMatrix matrix;
    ScsData data;
    ScsCone cone;
} Lp;

static void lp_fill(Lp *lp, double bound) {
    *lp = (Lp){
        .a = {-1, -1, -1, -2, -1, 1},
        .rows = {0, 1, 3, 0, 2, 3},
        .starts = {0, 3, 6},
        .b = {-3, 0, 0, bound},
        .c = {1, 1},
        .cone = {.l = M},
    };
    lp->matrix = (ScsMatrix){lp->a, lp->rows, lp->starts, M, N};
    lp->data = (ScsData){.m = M, .n = N, .A = &lp->matrix, .b = lp->b, .c = lp->c};
}

static ScsWork *open_lp(const Lp *lp) {
    const ScsSettings settings = test_settings();
    ScsError error = {0};
    ScsWork *work = scs_init_ex(&lp->data, &lp->cone, &settings, NULL, &error);
    if (!work) {
        printf("scs_init_ex: %s\n", error.message);
        exit(2);
    }
    return work;
}

/* Optimum (0, 1.5) if the last row leaves it alone, else (1 - bound / 3, ...) on it. */
static void check_solve(ScsWork *work, double bound, double x0, double x1, int warm,
                        scs_int most) {
    static double x[N], y[M], s[M];
    ScsSolution solution = {x, y, s};
    ScsInfo info;
    CHECK_EQUAL(scs_solve(work, &solution, &info, warm), SCS_SOLVED);
    CHECK(info.iter <= most);
    CHECK_NEAR(x[0], x0, 1e-6);
    CHECK_NEAR(x[1], x1, 1e-6);
    CHECK_NEAR(s[3], bound - (x[1] - x[0]), 1e-6 + 1e-9 * bound);
    CHECK(bound < 1e15 ? y[3] >= 0 : y[3] == 0);
}

static void changes_nothing(void) {
    static const double bounds[] = {1e15, 1e20, 1e300};
    for (int k = 0; k < 3; ++k) {
        Lp lp;
        lp_fill(&lp, bounds[k]);
        ScsWork *work = open_lp(&lp);
        check_solve(work, bounds[k], 0, 1.5, 0, 500);
        check_solve(work, bounds[k], 0, 1.5, 1, 25);
        scs_finish(work);
    }
}

static void comes_and_goes_with_updates(void) {
    Lp lp;
    lp_fill(&lp, 1e20);
    ScsWork *work = open_lp(&lp);
    check_solve(work, 1e20, 0, 1.5, 0, 500);
    lp.b[3] = 0; /* x_1 <= x_0: both are 1 */
    CHECK_EQUAL(scs_update(work, lp.b, NULL), 0);
    check_solve(work, 0, 1, 1, 0, 1000);
    lp.b[3] = 1e20;
    CHECK_EQUAL(scs_update(work, lp.b, NULL), 0);
    CHECK_EQUAL(scs_update(work, NULL, lp.c), 0); /* b stays as it is */
    ScsWork *clone = scs_clone(work, NULL);
    scs_finish(work);
    check_solve(clone, 1e20, 0, 1.5, 0, 500);
    scs_finish(clone);
}

static void rows_are_found_and_restored(void) {
    Lp lp;
    lp_fill(&lp, 1e30);
    lp.b[0] = 1e16;
    lp.cone = (ScsCone){.z = 1, .l = 3}; /* the equation is none, whatever its b */
    ScsArena arena = {0};
    ScsError error;
    ScsConeSet cones;
    CHECK_EQUAL(scs_cone_set_build(&cones, &lp.cone, M, NULL, &arena, &error), SCS_OK);
    ScsProblem problem;
    scs_problem_copy(&problem, &lp.data, &arena);
    ScsVacuous vacuous, copy;
    scs_vacuous_create(&vacuous, &cones, &arena);
    scs_vacuous_create(&copy, &cones, &arena);
    scs_vacuous_extract(&vacuous, &problem, &cones);
    scs_vacuous_copy(&copy, &vacuous);
    CHECK_EQUAL(copy.count, 1);
    CHECK_EQUAL(copy.rows[0], 3);
    CHECK_EQUAL(problem.b[0], 1e16);
    CHECK_EQUAL(problem.b[3], 0);
    double v[M] = {1, 2, 3, 4};
    scs_vacuous_clear(&copy, v);
    CHECK_EQUAL(v[2], 3);
    CHECK_EQUAL(v[3], 0);
    scs_vacuous_restore(&copy, v);
    CHECK_EQUAL(v[3], 1e30);
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"changes nothing", changes_nothing},
        {"comes and goes with updates", comes_and_goes_with_updates},
        {"rows are found and restored", rows_are_found_and_restored},
    };
    return CHECK_RUN(cases);
}
