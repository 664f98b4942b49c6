/* SPDX-License-Identifier: MIT
 *
 * Kernels of symmetric eigenproblems, for the instruction set of dense_kernels_body.h,
 * which includes this.
 *
 * Vectors and the columns of a triangle are read in whole registers, beyond their ends:
 * the vectors' padding is zero, so that whatever finite number lies there has no effect.
 */
#include <math.h>
#include <stdint.h>

/* ---- Sturm's sequence for many shifts ---- */

enum { SHIFTS = SCS_DENSE_SHIFTS, SHIFT_VECTORS = SHIFTS / LANES };

#if defined(__GNUC__)
typedef int64_t Count __attribute__((vector_size(8 * KERNEL_LANES)));

KERNEL_INLINE Count negative(Vector v) { return -(Count)(v < 0); }
#else
typedef int64_t Count;

KERNEL_INLINE Count negative(Vector v) { return v < 0; }
#endif

/* A pivot of zero makes the next one -infinity and the one after that ordinary again,
 * which counts as it should unless it was -0. All shifts go down together, for a single
 * one would wait for its divisions. */
static void sturm(const scs_float *d, const scs_float *off_square, ptrdiff_t n,
                  const scs_float *x, int64_t *below) {
    Vector shift[SHIFT_VECTORS];
    Vector pivot[SHIFT_VECTORS];
    Count many[SHIFT_VECTORS];
    KERNEL_UNROLL
    for (int l = 0; l < SHIFT_VECTORS; ++l) {
        shift[l] = load(x + l * LANES);
        pivot[l] = d[0] - shift[l];
        many[l] = negative(pivot[l]);
    }
    for (ptrdiff_t i = 1; i < n; ++i) {
        const scs_float square = off_square[i - 1];
        const scs_float diagonal = d[i];
        KERNEL_UNROLL
        for (int l = 0; l < SHIFT_VECTORS; ++l) {
            pivot[l] = (diagonal - shift[l]) - square / pivot[l];
            many[l] += negative(pivot[l]);
        }
    }
    memcpy(below, many, sizeof many);
}

/* ---- reduction to tridiagonal form ---- */

/* x := v with v_0 = 1 and (I - tau v v') x = beta e_0. Entries whose squares vanish are
 * taken for zero: they are that small compared with the matrix. */
static scs_float reflector(scs_float *x, ptrdiff_t n, scs_float *beta) {
    const scs_float nothing = 1e-280;
    const scs_float alpha = x[0];
    Vector squares = {0};
    x[0] = 0;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const Vector v = load(x + i);
        squares += v * v;
    }
    const scs_float square = sum(squares);
    if (square < nothing) {
        for (ptrdiff_t i = 1; i < n; ++i) {
            x[i] = 0;
        }
        x[0] = 1;
        *beta = alpha;
        return 0;
    }
    *beta = -copysign(sqrt(alpha * alpha + square), alpha);
    const scs_float scale = 1 / (alpha - *beta);
    for (ptrdiff_t i = 1; i < n; ++i) {
        x[i] *= scale;
    }
    x[0] = 1;
    return (*beta - alpha) / *beta;
}

/* One pass over two columns of the triangle, from row `row` on: subtract v w' + w v' and
 * multiply by x from both sides. */
KERNEL_INLINE void two_columns(scs_float *a, scs_float *b, ptrdiff_t row, ptrdiff_t n,
                               const scs_float *v, const scs_float *w,
                               const scs_float *x, scs_float *y) {
    const ptrdiff_t j = row - 2;
    const scs_float va = v[j], wa = w[j], xa = x[j];
    const scs_float vb = v[j + 1], wb = w[j + 1], xb = x[j + 1];
    a[j] -= 2 * va * wa;
    a[j + 1] -= v[j + 1] * wa + w[j + 1] * va;
    b[j + 1] -= 2 * vb * wb;
    Vector dot_a = {0};
    Vector dot_b = {0};
    for (ptrdiff_t k = row; k < n; k += LANES) {
        const Vector vk = load(v + k);
        const Vector wk = load(w + k);
        const Vector xk = load(x + k);
        const Vector ak = load(a + k) - vk * wa - wk * va;
        const Vector bk = load(b + k) - vk * wb - wk * vb;
        store(a + k, ak);
        store(b + k, bk);
        store(y + k, load(y + k) + ak * xa + bk * xb);
        dot_a += ak * xk;
        dot_b += bk * xk;
    }
    y[j] += a[j] * xa + a[j + 1] * xb + sum(dot_a);
    y[j + 1] += a[j + 1] * xa + b[j + 1] * xb + sum(dot_b);
}

/* The same for the last column, a single entry. */
KERNEL_INLINE void last_column(scs_float *a, ptrdiff_t j, const scs_float *v,
                               const scs_float *w, const scs_float *x, scs_float *y) {
    a[j] -= 2 * v[j] * w[j];
    y[j] += a[j] * x[j];
}

static void reduce(scs_float *a, ptrdiff_t n, scs_float *diagonal, scs_float *off,
                   scs_float *tau, scs_float *scratch) {
    const ptrdiff_t stride = n + SCS_DENSE_SLACK;
    scs_float *v = scratch; /* of the update that is pending */
    scs_float *w = scratch + stride;
    scs_float *x = scratch + 2 * stride; /* the next reflector */
    scs_float *y = scratch + 3 * stride;
    memset(scratch, 0, 4 * (size_t)stride * sizeof *scratch);
    for (ptrdiff_t i = 0; i + 1 < n; ++i) {
        scs_float *column = a + i * n;
        diagonal[i] = column[i] - 2 * v[i] * w[i];
        for (ptrdiff_t k = i + 1; k < n; ++k) {
            x[k] = column[k] - v[k] * w[i] - w[k] * v[i];
        }
        x[i] = 0;
        tau[i] = reflector(x + i + 1, n - i - 1, &off[i]);
        memcpy(column + i + 1, x + i + 1, (size_t)(n - i - 1) * sizeof *x);
        memset(y + i + 1, 0, (size_t)(n - i - 1) * sizeof *y);
        ptrdiff_t j = i + 1;
        for (; j + 1 < n; j += 2) {
            two_columns(a + j * n, a + (j + 1) * n, j + 2, n, v, w, x, y);
        }
        if (j < n) {
            last_column(a + j * n, j, v, w, x, y);
        }
        Vector dot = {0};
        for (ptrdiff_t k = i + 1; k < n; k += LANES) {
            dot += load(x + k) * load(y + k);
        }
        const scs_float shift = 0.5 * tau[i] * tau[i] * sum(dot);
        for (ptrdiff_t k = i + 1; k < n; ++k) {
            w[k] = tau[i] * y[k] - shift * x[k];
            v[k] = x[k];
        }
    }
    diagonal[n - 1] = a[(n - 1) * n + n - 1] - (n > 1 ? 2 * v[n - 1] * w[n - 1] : 0);
}

/* ---- the product of the reflectors, applied ---- */

/* Four columns at a time; v is padded with zeros, the columns of z are stride apart and may
 * be read and written beyond their ends, with no effect. */
KERNEL_INLINE void reflect_four(const scs_float *v, scs_float tau, ptrdiff_t n,
                                scs_float *z, ptrdiff_t stride) {
    scs_float *z1 = z + stride;
    scs_float *z2 = z + 2 * stride;
    scs_float *z3 = z + 3 * stride;
    Vector d0 = {0}, d1 = {0}, d2 = {0}, d3 = {0};
    for (ptrdiff_t k = 0; k < n; k += LANES) {
        const Vector x = load(v + k);
        d0 += x * load(z + k);
        d1 += x * load(z1 + k);
        d2 += x * load(z2 + k);
        d3 += x * load(z3 + k);
    }
    const scs_float t0 = tau * sum(d0), t1 = tau * sum(d1);
    const scs_float t2 = tau * sum(d2), t3 = tau * sum(d3);
    for (ptrdiff_t k = 0; k < n; k += LANES) {
        const Vector x = load(v + k);
        store(z + k, load(z + k) - x * t0);
        store(z1 + k, load(z1 + k) - x * t1);
        store(z2 + k, load(z2 + k) - x * t2);
        store(z3 + k, load(z3 + k) - x * t3);
    }
}

static void reflect(const scs_float *a, const scs_float *tau, ptrdiff_t n, scs_float *z,
                    ptrdiff_t count, scs_float *scratch) {
    const ptrdiff_t stride = n + SCS_DENSE_SLACK;
    scs_float *v = scratch;
    scs_float *columns = scratch + stride;
    memset(scratch, 0, 5 * (size_t)stride * sizeof *scratch);
    for (ptrdiff_t first = 0; first < count; first += 4) {
        const ptrdiff_t many = count - first < 4 ? count - first : 4;
        for (ptrdiff_t c = 0; c < many; ++c) {
            memcpy(columns + c * stride, z + (first + c) * n, (size_t)n * sizeof *z);
        }
        for (ptrdiff_t i = n - 2; i >= 0; --i) {
            const ptrdiff_t rows = n - i - 1;
            memcpy(v, a + i * n + i + 1, (size_t)rows * sizeof *v);
            v[0] = 1; /* implied: dsytrd leaves another number there */
            memset(v + rows, 0, LANES * sizeof *v);
            reflect_four(v, tau[i], rows, columns + i + 1, stride);
        }
        for (ptrdiff_t c = 0; c < many; ++c) {
            memcpy(z + (first + c) * n, columns + c * stride, (size_t)n * sizeof *z);
        }
    }
}
