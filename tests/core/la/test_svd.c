/* SPDX-License-Identifier: MIT */
#include "la/svd.h"
#include "support/check.h"

#include <math.h>
#include <string.h>

enum { M = 7, N = 4, ENTRIES = M * N };

static void fill(double *a) {
    for (int i = 0; i < ENTRIES; ++i) {
        a[i] = sin(1.0 + i * i) + (i % (M + 1) == 0);
    }
}

static void composes_again(ScsSvd *svd) {
    double a[ENTRIES], copy[ENTRIES];
    fill(a);
    memcpy(copy, a, sizeof a);
    CHECK(scs_svd_decompose(svd, a, NULL) == SCS_OK);
    CHECK(memcmp(a, copy, sizeof a) == 0);
    const double *values = scs_svd_values(svd);
    double square = 0;
    double weight[N];
    for (int j = 0; j < N; ++j) {
        CHECK(j == 0 || values[j] <= values[j - 1]);
        square += values[j] * values[j];
        weight[j] = -values[j];
    }
    for (int i = 0; i < ENTRIES; ++i) {
        square -= a[i] * a[i];
    }
    CHECK_NEAR(square, 0, 1e-13);
    scs_svd_accumulate(svd, weight, N, 1, a);
    for (int i = 0; i < ENTRIES; ++i) {
        CHECK_NEAR(a[i], 0, 1e-14);
    }
}

/* Without its largest triplet the matrix has the other singular values and a zero. */
static void takes_triplets_away(ScsSvd *svd) {
    double a[ENTRIES];
    double values[N];
    fill(a);
    CHECK(scs_svd_decompose(svd, a, NULL) == SCS_OK);
    memcpy(values, scs_svd_values(svd), sizeof values);
    const double weight = -values[0];
    scs_svd_accumulate(svd, &weight, 1, 1, a);
    CHECK(scs_svd_decompose(svd, a, NULL) == SCS_OK);
    for (int j = 0; j < N; ++j) {
        CHECK_NEAR(scs_svd_values(svd)[j], j + 1 < N ? values[j + 1] : 0, 1e-14);
    }
    scs_svd_accumulate(svd, NULL, 0, 0, a);
    for (int i = 0; i < ENTRIES; ++i) {
        CHECK_EQUAL(a[i], 0);
    }
}

static void decomposes(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    ScsArena arena = {0};
    ScsSvd *svd = scs_svd_new(&arena, M, N, lapack);
    CHECK(svd != NULL);
    composes_again(svd);
    takes_triplets_away(svd);
    scs_arena_release(&arena);
}

static int fake_info;

/* The parameters are LAPACK's. NOLINTBEGIN(readability-non-const-parameter) */

static void no_dgesdd(const char *jobz, const int *m, const int *n, double *a,
                      const int *lda, double *s, double *u, const int *ldu, double *vt,
                      const int *ldvt, double *work, const int *lwork, int *iwork,
                      int *info) {
    (void)jobz, (void)m, (void)n, (void)lda, (void)s, (void)u, (void)ldu, (void)vt;
    (void)ldvt, (void)iwork;
    *work = 1;
    *info = *lwork == -1 ? 0 : fake_info;
    a[0] = *lwork == -1 ? a[0] : NAN;
}

static void no_dgesvd(const char *jobu, const char *jobvt, const int *m, const int *n,
                      double *a, const int *lda, double *s, double *u, const int *ldu,
                      double *vt, const int *ldvt, double *work, const int *lwork,
                      int *info) {
    (void)jobu, (void)jobvt, (void)m, (void)n, (void)a, (void)lda, (void)s, (void)u;
    (void)ldu, (void)vt, (void)ldvt;
    *work = 1;
    *info = *lwork == -1 ? 0 : fake_info;
}

/* NOLINTEND(readability-non-const-parameter) */

static void falls_back(void) {
    const ScsLapack *lapack = scs_lapack_linked();
    if (!lapack) {
        return;
    }
    ScsLapack broken = *lapack;
    broken.dgesdd = no_dgesdd;
    fake_info = 1;
    ScsArena arena = {0};
    ScsSvd *svd = scs_svd_new(&arena, M, N, &broken);
    CHECK(svd != NULL);
    composes_again(svd);
    takes_triplets_away(svd);
    scs_arena_release(&arena);
}

static void reports_failure(void) {
    ScsLapack broken = {0};
    broken.dgesdd = no_dgesdd;
    broken.dgesvd = no_dgesvd;
    fake_info = 3;
    ScsArena arena = {0};
    ScsSvd *svd = scs_svd_new(&arena, M, N, &broken);
    CHECK(svd != NULL);
    double a[ENTRIES];
    fill(a);
    ScsError error = {SCS_OK, ""};
    CHECK(scs_svd_decompose(svd, a, &error) == SCS_ERROR_NUMERICAL);
    CHECK(error.code == SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "dgesvd failed with info = 3");
    CHECK_CONTAINS(error.message, "7 rows and 4 columns");
    scs_arena_release(&arena);
    ScsArena failed = {.failed = true};
    CHECK(scs_svd_new(&failed, M, N, &broken) == NULL);
    scs_arena_release(&failed);
}

int main(void) {
    static const CheckCase cases[] = {
        {"decomposes", decomposes},
        {"falls back", falls_back},
        {"reports failure", reports_failure},
    };
    return CHECK_RUN(cases);
}
