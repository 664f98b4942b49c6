/* SPDX-License-Identifier: MIT
 *
 * Solves whose projections are inexact most of the time: the bound of Goemans and
 * Williamson for maximum cuts, minimise sum(x) subject to Diag(x) - L / 4 positive
 * semidefinite, L being the Laplacian of a random graph. Linked with -Wl,--wrap=calloc, by
 * which memory is made short.
 */
#include "core/solver/scaled_work.h"
#include "la/svec.h"
#include "la/vec.h"
#include "support/short_memory.h"

enum { ORDER = 72, ROWS = ORDER * (ORDER + 1) / 2 };

static TestProblem make_problem(unsigned seed) {
    static double a[ROWS * ORDER], b[ROWS], c[ORDER];
    const ScsCone cone = {0};
    double degree[ORDER] = {0};
    memset(a, 0, sizeof a);
    ptrdiff_t row = 0;
    for (scs_int j = 0; j < ORDER; ++j) {
        const ptrdiff_t diagonal = row++;
        a[diagonal * ORDER + j] = -1;
        c[j] = 1;
        for (scs_int i = j + 1; i < ORDER; ++i, ++row) {
            const double weight = test_random(&seed) > 0.8 ? 1 : 0;
            degree[i] += weight;
            degree[j] += weight;
            b[row] = 0.25 * weight * sqrt(2); /* s = b - A x = Diag(x) - L / 4 */
        }
    }
    row = 0;
    for (scs_int j = 0; j < ORDER; row += ORDER - j, ++j) {
        b[row] = -0.25 * degree[j];
    }
    TestProblem problem =
        test_problem_from_dense("cut", ROWS, ORDER, a, NULL, b, c, &cone);
    problem.cone.s = test_problem_take(&problem, 1, sizeof *problem.cone.s);
    problem.cone.s[0] = ORDER;
    problem.cone.ssize = 1;
    return problem;
}

static ScsSettings make_settings(double eps) {
    ScsSettings settings = test_settings();
    settings.eps_abs = settings.eps_rel = eps;
    return settings;
}

/* The kind of the one block, with its projections counted and, if asked for, exact. */
static struct {
    const ScsConeKind *original;
    ScsConeKind kind;
    scs_int all, inexact;
} spy;

static ScsErrorCode count_projection(ScsConeBlock *block, scs_float *y,
                                     const scs_float *r, ScsError *error) {
    const ScsErrorCode code = spy.original->project_dual(block, y, r, error);
    ++spy.all;
    spy.inexact += block->inexact;
    return code;
}

static void watch(ScsWork *work, bool exact) {
    ScsConeBlock *block = &work->cones.blocks[0];
    spy.original = block->kind;
    spy.kind = *block->kind;
    spy.kind.project_dual = count_projection;
    spy.kind.allow = exact ? NULL : spy.kind.allow;
    spy.all = spy.inexact = 0;
    block->kind = &spy.kind;
}

/* How far v is from being positive semidefinite. */
static double outside(const double *v) {
    static double projected[ROWS], r[ROWS];
    ScsArena arena = {0};
    ScsConeSet set;
    scs_int order = ORDER;
    const ScsCone cone = {.s = &order, .ssize = 1};
    CHECK_EQUAL(
        scs_cone_set_build(&set, &cone, ROWS, scs_lapack_linked(), &arena, NULL),
        SCS_OK);
    scs_vec_copy(v, projected, ROWS);
    scs_vec_fill(1, r, ROWS);
    CHECK_EQUAL(scs_cone_set_project_dual(&set, projected, r, NULL), SCS_OK);
    const double distance = scs_vec_distance2(projected, v, ROWS);
    scs_arena_release(&arena);
    return distance;
}

static void check_cones(const ScsSolution *point) {
    CHECK_NEAR(outside(point->y), 0, 1e-12 * scs_vec_norm2(point->y, ROWS));
    CHECK_NEAR(outside(point->s), 0, 1e-12 * scs_vec_norm2(point->s, ROWS));
    CHECK_NEAR(scs_vec_dot(point->y, point->s, ROWS), 0, 1e-10);
}

/* As many iterations as with exact projections, but for a check or two, and the same
 * answer. */
static void costs_no_iterations(void) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        TestProblem problem = make_problem(seed);
        ScsSolution point[2] = {test_solution(&problem), test_solution(&problem)};
        ScsInfo info[2];
        const ScsSettings settings = make_settings(1e-6);
        for (int exact = 0; exact < 2; ++exact) {
            ScsWork *work = open_work(&problem, &settings);
            watch(work, exact);
            CHECK_EQUAL(scs_solve(work, &point[exact], &info[exact], 0), SCS_SOLVED);
            check_cones(&point[exact]);
            CHECK(exact ? spy.inexact == 0 : 2 * spy.inexact > spy.all);
            scs_finish(work);
        }
        CHECK(info[0].iter <= 1.2 * info[1].iter + 50);
        CHECK_NEAR(info[0].pobj, info[1].pobj, 1e-5 * fabs(info[1].pobj));
        CHECK(scs_vec_distance2(point[0].x, point[1].x, ORDER) <=
              1e-3 * scs_vec_norm2(point[1].x, ORDER));
        test_solution_free(&point[0]);
        test_solution_free(&point[1]);
        test_problem_free(&problem);
    }
}

/* A solve, a second one, one of a clone and one after an update that changes nothing. */
static void repeats(void) {
    TestProblem problem = make_problem(4);
    const ScsSettings settings = make_settings(1e-4);
    ScsSolution first = test_solution(&problem);
    ScsSolution again = test_solution(&problem);
    ScsInfo info;
    ScsWork *work = open_work(&problem, &settings);
    CHECK_EQUAL(scs_solve(work, &first, &info, 0), SCS_SOLVED);
    CHECK_EQUAL(scs_solve(work, &again, &info, 0), SCS_SOLVED);
    CHECK(test_same_solution(&problem, &first, &again));
    ScsWork *copy = scs_clone(work, NULL);
    CHECK_EQUAL(scs_solve(copy, &again, &info, 0), SCS_SOLVED);
    CHECK(test_same_solution(&problem, &first, &again));
    scs_finish(copy);
    CHECK_EQUAL(scs_update(work, problem.data.b, NULL), 0);
    CHECK_EQUAL(scs_solve(work, &again, &info, 0), SCS_SOLVED);
    CHECK(test_same_solution(&problem, &first, &again));
    CHECK_EQUAL(scs_solve(work, &again, &info, 1), SCS_SOLVED); /* from there */
    check_cones(&again);
    scs_finish(work);
    test_solution_free(&first);
    test_solution_free(&again);
    test_problem_free(&problem);
}

/* The last iterate is in the cones also where no check would have looked at it. */
static void is_exact_at_a_limit(void) {
    TestProblem problem = make_problem(5);
    ScsSettings settings = make_settings(1e-9);
    for (scs_int most = 38; most <= 41; ++most) {
        settings.max_iters = most;
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        ScsWork *work = open_work(&problem, &settings);
        watch(work, false);
        CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED_INACCURATE);
        CHECK_EQUAL(info.iter, most);
        CHECK(spy.inexact > 0);
        check_cones(&point);
        scs_finish(work);
        test_solution_free(&point);
    }
    test_problem_free(&problem);
}

/* Every allocation in turn is refused; none is asked for in a solve. */
static void survives_short_memory(void) {
    TestProblem problem = make_problem(6);
    ScsSettings settings = make_settings(1e-3);
    ScsSolution point = test_solution(&problem);
    ScsWork *work = NULL;
    long needed = 0;
    for (; !work && needed < 1000; ++needed) {
        ScsError error = {0};
        refuse_calloc(needed);
        work = scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error);
        refuse_calloc(-1);
        CHECK_EQUAL(error.code, work ? SCS_OK : SCS_ERROR_MEMORY);
    }
    CHECK(work != NULL);
    CHECK(needed > 10);
    ScsInfo info;
    watch(work, false);
    const long before = memory.calls;
    CHECK_EQUAL(scs_solve(work, &point, &info, 0), SCS_SOLVED);
    CHECK_EQUAL(memory.calls, before);
    CHECK(spy.inexact > 0);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"costs no iterations", costs_no_iterations},
        {"repeats", repeats},
        {"is exact at a limit", is_exact_at_a_limit},
        {"survives short memory", survives_short_memory},
    };
    if (!scs_lapack_linked()) {
        printf("no LAPACK is linked: nothing to test\n");
        return 0;
    }
    return CHECK_RUN(cases);
}
