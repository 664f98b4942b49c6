/* SPDX-License-Identifier: MIT
 *
 * Walking the table of kinds and the list of blocks. Nothing here knows a single cone
 * except copy_cone, which knows the lists of ScsCone.
 */
#include "cones/cone_set.h"

#include "base/real.h"
#include "cones/cone_table.h"
#include "la/csc.h"
#include "la/vec.h"

#include <stdio.h>

/* a + n b for nonnegative numbers, or INT64_MAX if that is even more. */
static int64_t add_product(int64_t a, int64_t n, int64_t b) {
    return b > 0 && n > (INT64_MAX - a) / b ? INT64_MAX : a + n * b;
}

/* The rows of all cones of k, or INT64_MAX if they are even more. */
static int64_t total_rows(const ScsCone *k) {
    int64_t total = 0;
    for (scs_int j = 0; j < scs_cone_table_size; ++j) {
        const ScsConeKind *kind = scs_cone_table[j];
        const scs_int count = kind->count(k);
        if (kind->alike) {
            total = add_product(total, count, count > 0 ? kind->rows(k, 0) : 0);
            continue;
        }
        for (scs_int i = 0; i < count; ++i) {
            total = add_product(total, 1, kind->rows(k, i));
        }
    }
    return total;
}

ScsErrorCode scs_cone_set_validate_fields(const ScsCone *k, ScsError *error) {
    ScsErrorCode code = SCS_OK;
    for (scs_int j = 0; j < scs_cone_table_size && code == SCS_OK; ++j) {
        code = scs_cone_table[j]->validate(k, error);
    }
    return code;
}

ScsErrorCode scs_cone_set_validate(const ScsCone *k, scs_int m, ScsError *error) {
    const ScsErrorCode code = scs_cone_set_validate_fields(k, error);
    if (code != SCS_OK) {
        return code;
    }
    const int64_t total = total_rows(k);
    if (total != m) {
        return scs_error_set(error, SCS_ERROR_CONE,
                             "cone rows add up to %lld, A has %lld rows",
                             (long long)total, (long long)m);
    }
    return SCS_OK;
}

static scs_int *copy_sizes(ScsArena *arena, const scs_int *sizes, scs_int length) {
    return scs_arena_copy(arena, sizes, length, sizeof *sizes);
}

static scs_float *copy_numbers(ScsArena *arena, const scs_float *numbers,
                               scs_int length) {
    return scs_arena_copy(arena, numbers, length, sizeof *numbers);
}

static void copy_cone(ScsCone *copy, const ScsCone *k, ScsArena *arena) {
    *copy = *k;
    const scs_int bounds = k->bsize > 0 ? k->bsize - 1 : 0;
    copy->bu = copy_numbers(arena, k->bu, bounds);
    copy->bl = copy_numbers(arena, k->bl, bounds);
    copy->q = copy_sizes(arena, k->q, k->qsize);
    copy->s = copy_sizes(arena, k->s, k->ssize);
    copy->cs = copy_sizes(arena, k->cs, k->cssize);
    copy->p = copy_numbers(arena, k->p, k->psize);
    copy->d = copy_sizes(arena, k->d, k->dsize);
    copy->nuc_m = copy_sizes(arena, k->nuc_m, k->nucsize);
    copy->nuc_n = copy_sizes(arena, k->nuc_n, k->nucsize);
    copy->ell1 = copy_sizes(arena, k->ell1, k->ell1_size);
    copy->sl_n = copy_sizes(arena, k->sl_n, k->sl_size);
    copy->sl_k = copy_sizes(arena, k->sl_k, k->sl_size);
}

static void build_blocks(ScsConeSet *set, const ScsLapack *lapack, ScsArena *arena) {
    const ScsCone *k = &set->cone;
    ScsConeBlock *block = set->blocks;
    scs_int first = 0;
    for (scs_int j = 0; j < scs_cone_table_size; ++j) {
        const ScsConeKind *kind = scs_cone_table[j];
        const scs_int count = kind->count(k);
        for (scs_int i = 0; i < count; ++i, ++block) {
            block->kind = kind;
            block->first = first;
            block->rows = (scs_int)kind->rows(k, i);
            block->index = i;
            set->may_miss += kind->allow != NULL;
            if (kind->setup) {
                kind->setup(block, k, lapack, arena);
                if (arena->failed) {
                    return;
                }
            }
            first += block->rows;
        }
    }
}

static const ScsConeKind *find_lapack_user(const ScsCone *k) {
    for (scs_int j = 0; j < scs_cone_table_size; ++j) {
        const ScsConeKind *kind = scs_cone_table[j];
        if (kind->needs_lapack && kind->needs_lapack(k)) {
            return kind;
        }
    }
    return NULL;
}

bool scs_cone_set_needs_lapack(const ScsCone *k) { return find_lapack_user(k) != NULL; }

ScsErrorCode scs_cone_set_build(ScsConeSet *set, const ScsCone *k, scs_int m,
                                const ScsLapack *lapack, ScsArena *arena,
                                ScsError *error) {
    const ScsErrorCode code = scs_cone_set_validate(k, m, error);
    if (code != SCS_OK) {
        return code;
    }
    const ScsConeKind *lapack_user = lapack ? NULL : find_lapack_user(k);
    if (lapack_user) {
        return scs_error_set(error, SCS_ERROR_UNAVAILABLE,
                             "%s need LAPACK, and this library was built without it",
                             lapack_user->name);
    }
    copy_cone(&set->cone, k, arena);
    set->rows = m;
    set->count = 0;
    set->may_miss = 0;
    for (scs_int j = 0; j < scs_cone_table_size; ++j) {
        set->count += scs_cone_table[j]->count(k);
    }
    set->blocks = SCS_NEW(arena, ScsConeBlock, set->count);
    if (!arena->failed) {
        build_blocks(set, lapack, arena);
    }
    return arena->failed ? scs_error_memory(error) : SCS_OK;
}

ScsErrorCode scs_cone_set_project_dual(ScsConeSet *set, scs_float *y,
                                       const scs_float *r, ScsError *error) {
    ScsConeBlock *end = set->blocks + set->count;
    for (ScsConeBlock *block = set->blocks; block < end; ++block) {
        if (block->kind->project_dual) {
            const scs_int first = block->first;
            const ScsErrorCode code =
                block->kind->project_dual(block, y + first, r + first, error);
            if (code != SCS_OK) {
                return code;
            }
        }
    }
    return SCS_OK;
}

void scs_cone_set_weights(const ScsConeSet *set, const ScsMatrix *a,
                          scs_float *weight) {
    for (scs_int i = 0; i < set->count; ++i) {
        const ScsConeBlock *block = &set->blocks[i];
        scs_vec_fill(block->kind->weight, weight + block->first, block->rows);
        if (block->kind->has_ray && scs_csc_row_is_zero(a, block->first)) {
            weight[block->first] = scs_cone_zero.weight;
        }
    }
}

static scs_float reduce(const scs_float *v, scs_int n, ScsReduction reduction) {
    scs_float result = v[0];
    for (scs_int i = 1; i < n; ++i) {
        result =
            reduction == SCS_REDUCE_MAXIMUM ? scs_max(result, v[i]) : result + v[i];
    }
    return reduction == SCS_REDUCE_MAXIMUM ? result : result / (scs_float)n;
}

void scs_cone_set_equalise(const ScsConeSet *set, scs_float *v,
                           ScsReduction reduction) {
    for (scs_int i = 0; i < set->count; ++i) {
        const ScsConeBlock *block = &set->blocks[i];
        if (!block->kind->separable && block->rows > 0) {
            scs_float *rows = v + block->first;
            scs_vec_fill(reduce(rows, block->rows, reduction), rows, block->rows);
        }
    }
}

bool scs_cone_extends(const ScsConeBlock *block) {
    return block->kind->extend_metric != NULL;
}

void scs_cone_set_extend(const ScsConeSet *set, scs_float *v) {
    for (scs_int i = 0; i < set->count; ++i) {
        const ScsConeBlock *block = &set->blocks[i];
        if (scs_cone_extends(block)) {
            block->kind->extend_metric(block, v + block->first);
        }
    }
}

void scs_cone_set_rescale(ScsConeSet *set, const scs_float *d) {
    for (scs_int i = 0; i < set->count; ++i) {
        ScsConeBlock *block = &set->blocks[i];
        if (block->kind->rescale) {
            block->kind->rescale(block, d + block->first);
        }
    }
}

void scs_cone_set_reset(ScsConeSet *set) {
    for (scs_int i = 0; i < set->count; ++i) {
        ScsConeBlock *block = &set->blocks[i];
        if (block->kind->reset) {
            block->kind->reset(block);
        }
    }
}

bool scs_cone_set_can_miss(const ScsConeSet *set) { return set->may_miss > 0; }

void scs_cone_set_allow(ScsConeSet *set, scs_float distance) {
    if (!scs_cone_set_can_miss(set)) {
        return;
    }
    const scs_float share = distance / sqrt((scs_float)set->may_miss);
    for (scs_int i = 0; i < set->count; ++i) {
        ScsConeBlock *block = &set->blocks[i];
        if (block->kind->allow) {
            block->kind->allow(block, share);
        }
    }
}

bool scs_cone_set_is_exact(const ScsConeSet *set) {
    for (scs_int i = 0; i < set->count; ++i) {
        if (set->blocks[i].inexact) {
            return false;
        }
    }
    return true;
}

bool scs_cone_set_describe(const ScsConeSet *set, scs_int *block, char *line,
                           size_t size) {
    if (*block >= set->count) {
        return false;
    }
    const ScsConeKind *kind = set->blocks[*block].kind;
    const scs_int begin = *block;
    scs_int rows = 0;
    while (*block < set->count && set->blocks[*block].kind == kind) {
        rows += set->blocks[(*block)++].rows;
    }
    const scs_int blocks = *block - begin;
    const int written = snprintf(line, size, "%s: %lld row%s", kind->name,
                                 (long long)rows, rows == 1 ? "" : "s");
    if (blocks > 1 && written > 0 && (size_t)written < size) {
        snprintf(line + written, size - (size_t)written, " in %lld blocks",
                 (long long)blocks);
    }
    return true;
}
