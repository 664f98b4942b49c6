/* SPDX-License-Identifier: MIT
 *
 * C interface of scs, a solver for convex quadratic cone programs
 *
 *     minimize    1/2 x'Px + c'x          maximize    -1/2 x'Px - b'y
 *     subject to  Ax + s = b, s in K      subject to  Px + A'y + c = 0, y in K*
 *
 * Source-compatible with scs 3: a program written for that header compiles against this
 * one. What is new (reasons for errors, hooks, new matrix values, clones, choice of the
 * linear solver) is in scs_ext.h.
 *
 * Threads. A ScsWork belongs to one thread at a time; different workspaces share no
 * mutable state and may be used in parallel. Only scs_interrupt may be called while
 * another thread uses the same workspace.
 */
#ifndef SCS_H
#define SCS_H

#include "aa_stats.h"
#include "scs_types.h"
#include "scs_version.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Values of ScsInfo.status_val and of the return codes of scs_solve and scs. */
#define SCS_INFEASIBLE_INACCURATE (-7)
#define SCS_UNBOUNDED_INACCURATE (-6)
#define SCS_SIGINT (-5) /* stopped by scs_interrupt or a hook */
#define SCS_FAILED (-4)
#define SCS_INDETERMINATE (-3)
#define SCS_INFEASIBLE (-2)
#define SCS_UNBOUNDED (-1)
#define SCS_UNFINISHED (0)
#define SCS_SOLVED (1)
#define SCS_SOLVED_INACCURATE (2)

/* A sparse matrix by compressed columns: the entries of column j are x[k] in row i[k] for
 * p[j] <= k < p[j+1]. Rows are strictly increasing within a column. */
typedef struct {
    scs_float *x; /* values, length p[n] */
    scs_int *i;   /* rows, length p[n] */
    scs_int *p;   /* column starts, length n + 1, p[0] = 0 */
    scs_int m;    /* rows */
    scs_int n;    /* columns */
} ScsMatrix;

/* Problem data. The library copies what it needs during scs_init. */
typedef struct {
    scs_int m;    /* rows of A */
    scs_int n;    /* columns of A */
    ScsMatrix *A; /* m by n */
    ScsMatrix *P; /* n by n, upper triangle, positive semidefinite; NULL means zero */
    scs_float *b; /* length m */
    scs_float *c; /* length n */
} ScsData;

/* The cone K: the Cartesian product, in this order, of the cones below. Start from a
 * zeroed struct and fill in the ones that occur. Row counts must add up to m. */
typedef struct {
    scs_int z;          /* zero cone (equations) */
    scs_int l;          /* nonnegative orthant */
    scs_float *bu, *bl; /* box {(t, s): t bl <= s <= t bu}, each of length bsize - 1 */
    scs_int bsize;      /* rows of the box cone with its t; 0 is no box */
    scs_int *q;         /* second-order cones {(t, s): |s| <= t}: rows of each */
    scs_int qsize;      /* length of q */
    scs_int *s;     /* PSD cones: orders; k has k (k + 1) / 2 rows, the lower triangle
                       column by column, off-diagonal entries times sqrt 2 */
    scs_int ssize;  /* length of s */
    scs_int *cs;    /* Hermitian PSD cones: orders; k has k^2 rows, by columns the real
                       diagonal entry, then real and imaginary part of each entry
                       below it times sqrt 2 */
    scs_int cssize; /* length of cs */
    scs_int ep;     /* exponential cones, 3 rows each: y exp(x / y) <= z */
    scs_int ed;     /* dual exponential cones, 3 rows each */
    scs_float *p;   /* power cones x^a y^(1-a) >= |z|, 3 rows each: a in [-1, 1],
                       a negative value means the dual cone of -a */
    scs_int psize;  /* length of p */
    scs_int *d;     /* log-determinant cones (t, v, X), X as in s: orders;
                       -v log det(X / v) <= t */
    scs_int dsize;  /* length of d */
    scs_int *nuc_m; /* nuclear norm cones (t, X): |X|_* <= t, X by columns; rows of X */
    scs_int *nuc_n; /* columns of X, nuc_m >= nuc_n >= 1 */
    scs_int nucsize;   /* length of nuc_m and nuc_n */
    scs_int *ell1;     /* l1 norm cones (t, x): |x|_1 <= t; length of x of each */
    scs_int ell1_size; /* length of ell1 */
    scs_int *sl_n;     /* sum-of-largest-eigenvalues cones (t, X), X as in s: orders */
    scs_int *sl_k;     /* how many eigenvalues, 0 < sl_k < sl_n */
    scs_int sl_size;   /* length of sl_n and sl_k */
} ScsCone;

/* Settings; scs_set_default_settings writes the defaults given in brackets. */
typedef struct {
    scs_int normalize;           /* equilibrate the data [1] */
    scs_float scale;             /* initial dual scale, > 0 [0.1] */
    scs_int adaptive_scale;      /* adapt the scale while solving [1] */
    scs_int adaptive_diag_scale; /* adapt one multiplier a row as well [1] */
    scs_float rho_x;             /* primal weight, > 0 [1e-6] */
    scs_int max_iters;           /* > 0 [100000] */
    scs_float eps_abs;           /* absolute tolerance, >= 0 [1e-4] */
    scs_float eps_rel;           /* relative tolerance, >= 0 [1e-4] */
    scs_float eps_infeas;        /* tolerance of certificates, >= 0 [1e-7] */
    scs_float alpha;             /* relaxation, in (0, 2) [1.5] */
    scs_float time_limit_secs;   /* limit of one scs_solve in seconds, 0 is none [0] */
    scs_int verbose;             /* print a report [1] */
    scs_int warm_start;          /* scs(): start from the given solution [0] */
    scs_int acceleration_lookback; /* memory of Anderson acceleration, 0 is off [10] */
    scs_int acceleration_interval; /* iterations between its steps, > 0 [5] */
    scs_int acceleration_type_1;   /* type I first if nonzero, else type II [1] */
    scs_float acceleration_regularization; /* relative; absolute if < 0 [1e-8] */
    scs_float acceleration_relaxation;     /* mixing parameter, in [0, 2] [1] */
    /* Files that are written, NULL (the default) being none. Both names are read during
     * scs_init only, which fails if one of the files cannot be opened. */
    const char *write_data_filename; /* the problem, once, by scs_init */
    const char *log_csv_filename;    /* a row an iteration, anew by every scs_solve */
} ScsSettings;

/* A primal-dual solution or a certificate. Vectors that are NULL when scs_solve is called
 * are allocated by it with malloc and then belong to the caller. */
typedef struct {
    scs_float *x; /* length n */
    scs_float *y; /* length m */
    scs_float *s; /* length m */
} ScsSolution;

/* What a solve did. Norms are infinity norms on the data as given; times are in
 * milliseconds. */
typedef struct {
    scs_int iter;             /* iterations taken; -1 if interrupted */
    char status[128];         /* the status in words */
    char lin_sys_solver[128]; /* the linear-system backend that ran */
    scs_int status_val;       /* one of the status values above */
    scs_int scale_updates;    /* updates of the metric during this solve */
    scs_float pobj;           /* primal objective */
    scs_float dobj;           /* dual objective */
    scs_float res_pri;        /* |Ax + s - b| */
    scs_float res_dual;       /* |Px + A'y + c| */
    scs_float gap;            /* |x'Px + c'x + b'y| */
    scs_float res_infeas;     /* |A'y| / (-b'y) */
    scs_float res_unbdd_a;    /* |Ax + s| / (-c'x) */
    scs_float res_unbdd_p;    /* |Px| / (-c'x) */
    scs_float setup_time;     /* of scs_init or of the last update */
    scs_float solve_time;     /* of this solve */
    scs_float scale;          /* final scale */
    scs_float comp_slack;     /* |s'y| */
    scs_int rejected_accel_steps;
    scs_int accepted_accel_steps;
    scs_float lin_sys_time;
    scs_float cone_time;
    scs_float accel_time;
    AaStats aa_stats;
    /* Not of 3.3.1: Newton's method at the end. */
    scs_int newton_steps;  /* factorisations, not counted in iter */
    scs_float newton_time; /* not part of lin_sys_time */
} ScsInfo;

/* Workspace of one problem. */
typedef struct ScsWork ScsWork;

/* Build a workspace: validate, copy, equilibrate and factorise. NULL on failure; the
 * reason is printed. Use scs_init_ex of scs_ext.h to receive it instead. */
SCS_API ScsWork *scs_init(const ScsData *data, const ScsCone *cone,
                          const ScsSettings *settings);

/* Replace b and c (NULL keeps the old one) of lengths m and n; the factorisation is kept.
 * Returns 0, or a negative value and an unchanged workspace on bad input. */
SCS_API scs_int scs_update(ScsWork *work, scs_float *b, scs_float *c);

/* Solve, from sol if warm_start is nonzero and all three of its vectors are given (NaN
 * entries count as zero). Fills sol and info and returns info->status_val. */
SCS_API scs_int scs_solve(ScsWork *work, ScsSolution *sol, ScsInfo *info,
                          scs_int warm_start);

/* Free the workspace; NULL is allowed. */
SCS_API void scs_finish(ScsWork *work);

/* scs_init, scs_solve and scs_finish in one call. C++ cannot have it beside the namespace
 * of the same name, so it is left out where scs/scs.hpp was included first. */
#ifndef SCS_CXX_FACADE
SCS_API scs_int scs(const ScsData *data, const ScsCone *cone,
                    const ScsSettings *settings, ScsSolution *sol, ScsInfo *info);
#endif

/* Write the defaults. */
SCS_API void scs_set_default_settings(ScsSettings *settings);

/* Version as "major.minor.patch". */
SCS_API const char *scs_version(void);

#ifdef __cplusplus
}
#endif

#endif
