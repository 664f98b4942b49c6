/* SPDX-License-Identifier: MIT */
#include "solver/refine.h"

#include "core/solver/scaled_work.h"
#include "la/vec.h"
#include "solver/iterate.h"
#include "solver/solve.h"
#include "support/answer.h"

static const TestShape shapes[] = {
    {.n = 30, .z = 6, .l = 50},
    {.n = 40, .z = 5, .l = 60, .quadratic = true},
    {.n = 40, .l = 20, .q_count = 8, .q_rows = 4, .quadratic = true},
    {.n = 30, .z = 4, .l = 20, .q_count = 5, .q_rows = 7},
    {.n = 40, .z = 5, .l = 10, .box = 50, .fixed_box = true, .quadratic = true},
    {.n = 30, .z = 4, .l = 5, .box = 60, .fixed_box = true},
};

enum { SHAPES = sizeof shapes / sizeof *shapes };

static ScsWork *open_with(ScsLinearSolver choice, const TestProblem *problem,
                          const ScsSettings *settings) {
    const ScsOptions options = {.linear_solver = choice};
    ScsError error;
    ScsWork *work =
        scs_init_ex(&problem->data, &problem->cone, settings, &options, &error);
    if (!work) {
        printf("scs_init_ex: %s\n", error.message);
        exit(2);
    }
    return work;
}

/* Run the splitting alone to a loose tolerance, measured; the next check may refine. */
static ScsWork *rough_with(ScsLinearSolver choice, const TestProblem *problem,
                           scs_int *iter) {
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = 1e-3;
    ScsWork *work = open_with(choice, problem, &settings);
    work->refine.possible = false;
    ScsSolution point = test_solution(problem);
    ScsInfo info;
    ScsError error;
    CHECK_EQUAL(scs_solve_run(work, NULL, &point, &info, &error), SCS_SOLVED);
    *iter = 10000; /* rich enough for any attempt */
    work->refine.possible = true;
    work->settings.eps_abs = work->settings.eps_rel = 1e-10;
    scs_refine_begin(work, 0);
    test_solution_free(&point);
    return work;
}

static ScsWork *rough(const TestProblem *problem, scs_int *iter) {
    return rough_with(SCS_LINSYS_QDLDL, problem, iter);
}

/* From three digits to ten in a few steps, with a fixed point of the iteration at the
 * end. */
static void check_finish(ScsLinearSolver choice) {
    for (int k = 0; k < SHAPES; ++k) {
        int finished = 0;
        for (unsigned seed = 1; seed <= 5; ++seed) {
            TestShape shape = shapes[k];
            shape.seed = seed;
            TestProblem problem = test_random_solved(&shape);
            scs_int iter;
            ScsWork *work = rough_with(choice, &problem, &iter);
            ScsError error = {0};
            bool solved = false;
            CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
            /* Linear programs wait for a second look. */
            if (!solved) {
                CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
            }
            finished += solved;
            if (solved) {
                const ScsResiduals *res = &work->residuals;
                CHECK(res->res_pri < 1e-9 * (1 + res->primal_size));
                CHECK(res->res_dual < 1e-9 * (1 + res->dual_size));
                CHECK(work->refine.steps >= 1 && work->refine.steps <= 16);
                CHECK_EQUAL(scs_workspace_refactor(work, &error), SCS_OK);
                CHECK_EQUAL(scs_iterate_linear_step(work, false, &error), SCS_OK);
                const double unit = 1e-7 * scs_vec_norm_inf(work->v, whole(work));
                for (ptrdiff_t i = 0; i < whole(work); ++i) {
                    CHECK_NEAR(work->ut[i], work->u[i], unit);
                }
            }
            scs_finish(work);
            test_problem_free(&problem);
        }
        if (!CHECK(finished >= 4)) {
            printf("    shape %d: %d of 5\n", k, finished);
        }
    }
}

static void finishes(void) { check_finish(SCS_LINSYS_QDLDL); }

static void finishes_by_conjugate_gradients(void) {
    check_finish(SCS_LINSYS_CPU_INDIRECT);
}

/* Projection on { x: Ax <= b }, A with eight entries in a row: a factor does not pay. */
static TestProblem sparse_problem(scs_int n) {
    double *a = calloc((size_t)(n * n), sizeof *a);
    double *p = calloc((size_t)(n * n), sizeof *p);
    double *b = calloc((size_t)n, sizeof *b);
    double *c = calloc((size_t)n, sizeof *c);
    unsigned seed = 4;
    for (scs_int i = 0; i < n; ++i) {
        for (int k = 0; k < 8; ++k) {
            const double place = (test_random(&seed) + 1) / 2;
            a[i * n + (scs_int)(place * n)] = test_random(&seed);
        }
        p[i * n + i] = 1;
        b[i] = test_random(&seed);
        c[i] = 3 * test_random(&seed);
    }
    const ScsCone cone = {.l = n};
    TestProblem problem = test_problem_from_dense("sparse", n, n, a, p, b, c, &cone);
    free(a);
    free(p);
    free(b);
    free(c);
    return problem;
}

/* Conjugate gradients that need too long are stopped, and their steps are paid for. */
static void bounds_conjugate_gradients(void) {
    TestProblem problem = sparse_problem(300);
    scs_int iter;
    ScsWork *work = rough_with(SCS_LINSYS_CPU_INDIRECT, &problem, &iter);
    char text[80];
    work->linsys_kind->describe(work->linsys, text, sizeof text);
    CHECK_CONTAINS(text, "diagonal");
    const int64_t taken = work->linsys_kind->ration(work->linsys, -1);
    const scs_int own = 10000; /* as if an iteration had taken a step at most */
    ScsError error;
    bool solved;
    work->refine.origin = 0;
    work->refine.failed = 0;
    for (int look = 0; look < 2; ++look) {
        CHECK_EQUAL(scs_refine_try(work, own, &solved, &error), SCS_OK);
    }
    const int64_t inner = work->linsys_kind->ration(work->linsys, -1) - taken;
    CHECK(taken < own);
    CHECK(work->refine.steps > 0 && !solved);
    CHECK(inner > 30 * work->refine.steps && inner <= 40 * work->refine.steps);
    CHECK(work->refine.spent > 0.5 * (double)inner);
    CHECK_EQUAL(work->refine.origin, inner);
    scs_finish(work);
    test_problem_free(&problem);
}

/* What an attempt must not touch if it fails. */
static void failure_leaves_no_trace(void) {
    for (int k = 0; k < SHAPES; ++k) {
        TestShape shape = shapes[k];
        shape.seed = 3;
        TestProblem problem = test_random_solved(&shape);
        scs_int iter;
        ScsWork *work = rough(&problem, &iter);
        work->settings.eps_abs = work->settings.eps_rel = 0; /* out of reach */
        const ptrdiff_t size = whole(work);
        double *before = calloc((size_t)(4 * size), sizeof *before);
        scs_residuals_compute(work, iter);
        const ScsResiduals residuals = work->residuals;
        const double *const kept[] = {work->u, work->rsk, work->v};
        for (int j = 0; j < 3; ++j) {
            memcpy(before + j * size, kept[j], (size_t)size * sizeof *before);
        }
        ScsError error = {0};
        bool solved;
        CHECK_EQUAL(scs_iterate_linear_step(work, false, &error), SCS_OK);
        memcpy(before + 3 * size, work->ut, (size_t)size * sizeof *before);
        for (int look = 0; look < 2; ++look) {
            CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
            CHECK(!solved);
        }
        CHECK(work->refine.steps > 0 && !work->refine.displaced);
        for (int j = 0; j < 3; ++j) {
            CHECK(test_same_bits(before + j * size, kept[j], (scs_int)size));
        }
        CHECK(work->residuals.res_pri == residuals.res_pri &&
              work->residuals.res_dual == residuals.res_dual &&
              work->residuals.gap == residuals.gap &&
              work->residuals.iter == residuals.iter);
        CHECK_EQUAL(scs_iterate_linear_step(work, false, &error), SCS_OK);
        CHECK(test_same_bits(before + 3 * size, work->ut, (scs_int)size));
        free(before);
        scs_finish(work);
        test_problem_free(&problem);
    }
}

/* The same faces are not tried twice, nor is anything within what has been spent. */
static void does_not_insist(void) {
    TestShape shape = shapes[1];
    shape.seed = 2;
    TestProblem problem = test_random_solved(&shape);
    scs_int iter;
    ScsWork *work = rough(&problem, &iter);
    work->settings.eps_abs = work->settings.eps_rel = 0;
    ScsError error = {0};
    bool solved;
    CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
    const scs_int steps = work->refine.steps;
    CHECK(steps > 0);
    CHECK_EQUAL(scs_refine_try(work, 10 * iter, &solved, &error), SCS_OK);
    CHECK_EQUAL(work->refine.steps, steps);
    work->refine.failed = 0; /* as if the faces had changed */
    CHECK_EQUAL(scs_refine_try(work, iter + 1, &solved, &error), SCS_OK);
    CHECK_EQUAL(work->refine.steps, steps);
    CHECK_EQUAL(scs_refine_try(work, 2 * iter, &solved, &error), SCS_OK);
    CHECK(work->refine.steps > steps);
    scs_finish(work);
    test_problem_free(&problem);
}

/* After a solve that ended by Newton's method the backend holds another factorisation:
 * whatever comes next must not use it. */
static void next_calls_find_their_factor(void) {
    const ScsSettings settings = test_settings();
    int displaced = 0;
    for (unsigned k = 0; k < 32; ++k) {
        TestShape shape = shapes[k % 2];
        shape.seed = k / 4;
        TestProblem problem = test_random_solved(&shape);
        ScsWork *work = open_work(&problem, &settings);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
        displaced += work->refine.displaced;
        ScsError error;
        ScsWork *clone = NULL;
        if (k % 4 == 1) {
            CHECK(scs_update(work, problem.data.b, problem.data.c) == 0);
        } else if (k % 4 == 2) {
            const ScsMatrix *a = problem.data.A;
            CHECK(scs_update_matrices(work, NULL, 0, a->x, a->p[a->n], &error) == 0);
            CHECK(!work->refine.displaced);
        } else if (k % 4 == 3) {
            clone = scs_clone(work, &error);
            CHECK(clone != NULL);
        }
        ScsWork *next = clone ? clone : work;
        CHECK_EQUAL(scs_solve(next, &point, &info, clone ? 0 : 1), SCS_SOLVED);
        check_answer(&problem, &point, &info, 1e-9);
        CHECK(clone || info.iter <= 25);
        scs_finish(clone);
        scs_finish(work);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
    CHECK(displaced >= 8);
}

/* Large problems with curved cones take their memory in the loop, once, and small ones at
 * the start. */
static void takes_memory_once(void) {
    for (int large = 0; large < 2; ++large) {
        const TestShape shape = {.seed = 5,
                                 .n = large ? 400 : 20,
                                 .q_count = large ? 150 : 8,
                                 .q_rows = 4,
                                 .quadratic = true};
        TestProblem problem = test_random_solved(&shape);
        scs_int iter;
        ScsWork *work = rough(&problem, &iter);
        CHECK(work->refine.ready == !large);
        ScsError error;
        bool solved;
        CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
        CHECK(solved && work->refine.ready && work->refine.steps > 0);
        scs_finish(work);
        test_problem_free(&problem);
    }
}

static ScsErrorCode refuse(ScsLinSys **self, const ScsMatrix *a, const ScsMatrix *p,
                           const scs_float *r, ScsArena *arena, ScsError *error) {
    (void)a;
    (void)p;
    (void)r;
    (void)arena;
    *self = NULL;
    return scs_error_memory(error);
}

/* Where there is not enough, the rest is given back and the solve goes on without. */
static void returns_memory_that_is_too_little(void) {
    const TestShape shape = {
        .seed = 5, .n = 400, .q_count = 150, .q_rows = 4, .quadratic = true};
    TestProblem problem = test_random_solved(&shape);
    scs_int iter;
    ScsWork *work = rough(&problem, &iter);
    const ScsLinSysKind *real = work->linsys_kind;
    ScsLinSysKind kind = *real;
    kind.create = refuse;
    work->linsys_kind = &kind;
    ScsError error;
    bool solved;
    CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
    CHECK(!solved && !work->refine.possible && !work->refine.ready);
    CHECK(!work->refine.arena.chunks);
    work->linsys_kind = real;
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
    CHECK_EQUAL(work->refine.steps, 0);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* A run does not depend on whether one before it has taken the memory. */
static void runs_repeat(void) {
    const TestShape shape = {
        .seed = 6, .n = 60, .z = 10, .l = 100, .q_count = 50, .q_rows = 4};
    TestProblem problem = test_random_solved(&shape);
    ScsSettings settings = test_settings();
    settings.acceleration_lookback = 0; /* slow enough to afford it */
    settings.adaptive_scale = 0;
    settings.scale = 0.05;
    settings.eps_abs = settings.eps_rel = 1e-6;
    static const ScsLinearSolver choices[] = {SCS_LINSYS_QDLDL,
                                              SCS_LINSYS_CPU_INDIRECT};
    for (int k = 0; k < 2; ++k) {
        ScsWork *work = open_with(choices[k], &problem, &settings);
        CHECK(!work->refine.ready);
        ScsSolution point[2] = {test_solution(&problem), test_solution(&problem)};
        ScsInfo info;
        CHECK_EQUAL(scs_solve(work, &point[0], &info, 0), SCS_SOLVED);
        CHECK(work->refine.steps > 0 && work->refine.ready);
        CHECK_EQUAL(scs_solve(work, &point[1], &info, 0), SCS_SOLVED);
        CHECK(test_same_solution(&problem, &point[0], &point[1]));
        scs_finish(work);
        test_solution_free(&point[0]);
        test_solution_free(&point[1]);
    }
    test_problem_free(&problem);
}

static int asked(void *context) {
    ++*(int *)context;
    return 1;
}

/* A request to end, or the end of its time, is seen between two steps. */
static void stops(void) {
    TestShape shape = shapes[2];
    shape.seed = 2;
    TestProblem problem = test_random_solved(&shape);
    for (int why = 0; why < 3; ++why) {
        scs_int iter;
        ScsWork *work = rough(&problem, &iter);
        int calls = 0;
        if (why == 0) {
            scs_interrupt(work);
        } else if (why == 1) {
            scs_set_hooks(work, &(ScsHooks){.context = &calls, .interrupted = asked});
        } else {
            work->refine.deadline = 1;
        }
        ScsError error;
        bool solved;
        CHECK_EQUAL(scs_refine_try(work, iter, &solved, &error), SCS_OK);
        CHECK(!solved && work->refine.steps == 0);
        CHECK_EQUAL(calls, why == 1);
        /* A hook that asks once need not ask the solve again. */
        CHECK_EQUAL(atomic_load(&work->interrupted), why < 2);
        scs_finish(work);
    }
    test_problem_free(&problem);
}

/* Cones of unknown boundary go without. */
static void knows_when_it_is_possible(void) {
    const ScsSettings settings = test_settings();
    static scs_int three[] = {3};
    const ScsCone ell1 = {.ell1 = three, .ell1_size = 1};
    static const double identity[] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    TestProblem problem = test_problem_from_dense("ell1", 4, 4, identity, NULL,
                                                  identity, identity, &ell1);
    ScsWork *work = open_work(&problem, &settings);
    CHECK(!work->refine.possible);
    scs_finish(work);
    test_problem_free(&problem);
    problem = test_random_solved(&every_cone);
    work = open_work(&problem, &settings);
    CHECK(!work->refine.possible); /* a box whose t is a variable */
    scs_finish(work);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"finishes", finishes},
        {"finishes by conjugate gradients", finishes_by_conjugate_gradients},
        {"bounds conjugate gradients", bounds_conjugate_gradients},
        {"failure leaves no trace", failure_leaves_no_trace},
        {"does not insist", does_not_insist},
        {"next calls find their factor", next_calls_find_their_factor},
        {"takes memory once", takes_memory_once},
        {"returns memory that is too little", returns_memory_that_is_too_little},
        {"runs repeat", runs_repeat},
        {"stops", stops},
        {"knows when it is possible", knows_when_it_is_possible},
    };
    return CHECK_RUN(cases);
}
