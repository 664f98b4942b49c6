/* SPDX-License-Identifier: MIT
 *
 * Memory runs out: the k-th allocation of every call is refused, for every k, once and
 * from then on. Each time the call says so, nothing leaks, and what was there before works
 * on.
 */
#include "capi/counting_allocator.h"

#include "scs_ext.h"
#include "support/answer.h"

#include <stdlib.h>

/* One call under test: returns its error code (SCS_OK if it got through). It may leave its
 * result in the scene, which scene_clear takes away. */
typedef struct {
    const TestProblem *problem;
    ScsSettings settings;
    ScsWork *work; /* exists before the call, unless the call makes it */
    ScsWork *clone;
    ScsSolution point;
    ScsInfo info;
} Scene;

/* Answers need not be exact here, only answers. */
static const double tolerance = 1e-6;

typedef ScsErrorCode (*Call)(Scene *scene);

static ScsErrorCode init(Scene *scene) {
    ScsError error;
    scene->work = scs_init_ex(&scene->problem->data, &scene->problem->cone,
                              &scene->settings, NULL, &error);
    CHECK(scene->work || error.code != SCS_OK);
    return scene->work ? SCS_OK : error.code;
}

static ScsErrorCode solve_with(ScsWork *work, Scene *scene) {
    ScsError error;
    const scs_int status = scs_solve_ex(work, &scene->point, &scene->info, 0, &error);
    CHECK_EQUAL(status, scene->info.status_val);
    return status == SCS_FAILED ? error.code : SCS_OK;
}

static ScsErrorCode solve(Scene *scene) { return solve_with(scene->work, scene); }

static ScsErrorCode solve_clone(Scene *scene) {
    return solve_with(scene->clone, scene);
}

static ScsErrorCode update(Scene *scene) {
    ScsError error;
    const scs_int code = scs_update_ex(scene->work, scene->problem->data.b,
                                       scene->problem->data.c, &error);
    return code ? error.code : SCS_OK;
}

static ScsErrorCode update_matrices(Scene *scene) {
    ScsError error;
    const ScsMatrix *a = scene->problem->data.A;
    const scs_int code = scs_update_matrices(scene->clone ? scene->clone : scene->work,
                                             NULL, 0, a->x, a->p[a->n], &error);
    return code ? error.code : SCS_OK;
}

static ScsErrorCode clone(Scene *scene) {
    ScsError error;
    scene->clone = scs_clone(scene->work, &error);
    CHECK(scene->clone || error.code != SCS_OK);
    return scene->clone ? SCS_OK : error.code;
}

/* The whole call of the reference: init, solve and finish. */
static ScsErrorCode everything(Scene *scene) {
    const scs_int status = scs(&scene->problem->data, &scene->problem->cone,
                               &scene->settings, &scene->point, &scene->info);
    CHECK_EQUAL(status, scene->info.status_val);
    return status == SCS_FAILED ? SCS_ERROR_MEMORY : SCS_OK;
}

static void scene_clear(Scene *scene) {
    scs_finish(scene->clone);
    scs_finish(scene->work);
    test_solution_free(&scene->point);
    *scene = (Scene){.problem = scene->problem, .settings = scene->settings};
}

/* The call got no memory; now it does, and all is well. */
static void check_recovers(Scene *scene, Call call) {
    CHECK_EQUAL(call(scene), SCS_OK);
    ScsWork *work = scene->clone ? scene->clone : scene->work;
    if (work) {
        CHECK_EQUAL(solve_with(work, scene), SCS_OK);
    }
    check_answer(scene->problem, &scene->point, &scene->info, tolerance);
}

/* Refuse the k-th allocation of `call` after `prepare` (NULL: nothing) has been done, for
 * k = 1, 2, ... until the call needs no more than k - 1. Returns that number. */
static long refuse_each(const TestProblem *problem, Call prepare, Call prepare_more,
                        Call call, bool all_after) {
    for (long k = 1;; ++k) {
        Scene scene = {.problem = problem, .settings = test_settings()};
        scene.settings.scale = 20; /* so that solves refactorise */
        scene.settings.eps_abs = scene.settings.eps_rel = tolerance;
        const long living = allocator.living;
        if (prepare) {
            CHECK_EQUAL(prepare(&scene), SCS_OK);
        }
        if (prepare_more) {
            CHECK_EQUAL(prepare_more(&scene), SCS_OK);
        }
        allocator.calls = 0;
        allocator.refuse = k;
        allocator.refuse_all_after = all_after;
        const ScsErrorCode code = call(&scene);
        allocator.refuse = 0;
        const bool through = allocator.calls < k;
        /* A clone's Newton step that finds no memory is left out. */
        const bool spared = call == solve_clone && code == SCS_OK;
        CHECK_EQUAL(code, through || spared ? SCS_OK : SCS_ERROR_MEMORY);
        if (spared) {
            check_answer(problem, &scene.point, &scene.info, tolerance);
        }
        if (!through) {
            check_recovers(&scene, call);
        }
        scene_clear(&scene);
        if (!CHECK_EQUAL(allocator.living, living)) {
            printf("    leak after allocation %ld\n", k);
            return k;
        }
        if (through) {
            return k - 1;
        }
    }
}

static TestProblem large(void) {
    /* Large enough that vectors get chunks of their own. */
    const TestShape shape = {.seed = 4,
                             .n = 60,
                             .z = 20,
                             .l = 90,
                             .box = 30,
                             .q_count = 4,
                             .q_rows = 10,
                             .quadratic = true};
    return test_random_solved(&shape);
}

/* Returns the most allocations seen. */
static long each_problem(Call prepare, Call prepare_more, Call call) {
    long most = 0;
    for (int kind = 0; kind <= TEST_PROBLEMS; ++kind) {
        TestProblem problem =
            kind < TEST_PROBLEMS ? test_problem((TestKind)kind) : large();
        for (int all_after = 0; all_after < 2; ++all_after) {
            const long count =
                refuse_each(&problem, prepare, prepare_more, call, all_after != 0);
            most = count > most ? count : most;
        }
        test_problem_free(&problem);
    }
    return most;
}

static void during_init(void) { CHECK(each_problem(NULL, NULL, init) > 5); }

/* The three vectors of the solution, and no more. */
static ScsErrorCode init_with_files(Scene *scene) {
    scene->settings.write_data_filename = "allocation_failure_problem.tmp";
    scene->settings.log_csv_filename = "allocation_failure_log.tmp";
    return init(scene);
}

static void with_files(void) {
    TestProblem problem = test_problem(TEST_BOX);
    CHECK(refuse_each(&problem, NULL, NULL, init_with_files, false) > 5);
    CHECK_EQUAL(refuse_each(&problem, init_with_files, NULL, solve, true), 3);
    test_problem_free(&problem);
    remove("allocation_failure_problem.tmp");
    remove("allocation_failure_log.tmp");
}

static void during_solve(void) { CHECK_EQUAL(each_problem(init, NULL, solve), 3); }

static void during_update(void) { CHECK_EQUAL(each_problem(init, NULL, update), 0); }

static void during_update_of_matrices(void) {
    CHECK_EQUAL(each_problem(init, NULL, update_matrices), 0);
}

static void during_clone(void) { CHECK(each_problem(init, NULL, clone) > 1); }

/* A clone that renews the shared factor needs one of its own. */
static void during_update_of_a_clone(void) {
    CHECK(each_problem(init, clone, update_matrices) > 0);
}

static void during_solve_of_a_clone(void) {
    CHECK(each_problem(init, clone, solve_clone) >= 3);
}

/* scs() tells why on the standard output, hence one problem only. */
static void during_the_one_call(void) {
    TestProblem problem = test_problem(TEST_BOX);
    CHECK(refuse_each(&problem, NULL, NULL, everything, false) > 8);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"during init", during_init},
        {"with files", with_files},
        {"during solve", during_solve},
        {"during update", during_update},
        {"during update of matrices", during_update_of_matrices},
        {"during clone", during_clone},
        {"during update of a clone", during_update_of_a_clone},
        {"during solve of a clone", during_solve_of_a_clone},
        {"during the one call", during_the_one_call},
    };
    return CHECK_RUN(cases);
}
