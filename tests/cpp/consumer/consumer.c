/* SPDX-License-Identifier: MIT
 *
 * A program for the C interface of scs 3 as its users write it: minimize x0 + x1 subject
 * to x0 >= 1, x1 >= 2.
 */
#include <scs.h>

#include <stdio.h>
#include <stdlib.h>

int main(void) {
    double ax[] = {-1, -1};
    double b[] = {-1, -2};
    double c[] = {1, 1};
    scs_int ai[] = {0, 1};
    scs_int ap[] = {0, 1, 2};
    ScsMatrix a = {ax, ai, ap, 2, 2};
    ScsData data = {2, 2, &a, NULL, b, c};
    ScsCone cone = {0};
    ScsSettings settings;
    ScsSolution solution = {0};
    ScsInfo info = {0};

    cone.l = 2;
    scs_set_default_settings(&settings);
    settings.verbose = 0;
    settings.eps_abs = 1e-9;
    settings.eps_rel = 1e-9;
    const scs_int status = scs(&data, &cone, &settings, &solution, &info);
    printf("%s: %.6f\n", info.status, info.pobj);
    free(solution.x);
    free(solution.y);
    free(solution.s);
    return status == SCS_SOLVED && info.pobj > 2.999999 && info.pobj < 3.000001 ? 0 : 1;
}
