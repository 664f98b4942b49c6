/* SPDX-License-Identifier: MIT
 *
 * Random problems with a planted answer. Matrices are dense while they are made.
 */
#include "support/problems.h"

#include <math.h>
#include <string.h>

double test_random(unsigned *seed) {
    /* One step of a 32-bit linear congruential generator (Numerical Recipes). */
    *seed = (*seed * 1664525u + 1013904223u) & 0xffffffffu;
    return ((double)*seed + 0.5) / 2147483648. - 1;
}

typedef struct {
    TestProblem keep; /* owns the arrays below until the problem is made */
    ScsCone cone;
    unsigned seed;
    scs_int n, m;
    double *a, *p; /* by rows; p NULL without quadratic */
    double *b, *c;
    double *x, *y, *s;
} Draft;

static double *vector(Draft *draft, scs_int count) {
    return test_problem_take(&draft->keep, (size_t)count, sizeof(double));
}

static double *random_vector(Draft *draft, scs_int count) {
    double *v = vector(draft, count);
    for (scs_int i = 0; i < count; ++i) {
        v[i] = test_random(&draft->seed);
    }
    return v;
}

static void draw_cone(Draft *draft, const TestShape *shape) {
    const scs_int bounds = shape->box > 0 ? shape->box - 1 : 0;
    draft->cone = (ScsCone){
        .z = shape->z,
        .l = shape->l,
        .bsize = shape->box,
        .bl = random_vector(draft, bounds),
        .bu = random_vector(draft, bounds),
        .q = test_problem_take(&draft->keep, (size_t)shape->q_count, sizeof(scs_int)),
        .qsize = shape->q_count,
    };
    for (scs_int i = 0; i < bounds; ++i) {
        draft->cone.bu[i] = draft->cone.bl[i] + 0.5 + fabs(draft->cone.bu[i]);
    }
    for (scs_int k = 0; k < shape->q_count; ++k) {
        draft->cone.q[k] = shape->q_rows;
    }
    draft->m = shape->z + shape->l + shape->box + shape->q_count * shape->q_rows;
}

/* About a third of the entries of A; P = B'B with B of half the rank. */
static void draw_matrices(Draft *draft, const TestShape *shape) {
    const scs_int n = draft->n;
    draft->a = vector(draft, draft->m * n);
    for (scs_int k = 0; k < draft->m * n; ++k) {
        const bool present = test_random(&draft->seed) < -0.3;
        const double value = test_random(&draft->seed);
        draft->a[k] = present ? value : 0;
    }
    for (scs_int j = 0; j < n; ++j) { /* no empty column */
        draft->a[(j % draft->m) * n + j] = 1 + test_random(&draft->seed) / 2;
    }
    if (!shape->quadratic) {
        return;
    }
    draft->p = vector(draft, n * n);
    const scs_int rank = (n + 1) / 2;
    const double *root = random_vector(draft, rank * n);
    for (scs_int i = 0; i < n; ++i) {
        for (scs_int j = 0; j < n; ++j) {
            for (scs_int k = 0; k < rank; ++k) {
                draft->p[i * n + j] += root[k * n + i] * root[k * n + j];
            }
        }
    }
}

/* s in K and y in K* with s'y = 0, strictly complementary where that means something. */
static void draw_box(Draft *draft, double *s, double *y) {
    const ScsCone *cone = &draft->cone;
    s[0] = 1 + test_random(&draft->seed) / 2;
    y[0] = 0;
    for (scs_int i = 0; i < cone->bsize - 1; ++i) {
        const double low = cone->bl[i];
        const double high = cone->bu[i];
        const double z = 2 * test_random(&draft->seed);
        y[i + 1] = fabs(z) > 1 ? z : 0;
        s[i + 1] = s[0] * (z > 1 ? low : z < -1 ? high : (low + high) / 2);
        y[0] -= y[i + 1] * s[i + 1] / s[0];
    }
}

static void draw_soc(Draft *draft, double *s, double *y, scs_int rows) {
    double norm = 0;
    for (scs_int i = 1; i < rows; ++i) {
        s[i] = test_random(&draft->seed);
        norm += s[i] * s[i];
    }
    norm = sqrt(norm);
    const double kind = test_random(&draft->seed);
    if (kind < -0.4) { /* s inside, y = 0 */
        s[0] = norm + 0.5;
    } else if (kind < 0) { /* the other way round */
        for (scs_int i = 1; i < rows; ++i) {
            y[i] = s[i];
            s[i] = 0;
        }
        y[0] = norm + 0.5;
    } else { /* both on the boundary */
        const double factor = 1 + kind;
        s[0] = norm;
        y[0] = factor * norm;
        for (scs_int i = 1; i < rows; ++i) {
            y[i] = -factor * s[i];
        }
    }
}

/* Into the present arrays. */
static void redraw_pair(Draft *draft) {
    const ScsCone *cone = &draft->cone;
    memset(draft->s, 0, (size_t)draft->m * sizeof *draft->s);
    memset(draft->y, 0, (size_t)draft->m * sizeof *draft->y);
    scs_int i = 0;
    for (; i < cone->z; ++i) {
        draft->y[i] = test_random(&draft->seed);
    }
    for (; i < cone->z + cone->l; ++i) {
        const double z = test_random(&draft->seed);
        draft->s[i] = z > 0 ? z : 0;
        draft->y[i] = z > 0 ? 0 : -z;
    }
    if (cone->bsize > 0) {
        draw_box(draft, draft->s + i, draft->y + i);
        i += cone->bsize;
    }
    for (scs_int k = 0; k < cone->qsize; ++k) {
        draw_soc(draft, draft->s + i, draft->y + i, cone->q[k]);
        i += cone->q[k];
    }
}

/* Its entries go to the next row, so that no column becomes empty. */
static void clear_row(Draft *draft, scs_int i) {
    double *row = draft->a + i * draft->n;
    for (scs_int j = 0; j < draft->n; ++j) {
        row[draft->n + j] += row[j];
        row[j] = 0;
    }
}

static void draw_pair(Draft *draft) {
    draft->s = vector(draft, draft->m);
    draft->y = vector(draft, draft->m);
    redraw_pair(draft);
}

static Draft begin(const TestShape *shape) {
    Draft draft = {.n = shape->n, .seed = shape->seed * 2654435761u + 1};
    draw_cone(&draft, shape);
    draw_matrices(&draft, shape);
    if (shape->fixed_box) {
        clear_row(&draft, shape->z + shape->l);
    }
    draw_pair(&draft);
    draft.x = random_vector(&draft, draft.n);
    draft.b = vector(&draft, draft.m);
    draft.c = vector(&draft, draft.n);
    return draft;
}

static TestProblem finish(Draft *draft, const char *name) {
    TestProblem problem = test_problem_from_dense(
        name, draft->m, draft->n, draft->a, draft->p, draft->b, draft->c, &draft->cone);
    test_problem_free(&draft->keep);
    return problem;
}

/* b = Ax + s and c = -Px - A'y. */
static void balance(Draft *draft) {
    const scs_int n = draft->n;
    for (scs_int i = 0; i < draft->m; ++i) {
        draft->b[i] = draft->s[i];
        for (scs_int j = 0; j < n; ++j) {
            draft->b[i] += draft->a[i * n + j] * draft->x[j];
        }
    }
    for (scs_int j = 0; j < n; ++j) {
        draft->c[j] = 0;
        for (scs_int i = 0; i < draft->m; ++i) {
            draft->c[j] -= draft->a[i * n + j] * draft->y[i];
        }
        for (scs_int k = 0; draft->p && k < n; ++k) {
            draft->c[j] -= draft->p[j * n + k] * draft->x[k];
        }
    }
}

static double dot(const double *a, const double *b, scs_int n) {
    double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

TestProblem test_random_solved(const TestShape *shape) {
    Draft draft = begin(shape);
    balance(&draft);
    double optimum = dot(draft.c, draft.x, draft.n);
    for (scs_int i = 0; draft.p && i < draft.n; ++i) {
        optimum += draft.x[i] * dot(draft.p + i * draft.n, draft.x, draft.n) / 2;
    }
    TestProblem problem = finish(&draft, "random solved");
    problem.optimum = optimum;
    return problem;
}

TestProblem test_random_infeasible(const TestShape *shape) {
    TestShape linear = *shape;
    linear.quadratic = false;
    Draft draft = begin(&linear);
    const scs_int n = draft.n;
    const scs_int m = draft.m;
    while (dot(draft.y, draft.y, m) < 0.01) { /* nearly nothing proves nothing */
        redraw_pair(&draft);
    }
    const double *certificate = draft.y;
    const double square = dot(certificate, certificate, m);
    for (scs_int j = 0; j < n; ++j) { /* A <- (I - y y' / y'y) A */
        double share = 0;
        for (scs_int i = 0; i < m; ++i) {
            share += draft.a[i * n + j] * certificate[i];
        }
        for (scs_int i = 0; i < m; ++i) {
            draft.a[i * n + j] -= certificate[i] * share / square;
        }
    }
    draw_pair(&draft); /* another y, which makes the dual feasible */
    balance(&draft);
    const double product = dot(draft.b, certificate, m);
    for (scs_int i = 0; i < m; ++i) {
        draft.b[i] -= certificate[i] * (product + 1) / square;
    }
    TestProblem problem = finish(&draft, "random infeasible");
    problem.status = SCS_INFEASIBLE;
    return problem;
}

TestProblem test_random_unbounded(const TestShape *shape) {
    TestShape linear = *shape;
    linear.quadratic = false;
    Draft draft = begin(&linear);
    const scs_int n = draft.n;
    const double *ray = draft.x;
    const double square = dot(ray, ray, n);
    for (scs_int i = 0; i < draft.m; ++i) { /* A <- A - (Ax + s) x' / x'x */
        double *row = draft.a + i * n;
        const double excess = dot(row, ray, n) + draft.s[i];
        for (scs_int j = 0; j < n; ++j) {
            row[j] -= excess * ray[j] / square;
        }
    }
    draw_pair(&draft); /* another s, which makes the primal feasible */
    draft.x = random_vector(&draft, n);
    balance(&draft);
    const double product = dot(draft.c, ray, n);
    for (scs_int j = 0; j < n; ++j) {
        draft.c[j] -= ray[j] * (product + 1) / square;
    }
    TestProblem problem = finish(&draft, "random unbounded");
    problem.status = SCS_UNBOUNDED;
    return problem;
}
