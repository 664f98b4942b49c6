/* SPDX-License-Identifier: MIT
 *
 * A linear program. A factory makes doors and windows in three plants:
 *
 *     maximize    3 doors + 5 windows
 *     subject to    doors              <=  4   hours in plant 1
 *                             2 windows <= 12  hours in plant 2
 *                 3 doors + 2 windows  <= 18   hours in plant 3
 *                   doors, windows >= 0
 *
 * For scs this is: minimize c'x subject to Ax + s = b with s in a cone K; if K is the
 * nonnegative orthant, that says Ax <= b. So the signs of c turn round, and x >= 0 becomes
 * -x <= 0.
 */
#include <scs_ext.h>

#include <stdio.h>
#include <string.h>

int main(void) {
    /* A column by column, and in each column the entries from the top: value and row.
     * Column j has those from starts[j] up to starts[j + 1]. */
    scs_float values[] = {1, 3, -1, 2, 2, -1};
    scs_int rows[] = {0, 2, 3, 1, 2, 4};
    scs_int starts[] = {0, 3, 6};
    ScsMatrix a = {.x = values, .i = rows, .p = starts, .m = 5, .n = 2};
    scs_float b[] = {4, 12, 18, 0, 0};
    scs_float c[] = {-3, -5};
    const ScsData data = {.m = 5, .n = 2, .A = &a, .b = b, .c = c};

    ScsCone cone;
    memset(&cone, 0, sizeof cone);
    cone.l = 5; /* all five rows are inequalities */

    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.verbose = 0;
    settings.eps_abs = settings.eps_rel = 1e-8;

    /* scs_init of scs.h prints the reason of a failure; scs_init_ex hands it over. */
    ScsError error;
    ScsWork *work = scs_init_ex(&data, &cone, &settings, NULL, &error);
    if (!work) {
        fprintf(stderr, "scs_init_ex: %s\n", error.message);
        return 1;
    }
    scs_float x[2], y[5], s[5]; /* vectors left NULL would be allocated by scs_solve */
    ScsSolution solution = {.x = x, .y = y, .s = s};
    ScsInfo info;
    const scs_int status = scs_solve(work, &solution, &info, 0);
    scs_finish(work);
    if (status != SCS_SOLVED) {
        fprintf(stderr, "no solution: %s\n", info.status);
        return 1;
    }
    printf("solved: %.3f doors and %.3f windows, profit %.3f\n", x[0], x[1],
           -info.pobj);
    /* y holds what relaxing each row by one would bring. */
    printf("worth of an hour more in each plant: %.3f %.3f %.3f\n", y[0], y[1], y[2]);
    return 0;
}
