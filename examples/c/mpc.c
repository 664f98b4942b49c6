/* SPDX-License-Identifier: MIT
 *
 * Model predictive control. A cart at position p with speed v is pushed by a force u of at
 * most 1, held for a fifth of a second at a time:
 *
 *     p+ = p + h v + h^2/2 u,   v+ = v + h u,   |u| <= 1
 *
 * Every fifth of a second we plan the next 20 forces so that the cart comes to rest at the
 * origin, apply the first of them, and plan again from where the cart then is:
 *
 *     minimize    sum_k 1/2 (10 p_k^2 + v_k^2) + 1/2 (0.1 u_k^2)
 *     subject to  the equations above for k = 1 .. 20, |u_k| <= 1
 *
 * From one plan to the next only b changes. Hence one workspace, which factorises once, and
 * starts each plan from the last one.
 */
#include <scs.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    HORIZON = 20,
    VARIABLES = 3 * HORIZON, /* p, v, u of step 1, of step 2, ... */
    ROWS = 4 * HORIZON,      /* 2 equations a step; then u <= 1 and -u <= 1 a step */
    ENTRIES = 9 * HORIZON
};

static const scs_float h = 0.2;

/* A sparse matrix that is written column by column. */
typedef struct {
    scs_float x[ENTRIES];
    scs_int i[ENTRIES], p[VARIABLES + 1];
    scs_int entries, columns;
} Writer;

static void entry(Writer *w, scs_int row, scs_float value) {
    w->i[w->entries] = row;
    w->x[w->entries++] = value;
}

static void end_column(Writer *w) { w->p[++w->columns] = w->entries; }

static void write_constraints(Writer *a) {
    memset(a, 0, sizeof *a);
    for (scs_int k = 0; k < HORIZON; ++k) {
        const scs_int row = 2 * k;
        const int has_next = k + 1 < HORIZON;
        entry(a, row, 1); /* p */
        if (has_next) {
            entry(a, row + 2, -1);
        }
        end_column(a);
        entry(a, row + 1, 1); /* v */
        if (has_next) {
            entry(a, row + 2, -h);
            entry(a, row + 3, -1);
        }
        end_column(a);
        entry(a, row, -h * h / 2); /* u */
        entry(a, row + 1, -h);
        entry(a, 2 * HORIZON + row, 1);
        entry(a, 2 * HORIZON + row + 1, -1);
        end_column(a);
    }
}

static void write_costs(Writer *p) {
    static const scs_float weights[] = {10, 1, 0.1};
    memset(p, 0, sizeof *p);
    for (scs_int k = 0; k < VARIABLES; ++k) {
        entry(p, k, weights[k % 3]);
        end_column(p);
    }
}

int main(void) {
    static Writer a, p;
    write_constraints(&a);
    write_costs(&p);
    ScsMatrix a_matrix = {.x = a.x, .i = a.i, .p = a.p, .m = ROWS, .n = VARIABLES};
    ScsMatrix p_matrix = {.x = p.x, .i = p.i, .p = p.p, .m = VARIABLES, .n = VARIABLES};
    scs_float b[ROWS] = {0}, c[VARIABLES] = {0};
    for (scs_int row = 2 * HORIZON; row < ROWS; ++row) {
        b[row] = 1;
    }
    const ScsData data = {
        .m = ROWS, .n = VARIABLES, .A = &a_matrix, .P = &p_matrix, .b = b, .c = c};
    ScsCone cone;
    memset(&cone, 0, sizeof cone);
    cone.z = 2 * HORIZON;
    cone.l = 2 * HORIZON;
    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.verbose = 0;

    ScsWork *work = scs_init(&data, &cone, &settings);
    ScsWork *other = scs_init(&data, &cone, &settings); /* never starts warm */
    if (!work || !other) {
        return 1; /* scs_init has printed why */
    }
    scs_float x[VARIABLES], y[ROWS], s[ROWS], x2[VARIABLES], y2[ROWS], s2[ROWS];
    ScsSolution plan = {.x = x, .y = y, .s = s};
    ScsSolution again = {.x = x2, .y = y2, .s = s2};
    ScsInfo info, info2;
    scs_float position = 5, speed = 0;
    long warm = 0, cold = 0;
    printf("time  position   speed   force  iterations warm  cold\n");
    for (int step = 0; step < 60; ++step) {
        /* What the first step's equations know of the present goes to the right. */
        b[0] = position + h * speed;
        b[1] = speed;
        scs_update(work, b, NULL);
        scs_update(other, b, NULL);
        const int warm_start = step > 0; /* from what plan holds, the last solution */
        if (scs_solve(work, &plan, &info, warm_start) != SCS_SOLVED ||
            scs_solve(other, &again, &info2, 0) != SCS_SOLVED) {
            fprintf(stderr, "no plan: %s\n", info.status);
            return 1;
        }
        warm += info.iter;
        cold += info2.iter;
        if (step % 5 == 0) {
            printf("%4.1f  %8.3f %7.3f %7.3f  %15ld %5ld\n", step * h, position, speed,
                   x[2], (long)info.iter, (long)info2.iter);
        }
        position += h * speed + h * h / 2 * x[2];
        speed += h * x[2];
    }
    scs_finish(work);
    scs_finish(other);
    printf("at rest %.2f from the origin, speed %.2f\n", fabs(position), fabs(speed));
    printf("warm starts take %.2f of the iterations: %ld instead of %ld\n",
           (double)warm / (double)cold, warm, cold);
    return 0;
}
