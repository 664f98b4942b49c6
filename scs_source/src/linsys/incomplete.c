/* SPDX-License-Identifier: MIT
 *
 * Column by column: column j gets what the columns before it that reach row j subtract;
 * if not all fits, the entries that matter most are kept.
 */
#include "linsys/incomplete.h"

#include "la/vec.h"

#include <math.h>
#include <stdlib.h>

enum { NONE = -1 };

/* Room for entries of L for each one of K: 12 bytes an entry, so that the factor takes
 * some times the memory of the data. */
static const double fill = 5;

/* How much more than its room the factor may need. With half of its entries gone, an
 * iteration costs more than the diagonal's and saves none. */
static const double largest_loss = 1.5;

/* Where entries are dropped, a column may take this many times its share of the room that
 * is left: columns differ in length. */
static const scs_float share = 2;

static void allocate(ScsIncomplete *self, ScsArena *arena) {
    const scs_int size = self->kkt.size;
    self->start = SCS_NEW(arena, int64_t, (ptrdiff_t)size + 1);
    self->row = SCS_NEW(arena, scs_int, self->room);
    self->l = SCS_NEW(arena, scs_float, self->room);
    self->d = SCS_NEW(arena, scs_float, size);
    self->next = SCS_NEW(arena, int64_t, size);
    self->head = SCS_NEW(arena, scs_int, size);
    self->link = SCS_NEW(arena, scs_int, size);
    self->pattern = SCS_NEW(arena, scs_int, size);
    self->column = SCS_NEW(arena, scs_float, size);
    self->weight = SCS_NEW(arena, scs_float, size);
    self->used = SCS_NEW(arena, unsigned char, size);
    self->z = SCS_NEW(arena, scs_float, size);
}

static double room_for(const ScsKkt *kkt) {
    return fill * ((double)kkt->start[kkt->size] + (double)kkt->size);
}

bool scs_incomplete_is_useful(const ScsElimination *analysis) {
    return analysis->entries <= largest_loss * room_for(&analysis->kkt);
}

ScsErrorCode scs_incomplete_create(ScsIncomplete **result,
                                   const ScsElimination *analysis, ScsArena *arena,
                                   ScsError *error) {
    *result = NULL;
    if (!scs_incomplete_is_useful(analysis)) {
        return SCS_OK;
    }
    const ScsKkt *const kkt = &analysis->kkt;
    const double room = room_for(kkt);
    ScsIncomplete *self = SCS_NEW(arena, ScsIncomplete, 1);
    if (!self) {
        return scs_error_memory(error);
    }
    self->order =
        scs_arena_copy(arena, analysis->order, kkt->size, sizeof *analysis->order);
    scs_kkt_permute(&self->kkt, kkt, analysis->order, analysis->inverse, arena);
    self->complete = analysis->entries <= room;
    self->room = (int64_t)(self->complete ? analysis->entries : room);
    allocate(self, arena);
    *result = arena->failed ? NULL : self;
    return arena->failed ? scs_error_memory(error) : SCS_OK;
}

ScsIncomplete *scs_incomplete_clone(const ScsIncomplete *original, ScsArena *arena) {
    ScsIncomplete *self = scs_arena_copy(arena, original, 1, sizeof *original);
    if (!self) {
        return NULL;
    }
    const ScsKkt *kkt = &original->kkt;
    const scs_int size = kkt->size;
    const ptrdiff_t nnz = kkt->start[size];
    const int64_t entries = scs_incomplete_entries(original);
    const ptrdiff_t starts = (ptrdiff_t)size + 1;
    self->kkt.start = scs_arena_copy(arena, kkt->start, starts, sizeof *kkt->start);
    self->kkt.row = scs_arena_copy(arena, kkt->row, nnz, sizeof *kkt->row);
    self->kkt.source = scs_arena_copy(arena, kkt->source, nnz, sizeof *kkt->source);
    self->kkt.diagonal =
        scs_arena_copy(arena, kkt->diagonal, size, sizeof *kkt->diagonal);
    self->order = scs_arena_copy(arena, original->order, size, sizeof *self->order);
    allocate(self, arena);
    if (arena->failed) {
        return NULL;
    }
    for (scs_int j = 0; j <= size; ++j) {
        self->start[j] = original->start[j];
    }
    for (int64_t e = 0; e < entries; ++e) {
        self->row[e] = original->row[e];
    }
    scs_vec_copy(original->l, self->l, (ptrdiff_t)entries);
    scs_vec_copy(original->d, self->d, size);
    return self;
}

int64_t scs_incomplete_entries(const ScsIncomplete *self) {
    return self->start[self->kkt.size];
}

static bool is_x(const ScsIncomplete *self, scs_int k) {
    return self->order[k] < self->kkt.n;
}

/* Put column k, whose first entries have been used up to `entry`, on the list of the row
 * of this entry. */
static void enlist(ScsIncomplete *self, scs_int k, int64_t entry) {
    if (entry < self->start[k + 1]) {
        const scs_int i = self->row[entry];
        self->next[k] = entry;
        self->link[k] = self->head[i];
        self->head[i] = k;
    }
}

static scs_int add_to_pattern(ScsIncomplete *self, scs_int i, scs_int count) {
    if (!self->used[i]) {
        self->used[i] = 1;
        self->pattern[count++] = i;
    }
    return count;
}

/* The part of column j below the diagonal with all updates, times d_j. Returns the length
 * of the pattern. */
static scs_int gather(ScsIncomplete *self, const ScsKktValues *values, scs_int j) {
    const ScsKkt *kkt = &self->kkt;
    scs_int count = 0;
    for (scs_int k = kkt->start[j]; k < kkt->start[j + 1]; ++k) {
        count = add_to_pattern(self, kkt->row[k], count);
        self->column[kkt->row[k]] = scs_kkt_entry(kkt, values, k);
    }
    for (scs_int k = self->head[j]; k != NONE;) {
        const scs_int following = self->link[k]; /* enlist() overwrites it */
        int64_t e = self->next[k];
        const scs_float factor = self->l[e] * self->d[k];
        enlist(self, k, ++e);
        for (; e < self->start[k + 1]; ++e) {
            count = add_to_pattern(self, self->row[e], count);
            self->column[self->row[e]] -= self->l[e] * factor;
        }
        k = following;
    }
    for (scs_int k = 0; k < count; ++k) {
        self->used[self->pattern[k]] = 0;
    }
    return count;
}

/* Drop the entry in row i and column j; see the header. */
static void drop(ScsIncomplete *self, scs_int i, scs_int j) {
    const scs_float w = fabs(self->column[i]);
    self->column[i] = 0;
    if (is_x(self, i) == is_x(self, j)) {
        const scs_float ratio = sqrt(self->d[i] / self->d[j]);
        const scs_float signed_w = is_x(self, i) ? w : -w;
        self->d[i] += signed_w * ratio;
        self->d[j] += signed_w / ratio;
    }
}

/* Rearrange the pattern so that the `count` entries of most weight come first (Hoare 1961,
 * "Algorithm 65: find"). */
static void select_heaviest(scs_int *pattern, const scs_float *weight, scs_int length,
                            scs_int count) {
    scs_int low = 0;
    scs_int high = length - 1;
    while (low < high) {
        const scs_float pivot = weight[pattern[low + (high - low) / 2]];
        scs_int i = low;
        scs_int k = high;
        while (i <= k) {
            while (weight[pattern[i]] > pivot) {
                ++i;
            }
            while (weight[pattern[k]] < pivot) {
                --k;
            }
            if (i <= k) {
                const scs_int swap = pattern[i];
                pattern[i++] = pattern[k];
                pattern[k--] = swap;
            }
        }
        if (count <= k) {
            high = k;
        } else if (count >= i) {
            low = i;
        } else {
            return;
        }
    }
}

/* Drop what column j has no room for. Returns the length of the pattern that is left. */
static scs_int thin_out(ScsIncomplete *self, scs_int j, scs_int count) {
    const scs_int size = self->kkt.size;
    const scs_float left = (scs_float)(self->room - self->start[j]);
    const scs_float mean = left / (scs_float)(size - j);
    const scs_float most = j + 1 < size && share * mean < left ? share * mean : left;
    if ((scs_float)count <= most) {
        return count;
    }
    const scs_int kept = (scs_int)most;
    for (scs_int k = 0; k < count; ++k) {
        const scs_int i = self->pattern[k];
        const scs_float w = self->column[i];
        self->weight[i] = w * w / fabs(self->d[i]); /* what it does to the pivot of i */
    }
    select_heaviest(self->pattern, self->weight, count, kept);
    for (scs_int k = kept; k < count; ++k) {
        drop(self, self->pattern[k], j);
    }
    return kept;
}

static int compare(const void *one, const void *other) {
    const scs_int a = *(const scs_int *)one;
    const scs_int b = *(const scs_int *)other;
    return (a > b) - (a < b);
}

/* Move the column into L and its squares into the pivots below. */
static void store(ScsIncomplete *self, scs_int j, scs_int count) {
    qsort(self->pattern, (size_t)count, sizeof *self->pattern, compare);
    int64_t e = self->start[j];
    for (scs_int k = 0; k < count; ++k, ++e) {
        const scs_int i = self->pattern[k];
        const scs_float w = self->column[i];
        self->row[e] = i;
        self->l[e] = w / self->d[j];
        self->d[i] -= w * self->l[e];
        self->column[i] = 0;
    }
    self->start[j + 1] = e;
    enlist(self, j, self->start[j]);
}

ScsErrorCode scs_incomplete_factor(ScsIncomplete *self, const ScsKktValues *values,
                                   ScsError *error) {
    const scs_int size = self->kkt.size;
    for (scs_int j = 0; j < size; ++j) {
        self->d[j] = scs_kkt_diagonal(&self->kkt, values, j, self->order[j]);
        self->head[j] = NONE;
        self->column[j] = 0;
    }
    for (scs_int j = 0; j < size; ++j) {
        scs_int count = gather(self, values, j);
        if (!self->complete) {
            count = thin_out(self, j, count);
        }
        const scs_float pivot = is_x(self, j) ? self->d[j] : -self->d[j];
        if (!(pivot > 0) || !isfinite(pivot)) {
            for (scs_int k = j; k < size; ++k) {
                self->start[k + 1] = self->start[j];
            }
            return scs_error_set(error, SCS_ERROR_NUMERICAL,
                                 "P is not positive semidefinite, or the entries of "
                                 "the problem are too large: a pivot of the "
                                 "preconditioner is %g",
                                 self->d[j]);
        }
        store(self, j, count);
    }
    return SCS_OK;
}

void scs_incomplete_apply(ScsIncomplete *self, const scs_float *r, scs_float *z) {
    const scs_int size = self->kkt.size;
    scs_float *const x = self->z;
    for (scs_int k = 0; k < size; ++k) {
        x[k] = is_x(self, k) ? r[self->order[k]] : 0;
    }
    for (scs_int j = 0; j < size; ++j) {
        const scs_float xj = x[j];
        if (xj != 0) { /* most rows of y that come early */
            for (int64_t e = self->start[j]; e < self->start[j + 1]; ++e) {
                x[self->row[e]] -= self->l[e] * xj;
            }
        }
    }
    for (scs_int j = size - 1; j >= 0; --j) {
        scs_float sum = x[j] / self->d[j];
        for (int64_t e = self->start[j]; e < self->start[j + 1]; ++e) {
            sum -= self->l[e] * x[self->row[e]];
        }
        x[j] = sum;
        if (is_x(self, j)) {
            z[self->order[j]] = sum;
        }
    }
}
