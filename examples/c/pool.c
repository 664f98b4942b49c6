/* SPDX-License-Identifier: MIT
 *
 * A pool of threads with one workspace each. The problem, of which there are a hundred with
 * different points a: which probabilities are nearest to a?
 *
 *     minimize 1/2 |x - a|^2  subject to  x_0 + x_1 + x_2 = 1, x >= 0
 *
 * Only c = -a changes, so all workspaces are clones of one, whose factorisation they
 * share. A workspace belongs to one thread at a time; different ones share nothing that
 * changes, so no lock is needed anywhere.
 */
#include <scs_ext.h>

#include "portable_thread.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { JOBS = 100, THREADS = 4, N = 3, M = 4 };

typedef struct {
    scs_float a[N];
    scs_float x[N], y[M], s[M];
    ScsInfo info;
} Job;

/* What one thread does: every THREADS-th job, beginning with its own number. */
typedef struct {
    const ScsWork *original;
    Job *jobs;
    int first;
    int failed;
} Share;

static void solve(ScsWork *work, Job *job) {
    scs_float c[N];
    for (int i = 0; i < N; ++i) {
        c[i] = -job->a[i];
    }
    scs_update(work, NULL, c);
    ScsSolution solution = {.x = job->x, .y = job->y, .s = job->s};
    scs_solve(work, &solution, &job->info, 0);
}

static void solve_share(void *argument) {
    Share *share = argument;
    ScsError error;
    ScsWork *own = scs_clone(share->original, &error);
    if (!own) {
        fprintf(stderr, "scs_clone: %s\n", error.message);
        share->failed = 1;
        return;
    }
    for (int k = share->first; k < JOBS; k += THREADS) {
        solve(own, &share->jobs[k]);
    }
    scs_finish(own);
}

int main(void) {
    scs_float p_values[] = {1, 1, 1}, a_values[] = {1, -1, 1, -1, 1, -1};
    scs_int p_rows[] = {0, 1, 2}, p_starts[] = {0, 1, 2, 3};
    scs_int a_rows[] = {0, 1, 0, 2, 0, 3}, a_starts[] = {0, 2, 4, 6};
    ScsMatrix p = {.x = p_values, .i = p_rows, .p = p_starts, .m = N, .n = N};
    ScsMatrix a = {.x = a_values, .i = a_rows, .p = a_starts, .m = M, .n = N};
    scs_float b[] = {1, 0, 0, 0}, c[] = {0, 0, 0};
    const ScsData data = {.m = M, .n = N, .A = &a, .P = &p, .b = b, .c = c};
    ScsCone cone;
    memset(&cone, 0, sizeof cone);
    cone.z = 1;
    cone.l = 3;
    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.verbose = 0;
    settings.eps_abs = settings.eps_rel = 1e-9;
    ScsWork *original = scs_init(&data, &cone, &settings);
    if (!original) {
        return 1; /* scs_init has printed why */
    }

    static Job jobs[JOBS];
    for (int k = 0; k < JOBS; ++k) {
        const scs_float point[N] = {0.01 * k, 0.5, -0.2};
        memcpy(jobs[k].a, point, sizeof point);
    }
    Share shares[THREADS];
    Thread threads[THREADS];
    for (int k = 0; k < THREADS; ++k) {
        shares[k] = (Share){.original = original, .jobs = jobs, .first = k};
        threads[k] = (Thread){.run = solve_share, .argument = &shares[k]};
        if (thread_start(&threads[k]) != 0) {
            fprintf(stderr, "no thread to be had\n");
            return 1; /* the end of main ends the other threads */
        }
    }
    for (int k = 0; k < THREADS; ++k) {
        thread_join(&threads[k]);
    }

    /* The same one after the other. */
    scs_float difference = 0;
    int solved = 0;
    for (int k = 0; k < JOBS; ++k) {
        Job serial = jobs[k];
        solve(original, &serial);
        for (int i = 0; i < N; ++i) {
            difference = fmax(difference, fabs(serial.x[i] - jobs[k].x[i]));
        }
        solved += jobs[k].info.status_val == SCS_SOLVED;
    }
    scs_finish(original);
    printf("%d problems on %d threads, %d solved, serial results differ by %g\n", JOBS,
           THREADS, solved, difference);
    printf("nearest to (0.9, 0.5, -0.2): %.3f %.3f %.3f\n", jobs[90].x[0],
           jobs[90].x[1], fabs(jobs[90].x[2]));
    return 0;
}
