/* SPDX-License-Identifier: MIT
 *
 * Against the same operations on dense matrices.
 */
#include "la/csc.h"

#include "support/check.h"
#include "support/problems.h"

enum { M = 7, N = 9 };

typedef struct {
    double a[M * N];
    double p[N * N]; /* symmetric */
    double x[N], y[M];
    TestProblem sparse;
} Case;

static void set_up(Case *c) {
    unsigned seed = 5;
    *c = (Case){0};
    for (int i = 0; i < M; ++i) {
        for (int j = 0; j < N; ++j) {
            const double value = test_random(&seed);
            /* Column 4 and row 2 are empty, column 0 is full. */
            const bool present = j == 0 || (j != 4 && test_random(&seed) > 0);
            c->a[i * N + j] = present && i != 2 ? value : 0;
        }
    }
    for (int i = 0; i < N; ++i) {
        for (int j = 0; j <= i; ++j) {
            const double value = test_random(&seed) > 0.2 ? test_random(&seed) : 0;
            c->p[i * N + j] = value;
            c->p[j * N + i] = value;
        }
        c->x[i] = test_random(&seed);
    }
    for (int i = 0; i < M; ++i) {
        c->y[i] = test_random(&seed);
    }
    const ScsCone cone = {.l = M};
    c->sparse = test_problem_from_dense("", M, N, c->a, c->p, c->y, c->x, &cone);
}

static void zero_rows(void) {
    Case c;
    set_up(&c);
    const ScsMatrix *a = c.sparse.data.A;
    for (scs_int i = 0; i < M; ++i) {
        CHECK(scs_csc_row_is_zero(a, i) == (i == 2));
    }
    for (scs_int k = 0; k < scs_csc_nnz(a); ++k) {
        a->x[k] = a->i[k] == 5 ? 0 : a->x[k]; /* entries that are zero */
    }
    CHECK(scs_csc_row_is_zero(a, 5) && !scs_csc_row_is_zero(a, 4));
    test_problem_free(&c.sparse);
}

static void products(void) {
    Case c;
    set_up(&c);
    double ax[M], aty[N], px[N];
    for (int i = 0; i < M; ++i) { /* products are added to what is there */
        ax[i] = 1;
    }
    for (int j = 0; j < N; ++j) {
        aty[j] = 2;
        px[j] = 3;
    }
    scs_csc_multiply(c.sparse.data.A, c.x, ax);
    scs_csc_multiply_transposed(c.sparse.data.A, c.y, aty);
    scs_csc_multiply_symmetric(c.sparse.data.P, c.x, px);
    for (int i = 0; i < M; ++i) {
        double sum = 1;
        for (int j = 0; j < N; ++j) {
            sum += c.a[i * N + j] * c.x[j];
        }
        CHECK_NEAR(ax[i], sum, 1e-14);
    }
    for (int j = 0; j < N; ++j) {
        double sum = 2;
        double psum = 3;
        for (int i = 0; i < M; ++i) {
            sum += c.a[i * N + j] * c.y[i];
        }
        for (int i = 0; i < N; ++i) {
            psum += c.p[j * N + i] * c.x[i];
        }
        CHECK_NEAR(aty[j], sum, 1e-14);
        CHECK_NEAR(px[j], psum, 1e-14);
    }
    test_problem_free(&c.sparse);
}

static void scaling(void) {
    Case c;
    set_up(&c);
    double d[M], e[N];
    for (int i = 0; i < M; ++i) {
        d[i] = ldexp(1, i - 3); /* powers of two, so that products are exact */
    }
    for (int j = 0; j < N; ++j) {
        e[j] = ldexp(1, 4 - j);
    }
    ScsMatrix *a = c.sparse.data.A;
    scs_csc_scale(a, d, e);
    for (scs_int j = 0; j < N; ++j) {
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int i = a->i[k];
            CHECK_EQUAL(a->x[k], d[i] * c.a[i * N + j] * e[j]);
        }
    }
    test_problem_free(&c.sparse);
}

static void norms(void) {
    Case c;
    set_up(&c);
    for (int squares = 0; squares < 2; ++squares) {
        double rows[M], columns[N], symmetric[N];
        for (int i = 0; i < M; ++i) {
            rows[i] = 0.25;
        }
        for (int j = 0; j < N; ++j) {
            columns[j] = 0.25;
            symmetric[j] = 0.25;
        }
        scs_csc_accumulate_norms(c.sparse.data.A, squares, rows, columns);
        scs_csc_accumulate_norms_symmetric(c.sparse.data.P, squares, symmetric);
        for (int i = 0; i < M; ++i) {
            double norm = 0.25;
            for (int j = 0; j < N; ++j) {
                const double v = c.a[i * N + j];
                norm = squares ? norm + v * v : fmax(norm, fabs(v));
            }
            CHECK_NEAR(rows[i], norm, 1e-14);
        }
        for (int j = 0; j < N; ++j) {
            double norm = 0.25, full = 0.25;
            for (int i = 0; i < M; ++i) {
                const double v = c.a[i * N + j];
                norm = squares ? norm + v * v : fmax(norm, fabs(v));
            }
            for (int i = 0; i < N; ++i) {
                const double v = c.p[j * N + i];
                full = squares ? full + v * v : fmax(full, fabs(v));
            }
            CHECK_NEAR(columns[j], norm, 1e-14);
            CHECK_NEAR(symmetric[j], full, 1e-14);
        }
    }
    test_problem_free(&c.sparse);
}

static void transposes(void) {
    Case c;
    set_up(&c);
    const ScsMatrix *a = c.sparse.data.A;
    scs_int starts[M + 1], columns[M * N];
    double values[M * N];
    ScsMatrix t = {.x = values, .i = columns, .p = starts};
    for (int again = 0; again < 2; ++again) { /* what is there does not matter */
        scs_csc_transpose(a, &t);
        CHECK(t.m == N && t.n == M && scs_csc_nnz(&t) == scs_csc_nnz(a));
        scs_int k = 0;
        for (int i = 0; i < M; ++i) {
            for (int j = 0; j < N; ++j) {
                if (c.a[i * N + j] != 0) {
                    CHECK(starts[i] <= k && k < starts[i + 1]);
                    CHECK(columns[k] == j && values[k] == c.a[i * N + j]);
                    ++k;
                }
            }
        }
        CHECK_EQUAL(k, scs_csc_nnz(a));
    }
    test_problem_free(&c.sparse);
}

static void copies(void) {
    Case c;
    set_up(&c);
    ScsArena arena = {0};
    const ScsMatrix *a = c.sparse.data.A;
    ScsMatrix *copy = scs_csc_copy(&arena, a);
    if (CHECK(copy)) {
        const scs_int nnz = scs_csc_nnz(a);
        CHECK(copy->m == M && copy->n == N && scs_csc_nnz(copy) == nnz);
        CHECK(copy->p != a->p && copy->i != a->i && copy->x != a->x);
        CHECK(memcmp(copy->p, a->p, (N + 1) * sizeof *a->p) == 0);
        CHECK(memcmp(copy->i, a->i, (size_t)nnz * sizeof *a->i) == 0);
        CHECK(memcmp(copy->x, a->x, (size_t)nnz * sizeof *a->x) == 0);
    }
    CHECK(!scs_csc_copy(&arena, NULL) && !arena.failed);
    scs_arena_release(&arena);
    test_problem_free(&c.sparse);
}

/* Entries may be missing altogether, and then the arrays too. */
static void copies_an_empty_matrix(void) {
    scs_int starts[] = {0, 0, 0};
    const ScsMatrix empty = {.p = starts, .m = 4, .n = 2};
    ScsArena arena = {0};
    ScsMatrix *copy = scs_csc_copy(&arena, &empty);
    if (CHECK(copy)) {
        const double x[] = {1, 1};
        double y[4] = {5, 6, 7, 8};
        CHECK_EQUAL(scs_csc_nnz(copy), 0);
        scs_csc_multiply(copy, x, y);
        CHECK(y[0] == 5 && y[3] == 8);
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"zero rows", zero_rows},
        {"products", products},
        {"scaling", scaling},
        {"norms", norms},
        {"transposes", transposes},
        {"copies", copies},
        {"copies an empty matrix", copies_an_empty_matrix},
    };
    return CHECK_RUN(cases);
}
