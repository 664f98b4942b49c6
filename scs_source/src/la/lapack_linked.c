/* SPDX-License-Identifier: MIT
 *
 * The table of the LAPACK that this library is linked with.
 *
 * Fortran compilers give every CHARACTER argument a hidden length, passed by value behind
 * the other arguments (gfortran, flang: as size_t). The prototypes below say so and the
 * wrappers pass the lengths. Calling the routines without them often works, but is not
 * what the routines were compiled for: such a routine may reuse the stack slots of the
 * lengths, as for a tail call, and overwrite its caller's frame. A routine that is written
 * in C, as in OpenBLAS, ignores what it did not ask for.
 *
 * The symbols are spelled as Fortran compilers do; for a library that spells them in
 * another way the build renames them (cmake/lapack.cmake).
 */
#include "scs_lapack.h"

#include <stddef.h>

void dgemm_(const char *transa, const char *transb, const int *m, const int *n,
            const int *k, const double *alpha, const double *a, const int *lda,
            const double *b, const int *ldb, const double *beta, double *c,
            const int *ldc, size_t transa_length, size_t transb_length);
void dsyrk_(const char *uplo, const char *trans, const int *n, const int *k,
            const double *alpha, const double *a, const int *lda, const double *beta,
            double *c, const int *ldc, size_t uplo_length, size_t trans_length);
void zherk_(const char *uplo, const char *trans, const int *n, const int *k,
            const double *alpha, const double *a, const int *lda, const double *beta,
            double *c, const int *ldc, size_t uplo_length, size_t trans_length);
void dsytrd_(const char *uplo, const int *n, double *a, const int *lda, double *d,
             double *e, double *tau, double *work, const int *lwork, int *info,
             size_t uplo_length);
void zhetrd_(const char *uplo, const int *n, double *a, const int *lda, double *d,
             double *e, double *tau, double *work, const int *lwork, int *info,
             size_t uplo_length);
void dormtr_(const char *side, const char *uplo, const char *trans, const int *m,
             const int *n, const double *a, const int *lda, const double *tau,
             double *c, const int *ldc, double *work, const int *lwork, int *info,
             size_t side_length, size_t uplo_length, size_t trans_length);
void zunmtr_(const char *side, const char *uplo, const char *trans, const int *m,
             const int *n, const double *a, const int *lda, const double *tau,
             double *c, const int *ldc, double *work, const int *lwork, int *info,
             size_t side_length, size_t uplo_length, size_t trans_length);
void dstedc_(const char *compz, const int *n, double *d, double *e, double *z,
             const int *ldz, double *work, const int *lwork, int *iwork,
             const int *liwork, int *info, size_t compz_length);
void dsteqr_(const char *compz, const int *n, double *d, double *e, double *z,
             const int *ldz, double *work, int *info, size_t compz_length);
void dgesdd_(const char *jobz, const int *m, const int *n, double *a, const int *lda,
             double *s, double *u, const int *ldu, double *vt, const int *ldvt,
             double *work, const int *lwork, int *iwork, int *info, size_t jobz_length);
void dgesvd_(const char *jobu, const char *jobvt, const int *m, const int *n, double *a,
             const int *lda, double *s, double *u, const int *ldu, double *vt,
             const int *ldvt, double *work, const int *lwork, int *info,
             size_t jobu_length, size_t jobvt_length);

/* NOLINTBEGIN(readability-function-size): the parameters are those of LAPACK */

static void dgemm(const char *transa, const char *transb, const int *m, const int *n,
                  const int *k, const double *alpha, const double *a, const int *lda,
                  const double *b, const int *ldb, const double *beta, double *c,
                  const int *ldc) {
    dgemm_(transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, 1, 1);
}

static void dsyrk(const char *uplo, const char *trans, const int *n, const int *k,
                  const double *alpha, const double *a, const int *lda,
                  const double *beta, double *c, const int *ldc) {
    dsyrk_(uplo, trans, n, k, alpha, a, lda, beta, c, ldc, 1, 1);
}

static void zherk(const char *uplo, const char *trans, const int *n, const int *k,
                  const double *alpha, const double *a, const int *lda,
                  const double *beta, double *c, const int *ldc) {
    zherk_(uplo, trans, n, k, alpha, a, lda, beta, c, ldc, 1, 1);
}

static void dsytrd(const char *uplo, const int *n, double *a, const int *lda, double *d,
                   double *e, double *tau, double *work, const int *lwork, int *info) {
    dsytrd_(uplo, n, a, lda, d, e, tau, work, lwork, info, 1);
}

static void zhetrd(const char *uplo, const int *n, double *a, const int *lda, double *d,
                   double *e, double *tau, double *work, const int *lwork, int *info) {
    zhetrd_(uplo, n, a, lda, d, e, tau, work, lwork, info, 1);
}

static void dormtr(const char *side, const char *uplo, const char *trans, const int *m,
                   const int *n, const double *a, const int *lda, const double *tau,
                   double *c, const int *ldc, double *work, const int *lwork,
                   int *info) {
    dormtr_(side, uplo, trans, m, n, a, lda, tau, c, ldc, work, lwork, info, 1, 1, 1);
}

static void zunmtr(const char *side, const char *uplo, const char *trans, const int *m,
                   const int *n, const double *a, const int *lda, const double *tau,
                   double *c, const int *ldc, double *work, const int *lwork,
                   int *info) {
    zunmtr_(side, uplo, trans, m, n, a, lda, tau, c, ldc, work, lwork, info, 1, 1, 1);
}

static void dstedc(const char *compz, const int *n, double *d, double *e, double *z,
                   const int *ldz, double *work, const int *lwork, int *iwork,
                   const int *liwork, int *info) {
    dstedc_(compz, n, d, e, z, ldz, work, lwork, iwork, liwork, info, 1);
}

static void dsteqr(const char *compz, const int *n, double *d, double *e, double *z,
                   const int *ldz, double *work, int *info) {
    dsteqr_(compz, n, d, e, z, ldz, work, info, 1);
}

static void dgesdd(const char *jobz, const int *m, const int *n, double *a,
                   const int *lda, double *s, double *u, const int *ldu, double *vt,
                   const int *ldvt, double *work, const int *lwork, int *iwork,
                   int *info) {
    dgesdd_(jobz, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork, info, 1);
}

static void dgesvd(const char *jobu, const char *jobvt, const int *m, const int *n,
                   double *a, const int *lda, double *s, double *u, const int *ldu,
                   double *vt, const int *ldvt, double *work, const int *lwork,
                   int *info) {
    dgesvd_(jobu, jobvt, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, info, 1, 1);
}

/* NOLINTEND(readability-function-size) */

const ScsLapack *scs_lapack_linked(void) {
    static const ScsLapack table = {
        .dgemm = dgemm,
        .dsyrk = dsyrk,
        .zherk = zherk,
        .dsytrd = dsytrd,
        .zhetrd = zhetrd,
        .dormtr = dormtr,
        .zunmtr = zunmtr,
        .dstedc = dstedc,
        .dsteqr = dsteqr,
        .dgesdd = dgesdd,
        .dgesvd = dgesvd,
    };
    return &table;
}
