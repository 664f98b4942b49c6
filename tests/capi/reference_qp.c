/* SPDX-License-Identifier: MIT
 *
 * A program as users of the reference solver's header write it, in plain C99: set up,
 * solve, warm start, change b and c, and all in one call.
 *
 *     minimize   3/2 x^2 - x y + y^2 - x - y
 *     subject to y = x - 1,  x <= 0.3,  y <= -0.5
 */
#include "scs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void expect(int good, const char *what) {
    if (!good) {
        ++failures;
        printf("failed: %s\n", what);
    }
}

static void expect_near(double value, double expected, const char *what) {
    if (!(fabs(value - expected) <= 1e-6)) {
        ++failures;
        printf("failed: %s is %.12g, not %.12g\n", what, value, expected);
    }
}

static void in_steps(ScsData *d, const ScsCone *k, const ScsSettings *stgs) {
    ScsSolution *sol = (ScsSolution *)calloc(1, sizeof(ScsSolution));
    ScsInfo *info = (ScsInfo *)calloc(1, sizeof(ScsInfo));
    ScsWork *scs_work = sol && info ? scs_init(d, k, stgs) : NULL;
    scs_int exitflag;
    double b_new[3] = {-1., 0.1, -0.5};
    double c_new[2] = {-2., -1.};

    expect(scs_work != NULL, "scs_init");
    if (!scs_work) {
        free(sol);
        free(info);
        return;
    }
    exitflag = scs_solve(scs_work, sol, info, 0);
    expect(exitflag == SCS_SOLVED, "first solve");
    expect(strcmp(info->status, "solved") == 0, "status in words");
    expect(sol->x && sol->y && sol->s, "vectors are allocated for the caller");
    expect_near(sol->x[0], 0.3, "x");
    expect_near(sol->x[1], -0.7, "y");
    expect_near(sol->y[0], 2.7, "dual of the equation");
    expect_near(sol->y[1], 2.1, "dual of the active bound");
    expect_near(sol->y[2], 0, "dual of the other bound");
    expect_near(info->pobj, 1.235, "objective");
    expect_near(info->dobj, 1.235, "dual objective");

    exitflag = scs_solve(scs_work, sol, info, 1);
    expect(exitflag == SCS_SOLVED && info->iter < 10, "warm start");

    exitflag = scs_update(scs_work, b_new, NULL);
    expect(exitflag == 0, "scs_update of b");
    expect(scs_solve(scs_work, sol, info, 1) == SCS_SOLVED, "solve after update of b");
    expect_near(sol->x[0], 0.1, "x with the new bound");
    expect(scs_update(scs_work, NULL, c_new) == 0, "scs_update of c");
    expect(scs_solve(scs_work, sol, info, 1) == SCS_SOLVED, "solve after update of c");
    expect_near(info->pobj, 1.5 * 0.01 - 0.3 + 2 - 0.1, "objective with the new c");

    scs_finish(scs_work);
    free(sol->x);
    free(sol->y);
    free(sol->s);
    free(sol);
    free(info);
}

static void in_one_call(ScsData *d, const ScsCone *k, ScsSettings *stgs) {
    double x[2] = {0, 0}, y[3] = {0, 0, 0}, s[3] = {0, 0, 0};
    ScsSolution sol = {x, y, s};
    ScsInfo info;
    expect(scs(d, k, stgs, &sol, &info) == SCS_SOLVED, "scs()");
    expect(sol.x == x && sol.y == y && sol.s == s, "given vectors are used");
    expect_near(x[0], 0.3, "x of scs()");
    stgs->warm_start = 1;
    expect(scs(d, k, stgs, &sol, &info) == SCS_SOLVED, "warm started scs()");
    expect(info.iter < 10, "scs() starts from the vectors given");
    stgs->warm_start = 0;
    stgs->eps_abs = -1;
    expect(scs(d, k, stgs, &sol, &info) == SCS_FAILED, "scs() with a bad setting");
    expect(isnan(x[0]) && strcmp(info.status, "failure") == 0, "nothing is left of x");
}

int main(void) {
    double P_x[3] = {3., -1., 2.};
    scs_int P_i[3] = {0, 0, 1};
    scs_int P_p[3] = {0, 1, 3};
    double A_x[4] = {-1., 1., 1., 1.};
    scs_int A_i[4] = {0, 1, 0, 2};
    scs_int A_p[3] = {0, 2, 4};
    double b[3] = {-1., 0.3, -0.5};
    double c[2] = {-1., -1.};
    ScsCone *k = (ScsCone *)calloc(1, sizeof(ScsCone));
    ScsData *d = (ScsData *)calloc(1, sizeof(ScsData));
    ScsSettings *stgs = (ScsSettings *)calloc(1, sizeof(ScsSettings));
    ScsMatrix P, A;
    if (!k || !d || !stgs) {
        return 2;
    }
    A.x = A_x;
    A.i = A_i;
    A.p = A_p;
    A.m = 3;
    A.n = 2;
    P.x = P_x;
    P.i = P_i;
    P.p = P_p;
    P.m = 2;
    P.n = 2;
    d->m = 3;
    d->n = 2;
    d->b = b;
    d->c = c;
    d->A = &A;
    d->P = &P;
    k->z = 1;
    k->l = 2;
    scs_set_default_settings(stgs);
    stgs->eps_abs = 1e-9;
    stgs->eps_rel = 1e-9;
    stgs->verbose = 0;

    in_steps(d, k, stgs);
    in_one_call(d, k, stgs);
    free(k);
    free(d);
    free(stgs);
    printf("reference program: %d failed\n", failures);
    return failures ? 1 : 0;
}
