/* SPDX-License-Identifier: MIT
 *
 * Householder QR with column pivoting. Column norms are recomputed at each step instead of
 * downdated: it costs as much as the elimination itself, which is nothing at these sizes,
 * and cannot go wrong by cancellation.
 */
#include "la/qr.h"

#include "la/vec.h"

static void swap_columns(scs_float *a, scs_int rows, scs_int i, scs_int j) {
    for (scs_int k = 0; k < rows; ++k) {
        const scs_float entry = a[i * rows + k];
        a[i * rows + k] = a[j * rows + k];
        a[j * rows + k] = entry;
    }
}

/* Make v[0..n) a Householder vector with v[0] = 1 whose reflection maps the old v to a
 * multiple of the first unit vector; return that multiple, and 2 / v'v through beta. */
static scs_float make_reflector(scs_float *v, scs_int n, scs_float norm,
                                scs_float *beta) {
    const scs_float alpha = v[0] > 0 ? -norm : norm; /* the sign without cancellation */
    const scs_float head = v[0] - alpha;
    *beta = -head / alpha;
    scs_vec_scale(1 / head, v, n);
    v[0] = 1;
    return alpha;
}

static void reflect(const scs_float *v, scs_float beta, scs_float *x, scs_int n) {
    scs_vec_axpy(-beta * scs_vec_dot(v, x, n), v, x, n);
}

/* The column from `first` on with the largest part below row `first`. */
static scs_int longest_column(const scs_float *a, scs_int rows, scs_int columns,
                              scs_int first, scs_float *norm) {
    scs_int best = first;
    for (scs_int j = first; j < columns; ++j) {
        norm[j] = scs_vec_norm2(a + j * rows + first, rows - first);
        if (norm[j] > norm[best]) {
            best = j;
        }
    }
    return best;
}

/* Reduce A to R and b to Q'b as far as the rank goes; return the rank. */
static scs_int factorise(scs_int rows, scs_int columns, scs_float *a, scs_float *b,
                         scs_float tolerance, scs_int *pivot, scs_float *norm) {
    scs_float smallest = 0;
    for (scs_int k = 0; k < columns; ++k) {
        const scs_int best = longest_column(a, rows, columns, k, norm);
        const scs_float length = norm[best];
        if (k == 0) {
            smallest = tolerance * length;
        }
        if (length <= smallest) {
            return k;
        }
        if (best != k) {
            swap_columns(a, rows, k, best);
            const scs_int label = pivot[k];
            pivot[k] = pivot[best];
            pivot[best] = label;
        }
        scs_float *v = a + k * rows + k;
        scs_float beta;
        const scs_float diagonal = make_reflector(v, rows - k, length, &beta);
        for (scs_int j = k + 1; j < columns; ++j) {
            reflect(v, beta, a + j * rows + k, rows - k);
        }
        reflect(v, beta, b + k, rows - k);
        *v = diagonal;
    }
    return columns;
}

scs_int scs_qr_solve(scs_int rows, scs_int columns, scs_float *a, scs_float *b,
                     scs_float tolerance, scs_float *x, scs_int *pivot,
                     scs_float *norm) {
    scs_vec_fill(0, x, columns);
    if (scs_vec_find_nonfinite(a, (ptrdiff_t)rows * columns) >= 0 ||
        scs_vec_find_nonfinite(b, rows) >= 0) {
        return -1;
    }
    for (scs_int j = 0; j < columns; ++j) {
        pivot[j] = j;
    }
    const scs_int rank = factorise(rows, columns, a, b, tolerance, pivot, norm);
    for (scs_int k = rank - 1; k >= 0; --k) {
        b[k] /= a[k * rows + k];
        scs_vec_axpy(-b[k], a + k * rows, b, k);
        x[pivot[k]] = b[k];
    }
    return rank;
}
