/* SPDX-License-Identifier: MIT */
#include "la/tridiagonal.h"

#include "base/real.h"
#include "la/vec.h"

#include <float.h>

enum { LANES = SCS_DENSE_SHIFTS }; /* shifts counted at a time */

void scs_tridiagonal_init(ScsTridiagonal *t, scs_int n, ScsArena *arena) {
    t->n = n;
    t->kernels = scs_dense_kernels();
    t->diagonal = SCS_NEW(arena, scs_float, n);
    t->off = SCS_NEW(arena, scs_float, n);
    t->off_square = SCS_NEW(arena, scs_float, n);
    t->begin = SCS_NEW(arena, scs_int, (ptrdiff_t)n + 1);
    t->block = SCS_NEW(arena, scs_int, n);
    t->order = SCS_NEW(arena, scs_int, n);
    t->place = SCS_NEW(arena, scs_int, n);
    t->scratch = SCS_NEW(arena, scs_float, n);
}

/* Gershgorin's discs. */
static void bound_spectrum(ScsTridiagonal *t) {
    t->low = t->diagonal[0];
    t->high = t->diagonal[0];
    scs_float before = 0;
    for (scs_int i = 0; i < t->n; ++i) {
        const scs_float after = fabs(t->off[i]);
        t->low = scs_min(t->low, t->diagonal[i] - before - after);
        t->high = scs_max(t->high, t->diagonal[i] + before + after);
        before = after;
    }
    t->norm = scs_max(fabs(t->low), fabs(t->high));
    const scs_float slack = 4 * DBL_EPSILON * t->norm;
    t->low -= slack;
    t->high += slack;
}

void scs_tridiagonal_set(ScsTridiagonal *t, const scs_float *diagonal,
                         const scs_float *off) {
    const scs_int n = t->n;
    for (scs_int i = 0; i < n; ++i) {
        t->diagonal[i] = diagonal[i] + 0.0; /* no -0: see dense_kernels.h */
    }
    scs_vec_copy(off, t->off, n - 1);
    t->off[n - 1] = 0;
    bound_spectrum(t);
    const scs_float nothing = DBL_EPSILON * t->norm;
    t->blocks = 0;
    t->begin[0] = 0;
    for (scs_int i = 0; i < n; ++i) {
        if (i + 1 == n || fabs(t->off[i]) <= nothing) {
            t->off[i] = 0;
            t->begin[++t->blocks] = i + 1;
        }
        t->off_square[i] = t->off[i] * t->off[i];
    }
}

static scs_int count_block(const ScsTridiagonal *t, scs_int block, scs_float x) {
    scs_int below = 0;
    scs_float pivot = 1;
    scs_float square = 0;
    for (scs_int i = t->begin[block]; i < t->begin[block + 1]; ++i) {
        pivot = (t->diagonal[i] - x) - square / pivot;
        square = t->off_square[i];
        below += pivot < 0;
    }
    return below;
}

scs_int scs_tridiagonal_count_below(const ScsTridiagonal *t, scs_float x) {
    scs_int below = 0;
    for (scs_int block = 0; block < t->blocks; ++block) {
        below += count_block(t, block, x);
    }
    return below;
}

/* A run of eigenvalues of one block, no more than there are lanes. */
typedef struct {
    const ScsDenseKernels *kernels;
    const scs_float *diagonal;
    const scs_float *off_square;
    scs_int n;
    scs_int first;
    scs_int count;
    scs_float low[LANES]; /* brackets: of eigenvalue first + k */
    scs_float high[LANES];
} Run;

static void narrow(Run *run, scs_int k, scs_float x, int64_t below) {
    if (below > run->first + k) {
        run->high[k] = scs_min(run->high[k], x);
    } else {
        run->low[k] = scs_max(run->low[k], x);
    }
}

/* One grid for all, while their brackets are much the same. */
static void narrow_together(Run *run) {
    scs_float x[LANES];
    int64_t below[LANES];
    const scs_float low = run->low[0];
    const scs_float step = (run->high[run->count - 1] - low) / (LANES + 1);
    for (int l = 0; l < LANES; ++l) {
        x[l] = low + step * (l + 1);
    }
    run->kernels->sturm(run->diagonal, run->off_square, run->n, x, below);
    for (scs_int k = 0; k < run->count; ++k) {
        for (int l = 0; l < LANES; ++l) {
            narrow(run, k, x[l], below[l]);
        }
    }
}

/* Every bracket by itself; lanes that are left over cut them into more than two parts.
 * Returns the width of the widest. */
static scs_float narrow_apart(Run *run) {
    scs_float x[LANES];
    int64_t below[LANES];
    const scs_int cuts = LANES / run->count;
    scs_int l = 0;
    for (scs_int k = 0; k < run->count; ++k) {
        const scs_float step = (run->high[k] - run->low[k]) / (scs_float)(cuts + 1);
        for (scs_int c = 1; c <= cuts; ++c) {
            x[l++] = run->low[k] + step * (scs_float)c;
        }
    }
    for (; l < LANES; ++l) {
        x[l] = x[0];
    }
    run->kernels->sturm(run->diagonal, run->off_square, run->n, x, below);
    scs_float widest = 0;
    l = 0;
    for (scs_int k = 0; k < run->count; ++k) {
        for (scs_int c = 1; c <= cuts; ++c, ++l) {
            narrow(run, k, x[l], below[l]);
        }
        widest = scs_max(widest, run->high[k] - run->low[k]);
    }
    return widest;
}

/* Eigenvalues first .. first + count - 1 of a block. */
static void bisect(const ScsTridiagonal *t, scs_int block, scs_int first, scs_int count,
                   scs_float *values) {
    enum { MOST_PASSES = 64 }; /* each at least halves: more would gain nothing */
    const scs_int begin = t->begin[block];
    const scs_int n = t->begin[block + 1] - begin;
    if (n == 1) {
        values[0] = t->diagonal[begin];
        return;
    }
    const scs_float tolerance = 2 * DBL_EPSILON * t->norm;
    scs_float low = t->low;
    for (scs_int done = 0; done < count; done += LANES) {
        Run run = {.kernels = t->kernels,
                   .diagonal = t->diagonal + begin,
                   .off_square = t->off_square + begin,
                   .n = n,
                   .first = first + done,
                   .count = count - done < LANES ? count - done : LANES};
        for (scs_int k = 0; k < run.count; ++k) {
            run.low[k] = low;
            run.high[k] = t->high;
        }
        if (run.count > 1) {
            narrow_together(&run);
            narrow_together(&run);
        }
        for (int pass = 0; pass < MOST_PASSES; ++pass) {
            if (narrow_apart(&run) <= tolerance) {
                break;
            }
        }
        for (scs_int k = 0; k < run.count; ++k) {
            const scs_float middle = 0.5 * (run.low[k] + run.high[k]);
            values[done + k] = done + k > 0 ? scs_max(values[done + k - 1], middle)
                                            : middle; /* equal ones may cross over */
            low = run.low[k];
        }
    }
}

/* A number that separates eigenvalue index - 1 from index, up to rounding. */
static scs_float separate(const ScsTridiagonal *t, scs_int index) {
    scs_float low = t->low;
    scs_float high = t->high;
    while (high - low > 4 * DBL_EPSILON * t->norm) {
        const scs_float middle = 0.5 * (low + high);
        if (scs_tridiagonal_count_below(t, middle) > index) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return low;
}

/* Shell's sort of the values, with their blocks: several increasing runs, one a block. */
static void sort(scs_float *values, scs_int *block, scs_int n) {
    for (scs_int gap = n / 2; gap > 0; gap /= 2) {
        for (scs_int i = gap; i < n; ++i) {
            const scs_float value = values[i];
            const scs_int owner = block[i];
            scs_int j = i;
            for (; j >= gap && values[j - gap] > value; j -= gap) {
                values[j] = values[j - gap];
                block[j] = block[j - gap];
            }
            values[j] = value;
            block[j] = owner;
        }
    }
}

/* Candidates of every block from an interval that is a little too large; the surplus is at
 * its ends. */
static void values_of_blocks(ScsTridiagonal *t, scs_int first, scs_int count,
                             scs_float *values) {
    const scs_float slack = 8 * DBL_EPSILON * t->norm;
    const scs_int last = first + count;
    const scs_float from = first > 0 ? separate(t, first) - slack : t->low;
    const scs_float to = last < t->n ? separate(t, last - 1) + 2 * slack : t->high;
    scs_int skipped = 0; /* eigenvalues below the interval */
    scs_int found = 0;
    for (scs_int block = 0; block < t->blocks; ++block) {
        const scs_int size = t->begin[block + 1] - t->begin[block];
        const scs_int low = first > 0 ? count_block(t, block, from) : 0;
        const scs_int high = last < t->n ? count_block(t, block, to) : size;
        if (high > low) {
            bisect(t, block, low, high - low, t->scratch + found);
        }
        for (scs_int k = low; k < high; ++k) {
            t->block[found++] = block;
        }
        skipped += low;
    }
    sort(t->scratch, t->block, found);
    scs_vec_copy(t->scratch + (first - skipped), values, count);
    for (scs_int k = 0; k < count; ++k) {
        t->block[k] = t->block[k + first - skipped];
    }
}

/* List the eigenvalues block by block, ascending in each. */
static void list_by_block(ScsTridiagonal *t, scs_int count) {
    for (scs_int block = 0; block < t->blocks; ++block) {
        t->place[block] = 0;
    }
    for (scs_int k = 0; k < count; ++k) {
        t->place[t->block[k]] += 1;
    }
    scs_int next = 0;
    for (scs_int block = 0; block < t->blocks; ++block) {
        const scs_int many = t->place[block];
        t->place[block] = next;
        next += many;
    }
    for (scs_int k = 0; k < count; ++k) {
        t->order[t->place[t->block[k]]++] = k;
    }
}

void scs_tridiagonal_values(ScsTridiagonal *t, scs_int first, scs_int count,
                            scs_float *values) {
    if (t->norm == 0) { /* no shift separates anything */
        for (scs_int k = 0; k < count; ++k) {
            values[k] = 0;
            t->block[k] = first + k;
        }
    } else if (t->blocks > 1) {
        values_of_blocks(t, first, count, values);
    } else {
        bisect(t, 0, first, count, values);
        for (scs_int k = 0; k < count; ++k) {
            t->block[k] = 0;
        }
    }
    list_by_block(t, count);
}
