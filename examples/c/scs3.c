/* SPDX-License-Identifier: MIT
 *
 * A program for scs 3: it knows nothing but the header scs.h of that version, and compiles
 * and runs unchanged.
 *
 *     minimize 1/2 (3 a^2 - 2 a b + 2 b^2) - a - k b  subject to  a + b = 1, a, b >= 0
 *
 * for k = 1 and 2; the answer is a = (4 - k) / 7.
 */
#include "scs.h"

#include <stdio.h>
#include <stdlib.h>

static void print(const ScsInfo *info, const ScsSolution *solution) {
    printf("status %d: %.6f %.6f\n", (int)info->status_val, solution->x[0],
           solution->x[1]);
}

int main(void) {
    double P_x[3] = {3., -1., 2.};
    int P_i[3] = {0, 0, 1};
    int P_p[3] = {0, 1, 3};
    double A_x[4] = {1., -1., 1., -1.};
    int A_i[4] = {0, 1, 0, 2};
    int A_p[3] = {0, 2, 4};
    double b[3] = {1., 0., 0.};
    double c[2] = {-1., -1.};
    int m = 3, n = 2;

    ScsCone *k = (ScsCone *)calloc(1, sizeof(ScsCone));
    ScsData *d = (ScsData *)calloc(1, sizeof(ScsData));
    ScsSettings *stgs = (ScsSettings *)calloc(1, sizeof(ScsSettings));
    ScsSolution *sol = (ScsSolution *)calloc(1, sizeof(ScsSolution));
    ScsInfo *info = (ScsInfo *)calloc(1, sizeof(ScsInfo));
    ScsMatrix A = {A_x, A_i, A_p, m, n};
    ScsMatrix P = {P_x, P_i, P_p, n, n};

    d->m = m;
    d->n = n;
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

    ScsWork *work = scs_init(d, k, stgs);
    scs_int flag = scs_solve(work, sol, info, 0);
    print(info, sol);

    c[1] = -2.;
    scs_update(work, NULL, c);
    flag = scs_solve(work, sol, info, 1) == SCS_SOLVED ? flag : SCS_FAILED;
    print(info, sol);
    scs_finish(work);

    /* All of it in one call, again from the solution of before. */
    stgs->warm_start = 1;
    flag = scs(d, k, stgs, sol, info) == SCS_SOLVED ? flag : SCS_FAILED;
    print(info, sol);

    free(k);
    free(d);
    free(stgs);
    free(sol->x);
    free(sol->y);
    free(sol->s);
    free(sol);
    free(info);
    return flag == SCS_SOLVED ? 0 : 1;
}
