/* SPDX-License-Identifier: MIT
 *
 * What the tests of the two kinds do not reach: larger orders, spectra that are hard, and
 * metrics that are a diagonal congruence. y is the nearest point to w in the metric r if
 * with s = r (y - w) both are positive semidefinite and y's = 0.
 */
#include "cones/semidefinite.h"
#include "core/la/slow_eigen.h"
#include "core/la/tridiagonals.h"
#include "la/svec.h"
#include "la/vec.h"
#include "support/check.h"

#include <float.h>
#include <stdlib.h>

enum { ORDER = TRIDIAGONAL_MOST, ROWS = ORDER * ORDER };

static scs_int rows_of(scs_int n, bool hermitian) {
    return hermitian ? n * n : (scs_int)scs_svec_length(n);
}

static ScsErrorCode project(ScsSemidefinite *cone, double *y, const double *r) {
    ScsConeBlock block = {.state = cone};
    return scs_semidefinite_project_dual(&block, y, r, NULL);
}

static void extend(ScsSemidefinite *cone, double *r) {
    const ScsConeBlock block = {.state = cone};
    scs_semidefinite_extend_metric(&block, r);
}

/* Random entries; a matrix with random eigenvectors and given spectrum is a sum of
 * rank-one matrices. */
static void add_rank_one(double *w, scs_int n, bool hermitian, double weight,
                         uint64_t *seed) {
    double u[2 * ORDER];
    double square = 0;
    for (scs_int i = 0; i < 2 * n; ++i) {
        u[i] = i % 2 && !hermitian ? 0 : tridiagonal_uniform(seed);
        square += u[i] * u[i];
    }
    weight /= square;
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int i = j; i < n; ++i) {
            const double *a = u + 2 * i, *b = u + 2 * j;
            const double root = i == j ? 1 : sqrt(2);
            *w++ += weight * root * (a[0] * b[0] + a[1] * b[1]);
            if (hermitian && i > j) {
                *w++ += weight * root * (a[1] * b[0] - a[0] * b[1]);
            }
        }
    }
}

static void make_point(int family, double *w, scs_int n, bool hermitian,
                       uint64_t *seed) {
    const scs_int rows = rows_of(n, hermitian);
    const ptrdiff_t parts = hermitian ? 2 : 1;
    memset(w, 0, (size_t)rows * sizeof *w);
    const double unit = pow(10, 400 * tridiagonal_uniform(seed)); /* 1e-200 .. 1e200 */
    ptrdiff_t row = 0;
    switch (family) {
    case 0: /* tame, or far out */
    case 1:
        for (scs_int i = 0; i < rows; ++i) {
            w[i] = (family == 1 ? unit : 1) * tridiagonal_uniform(seed);
        }
        break;
    case 2: /* of low rank, with both signs */
        for (int k = 0; k < 3; ++k) {
            add_rank_one(w, n, hermitian, k == 1 ? -1 : 2, seed);
        }
        break;
    case 3: /* two eigenvalues, many times */
    case 4: /* and nearly so */
        for (scs_int j = 0; j < n; ++j) {
            w[row] = 1 + (family == 4 ? 1e-13 * tridiagonal_uniform(seed) : 0);
            row += 1 + parts * (n - j - 1);
        }
        add_rank_one(w, n, hermitian, -3, seed);
        add_rank_one(w, n, hermitian, -3, seed);
        break;
    case 5: /* rows of very different size */
        for (scs_int j = 0; j < n; ++j) {
            const double size = pow(10, -300.0 * j / n);
            for (ptrdiff_t i = 0; i < 1 + parts * (n - j - 1); ++i) {
                w[row++] = size * tridiagonal_uniform(seed);
            }
        }
        break;
    case 6: /* diagonal */
        for (scs_int j = 0; j < n; ++j) {
            w[row] = floor(5 * tridiagonal_uniform(seed));
            row += 1 + parts * (n - j - 1);
        }
        break;
    case 7: /* an arrow: zeros on the diagonal, one full column */
        for (ptrdiff_t i = 1; i < 1 + parts * (n - 1); ++i) {
            w[i] = tridiagonal_uniform(seed);
        }
        break;
    case 8: /* denormal */
        for (scs_int i = 0; i < rows; ++i) {
            w[i] = 1e-310 * tridiagonal_uniform(seed);
        }
        break;
    default: /* positive, negative or zero but for rounding */
        for (scs_int k = 0; k < n / 2; ++k) {
            add_rank_one(w, n, hermitian, tridiagonal_uniform(seed) < 0 ? 1 : 1e-18,
                         seed);
        }
        scs_vec_scale(tridiagonal_uniform(seed) < 0 ? 1 : -1, w, rows);
        break;
    }
}

enum { FAMILIES = 10 };

/* Constant, or r_ij = rho_i rho_j. */
static void make_metric(bool varies, double *r, scs_int n, bool hermitian,
                        uint64_t *seed) {
    double rho[ORDER];
    const double common = pow(10, 4 * tridiagonal_uniform(seed));
    for (scs_int i = 0; i < n; ++i) {
        rho[i] = varies ? pow(10, 3 * tridiagonal_uniform(seed)) : common;
    }
    for (scs_int j = 0; j < n; ++j) {
        *r++ = rho[j] * rho[j];
        for (scs_int i = j + 1; i < n; ++i) {
            *r++ = rho[i] * rho[j];
            if (hermitian) {
                *r++ = rho[i] * rho[j];
            }
        }
    }
}

static void check_point(ScsSemidefinite *cone, scs_int n, bool hermitian, int family,
                        bool varies, uint64_t *seed) {
    static double w[ROWS], r[ROWS], y[ROWS], again[ROWS];
    static long double dual[ROWS], primal[ROWS];
    const scs_int rows = rows_of(n, hermitian);
    make_point(family, w, n, hermitian, seed);
    make_metric(varies, r, n, hermitian, seed);
    memcpy(y, w, sizeof w);
    CHECK(project(cone, y, r) == SCS_OK);
    long double y_unit = DBL_TRUE_MIN;
    long double s_unit = DBL_TRUE_MIN;
    for (scs_int i = 0; i < rows; ++i) {
        if (!CHECK(isfinite(y[i]))) {
            return;
        }
        y_unit = fmaxl(y_unit, fabsl((long double)w[i]));
        s_unit = fmaxl(s_unit, fabsl((long double)r[i] * w[i]));
    }
    long double product = 0;
    for (scs_int i = 0; i < rows; ++i) {
        dual[i] = y[i] / y_unit;
        primal[i] = r[i] * ((long double)y[i] - w[i]) / s_unit;
        product += dual[i] * primal[i];
    }
    /* In the congruent space, where the work is done, rounding is relative to the largest
     * entry there; back here it has another weight for each row. */
    const double spread = varies ? 1e3 : 1;
    const double grain = (double)(8 * n * DBL_TRUE_MIN / y_unit);
    const double tolerance = check_reference_slack() * spread * (1e-13 + grain);
    CHECK_NEAR((double)fminl(slow_smallest(dual, n, hermitian), 0), 0, tolerance);
    CHECK_NEAR((double)fminl(slow_smallest(primal, n, hermitian), 0), 0, tolerance);
    CHECK_NEAR((double)product, 0, n * tolerance);
    memcpy(again, y, sizeof y);
    CHECK(project(cone, again, r) == SCS_OK);
    for (scs_int i = 0; i < rows; ++i) {
        CHECK_NEAR((double)(again[i] / y_unit), (double)(y[i] / y_unit),
                   10 * tolerance);
    }
}

static void check_order(scs_int n, bool hermitian, int rounds) {
    const bool needs = scs_semidefinite_needs_lapack(n, hermitian);
    if (needs && !scs_lapack_linked()) {
        return;
    }
    ScsArena arena = {0};
    ScsSemidefinite *cone =
        scs_semidefinite_new(&arena, n, hermitian, needs ? scs_lapack_linked() : NULL);
    uint64_t seed = (uint64_t)n;
    for (int round = 0; round < rounds && cone && check_failures < 20; ++round) {
        for (int family = 0; family < FAMILIES; ++family) {
            check_point(cone, n, hermitian, family, round % 2 == 1, &seed);
        }
    }
    CHECK(cone != NULL);
    scs_arena_release(&arena);
}

/* The metric is carried by the diagonal. */
static void extends_metrics(void) {
    for (int hermitian = 0; hermitian < 2; ++hermitian) {
        ScsArena arena = {0};
        const scs_int n = hermitian ? 2 : 3;
        const scs_int rows = rows_of(n, hermitian);
        ScsSemidefinite *cone = scs_semidefinite_new(&arena, n, hermitian, NULL);
        double r[6] = {3, 7, 7, hermitian ? 12 : 0.75, 7, 48};
        const double real[6] = {3, 1.5, 12, 0.75, 6, 48};
        const double complex[4] = {3, 6, 6, 12};
        extend(cone, r);
        for (scs_int i = 0; i < rows; ++i) {
            const double expected = hermitian ? complex[i] : real[i];
            CHECK_NEAR(r[i], expected, 1e-15 * expected);
        }
        double flat[6] = {0.1, 5, 6, 0.1, 7, 0.1};
        extend(cone, flat);
        for (scs_int i = 0; i < rows; ++i) {
            CHECK_EQUAL(flat[i], 0.1); /* to the bit */
        }
        scs_arena_release(&arena);
    }
    ScsArena arena = {0};
    ScsSemidefinite *empty = scs_semidefinite_new(&arena, 0, false, NULL);
    extend(empty, NULL);
    scs_arena_release(&arena);
}

static void projects_real(void) {
    for (scs_int n = 1; n <= 12; ++n) {
        check_order(n, false, 40);
    }
    check_order(19, false, 4);
    check_order(33, false, 2);
    check_order(60, false, 1);
}

static void projects_complex(void) {
    for (scs_int n = 1; n <= 12; ++n) {
        check_order(n, true, 12);
    }
    check_order(30, true, 1);
}

static void order_zero(void) {
    ScsArena arena = {0};
    ScsSemidefinite *cone = scs_semidefinite_new(&arena, 0, false, NULL);
    CHECK(cone && project(cone, NULL, NULL) == SCS_OK);
    scs_arena_release(&arena);
}

static void leaves_what_is_inside(void) {
    const scs_int n = 9;
    const scs_int rows = rows_of(n, false);
    ScsArena arena = {0};
    ScsSemidefinite *cone = scs_semidefinite_new(&arena, n, false, NULL);
    double w[ROWS] = {0}, y[ROWS], r[ROWS];
    uint64_t seed = 4;
    make_metric(false, r, n, false, &seed);
    for (scs_int k = 0; k < 3 * n; ++k) {
        add_rank_one(w, n, false, 1, &seed);
    }
    memcpy(y, w, sizeof w);
    CHECK(project(cone, y, r) == SCS_OK);
    CHECK(memcmp(y, w, sizeof w) == 0);
    scs_vec_scale(-1, y, rows);
    CHECK(project(cone, y, r) == SCS_OK);
    CHECK(scs_vec_norm_inf(y, rows) == 0);
    scs_arena_release(&arena);
}

static void survives_the_largest_numbers(void) {
    for (scs_int n = 2; n <= 5; ++n) {
        ScsArena arena = {0};
        ScsSemidefinite *cone = scs_semidefinite_new(&arena, n, false, NULL);
        double y[ROWS], r[ROWS];
        const scs_int rows = rows_of(n, false);
        for (scs_int i = 0; i < rows; ++i) {
            y[i] = i % 3 == 1 ? -DBL_MAX : DBL_MAX;
            r[i] = 2;
        }
        CHECK(project(cone, y, r) == SCS_OK);
        CHECK(scs_vec_find_nonfinite(y, rows) == -1);
        y[0] = NAN; /* comes back, for the solver to find */
        CHECK(project(cone, y, r) == SCS_OK);
        scs_arena_release(&arena);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"extends metrics", extends_metrics},
        {"projects real", projects_real},
        {"projects complex", projects_complex},
        {"order zero", order_zero},
        {"leaves what is inside", leaves_what_is_inside},
        {"survives the largest numbers", survives_the_largest_numbers},
    };
    return CHECK_RUN(cases);
}
