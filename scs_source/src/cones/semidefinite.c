/* SPDX-License-Identifier: MIT */
#include "cones/semidefinite.h"

#include "base/real.h"
#include "cones/psd_inexact.h"
#include "la/eigen.h"
#include "la/jacobi.h"
#include "la/svec.h"
#include "la/vec.h"

static const scs_float root_two = 1.4142135623730950488;

struct ScsSemidefinite {
    scs_int n;
    scs_int rows;
    bool hermitian;
    ScsEigen *eigen; /* of orders that need it */
    scs_float *weight;
    ScsPsdInexact *inexact; /* NULL if the order is too small */
    scs_float allowed;      /* distance in the metric */
    scs_float distance;     /* in the coordinates of the projection under way */
    bool missed;            /* it is inexact */
    scs_float *axis;        /* length n: a congruence, by its diagonal */
};

/* Whether the order is beyond the methods of this file. */
static bool is_large(scs_int n, bool hermitian) {
    return n > (hermitian ? 2 : SCS_JACOBI_ORDER);
}

bool scs_semidefinite_needs_lapack(scs_int n, bool hermitian) {
    return is_large(n, hermitian) && scs_eigen_needs_lapack(n, hermitian);
}

ScsSemidefinite *scs_semidefinite_new(ScsArena *arena, scs_int n, bool hermitian,
                                      const ScsLapack *lapack) {
    ScsSemidefinite *self = SCS_NEW(arena, ScsSemidefinite, 1);
    if (!self) {
        return NULL;
    }
    self->n = n;
    self->rows = hermitian ? n * n : (scs_int)scs_svec_length(n);
    self->hermitian = hermitian;
    self->axis = SCS_NEW(arena, scs_float, n);
    if (is_large(n, hermitian)) {
        self->eigen = scs_eigen_new(arena, n, hermitian, lapack);
        self->weight = SCS_NEW(arena, scs_float, n);
        if (!hermitian && !arena->failed) {
            self->inexact = scs_psd_inexact_new(arena, n, self->eigen, lapack);
        }
    }
    return arena->failed ? NULL : self;
}

/* Order 2: the entries off the diagonal are y[1] or, complex, y[1] and y[2], times the root
 * of two. With middle +- radius the eigenvalues, the one eigenvector that counts gives
 *
 *     high / 2 (I + [h, z; z', -h] / radius),   h = half the difference of the diagonal. */
static void project_two(scs_float *y, bool hermitian) {
    scs_float *last = &y[hermitian ? 3 : 2];
    const scs_float middle = 0.5 * (y[0] + *last);
    const scs_float half = 0.5 * (y[0] - *last);
    const scs_float imaginary = hermitian ? y[2] : 0;
    const scs_float square = 0.5 * (y[1] * y[1] + imaginary * imaginary);
    const scs_float radius = sqrt(half * half + square);
    if (middle >= radius) {
        return;
    }
    if (middle <= -radius) {
        scs_vec_fill(0, y, hermitian ? 4 : 3);
        return;
    }
    const scs_float scale = 0.5 * (middle + radius) / radius;
    const scs_float large = radius + fabs(half);
    const scs_float small = square / large; /* radius - |half| */
    y[0] = scale * (half > 0 ? large : small);
    *last = scale * (half > 0 ? small : large);
    y[1] *= scale;
    if (hermitian) {
        y[2] *= scale;
    }
}

static void project_three(scs_float *y) {
    enum { N = SCS_JACOBI_ORDER };
    const scs_float b = y[1] / root_two;
    const scs_float c = y[2] / root_two;
    const scs_float e = y[4] / root_two;
    scs_float a[N][N] = {{y[0], b, c}, {b, y[3], e}, {c, e, y[5]}};
    scs_float v[N][N];
    scs_jacobi_three(a, v);
    int negative = 0;
    for (int k = 0; k < N; ++k) {
        negative += a[k][k] < 0;
    }
    if (negative == 0) {
        return;
    }
    const bool add = negative == 1;
    scs_float sum[N][N] = {{0}};
    for (int k = 0; k < N; ++k) {
        const scs_float weight = scs_max(add ? -a[k][k] : a[k][k], 0);
        for (int j = 0; j < N; ++j) {
            for (int i = j; i < N; ++i) {
                sum[i][j] += weight * v[i][k] * v[j][k];
            }
        }
    }
    for (int j = 0; j < N; ++j) {
        for (int i = j; i < N; ++i, ++y) {
            *y = (add ? *y : 0) + (i == j ? sum[i][j] : root_two * sum[i][j]);
        }
    }
}

void scs_semidefinite_reset(ScsConeBlock *block) {
    ScsSemidefinite *self = block->state;
    self->allowed = 0;
    if (self->inexact) {
        scs_psd_inexact_reset(self->inexact);
    }
}

void scs_semidefinite_allow(ScsConeBlock *block, scs_float distance) {
    ScsSemidefinite *self = block->state;
    self->allowed = distance;
}

static ScsErrorCode project_large(ScsSemidefinite *self, scs_float *y,
                                  ScsError *error) {
    const scs_int n = self->n;
    ScsEigen *eigen = self->eigen;
    scs_float *matrix = scs_eigen_matrix(eigen);
    if (self->hermitian) {
        scs_svec_unpack_hermitian(y, 1, n, matrix);
    } else {
        scs_svec_unpack(y, 1, n, matrix);
    }
    ScsErrorCode code = scs_eigen_reduce(eigen, error);
    if (code != SCS_OK) {
        return code;
    }
    const scs_int negative = scs_eigen_count_below(eigen, 0);
    if (negative == 0) {
        return SCS_OK;
    }
    if (negative == n) {
        scs_vec_fill(0, y, self->rows);
        return SCS_OK;
    }
    const bool add = negative <= n - negative;
    const scs_int wanted = add ? negative : n - negative;
    scs_int guards = 0;
    if (self->inexact) {
        code = scs_psd_inexact_prepare(self->inexact, negative, &guards, error);
        if (code != SCS_OK) {
            return code;
        }
    }
    const scs_int count = wanted + guards;
    code = scs_eigen_pairs(eigen, add ? 0 : negative - guards, count, error);
    if (code == SCS_OK && guards > 0) {
        code = scs_psd_inexact_start(self->inexact, count, error);
    }
    if (code != SCS_OK) {
        return code;
    }
    const scs_float *values = scs_eigen_values(eigen);
    for (scs_int j = 0; j < count; ++j) {
        self->weight[j] = scs_max(add ? -values[j] : values[j], 0);
    }
    code = scs_eigen_accumulate(eigen, self->weight, error);
    if (code != SCS_OK) {
        return code;
    }
    if (self->hermitian) {
        scs_svec_pack_hermitian(matrix, 1, n, add ? 1 : 0, y);
    } else {
        scs_svec_pack(matrix, 1, n, add ? 1 : 0, y);
    }
    return SCS_OK;
}

static ScsErrorCode project_by_order(ScsSemidefinite *self, scs_float *y,
                                     ScsError *error) {
    if (self->inexact && scs_psd_inexact_project(self->inexact, y, self->distance)) {
        self->missed = true;
        return SCS_OK;
    }
    if (self->eigen) {
        return project_large(self, y, error);
    }
    if (self->n == 1) {
        y[0] = scs_max(y[0], 0);
    } else if (self->n == 2) {
        project_two(y, self->hermitian);
    } else {
        project_three(y);
    }
    return SCS_OK;
}

/* Rows from one entry of the diagonal, in column j, to the next. */
static ptrdiff_t column_rows(const ScsSemidefinite *self, ptrdiff_t j) {
    return 1 + (self->hermitian ? 2 : 1) * (self->n - j - 1);
}

/* Whether the metric differs between rows: then it does between rows of the diagonal. */
static bool varies(const ScsSemidefinite *self, const scs_float *r) {
    ptrdiff_t row = 0;
    for (ptrdiff_t j = 0; j < self->n; ++j) {
        if (r[row] != r[0]) {
            return true;
        }
        row += column_rows(self, j);
    }
    return false;
}

/* Take the diagonal of r. */
static void read_axis(ScsSemidefinite *self, const scs_float *r) {
    ptrdiff_t row = 0;
    for (ptrdiff_t j = 0; j < self->n; ++j) {
        self->axis[j] = r[row];
        row += column_rows(self, j);
    }
}

/* y_ij *= axis_i axis_j */
static void multiply_axis(const ScsSemidefinite *self, scs_float *y) {
    const scs_float *axis = self->axis;
    const scs_int n = self->n;
    for (scs_int j = 0; j < n; ++j) {
        const scs_float own = axis[j];
        *y++ *= own * own;
        if (self->hermitian) {
            for (scs_int i = j + 1; i < n; ++i, y += 2) {
                y[0] *= own * axis[i];
                y[1] *= own * axis[i];
            }
        } else {
            for (scs_int i = j + 1; i < n; ++i) {
                *y++ *= own * axis[i];
            }
        }
    }
}

void scs_semidefinite_extend_metric(const ScsConeBlock *block, scs_float *r) {
    ScsSemidefinite *self = block->state;
    if (self->n == 0) {
        return;
    }
    const scs_float unit = r[0];
    const bool constant = !varies(self, r);
    read_axis(self, r);
    scs_vec_fill(unit, r, self->rows);
    if (constant) {
        return;
    }
    for (scs_int j = 0; j < self->n; ++j) {
        self->axis[j] = sqrt(self->axis[j] / unit);
    }
    multiply_axis(self, r);
}

/* In coordinates in which the metric is the Euclidean one. */
static ScsErrorCode project_congruent(ScsSemidefinite *self, scs_float *y,
                                      const scs_float *r, ScsError *error) {
    read_axis(self, r);
    const scs_float unit = self->axis[0];
    for (scs_int j = 0; j < self->n; ++j) {
        self->axis[j] = sqrt(sqrt(self->axis[j] / unit));
    }
    multiply_axis(self, y);
    const ScsErrorCode code = project_by_order(self, y, error);
    for (scs_int j = 0; j < self->n; ++j) {
        self->axis[j] = 1 / self->axis[j];
    }
    multiply_axis(self, y);
    return code;
}

/* Where squares would overflow or vanish: the largest entry comes to about 1, which only
 * affects digits of others that do not matter. */
static ScsErrorCode project_scaled(ScsSemidefinite *self, scs_float *y,
                                   const scs_float *r, scs_float largest,
                                   ScsError *error) {
    const int exponent = ilogb(largest);
    for (scs_int i = 0; i < self->rows; ++i) {
        y[i] = ldexp(y[i], -exponent);
    }
    const ScsErrorCode code = varies(self, r) ? project_congruent(self, y, r, error)
                                              : project_by_order(self, y, error);
    for (scs_int i = 0; i < self->rows; ++i) {
        y[i] = scs_shift(y[i], exponent);
    }
    return code;
}

ScsErrorCode scs_semidefinite_project_dual(ScsConeBlock *block, scs_float *y,
                                           const scs_float *r, ScsError *error) {
    ScsSemidefinite *self = block->state;
    block->inexact = false;
    self->missed = false;
    self->distance = 0;
    const scs_float largest = scs_vec_norm_inf(y, self->rows);
    if (largest == 0 ||
        !isfinite(largest)) { /* the solver reports what is not finite */
        return SCS_OK;
    }
    if (!(largest > 1e-100 && largest < 1e100)) {
        return project_scaled(self, y, r, largest, error);
    }
    self->distance = self->allowed / sqrt(r[0]);
    const ScsErrorCode code = varies(self, r) ? project_congruent(self, y, r, error)
                                              : project_by_order(self, y, error);
    block->inexact = self->missed;
    return code;
}
