/* SPDX-License-Identifier: MIT */
#include "core/la/tridiagonals.h"
#include "la/eigen.h"
#include "la/vec.h"
#include "support/check.h"

#include <float.h>
#include <stdlib.h>

enum { MOST = TRIDIAGONAL_MOST, ENTRIES = 2 * MOST * MOST };

/* A full Hermitian matrix with entries as pairs; real if asked for. */
typedef struct {
    scs_int n;
    bool hermitian;
    double entry[ENTRIES];
} Matrix;

static double *at(Matrix *m, scs_int i, scs_int j) {
    return m->entry + 2 * (i + j * m->n);
}

/* H T H for a tridiagonal T and a reflector H = I - 2 u u*, with complex u if Hermitian. */
static void make(Matrix *m, int which, scs_int n, bool hermitian) {
    double d[MOST], e[MOST], u[2 * MOST], tu[2 * MOST];
    tridiagonal_make(which, n, d, e);
    uint64_t seed = 9;
    double square = 0;
    for (scs_int i = 0; i < 2 * n; ++i) {
        u[i] = i % 2 && !hermitian ? 0 : tridiagonal_uniform(&seed);
        square += u[i] * u[i];
    }
    scs_vec_scale(1 / sqrt(square), u, 2 * n);
    double re = 0; /* of u* T u, which is real */
    for (scs_int i = 0; i < n; ++i) {
        for (int part = 0; part < 2; ++part) {
            double sum = d[i] * u[2 * i + part];
            sum += i > 0 ? e[i - 1] * u[2 * i - 2 + part] : 0;
            sum += i + 1 < n ? e[i] * u[2 * i + 2 + part] : 0;
            tu[2 * i + part] = sum;
            re += sum * u[2 * i + part];
        }
    }
    m->n = n;
    m->hermitian = hermitian;
    for (scs_int i = 0; i < n; ++i) {
        for (scs_int j = 0; j < n; ++j) {
            const double *a = u + 2 * i, *b = u + 2 * j, *s = tu + 2 * i,
                         *t = tu + 2 * j;
            double *to = at(m, i, j);
            to[0] = i == j ? d[i] : (abs((int)(i - j)) == 1 ? e[i < j ? i : j] : 0);
            to[0] += 4 * re * (a[0] * b[0] + a[1] * b[1]);
            to[0] -= 2 * (a[0] * t[0] + a[1] * t[1] + s[0] * b[0] + s[1] * b[1]);
            to[1] = 4 * re * (a[1] * b[0] - a[0] * b[1]);
            to[1] -= 2 * (a[1] * t[0] - a[0] * t[1] + s[1] * b[0] - s[0] * b[1]);
        }
    }
}

static void load(ScsEigen *eigen, Matrix *m) {
    double *to = scs_eigen_matrix(eigen);
    for (scs_int j = 0; j < m->n; ++j) {
        for (scs_int i = j; i < m->n; ++i) {
            if (m->hermitian) {
                to[2 * (i + j * m->n)] = at(m, i, j)[0];
                to[2 * (i + j * m->n) + 1] = at(m, i, j)[1];
            } else {
                to[i + j * m->n] = at(m, i, j)[0];
            }
        }
    }
}

static double largest(Matrix *m) { return scs_vec_norm_inf(m->entry, 2 * m->n * m->n); }

/* sum += weighted parts of the eigenpairs first .. first + count - 1 */
static void add_part(ScsEigen *eigen, Matrix *m, scs_int first, scs_int count,
                     bool negative, Matrix *sum) {
    double weight[MOST];
    load(eigen, m);
    CHECK(scs_eigen_reduce(eigen, NULL) == SCS_OK);
    CHECK(scs_eigen_pairs(eigen, first, count, NULL) == SCS_OK);
    for (scs_int k = 0; k < count; ++k) {
        const double value = scs_eigen_values(eigen)[k];
        CHECK(k == 0 || value >= scs_eigen_values(eigen)[k - 1] - 1e-13 * largest(m));
        weight[k] = negative ? fmin(value, 0) : fmax(value, 0);
    }
    CHECK(scs_eigen_accumulate(eigen, weight, NULL) == SCS_OK);
    const double *from = scs_eigen_matrix(eigen);
    for (scs_int j = 0; j < m->n; ++j) {
        for (scs_int i = j; i < m->n; ++i) {
            const scs_int k = i + j * m->n;
            at(sum, i, j)[0] += from[m->hermitian ? 2 * k : k];
            at(sum, i, j)[1] += m->hermitian ? from[2 * k + 1] : 0;
        }
    }
}

/* The parts of the spectrum below and above `split` add up to the matrix. */
static void check_split(ScsEigen *eigen, Matrix *m, scs_int split) {
    static Matrix sum;
    memset(&sum, 0, sizeof sum);
    sum.n = m->n;
    add_part(eigen, m, 0, split, true, &sum);
    add_part(eigen, m, 0, split, false, &sum);
    add_part(eigen, m, split, m->n - split, true, &sum);
    add_part(eigen, m, split, m->n - split, false, &sum);
    const double tolerance = 1e-13 * (largest(m) + DBL_MIN);
    for (scs_int j = 0; j < m->n; ++j) {
        for (scs_int i = j; i < m->n; ++i) {
            CHECK_NEAR(at(&sum, i, j)[0], at(m, i, j)[0], tolerance);
            CHECK_NEAR(at(&sum, i, j)[1], at(m, i, j)[1], tolerance);
        }
    }
}

/* Where the spectrum may be cut from n / 3 on: in a gap, for inside a cluster two calls
 * need not agree on who belongs to which part. */
static scs_int find_gap(ScsEigen *eigen, Matrix *m) {
    load(eigen, m);
    CHECK(scs_eigen_reduce(eigen, NULL) == SCS_OK);
    CHECK(scs_eigen_pairs(eigen, 0, m->n, NULL) == SCS_OK);
    const double *values = scs_eigen_values(eigen);
    scs_int split = 1 + m->n / 3;
    while (split < m->n && values[split] - values[split - 1] <= 1e-2 * largest(m)) {
        ++split;
    }
    return split < m->n ? split : m->n;
}

static void check_matrix(int which, scs_int n, bool hermitian,
                         const ScsLapack *lapack) {
    static Matrix m;
    make(&m, which, n, hermitian);
    ScsArena arena = {0};
    ScsEigen *eigen = scs_eigen_new(&arena, n, hermitian, lapack);
    if (CHECK(eigen != NULL)) {
        load(eigen, &m);
        CHECK(scs_eigen_reduce(eigen, NULL) == SCS_OK);
        check_split(eigen, &m, scs_eigen_count_below(eigen, 0));
        check_split(eigen, &m, find_gap(eigen, &m));
    }
    scs_arena_release(&arena);
}

static void check_all(bool hermitian, const ScsLapack *lapack) {
    for (int which = 0; which < TRIDIAGONALS; ++which) {
        for (scs_int n = 1; n <= MOST; n += n < 13 ? 1 : 17) {
            check_matrix(which, n, hermitian, lapack);
        }
    }
}

/* Up to that order nothing is asked of LAPACK. */
static void small_orders_are_our_own(void) {
    CHECK_EQUAL(MOST, SCS_EIGEN_OWN_ORDER);
    CHECK(!scs_eigen_needs_lapack(SCS_EIGEN_OWN_ORDER, false));
    CHECK(scs_eigen_needs_lapack(SCS_EIGEN_OWN_ORDER + 1, false));
    CHECK(scs_eigen_needs_lapack(1, true));
    check_all(false, NULL);
    check_matrix(0, SCS_EIGEN_OWN_ORDER, false, NULL);
    const ScsLapack unusable = {0};
    check_matrix(0, SCS_EIGEN_OWN_ORDER, false, &unusable);
}

/* Squares of the entries vanish, which is against the rules, and with them what bisection
 * sees of the matrix: the QL iteration does not mind. */
static void falls_back_on_ql(void) {
    static Matrix m;
    const scs_int n = 24;
    double d[MOST], e[MOST];
    tridiagonal_make(1, n, d, e);
    memset(&m, 0, sizeof m);
    m.n = n;
    for (scs_int i = 0; i < n; ++i) {
        at(&m, i, i)[0] = 1e-200 * d[i];
        if (i + 1 < n) {
            at(&m, i + 1, i)[0] = at(&m, i, i + 1)[0] = 1e-200 * e[i];
        }
    }
    ScsArena arena = {0};
    ScsEigen *eigen = scs_eigen_new(&arena, n, false, NULL);
    const scs_int first = 5;
    load(eigen, &m);
    CHECK(scs_eigen_reduce(eigen, NULL) == SCS_OK);
    CHECK(scs_eigen_pairs(eigen, first, 3, NULL) == SCS_OK);
    const double *vectors = NULL;
    CHECK(scs_eigen_vectors(eigen, &vectors, NULL) == SCS_OK);
    for (scs_int k = 0; k < 3; ++k) {
        const double angle = 3.14159265358979323846 * (first + k + 1) / (n + 1);
        const double value = scs_eigen_values(eigen)[k];
        CHECK_NEAR(1e200 * value, 2 - 2 * cos(angle), 1e-14);
        CHECK_NEAR(tridiagonal_residual(n, d, e, 1e200 * value, vectors + k * n), 0,
                   1e-14);
    }
    scs_arena_release(&arena);
}

static void reports_what_is_no_number(void) {
    const scs_int n = 9;
    ScsArena arena = {0};
    ScsError error = {SCS_OK, ""};
    ScsEigen *eigen = scs_eigen_new(&arena, n, false, NULL);
    for (scs_int i = 0; i < n * n; ++i) {
        scs_eigen_matrix(eigen)[i] = i == 30 ? NAN : 1;
    }
    CHECK(scs_eigen_reduce(eigen, &error) == SCS_OK);
    CHECK(scs_eigen_pairs(eigen, 0, 4, &error) == SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message,
                   "the QL iteration does not end on a matrix of order 9");
    scs_arena_release(&arena);
}

static void hermitian_parts_add_up(void) { check_all(true, scs_lapack_linked()); }

/* ---- LAPACK that fails ---- */

static int failures;

/* The parameters are LAPACK's. NOLINTBEGIN(readability-non-const-parameter) */

static void failing_dstedc(const char *compz, const int *n, double *d, double *e,
                           double *z, const int *ldz, double *work, const int *lwork,
                           int *iwork, const int *liwork, int *info) {
    (void)compz, (void)z, (void)ldz, (void)work, (void)lwork, (void)iwork, (void)liwork;
    ++failures;
    for (int i = 0; i < *n; ++i) { /* as if it had begun */
        d[i] = e[i > 0 ? i - 1 : 0] = NAN;
    }
    *info = 3;
}

static void failing_dsteqr(const char *compz, const int *n, double *d, double *e,
                           double *z, const int *ldz, double *work, int *info) {
    (void)compz, (void)n, (void)d, (void)e, (void)z, (void)ldz, (void)work;
    ++failures;
    *info = 7;
}

static void failing_reduction(const char *uplo, const int *n, double *a, const int *lda,
                              double *d, double *e, double *tau, double *work,
                              const int *lwork, int *info) {
    (void)uplo, (void)n, (void)a, (void)lda, (void)d, (void)e, (void)tau;
    work[0] = 64;
    *info = *lwork < 0 ? 0 : 5;
}

static void failing_product(const char *side, const char *uplo, const char *trans,
                            const int *m, const int *n, const double *a, const int *lda,
                            const double *tau, double *c, const int *ldc, double *work,
                            const int *lwork, int *info) {
    (void)side, (void)uplo, (void)trans, (void)m, (void)n, (void)a, (void)lda;
    (void)tau, (void)c, (void)ldc;
    work[0] = 64;
    *info = *lwork < 0 ? 0 : -12;
}

/* NOLINTEND(readability-non-const-parameter) */

static void falls_back(void) {
    ScsLapack lapack = *scs_lapack_linked();
    lapack.dstedc = failing_dstedc;
    failures = 0;
    check_all(true, &lapack);
    CHECK(failures > 0);
}

static void reports_failure(void) {
    static Matrix m;
    const scs_int n = 120;
    ScsLapack lapack = *scs_lapack_linked();
    lapack.dstedc = failing_dstedc;
    lapack.dsteqr = failing_dsteqr;
    lapack.zhetrd = failing_reduction;
    ScsArena arena = {0};
    ScsError error = {SCS_OK, ""};
    ScsEigen *eigen = scs_eigen_new(&arena, n, false, &lapack);
    for (scs_int i = 0; i < n; ++i) {
        scs_eigen_matrix(eigen)[i + i * n] = (double)i;
    }
    CHECK(scs_eigen_reduce(eigen, &error) == SCS_OK);
    /* All pairs are for divide and conquer, which hands over to the QL iteration. */
    CHECK(scs_eigen_pairs(eigen, 0, n, &error) == SCS_ERROR_NUMERICAL);
    CHECK(error.code == SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message,
                   "dsteqr failed with info = 7 on a matrix of order 120");
    make(&m, 0, 20, true);
    eigen = scs_eigen_new(&arena, 20, true, &lapack);
    load(eigen, &m);
    CHECK(scs_eigen_reduce(eigen, &error) == SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "zhetrd failed with info = 5");
    scs_arena_release(&arena);
}

static void reports_failed_products(void) {
    static Matrix m;
    ScsLapack lapack = *scs_lapack_linked();
    lapack.dormtr = failing_product;
    lapack.zunmtr = failing_product;
    for (int hermitian = 0; hermitian < 2; ++hermitian) {
        const scs_int n = hermitian ? 10 : 400; /* beyond the kernels */
        ScsArena arena = {0};
        ScsError error = {SCS_OK, ""};
        ScsEigen *eigen = scs_eigen_new(&arena, n, hermitian, &lapack);
        double *weight = SCS_NEW(&arena, double, n);
        if (hermitian) {
            make(&m, 0, n, true);
            load(eigen, &m);
        } else {
            for (scs_int i = 0; i < n; ++i) {
                scs_eigen_matrix(eigen)[i + i * n] = (double)i;
            }
        }
        CHECK(scs_eigen_reduce(eigen, &error) == SCS_OK);
        CHECK(scs_eigen_pairs(eigen, 0, n / 2, &error) == SCS_OK);
        CHECK(scs_eigen_accumulate(eigen, weight, &error) == SCS_ERROR_NUMERICAL);
        CHECK_CONTAINS(error.message, hermitian ? "zunmtr failed with info = -12"
                                                : "dormtr failed with info = -12");
        scs_arena_release(&arena);
    }
}

/* ---- orders beyond the small kernels, against a matrix with known projections ---- */

/* The path graph's Laplacian, whose eigenvalues are 2 - 2 cos(pi k / n), turned. */
static void large_orders(void) {
    const scs_int orders[] = {130, 301, 420};
    for (size_t k = 0; k < sizeof orders / sizeof *orders; ++k) {
        const scs_int n = orders[k];
        ScsArena arena = {0};
        ScsEigen *eigen = scs_eigen_new(&arena, n, false, scs_lapack_linked());
        double *a = scs_eigen_matrix(eigen);
        for (scs_int j = 0; j < n; ++j) { /* (I - 2/n 1 1') L (same), L 1 = 0 */
            for (scs_int i = j; i < n; ++i) {
                const double ends = (i == 0 || i == n - 1) ? 1 : 2;
                a[i + j * n] = i == j ? ends : (i == j + 1 ? -1 : 0);
            }
        }
        CHECK(scs_eigen_reduce(eigen, NULL) == SCS_OK);
        const scs_int count = n / 4;
        CHECK(scs_eigen_pairs(eigen, 0, count, NULL) == SCS_OK);
        double *weight = SCS_NEW(&arena, double, count);
        for (scs_int i = 0; i < count; ++i) {
            const double exact = 2 - 2 * cos(3.14159265358979323846 * i / (double)n);
            CHECK_NEAR(scs_eigen_values(eigen)[i], exact, 1e-13);
            weight[i] = -1;
        }
        CHECK(scs_eigen_accumulate(eigen, weight, NULL) ==
              SCS_OK); /* a projector, negative */
        double trace = 0;
        for (scs_int i = 0; i < n; ++i) {
            trace += a[i + i * n];
        }
        CHECK_NEAR(trace, -(double)count, 1e-11);
        scs_arena_release(&arena);
    }
}

/* Few vectors of large matrices: LAPACK reduces, a kernel applies the reflectors. */
static void few_vectors_of_large_orders(void) {
    for (scs_int n = 290; n <= 330; n += 20) {
        ScsArena arena = {0};
        ScsEigen *eigen = scs_eigen_new(&arena, n, false, scs_lapack_linked());
        double *copy = SCS_NEW(&arena, double, n *n);
        double *a = scs_eigen_matrix(eigen);
        uint64_t seed = (uint64_t)n;
        for (scs_int j = 0; j < n; ++j) {
            for (scs_int i = j; i < n; ++i) {
                a[i + j * n] = tridiagonal_uniform(&seed);
                copy[i + j * n] = copy[j + i * n] = a[i + j * n];
            }
        }
        const double *vectors = NULL;
        const scs_int count = 5;
        double ends[2];
        CHECK(scs_eigen_reduce(eigen, NULL) == SCS_OK);
        scs_eigen_some_values(eigen, n - 2, 2, ends);
        CHECK(scs_eigen_pairs(eigen, n - count, count, NULL) == SCS_OK);
        CHECK(scs_eigen_vectors(eigen, &vectors, NULL) == SCS_OK);
        const double *values = scs_eigen_values(eigen);
        CHECK_NEAR(values[count - 2], ends[0], 1e-12);
        CHECK_NEAR(values[count - 1], ends[1], 1e-12);
        for (scs_int k = 0; k < count; ++k) {
            const double *v = vectors + k * n;
            CHECK_NEAR(scs_vec_norm2(v, n), 1, 1e-12);
            double worst = 0;
            for (scs_int i = 0; i < n; ++i) {
                const double image = scs_vec_dot(copy + i * n, v, n);
                worst = fmax(worst, fabs(image - values[k] * v[i]));
            }
            CHECK_NEAR(worst, 0, 1e-12);
        }
        scs_arena_release(&arena);
    }
}

int main(void) {
    static const CheckCase own[] = {
        {"small orders are our own", small_orders_are_our_own},
        {"falls back on QL", falls_back_on_ql},
        {"reports what is no number", reports_what_is_no_number},
    };
    static const CheckCase cases[] = {
        {"Hermitian parts add up", hermitian_parts_add_up},
        {"falls back", falls_back},
        {"reports failure", reports_failure},
        {"reports failed products", reports_failed_products},
        {"large orders", large_orders},
        {"few vectors of large orders", few_vectors_of_large_orders},
    };
    if (!scs_lapack_linked()) {
        return CHECK_RUN(own);
    }
    const int failed = CHECK_RUN(own);
    return CHECK_RUN(cases) || failed;
}
