/* SPDX-License-Identifier: MIT
 *
 * The routines of LAPACK and BLAS that matrix cones need, as a table of function pointers,
 * so that the program decides where they come from: linked in, or lent by a library that
 * is loaded anyway. Cones of real symmetric matrices of order up to 64 need none.
 *
 * Fortran's conventions: every argument by address, matrices by columns, 32-bit integers,
 * complex numbers as pairs (re, im) of doubles; the hidden lengths of strings are not
 * passed. Meanings are those of the LAPACK Users' Guide (Anderson et al., 3rd edition,
 * 1999) and of the reference BLAS. The functions may be called from any thread.
 */
#ifndef SCS_LAPACK_H
#define SCS_LAPACK_H

#include "scs_types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    /* B = alpha op(A) op(B) + beta C; C = alpha A A' + beta C and its Hermitian sister. */
    void (*dgemm)(const char *transa, const char *transb, const int *m, const int *n,
                  const int *k, const double *alpha, const double *a, const int *lda,
                  const double *b, const int *ldb, const double *beta, double *c,
                  const int *ldc);
    void (*dsyrk)(const char *uplo, const char *trans, const int *n, const int *k,
                  const double *alpha, const double *a, const int *lda,
                  const double *beta, double *c, const int *ldc);
    void (*zherk)(const char *uplo, const char *trans, const int *n, const int *k,
                  const double *alpha, const double *a, const int *lda,
                  const double *beta, double *c, const int *ldc);

    /* Reduction to tridiagonal form, and its orthogonal factor applied. */
    void (*dsytrd)(const char *uplo, const int *n, double *a, const int *lda, double *d,
                   double *e, double *tau, double *work, const int *lwork, int *info);
    void (*zhetrd)(const char *uplo, const int *n, double *a, const int *lda, double *d,
                   double *e, double *tau, double *work, const int *lwork, int *info);
    void (*dormtr)(const char *side, const char *uplo, const char *trans, const int *m,
                   const int *n, const double *a, const int *lda, const double *tau,
                   double *c, const int *ldc, double *work, const int *lwork,
                   int *info);
    void (*zunmtr)(const char *side, const char *uplo, const char *trans, const int *m,
                   const int *n, const double *a, const int *lda, const double *tau,
                   double *c, const int *ldc, double *work, const int *lwork,
                   int *info);

    /* All eigenpairs of a symmetric tridiagonal matrix by divide and conquer or by the QL
     * iteration. */
    void (*dstedc)(const char *compz, const int *n, double *d, double *e, double *z,
                   const int *ldz, double *work, const int *lwork, int *iwork,
                   const int *liwork, int *info);
    void (*dsteqr)(const char *compz, const int *n, double *d, double *e, double *z,
                   const int *ldz, double *work, int *info);

    /* Singular values and vectors by divide and conquer or by the QR iteration. */
    void (*dgesdd)(const char *jobz, const int *m, const int *n, double *a,
                   const int *lda, double *s, double *u, const int *ldu, double *vt,
                   const int *ldvt, double *work, const int *lwork, int *iwork,
                   int *info);
    void (*dgesvd)(const char *jobu, const char *jobvt, const int *m, const int *n,
                   double *a, const int *lda, double *s, double *u, const int *ldu,
                   double *vt, const int *ldvt, double *work, const int *lwork,
                   int *info);
} ScsLapack;

typedef void (*ScsLapackFunction)(void);

/* Fill the table by asking find for every routine by its plain name, such as "dsytrd".
 * Returns NULL, or the first name for which find returned NULL. */
SCS_API const char *scs_lapack_fill(ScsLapack *table,
                                    ScsLapackFunction (*find)(void *context,
                                                              const char *name),
                                    void *context);

/* The table of the LAPACK this library was linked with, NULL if it was built without. */
SCS_API const ScsLapack *scs_lapack_linked(void);

#ifdef __cplusplus
}
#endif

#endif
