/* SPDX-License-Identifier: MIT
 *
 * Every set of dense kernels that this machine runs against plain loops.
 */
#include "la/dense_kernels.h"

#include "support/check.h"

#include <stdlib.h>
#include <string.h>

enum { SLACK = SCS_DENSE_SLACK };

static uint64_t state = 1;

static double uniform(void) { /* in [-1, 1) */
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-52 - 1;
}

static double *random_array(ptrdiff_t n) {
    double *x = (double *)calloc((size_t)(n + SLACK), sizeof *x);
    for (ptrdiff_t i = 0; i < n + SLACK; ++i) {
        x[i] = uniform();
    }
    return x;
}

static void check_multiply(const ScsDenseKernels *kernels, ptrdiff_t rows,
                           ptrdiff_t columns, ptrdiff_t depth, ptrdiff_t skip,
                           bool subtract) {
    const ptrdiff_t a_stride = rows + columns + 3;
    const ptrdiff_t c_stride = rows + SCS_DENSE_TILE;
    double *a = random_array(a_stride * depth);
    double *b = random_array(a_stride * depth);
    double *d = random_array(depth);
    double *w = random_array((columns + SCS_DENSE_TILE) * depth);
    double *c = random_array(c_stride * columns);
    double *before = random_array(c_stride * columns);
    memcpy(before, c, (size_t)(c_stride * columns) * sizeof *c);
    kernels->pack(w, b, a_stride, columns, depth, d);
    kernels->multiply(c, c_stride, a, a_stride, rows, w, columns, depth, skip,
                      subtract);
    for (ptrdiff_t j = 0; j < columns; ++j) {
        for (ptrdiff_t i = 0; i < rows; ++i) {
            double expected = 0;
            for (ptrdiff_t k = 0; k < depth; ++k) {
                expected += a[i + k * a_stride] * b[j + k * a_stride] * d[k];
            }
            if (subtract) {
                expected = before[i + j * c_stride] - expected;
            }
            if (i + skip >= j) {
                CHECK_NEAR(c[i + j * c_stride], expected, 1e-12);
            }
        }
        for (ptrdiff_t i = rows; subtract && i < c_stride; ++i) {
            CHECK_EQUAL(c[i + j * c_stride], before[i + j * c_stride]);
        }
    }
    free(a);
    free(b);
    free(d);
    free(w);
    free(c);
    free(before);
}

static void check_multiplies(const ScsDenseKernels *kernels) {
    const ptrdiff_t sizes[] = {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 24, 31, 50};
    const size_t count = sizeof sizes / sizeof *sizes;
    for (size_t i = 0; i < count; ++i) {
        for (size_t j = 0; j <= i;
             ++j) { /* a lower trapezoid: no more columns than rows */
            for (size_t k = 0; k < count; k += 3) {
                check_multiply(kernels, sizes[i], sizes[j], sizes[k], 0, true);
                check_multiply(kernels, sizes[i], sizes[j], sizes[k], 0, false);
                check_multiply(kernels, sizes[i], sizes[j], sizes[k], 20, false);
            }
        }
    }
}

/* Both ways to pack give the same. */
static void check_packs(const ScsDenseKernels *kernels) {
    enum { DEPTH = 5, MOST = 21, STRIDE = MOST + 2 };
    double b[STRIDE * DEPTH], transposed[(DEPTH + 1) * MOST], d[DEPTH];
    for (ptrdiff_t k = 0; k < DEPTH; ++k) {
        d[k] = -0.5;
        for (ptrdiff_t j = 0; j < MOST; ++j) {
            b[j + k * STRIDE] = uniform();
            transposed[k + j * (DEPTH + 1)] = b[j + k * STRIDE];
        }
    }
    for (ptrdiff_t columns = 1; columns <= MOST; ++columns) {
        double w[(MOST + SCS_DENSE_TILE) * DEPTH] = {0};
        double other[(MOST + SCS_DENSE_TILE) * DEPTH] = {0};
        kernels->pack(w, b, STRIDE, columns, DEPTH, d);
        kernels->pack_transposed(other, transposed, DEPTH + 1, columns, DEPTH, -0.5);
        CHECK(w[0] == -0.5 * b[0]);
        CHECK(memcmp(w, other, sizeof w) == 0);
    }
}

/* In arrays that end where the data do, so that a sanitizer sees what is read behind. */
static void check_vector_products(const ScsDenseKernels *kernels, ptrdiff_t rows,
                                  ptrdiff_t columns) {
    const ptrdiff_t stride = rows + 2;
    const size_t size = (size_t)(stride * (columns - 1) + rows);
    double *a = (double *)calloc(size, sizeof *a);
    double *x = (double *)calloc((size_t)columns, sizeof *x);
    double *y = (double *)calloc((size_t)rows, sizeof *y);
    double *both = random_array(rows + columns);
    for (size_t k = 0; k < size; ++k) {
        a[k] = uniform();
    }
    memcpy(y, both, (size_t)rows * sizeof *y);
    memcpy(x, both + rows, (size_t)columns * sizeof *x);
    kernels->multiply_vector(y, a, stride, rows, columns, both + rows);
    kernels->multiply_transposed(x, a, stride, rows, columns, both);
    for (ptrdiff_t i = 0; i < rows; ++i) {
        double expected = both[i];
        for (ptrdiff_t j = 0; j < columns; ++j) {
            expected += a[i + j * stride] * both[rows + j];
        }
        CHECK_NEAR(y[i], expected, 1e-12);
    }
    for (ptrdiff_t j = 0; j < columns; ++j) {
        double expected = both[rows + j];
        for (ptrdiff_t i = 0; i < rows; ++i) {
            expected += a[i + j * stride] * both[i];
        }
        CHECK_NEAR(x[j], expected, 1e-12);
    }
    free(a);
    free(x);
    free(y);
    free(both);
}

/* A panel, its row list and the x it works on. */
typedef struct {
    ptrdiff_t width, height;
    double *panel, *d;
    scs_int *row;
    unsigned char *positive;
} Panel;

/* A quasi-definite lower part: large diagonal entries of mixed signs, the rest small. */
static Panel panel_create(ptrdiff_t width, ptrdiff_t height) {
    Panel p = {width, height, NULL, NULL, NULL, NULL};
    const ptrdiff_t stride = width + height;
    p.panel = random_array(stride * width);
    p.d = random_array(width);
    p.row = (scs_int *)calloc((size_t)height + 1, sizeof *p.row);
    p.positive = (unsigned char *)calloc((size_t)width, 1);
    for (ptrdiff_t j = 0; j < width; ++j) {
        p.positive[j] = uniform() > 0;
        p.panel[j + j * stride] = (p.positive[j] ? 1 : -1) * (double)(width + 2);
    }
    scs_int at = (scs_int)width;
    for (ptrdiff_t i = 0; i < height; ++i) {
        at += 1 + (scs_int)(3 * (uniform() + 1) / 2);
        p.row[i] = at;
    }
    return p;
}

static void panel_free(Panel *p) {
    free(p->panel);
    free(p->d);
    free(p->row);
    free(p->positive);
}

static void check_panel(const ScsDenseKernels *kernels, ptrdiff_t width,
                        ptrdiff_t height) {
    Panel p = panel_create(width, height);
    const ptrdiff_t stride = width + height;
    double *a = random_array(stride * width);
    memcpy(a, p.panel, (size_t)(stride * width) * sizeof *a);
    double *w = random_array((width + SCS_DENSE_TILE) * SCS_DENSE_TILE);
    CHECK_EQUAL(kernels->factor(p.panel, stride, width, height, p.d, p.positive, w),
                -1);
    for (ptrdiff_t j = 0; j < width; ++j) { /* L D L' is the matrix again */
        CHECK_NEAR(p.panel[j + j * stride] * p.d[j], 1, 1e-15);
        for (ptrdiff_t i = j; i < stride; ++i) {
            double total = 0;
            for (ptrdiff_t k = 0; k <= j; ++k) {
                const double lik = i == k ? 1 : p.panel[i + k * stride];
                const double ljk = j == k ? 1 : p.panel[j + k * stride];
                total += lik * p.d[k] * ljk;
            }
            CHECK_NEAR(total, a[i + j * stride], 1e-12 * (double)width);
        }
    }
    /* Sweeps over this one panel; the rows below have pivots of 1 elsewhere. */
    scs_int first[] = {0, (scs_int)width};
    scs_int widths[] = {(scs_int)width};
    scs_int heights[] = {(scs_int)height};
    int64_t rows[] = {0, height};
    int64_t values[] = {0, stride * width};
    const ScsPanels panels = {1,    (scs_int)width, first,  widths, heights,
                              rows, p.row,          values, {0}};
    const ptrdiff_t length = width + 5 * height + 1;
    double *x = random_array(length);
    double *y = random_array(length);
    double *buffer = random_array(stride + SCS_DENSE_TILE);
    memcpy(y, x, (size_t)length * sizeof *y);
    kernels->forward(&panels, p.panel, x, buffer);
    for (ptrdiff_t j = 0; j < width; ++j) {
        for (ptrdiff_t i = j + 1; i < stride; ++i) {
            y[i < width ? i : p.row[i - width]] -= p.panel[i + j * stride] * y[j];
        }
    }
    for (ptrdiff_t i = 0; i < length; ++i) {
        CHECK_NEAR(x[i], y[i], 1e-12);
    }
    kernels->backward(&panels, p.panel, x, buffer);
    for (ptrdiff_t j = width; j-- > 0;) {
        y[j] /= p.d[j];
        for (ptrdiff_t i = j + 1; i < stride; ++i) {
            y[j] -= p.panel[i + j * stride] * y[i < width ? i : p.row[i - width]];
        }
    }
    for (ptrdiff_t i = 0; i < length; ++i) {
        CHECK_NEAR(x[i], y[i], 1e-12);
    }
    free(a);
    free(w);
    free(x);
    free(y);
    free(buffer);
    panel_free(&p);
}

/* Leaves of each height, some of which share their rows, above one panel of `width` columns
 * against the same panels that are not said to be leaves. */
static void check_leaves(const ScsDenseKernels *kernels, scs_int flock, scs_int width) {
    enum { HEIGHTS = SCS_LEAF_HEIGHT, MOST = 64 };
    scs_int first[MOST * HEIGHTS + 2];
    scs_int widths[MOST * HEIGHTS + 1];
    scs_int heights[MOST * HEIGHTS + 1];
    int64_t rows[MOST * HEIGHTS + 2] = {0};
    int64_t values[MOST * HEIGHTS + 2] = {0};
    scs_int row[MOST * HEIGHTS * (HEIGHTS + 1) / 2];
    ScsPanels panels = {0, 0, first, widths, heights, rows, row, values, {0}};
    scs_int count = 0;
    for (scs_int h = 1; h <= HEIGHTS; ++h) {
        for (scs_int k = 0; k < flock + 2 * h; ++k, ++count) {
            first[count] = count;
            widths[count] = 1;
            heights[count] = h;
            rows[count + 1] = rows[count] + h;
            values[count + 1] = values[count] + 1 + h;
        }
        panels.leaves[h] = count;
    }
    first[count] = count;
    widths[count] = width;
    heights[count] = 0;
    rows[count + 1] = rows[count];
    values[count + 1] = values[count] + (int64_t)width * width;
    panels.count = count + 1;
    panels.size = first[count + 1] = count + width;
    for (scs_int s = 0; s < count; ++s) {
        for (scs_int k = 0; k < heights[s]; ++k) {
            row[rows[s] + k] = count + k + (s < flock ? 3 : s % 5); /* 3: for all */
        }
    }
    double *l = random_array(values[panels.count]);
    double *x = random_array(panels.size);
    double *y = random_array(panels.size);
    double *buffer = random_array(width);
    memcpy(y, x, (size_t)panels.size * sizeof *y);
    ScsPanels plain = panels;
    memset(plain.leaves, 0, sizeof plain.leaves);
    kernels->forward(&panels, l, x, buffer);
    kernels->forward(&plain, l, y, buffer);
    for (scs_int i = 0; i < panels.size; ++i) {
        CHECK_NEAR(x[i], y[i], 1e-12 * (1 + fabs(y[i])));
    }
    memcpy(x, y, (size_t)panels.size * sizeof *y);
    kernels->backward(&panels, l, x, buffer);
    kernels->backward(&plain, l, y, buffer);
    for (scs_int i = 0; i < panels.size; ++i) {
        CHECK_NEAR(x[i], y[i], 1e-12 * (1 + fabs(y[i])));
    }
    free(l);
    free(x);
    free(y);
    free(buffer);
}

static void check_bad_pivots(const ScsDenseKernels *kernels) {
    const double bad[] = {0, -1e9, 1e301, NAN, INFINITY};
    for (ptrdiff_t column = 0; column < 20; column += 7) {
        for (size_t k = 0; k < sizeof bad / sizeof *bad; ++k) {
            Panel p = panel_create(20, 5);
            double w[(20 + SCS_DENSE_TILE) * SCS_DENSE_TILE];
            memset(p.panel, 0, 20 * 25 * sizeof *p.panel);
            for (ptrdiff_t j = 0; j < 20; ++j) {
                p.panel[j * 26] = p.positive[j] ? 2 : -2;
            }
            p.panel[column * 26] = p.positive[column] ? bad[k] : -bad[k];
            CHECK_EQUAL(kernels->factor(p.panel, 25, 20, 5, p.d, p.positive, w),
                        column);
            panel_free(&p);
        }
    }
}

static void check_all(const ScsDenseKernels *kernels) {
    printf("       %s\n", kernels->name);
    check_multiplies(kernels);
    for (ptrdiff_t rows = 1; rows <= 40; rows += 3) {
        for (ptrdiff_t columns = 1; columns <= 19; ++columns) {
            check_vector_products(kernels, rows, columns);
        }
    }
    for (ptrdiff_t width = 1; width <= 27; ++width) {
        for (ptrdiff_t height = 0; height <= 40; height += 1 + height / 5) {
            check_panel(kernels, width, height);
        }
    }
    check_panel(kernels, 96, 211);
    for (scs_int flock = 0; flock <= 50; flock += 5) {
        check_leaves(kernels, flock, 8 + flock % 3);
    }
    check_bad_pivots(kernels);
    check_packs(kernels);
}

static void baseline_agrees_with_plain_loops(void) {
    check_all(&scs_dense_kernels_baseline);
}

static void chosen_set_agrees_with_plain_loops(void) { check_all(scs_dense_kernels()); }

static void less_than_the_chosen_set_agrees(void) {
#if defined(SCS_TEST_X86)
    if (scs_dense_kernels() == &scs_dense_kernels_avx512) {
        check_all(&scs_dense_kernels_avx2); /* implied by AVX-512 */
    }
#endif
}

int main(void) {
    static const CheckCase cases[] = {
        {"baseline agrees with plain loops", baseline_agrees_with_plain_loops},
        {"chosen set agrees with plain loops", chosen_set_agrees_with_plain_loops},
        {"less than the chosen set agrees", less_than_the_chosen_set_agrees},
    };
    return CHECK_RUN(cases);
}
