/* SPDX-License-Identifier: MIT
 *
 * The table is filled by name, and the linked routines compute what their names say: all
 * are tried on the matrix below, whose tridiagonal form is computed by hand.
 */
#include "scs_lapack.h"
#include "support/check.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { N = 3, WORK = 512 };

static const double matrix[N * N] = {7, 3, 4, 3, 1, 2, 4, 2, 3};
static const double minus_one = -1;
static const double zero = 0;
static const double one = 1;
static const int three = N;
static const int work_size = WORK;

/* --- filling --- */

typedef struct {
    const char *missing;
    int asked;
} Finder;

static void routine(void) {}

static ScsLapackFunction find(void *context, const char *name) {
    Finder *finder = context;
    finder->asked += 1;
    return finder->missing && strcmp(name, finder->missing) == 0 ? NULL : routine;
}

static void every_member_is_asked_for_once(void) {
    ScsLapack table;
    memset(&table, 0, sizeof table);
    Finder finder = {NULL, 0};
    CHECK(scs_lapack_fill(&table, find, &finder) == NULL);
    CHECK_EQUAL(finder.asked, sizeof table / sizeof(ScsLapackFunction));
    for (size_t at = 0; at < sizeof table; at += sizeof(ScsLapackFunction)) {
        ScsLapackFunction member = NULL;
        memcpy((void *)&member, (const char *)&table + at, sizeof member);
        CHECK(member == routine);
    }
}

static void a_missing_routine_is_named(void) {
    ScsLapack table;
    Finder finder = {"dsteqr", 0};
    const char *missing = scs_lapack_fill(&table, find, &finder);
    CHECK(missing && strcmp(missing, "dsteqr") == 0);
}

static void special(void) {}

static ScsLapackFunction find_special(void *context, const char *name) {
    return strcmp(name, context) == 0 ? special : routine;
}

static void names_lead_to_their_members(void) {
    static const struct {
        const char *name;
        size_t offset;
    } some[] = {{"dgemm", offsetof(ScsLapack, dgemm)},
                {"dsytrd", offsetof(ScsLapack, dsytrd)},
                {"zhetrd", offsetof(ScsLapack, zhetrd)},
                {"dgesvd", offsetof(ScsLapack, dgesvd)}};
    for (size_t k = 0; k < sizeof some / sizeof *some; ++k) {
        ScsLapack table;
        char name[8];
        strcpy(name, some[k].name);
        CHECK(scs_lapack_fill(&table, find_special, name) == NULL);
        for (size_t at = 0; at < sizeof table; at += sizeof(ScsLapackFunction)) {
            ScsLapackFunction member = NULL;
            memcpy((void *)&member, (const char *)&table + at, sizeof member);
            CHECK(member == (at == some[k].offset ? special : routine));
        }
    }
}

/* --- the linked routines --- */

static void linked_if_built_so(void) {
#ifdef SCS_TEST_LAPACK
    CHECK(scs_lapack_linked() != NULL);
#else
    CHECK(scs_lapack_linked() == NULL);
#endif
}

/* d and e of the tridiagonal form; a becomes its factor, with tau. */
static void reduce(const ScsLapack *lapack, double *a, double *d, double *e,
                   double *tau) {
    double work[WORK];
    int info = -1;
    lapack->dsytrd("L", &three, a, &three, d, e, tau, work, &work_size, &info);
    CHECK_EQUAL(info, 0);
}

static void tridiagonal_form(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    /* The reflector takes (3, 4) to (-5, 0). */
    double a[N * N], d[N], e[N - 1], tau[N - 1];
    memcpy(a, matrix, sizeof a);
    reduce(lapack, a, d, e, tau);
    CHECK_NEAR(d[0], 7, 1e-14);
    CHECK_NEAR(d[1], 4.2, 1e-14);
    CHECK_NEAR(d[2], -0.2, 1e-14);
    CHECK_NEAR(e[0], -5, 1e-14);
    CHECK_NEAR(e[1], -0.4, 1e-14);
}

/* Whether matrix v = value v. */
static void check_pair(const double *v, double value) {
    for (int i = 0; i < N; ++i) {
        double sum = 0;
        for (int j = 0; j < N; ++j) {
            sum += matrix[j * N + i] * v[j];
        }
        CHECK_NEAR(sum, value * v[i], 1e-13);
    }
}

static void eigenpairs(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    double a[N * N], d[N], e[N], tau[N - 1], z[N * N], work[WORK], e2[N], d2[N];
    int iwork[WORK], info = -1;
    memcpy(a, matrix, sizeof a);
    reduce(lapack, a, d, e, tau);

    memcpy(d2, d, sizeof d2);
    memcpy(e2, e, sizeof e2);
    lapack->dstedc("I", &three, d2, e2, z, &three, work, &work_size, iwork, &work_size,
                   &info);
    CHECK_EQUAL(info, 0);
    lapack->dormtr("L", "L", "N", &three, &three, a, &three, tau, z, &three, work,
                   &work_size, &info);
    CHECK_EQUAL(info, 0);
    for (int j = 0; j < N; ++j) {
        CHECK_NEAR(sqrt(z[j * N] * z[j * N] + z[j * N + 1] * z[j * N + 1] +
                        z[j * N + 2] * z[j * N + 2]),
                   1, 1e-13);
        check_pair(z + (ptrdiff_t)j * N, d2[j]);
    }

    lapack->dsteqr("N", &three, d, e, z, &three, work, &info);
    CHECK_EQUAL(info, 0);
    CHECK_NEAR(d[0], d2[0], 1e-13);
    CHECK_NEAR(d[0] + d[1] + d[2], 11, 1e-13);
}

/* The same matrix turned by diag(1, i, 1): the same eigenvalues and, up to that factor,
 * the same vectors. */
static void hermitian_eigenpairs(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    double a[2 * N * N], d[N], e[N], tau[2 * N], z[N * N], v[2 * N * N], work[WORK];
    int info = -1;
    for (int j = 0; j < N; ++j) {
        for (int i = 0; i < N; ++i) {
            const double turn = (i == 1) - (j == 1);
            a[2 * (j * N + i)] = turn == 0 ? matrix[j * N + i] : 0;
            a[2 * (j * N + i) + 1] = turn * matrix[j * N + i];
        }
    }
    lapack->zhetrd("L", &three, a, &three, d, e, tau, work, &work_size, &info);
    CHECK_EQUAL(info, 0);
    lapack->dsteqr("I", &three, d, e, z, &three, work, &info);
    CHECK_EQUAL(info, 0);
    for (int i = 0; i < N * N; ++i) {
        v[2 * i] = z[i];
        v[2 * i + 1] = 0;
    }
    lapack->zunmtr("L", "L", "N", &three, &three, a, &three, tau, v, &three, work,
                   &work_size, &info);
    CHECK_EQUAL(info, 0);
    for (int k = 0; k < N; ++k) {
        const double *complex_vector = v + (ptrdiff_t)2 * N * k;
        double re[N], im[N];
        for (int i = 0; i < N; ++i) { /* turned back: times -i in the middle */
            re[i] = i == 1 ? complex_vector[2 * i + 1] : complex_vector[2 * i];
            im[i] = i == 1 ? -complex_vector[2 * i] : complex_vector[2 * i + 1];
        }
        check_pair(re, d[k]);
        check_pair(im, d[k]);
    }
}

static void products(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    const double a[4] = {1, 2, 3, 4}; /* rows (1, 3) and (2, 4); complex: 1+2i, 3+4i */
    const int two = 2;
    const int single = 1;
    double c[4] = {0, 0, 77, 0};
    lapack->dsyrk("L", "N", &two, &two, &one, a, &two, &zero, c, &two);
    CHECK_EQUAL(c[0], 10);
    CHECK_EQUAL(c[1], 14);
    CHECK_EQUAL(c[2], 77); /* the other triangle is left alone */
    CHECK_EQUAL(c[3], 20);

    lapack->dgemm("T", "N", &two, &two, &two, &minus_one, a, &two, a, &two, &zero, c,
                  &two);
    CHECK_EQUAL(c[0], -5);
    CHECK_EQUAL(c[1], -11);
    CHECK_EQUAL(c[2], -11);
    CHECK_EQUAL(c[3], -25);

    double h[8] = {0};
    lapack->zherk("L", "N", &two, &single, &one, a, &two, &zero, h, &two);
    CHECK_EQUAL(h[0], 5);
    CHECK_EQUAL(h[1], 0);
    CHECK_EQUAL(h[2], 11); /* (3 + 4i)(1 - 2i) */
    CHECK_EQUAL(h[3], -2);
    CHECK_EQUAL(h[6], 25);
    CHECK_EQUAL(h[7], 0);
}

static void singular_values(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    double a[N * N], s[2][N], u[N * N], vt[N * N], work[WORK];
    int iwork[8 * N], info = -1;
    memcpy(a, matrix, sizeof a);
    lapack->dgesdd("S", &three, &three, a, &three, s[0], u, &three, vt, &three, work,
                   &work_size, iwork, &info);
    CHECK_EQUAL(info, 0);
    for (int j = 0; j < N; ++j) {
        for (int i = 0; i < N; ++i) {
            double sum = 0;
            for (int k = 0; k < N; ++k) {
                sum += u[k * N + i] * s[0][k] * vt[j * N + k];
            }
            CHECK_NEAR(sum, matrix[j * N + i], 1e-13);
        }
    }
    memcpy(a, matrix, sizeof a);
    lapack->dgesvd("N", "N", &three, &three, a, &three, s[1], u, &three, vt, &three,
                   work, &work_size, &info);
    CHECK_EQUAL(info, 0);
    for (int k = 0; k < N; ++k) {
        CHECK_NEAR(s[1][k], s[0][k], 1e-13);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"every_member_is_asked_for_once", every_member_is_asked_for_once},
        {"a_missing_routine_is_named", a_missing_routine_is_named},
        {"names_lead_to_their_members", names_lead_to_their_members},
        {"linked_if_built_so", linked_if_built_so},
        {"tridiagonal_form", tridiagonal_form},
        {"eigenpairs", eigenpairs},
        {"hermitian_eigenpairs", hermitian_eigenpairs},
        {"products", products},
        {"singular_values", singular_values},
    };
    return CHECK_RUN(cases);
}
