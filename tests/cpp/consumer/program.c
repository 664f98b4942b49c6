/* SPDX-License-Identifier: MIT
 *
 * The program of docs/cpp.md, word for word.
 */
#include <scs_ext.h>

#include <stdio.h>
#include <string.h>

int main(void) {
    /* minimize x0 + x1 subject to x0 >= 1, x1 >= 2, that is -x + s = -(1, 2), s >= 0 */
    scs_float values[] = {-1, -1};
    scs_int rows[] = {0, 1}, starts[] = {0, 1, 2};
    ScsMatrix a = {.x = values, .i = rows, .p = starts, .m = 2, .n = 2};
    scs_float b[] = {-1, -2}, c[] = {1, 1};
    const ScsData data = {.m = 2, .n = 2, .A = &a, .b = b, .c = c};
    ScsCone cone;
    memset(&cone, 0, sizeof cone); /* a cone that is not named does not occur */
    cone.l = 2;
    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.verbose = 0;
    settings.eps_abs = settings.eps_rel = 1e-9;

    ScsError error; /* a code and one sentence */
    ScsWork *work = scs_init_ex(&data, &cone, &settings, NULL, &error);
    if (!work) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    scs_float x[2], y[2], s[2];
    ScsSolution solution = {.x = x, .y = y, .s = s};
    ScsInfo info;
    const scs_int status = scs_solve_ex(work, &solution, &info, 0, &error);
    printf("%s: %.6f %.6f\n", info.status, x[0], x[1]);
    scs_finish(work);
    return status == SCS_SOLVED ? 0 : 1;
}
