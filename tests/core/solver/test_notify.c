/* SPDX-License-Identifier: MIT */
#include "solver/notify.h"

#include "core/solver/scaled_work.h"

enum { MOST = 64 };

typedef struct {
    int calls;
    ScsProgress seen[MOST];
    scs_int stop_at; /* iteration from which on the hook asks for an end; 0: never */
} Watcher;

static int watch(void *context, const ScsProgress *progress) {
    Watcher *watcher = context;
    if (watcher->calls < MOST) {
        watcher->seen[watcher->calls++] = *progress;
    }
    return watcher->stop_at > 0 && progress->iter >= watcher->stop_at;
}

/* Out of reach, so that only a limit or the hook ends it. */
static scs_int run(Watcher *watcher, scs_int max_iters, ScsInfo *info) {
    const TestShape shape = {.seed = 2, .n = 20, .z = 4, .l = 30};
    TestProblem problem = test_random_solved(&shape);
    ScsSettings settings = test_settings();
    settings.max_iters = max_iters;
    settings.eps_abs = settings.eps_rel = 0;
    const ScsOptions options = {.hooks = {.context = watcher, .progress = watch}};
    ScsError error;
    ScsWork *work =
        scs_init_ex(&problem.data, &problem.cone, &settings, &options, &error);
    ScsSolution point = test_solution(&problem);
    const scs_int status = scs_solve(work, &point, info, 0);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
    return status;
}

/* Checks come soon at first, and none is told twice. */
static void sees_every_check(void) {
    Watcher watcher = {0};
    ScsInfo info;
    run(&watcher, 200, &info);
    CHECK(watcher.calls > 10);
    for (int k = 0; k < watcher.calls; ++k) {
        const scs_int step =
            k > 0 ? watcher.seen[k].iter - watcher.seen[k - 1].iter : 5;
        CHECK(step > 0 && step <= 25);
        CHECK(watcher.seen[k].iter > 25 || watcher.seen[k].iter == 5 * k);
        CHECK(watcher.seen[k].tol_pri >= 0 && watcher.seen[k].scale > 0);
    }
}

static void sees_the_end_at_a_limit(void) {
    static const scs_int limits[] = {1, 7, 25, 26, 30, 50};
    for (size_t k = 0; k < sizeof limits / sizeof *limits; ++k) {
        Watcher watcher = {.stop_at = limits[k]}; /* too late to matter */
        ScsInfo info;
        CHECK_EQUAL(run(&watcher, limits[k], &info), SCS_SOLVED_INACCURATE);
        const ScsProgress *last = &watcher.seen[watcher.calls - 1];
        CHECK_EQUAL(last->iter, limits[k]);
        CHECK_EQUAL(last->iter, info.iter);
        CHECK(last->res_pri == info.res_pri && last->gap == info.gap);
        CHECK(watcher.calls < 2 || last[-1].iter < last->iter);
    }
}

static void stops_the_solve(void) {
    Watcher watcher = {.stop_at = 10};
    ScsInfo info;
    CHECK_EQUAL(run(&watcher, 100, &info), SCS_SIGINT);
    CHECK_EQUAL(watcher.seen[watcher.calls - 1].iter, 10);
}

int main(void) {
    static const CheckCase cases[] = {
        {"sees every check", sees_every_check},
        {"sees the end at a limit", sees_the_end_at_a_limit},
        {"stops the solve", stops_the_solve},
    };
    return CHECK_RUN(cases);
}
