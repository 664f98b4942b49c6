/* SPDX-License-Identifier: MIT */
#include "linsys/gram.h"

#include <string.h>

/* What an entry of a square costs that is added where it belongs, in entries of a product
 * of matrices. Measured: 8 to 30, the more the wider the vector registers. */
static const scs_float scattering = 16;

/* Whether a vector is multiplied with others as part of a matrix. */
static bool is_full(const ScsGram *gram, scs_int v) {
    const scs_float length = (scs_float)gram->length[v];
    const scs_float order = (scs_float)gram->order;
    return scattering * length * length > order * order;
}

void scs_gram_measure(ScsGram *gram, const ScsMatrix *a, bool dual, ScsArena *arena) {
    *gram = (ScsGram){.a = a,
                      .dual = dual,
                      .order = dual ? a->m : a->n,
                      .vectors = dual ? a->n : a->m};
    gram->length = SCS_NEW(arena, scs_int, gram->vectors);
    if (arena->failed) {
        return;
    }
    for (scs_int j = 0; j < a->n; ++j) {
        if (dual) {
            gram->length[j] = a->p[j + 1] - a->p[j];
        }
        for (scs_int k = a->p[j]; k < a->p[j + 1] && !dual; ++k) {
            ++gram->length[a->i[k]];
        }
    }
}

void scs_gram_create(ScsGram *gram, const ScsMatrix *a, bool dual, ScsArena *arena) {
    scs_gram_measure(gram, a, dual, arena);
    scs_int many = 0;    /* full vectors */
    scs_int longest = 0; /* of the others */
    for (scs_int v = 0; v < gram->vectors && !arena->failed; ++v) {
        if (is_full(gram, v)) {
            ++many;
        } else if (gram->length[v] > longest) {
            longest = gram->length[v];
        }
    }
    const ptrdiff_t depth = many < SCS_DENSE_DEPTH ? many : SCS_DENSE_DEPTH;
    gram->full = SCS_NEW(arena, scs_float, gram->order * depth + SCS_DENSE_SLACK);
    gram->weight = SCS_NEW(arena, scs_float, depth);
    if (!dual) {
        gram->next = SCS_NEW(arena, scs_int, a->n);
        gram->place = SCS_NEW(arena, scs_int, a->m);
        /* A pass over the columns for every two entries of one, or so. */
        const int64_t room = longest + 2 * (int64_t)a->n + 1024;
        const int64_t nnz = a->p[a->n];
        gram->room = (scs_int)(room < nnz ? room : nnz);
        gram->index = SCS_NEW(arena, scs_int, gram->room);
        gram->value = SCS_NEW(arena, scs_float, gram->room);
    }
}

/* C += weight v v' entry by entry. */
static void add_square(ScsDenseFactor *c, const scs_int *index, const scs_float *value,
                       scs_int length, scs_float weight) {
    for (scs_int s = 0; s < length; ++s) {
        scs_float *const column = c->l + c->column[index[s]];
        const scs_float factor = weight * value[s];
        for (scs_int t = s; t < length; ++t) {
            column[index[t]] += factor * value[t];
        }
    }
}

static void add_columns(ScsGram *gram, const scs_float *divisor, ScsDenseFactor *c) {
    const ScsMatrix *const a = gram->a;
    ptrdiff_t depth = 0;
    for (scs_int j = 0; j < a->n; ++j) {
        const scs_int begin = a->p[j];
        if (!is_full(gram, j)) {
            add_square(c, a->i + begin, a->x + begin, gram->length[j], 1 / divisor[j]);
            continue;
        }
        scs_float *const column = gram->full + depth * gram->order;
        memset(column, 0, (size_t)gram->order * sizeof *column);
        for (scs_int k = begin; k < a->p[j + 1]; ++k) {
            column[a->i[k]] = a->x[k];
        }
        gram->weight[depth++] = -1 / divisor[j];
        if (depth == SCS_DENSE_DEPTH) {
            scs_dense_factor_subtract(c, gram->full, depth, gram->weight);
            depth = 0;
        }
    }
    scs_dense_factor_subtract(c, gram->full, depth, gram->weight);
}

/* Decide where the rows from `begin` on go, as many as there is room for; returns the end
 * of them and in *depth how many of them are full. */
static scs_int assign_rows(ScsGram *gram, scs_int begin, ptrdiff_t *depth) {
    scs_int entries = 0;
    scs_int i = begin;
    *depth = 0;
    for (; i < gram->vectors; ++i) {
        if (is_full(gram, i)) {
            if (*depth == SCS_DENSE_DEPTH) {
                break;
            }
            gram->place[i] = (scs_int)(*depth)++;
        } else {
            if (gram->length[i] > gram->room - entries) {
                break;
            }
            gram->place[i] = entries;
            entries += gram->length[i];
        }
    }
    return i;
}

/* Copy the entries of rows up to `end` to where they go. */
static void copy_rows(ScsGram *gram, scs_int end, ptrdiff_t depth) {
    const ScsMatrix *const a = gram->a;
    const ptrdiff_t order = gram->order;
    memset(gram->full, 0, (size_t)(order * depth) * sizeof *gram->full);
    for (scs_int j = 0; j < a->n; ++j) {
        scs_int k = gram->next[j];
        for (; k < a->p[j + 1] && a->i[k] < end; ++k) {
            const scs_int i = a->i[k];
            if (is_full(gram, i)) {
                gram->full[gram->place[i] * order + j] = a->x[k];
            } else {
                const scs_int at = gram->place[i]++;
                gram->index[at] = j;
                gram->value[at] = a->x[k];
            }
        }
        gram->next[j] = k;
    }
}

static void add_rows(ScsGram *gram, const scs_float *divisor, ScsDenseFactor *c) {
    const ScsMatrix *const a = gram->a;
    for (scs_int j = 0; j < a->n; ++j) {
        gram->next[j] = a->p[j];
    }
    for (scs_int begin = 0, end = 0; begin < a->m; begin = end) {
        ptrdiff_t depth = 0;
        end = assign_rows(gram, begin, &depth);
        copy_rows(gram, end, depth);
        for (scs_int i = begin; i < end; ++i) {
            if (is_full(gram, i)) {
                gram->weight[gram->place[i]] = -1 / divisor[i];
            } else { /* its place has moved to its end */
                const scs_int first = gram->place[i] - gram->length[i];
                add_square(c, gram->index + first, gram->value + first, gram->length[i],
                           1 / divisor[i]);
            }
        }
        scs_dense_factor_subtract(c, gram->full, depth, gram->weight);
    }
}

void scs_gram_add(ScsGram *gram, const scs_float *divisor, ScsDenseFactor *c) {
    if (gram->order == 0) {
        return;
    }
    if (gram->dual) {
        add_columns(gram, divisor, c);
    } else {
        add_rows(gram, divisor, c);
    }
}

scs_float scs_gram_work(const ScsGram *gram) {
    const scs_float order = (scs_float)gram->order;
    scs_float work = 0;
    for (scs_int v = 0; v < gram->vectors; ++v) {
        const scs_float length = (scs_float)gram->length[v];
        work += 0.5 * (is_full(gram, v) ? order * order : scattering * length * length);
    }
    return work;
}
