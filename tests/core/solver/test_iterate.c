/* SPDX-License-Identifier: MIT
 *
 * Each step of an iteration against the equation that defines it, on random points.
 */
#include "solver/iterate.h"

#include "core/solver/scaled_work.h"
#include "la/csc.h"

/* out = (R + M) z for z of length n + m. */
static void apply_r_plus_m(const ScsWork *work, const double *z, double *out) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    double *ax = calloc((size_t)m, sizeof *ax);
    if (!ax) {
        exit(2);
    }
    for (scs_int i = 0; i < n + m; ++i) {
        out[i] = work->metric.r[i] * z[i];
    }
    if (work->problem.p) {
        scs_csc_multiply_symmetric(work->problem.p, z, out);
    }
    scs_csc_multiply_transposed(work->problem.a, z + n, out);
    scs_csc_multiply(work->problem.a, z, ax);
    for (scs_int i = 0; i < m; ++i) {
        out[n + i] -= ax[i];
    }
    free(ax);
}

static double dot(const double *a, const double *b, ptrdiff_t size) {
    double sum = 0;
    for (ptrdiff_t i = 0; i < size; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* The problems over which every case runs: with and without P, scaled or not. */
enum { VARIANTS = 6 };

static ScsWork *open_variant(int variant, TestProblem *problem) {
    TestShape shape = every_cone;
    shape.seed = (unsigned)variant + 10;
    shape.quadratic = variant % 2 == 0;
    *problem = test_random_solved(&shape);
    ScsSettings settings = test_settings();
    settings.normalize = variant < 4;
    return open_work(problem, &settings);
}

static void close(ScsWork *work, TestProblem *problem) {
    scs_finish(work);
    test_problem_free(problem);
}

static void g_solves_for_h(void) {
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_variant(k, &problem);
        double out[64];
        apply_r_plus_m(work, work->g, out);
        for (ptrdiff_t i = 0; i < whole(work) - 1; ++i) {
            CHECK_NEAR(out[i], work->h[i], 1e-9);
            CHECK_NEAR(work->rg[i], work->metric.r[i] * work->g[i],
                       1e-14 * fabs(work->rg[i]));
        }
        CHECK_NEAR(work->tau_quadratic, 10 + dot(work->g, work->rg, whole(work) - 1),
                   1e-12 * work->tau_quadratic);
        close(work, &problem);
    }
}

/* The rows of x and y: (R + M) z + h tau = R mu. */
static void check_rows(const ScsWork *work) {
    const ptrdiff_t size = whole(work) - 1;
    const double tau = work->ut[size];
    double out[64];
    apply_r_plus_m(work, work->ut, out);
    for (ptrdiff_t i = 0; i < size; ++i) {
        CHECK_NEAR(out[i] + work->h[i] * tau, work->metric.r[i] * work->v[i], 1e-9);
    }
}

/* The row of tau: R_tau (tau - eta) = h'z + x'Px / tau for tau > 0. Where the right-hand
 * side pushes tau below zero the nearest allowed value is 0. */
static void check_tau_row(const ScsWork *work) {
    const ptrdiff_t size = whole(work) - 1;
    const double tau = work->ut[size];
    const double eta = work->v[size];
    double px[64] = {0};
    if (work->problem.p) {
        scs_csc_multiply_symmetric(work->problem.p, work->ut, px);
    }
    const double xpx = dot(work->ut, px, work->problem.n);
    const double linear = dot(work->h, work->ut, size);
    const double left = 10 * (tau - eta) * tau;
    CHECK(tau >= 0);
    CHECK_NEAR(left, linear * tau + xpx, 1e-8 * (1 + fabs(linear * tau) + xpx));
    if (tau == 0) {
        CHECK(10 * (tau - eta) >= linear - 1e-9);
    }
}

static void linear_step_solves_the_embedding(void) {
    int at_zero = 0;
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_variant(k, &problem);
        unsigned seed = (unsigned)k;
        ScsError error;
        for (int repeat = 0; repeat < 20; ++repeat) {
            randomise(work->v, whole(work), &seed); /* v_tau of either sign */
            CHECK_EQUAL(scs_iterate_linear_step(work, false, &error), SCS_OK);
            check_rows(work);
            check_tau_row(work);
            at_zero += work->ut[whole(work) - 1] == 0;
        }
        close(work, &problem);
    }
    CHECK(at_zero > 0); /* both cases of tau were met */
    CHECK(at_zero < 20 * VARIANTS);
}

static void linear_step_with_tau_fixed(void) {
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_variant(k, &problem);
        unsigned seed = (unsigned)k;
        ScsError error;
        randomise(work->v, whole(work), &seed);
        CHECK_EQUAL(scs_iterate_linear_step(work, true, &error), SCS_OK);
        CHECK_EQUAL(work->ut[whole(work) - 1], 1);
        check_rows(work);
        close(work, &problem);
    }
}

/* u in the cone, rsk in its dual, orthogonal, and R (u + v - 2 ut) between them. */
static void check_moreau(const TestProblem *problem, const ScsWork *work) {
    const scs_int n = work->problem.n;
    const scs_int m = work->problem.m;
    const ptrdiff_t last = whole(work) - 1;
    ScsSolution point = test_solution(problem);
    unscale_work(work, work->u, &point);
    const TestJudgement judged = test_judge(problem, &point);
    CHECK(judged.outside <= 1e-11 * (1 + judged.s));
    CHECK(judged.outside_dual <= 1e-11);
    CHECK_NEAR(dot(work->u + n, work->rsk + n, m), 0,
               1e-11 * (1 + judged.s * fabs(work->u[n])));
    for (scs_int j = 0; j < n; ++j) { /* x is free, so its slack is zero */
        CHECK_NEAR(work->rsk[j], 0, 1e-15);
    }
    CHECK(work->u[last] >= 0 && work->rsk[last] >= 0);
    CHECK_EQUAL(work->u[last] * work->rsk[last], 0);
    test_solution_free(&point);
}

static void cone_step_is_a_projection(void) {
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_variant(k, &problem);
        unsigned seed = (unsigned)k + 7;
        ScsError error;
        for (int repeat = 0; repeat < 20; ++repeat) {
            randomise(work->v, whole(work), &seed);
            randomise(work->ut, whole(work), &seed);
            CHECK_EQUAL(scs_iterate_cone_step(work, false, &error), SCS_OK);
            scs_iterate_slack_step(work);
            for (ptrdiff_t i = 0; i < whole(work); ++i) {
                CHECK_NEAR(work->rsk[i],
                           work->metric.r[i] *
                               (work->u[i] + work->v[i] - 2 * work->ut[i]),
                           1e-14 * work->metric.r[i]);
            }
            check_moreau(&problem, work);
        }
        CHECK_EQUAL(scs_iterate_cone_step(work, true, &error), SCS_OK);
        CHECK_EQUAL(work->u[whole(work) - 1], 1);
        close(work, &problem);
    }
}

static void dual_step_is_relaxed(void) {
    TestProblem problem;
    ScsWork *work = open_variant(0, &problem);
    unsigned seed = 1;
    double before[64];
    work->settings.alpha = 0.75;
    randomise(work->u, whole(work), &seed);
    randomise(work->ut, whole(work), &seed);
    randomise(work->v, whole(work), &seed);
    memcpy(before, work->v, (size_t)whole(work) * sizeof *before);
    scs_iterate_dual_step(work);
    for (ptrdiff_t i = 0; i < whole(work); ++i) {
        CHECK_NEAR(work->v[i], before[i] + 0.75 * (work->u[i] - work->ut[i]), 1e-15);
    }
    close(work, &problem);
}

static void remap_keeps_the_slack(void) {
    TestProblem problem;
    ScsWork *work = open_variant(0, &problem);
    unsigned seed = 5;
    double before[64];
    randomise(work->u, whole(work), &seed);
    randomise(work->ut, whole(work), &seed);
    randomise(work->v, whole(work), &seed);
    scs_iterate_slack_step(work);
    memcpy(before, work->rsk, (size_t)whole(work) * sizeof *before);
    for (ptrdiff_t i = 0; i < whole(work); ++i) { /* another metric */
        work->metric.r[i] *= 1 + (double)(i % 7);
    }
    scs_iterate_remap(work);
    scs_iterate_slack_step(work);
    for (ptrdiff_t i = 0; i < whole(work); ++i) {
        CHECK_NEAR(work->rsk[i], before[i], 1e-14 * work->metric.r[i]);
    }
    close(work, &problem);
}

static void normalise_keeps_the_direction(void) {
    TestProblem problem;
    ScsWork *work = open_variant(0, &problem);
    unsigned seed = 9;
    const ptrdiff_t size = whole(work);
    double before[64];
    randomise(work->v, size, &seed);
    memcpy(before, work->v, (size_t)size * sizeof *before);
    scs_iterate_normalise(work);
    CHECK_NEAR(dot(work->v, work->v, size), (double)size, 1e-12);
    const double factor = work->v[0] / before[0];
    CHECK(factor > 0);
    for (ptrdiff_t i = 0; i < size; ++i) {
        CHECK_NEAR(work->v[i], factor * before[i], 1e-14 * factor);
    }
    memset(work->v, 0, (size_t)size * sizeof *work->v);
    scs_iterate_normalise(work); /* zero has no direction */
    CHECK_EQUAL(dot(work->v, work->v, size), 0);
    close(work, &problem);
}

static void starts(void) {
    for (int k = 0; k < VARIANTS; ++k) {
        TestProblem problem;
        ScsWork *work = open_variant(k, &problem);
        const scs_int n = work->problem.n;
        unsigned seed = 11;
        ScsSolution start = test_solution(&problem);
        randomise(start.x, n, &seed);
        randomise(start.y, work->problem.m, &seed);
        randomise(start.s, work->problem.m, &seed);
        start.x[1] = start.y[2] = start.s[3] = NAN;
        scs_iterate_start_warm(work, &start);
        start.x[1] = start.y[2] = start.s[3] = 0;
        const ScsScaling *scaling = &work->scaling;
        for (scs_int j = 0; j < n; ++j) {
            const double x = scaling->sigma * start.x[j] / scaling->e[j];
            CHECK_NEAR(work->v[j], x, 1e-15 * fabs(x));
        }
        for (scs_int i = 0; i < work->problem.m; ++i) {
            const double y = scaling->sigma * start.y[i] / scaling->d[i];
            const double s = scaling->sigma * start.s[i] * scaling->d[i];
            const double slack = s / work->metric.r[n + i];
            CHECK_NEAR(work->v[n + i], y + slack, 1e-15 * (fabs(y) + fabs(slack)));
        }
        CHECK_EQUAL(work->v[whole(work) - 1], 1);
        scs_iterate_start_cold(work);
        CHECK_EQUAL(dot(work->v, work->v, whole(work) - 1), 0);
        CHECK_EQUAL(work->v[whole(work) - 1], 1);
        test_solution_free(&start);
        close(work, &problem);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"g solves for h", g_solves_for_h},
        {"linear step solves the embedding", linear_step_solves_the_embedding},
        {"linear step with tau fixed", linear_step_with_tau_fixed},
        {"cone step is a projection", cone_step_is_a_projection},
        {"dual step is relaxed", dual_step_is_relaxed},
        {"remap keeps the slack", remap_keeps_the_slack},
        {"normalise keeps the direction", normalise_keeps_the_direction},
        {"warm and cold starts", starts},
    };
    return CHECK_RUN(cases);
}
