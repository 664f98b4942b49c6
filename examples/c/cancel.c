/* SPDX-License-Identifier: MIT
 *
 * Two ways of cancelling a solve: by Ctrl-C, with a handler that sets a flag and a hook that
 * the solver polls at every iteration; and from another thread, with scs_interrupt. The
 * library itself touches no signal.
 */
#include <scs_ext.h>

#include "portable_thread.h"

#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { M = 40, N = 20 };

static volatile sig_atomic_t ctrl_c = 0;

static void on_signal(int number) {
    (void)number;
    ctrl_c = 1;
}

/* The hooks' context. */
typedef struct {
    ScsWork *work;
    Thread other;
    int started;
} Program;

static int interrupted(void *context) {
    (void)context;
    return ctrl_c;
}

/* So that nobody has to sit at the keyboard, the program presses Ctrl-C itself. */
static int press_ctrl_c(void *context, const ScsProgress *progress) {
    (void)context;
    if (progress->iter >= 100) {
        raise(SIGINT);
    }
    return 0; /* nonzero would be one more way of stopping */
}

static void interrupt(void *work) { scs_interrupt(work); }

/* A request is forgotten when a solve begins, so the other thread starts when it has. */
static int start_other(void *context, const ScsProgress *progress) {
    Program *program = context;
    if (progress->iter >= 100 && !program->started) {
        program->other = (Thread){.run = interrupt, .argument = program->work};
        program->started = thread_start(&program->other) == 0;
    }
    return 0;
}

int main(void) {
    /* Fit x to 40 equations in 20 unknowns: minimize t subject to |Mx - d| <= t. With
     * tolerances of zero no answer is good enough, so it never ends by itself. */
    static scs_float values[N * M + 1], b[M + 1], c[N + 1];
    static scs_int rows[N * M + 1], starts[N + 2];
    for (scs_int j = 0; j < N; ++j) {
        starts[j + 1] = M * (j + 1);
        for (scs_int i = 0; i < M; ++i) {
            rows[M * j + i] = 1 + i;
            values[M * j + i] = sin(1.0 + i * 7.0 + j * 3.0 + i * j);
            b[1 + i] = 1;
        }
    }
    values[N * M] = -1; /* t comes last */
    c[N] = 1;
    starts[N + 1] = N * M + 1;
    ScsMatrix a = {.x = values, .i = rows, .p = starts, .m = M + 1, .n = N + 1};
    const ScsData data = {.m = M + 1, .n = N + 1, .A = &a, .b = b, .c = c};
    scs_int sizes[] = {M + 1};
    ScsCone cone;
    memset(&cone, 0, sizeof cone);
    cone.q = sizes;
    cone.qsize = 1;
    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.verbose = 0;
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    settings.max_iters = INT_MAX;
    settings.time_limit_secs = 60; /* should nobody cancel it */

    static Program program;
    ScsOptions options;
    memset(&options, 0, sizeof options);
    options.hooks.context = &program;
    options.hooks.interrupted = interrupted;
    options.hooks.progress = press_ctrl_c;
    ScsError error;
    program.work = scs_init_ex(&data, &cone, &settings, &options, &error);
    if (!program.work) {
        fprintf(stderr, "scs_init_ex: %s\n", error.message);
        return 1;
    }
    scs_float x[N + 1], y[M + 1], s[M + 1];
    ScsSolution solution = {.x = x, .y = y, .s = s};
    ScsInfo info;

    void (*previous)(int) = signal(SIGINT, on_signal);
    scs_solve(program.work, &solution, &info, 0);
    signal(SIGINT, previous);
    printf("Ctrl-C: %s\n", info.status);

    options.hooks.interrupted = NULL;
    options.hooks.progress = start_other;
    scs_set_hooks(program.work, &options.hooks);
    const scs_int status = scs_solve(program.work, &solution, &info, 0);
    if (program.started) {
        thread_join(&program.other); /* it uses the workspace */
    }
    printf("scs_interrupt: %s\n", info.status);
    scs_finish(program.work);
    return status == SCS_SIGINT ? 0 : 1;
}
