/* SPDX-License-Identifier: MIT */
#include "solver/tangent.h"

#include "base/real.h"
#include "la/csc.h"
#include "la/vec.h"

#include <stdint.h>

/* What stands for zero and infinity on the diagonal: with less extreme numbers the
 * refinement takes more rounds, and on curved cones it may not end; with more extreme ones
 * conjugate gradients take more steps. */
static scs_float small(const ScsTangent *t) { return t->curved > 0 ? 1e-7 : 1e-5; }

static scs_float large(const ScsTangent *t) { return 1 / small(t); }

/* What an iterative backend is asked for in one round. */
static const scs_float round_tolerance = 1e-4;

static bool is_curved(const ScsConeBlock *block) {
    return !block->kind->separable && block->rows > 1;
}

scs_int scs_tangent_count_curved(const ScsConeSet *cones) {
    scs_int count = 0;
    for (scs_int k = 0; k < cones->count; ++k) {
        count += is_curved(&cones->blocks[k]);
    }
    return count;
}

bool scs_tangent_is_possible(const ScsConeSet *cones, const ScsMatrix *a) {
    for (scs_int k = 0; k < cones->count; ++k) {
        const ScsConeBlock *block = &cones->blocks[k];
        if (!block->kind->linearise ||
            (block->kind->has_ray && !scs_csc_row_is_zero(a, block->first))) {
            return false;
        }
    }
    return true;
}

/* ---- layout ---- */

static void number_blocks(ScsTangent *t, const ScsConeSet *cones) {
    scs_int next = 0;
    for (scs_int k = 0; k < cones->count; ++k) {
        const ScsConeBlock *block = &cones->blocks[k];
        const scs_int number = is_curved(block) ? next++ : -1;
        for (scs_int i = block->first; i < block->first + block->rows; ++i) {
            t->block[i] = number;
        }
    }
}

/* Entries of the larger A: those of A, one for every block that a column meets, and a
 * column for every block. */
static int64_t count_entries(const ScsTangent *t, const ScsMatrix *a) {
    int64_t count = scs_csc_nnz(a);
    for (scs_int j = 0; j < a->n; ++j) {
        scs_int last = -1;
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int block = t->block[a->i[k]];
            if (block > last) {
                ++count;
                last = block;
            }
        }
    }
    for (scs_int i = 0; i < a->m; ++i) {
        count += t->block[i] >= 0;
    }
    return count;
}

static void lay_out(ScsTangent *t, const ScsMatrix *a) {
    ScsMatrix *larger = t->a;
    scs_int next = 0;
    for (scs_int j = 0; j < a->n; ++j) {
        scs_int last = -1;
        larger->p[j] = next;
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            larger->i[next++] = a->i[k];
        }
        for (scs_int k = a->p[j]; k < a->p[j + 1]; ++k) {
            const scs_int block = t->block[a->i[k]];
            if (block > last) {
                larger->i[next++] = a->m + block;
                last = block;
            }
        }
    }
    scs_int block = -1;
    for (scs_int i = 0; i < a->m; ++i) {
        while (t->block[i] > block) {
            larger->p[a->n + ++block] = next;
        }
        if (t->block[i] >= 0) {
            larger->i[next++] = i;
        }
    }
    larger->p[larger->n] = next;
}

static ScsMatrix *new_matrix(ScsArena *arena, scs_int m, scs_int n, ptrdiff_t entries) {
    ScsMatrix *a = SCS_NEW(arena, ScsMatrix, 1);
    if (a) {
        a->m = m;
        a->n = n;
        a->p = SCS_NEW(arena, scs_int, (ptrdiff_t)n + 1);
        a->i = SCS_NEW(arena, scs_int, entries);
        a->x = SCS_NEW(arena, scs_float, entries);
    }
    return a;
}

/* P with as many empty columns more as there are curved blocks. */
static ScsMatrix *larger_p(const ScsTangent *t, const ScsMatrix *p, ScsArena *arena) {
    const scs_int size = t->n + t->curved;
    ScsMatrix *larger = new_matrix(arena, size, size, scs_csc_nnz(p));
    if (!arena->failed) {
        for (scs_int j = 0; j <= size; ++j) {
            larger->p[j] = p->p[j < t->n ? j : t->n];
        }
        for (scs_int k = 0; k < scs_csc_nnz(p); ++k) {
            larger->i[k] = p->i[k];
        }
    }
    return larger;
}

ptrdiff_t scs_tangent_size(const ScsTangent *t) {
    return (ptrdiff_t)t->n + t->m + 2 * (ptrdiff_t)t->curved;
}

void scs_tangent_create(ScsTangent *t, const ScsProblem *problem,
                        const ScsConeSet *cones, ScsArena *arena) {
    const scs_int m = problem->m;
    t->n = problem->n;
    t->m = m;
    t->curved = scs_tangent_count_curved(cones);
    const ptrdiff_t size = scs_tangent_size(t);
    t->w = SCS_NEW(arena, scs_float, m);
    t->ray.along = SCS_NEW(arena, scs_float, m);
    t->r = SCS_NEW(arena, scs_float, size);
    t->rhs = SCS_NEW(arena, scs_float, size);
    t->step = SCS_NEW(arena, scs_float, size);
    t->rest = SCS_NEW(arena, scs_float, size);
    t->a = problem->a;
    t->p = problem->p;
    if (t->curved == 0) {
        return;
    }
    t->along = SCS_NEW(arena, scs_float, m);
    t->normal = SCS_NEW(arena, scs_float, m);
    t->block = SCS_NEW(arena, scs_int, m);
    if (arena->failed) {
        return;
    }
    number_blocks(t, cones);
    const int64_t entries = count_entries(t, problem->a);
    const int64_t longer = m > t->n ? m : t->n;
    if (sizeof(scs_int) < sizeof(int64_t) &&
        (entries > INT32_MAX || longer + t->curved > INT32_MAX)) {
        arena->failed = true; /* not in these integers: as if memory were short */
        return;
    }
    t->a = new_matrix(arena, m + t->curved, t->n + t->curved, (ptrdiff_t)entries);
    t->p = problem->p ? larger_p(t, problem->p, arena) : NULL;
    if (!arena->failed) {
        lay_out(t, problem->a);
    }
}

/* ---- values ---- */

bool scs_tangent_look(ScsTangent *t, const ScsProblem *problem, const ScsConeSet *cones,
                      const scs_float *s, const scs_float *y) {
    for (scs_int k = 0; k < cones->count; ++k) {
        const ScsConeBlock *block = &cones->blocks[k];
        const scs_int i = block->first;
        const ScsBoundary boundary =
            block->kind->linearise(block, s + i, y + i, t->w + i);
        if (boundary == SCS_BOUNDARY_UNKNOWN ||
            (boundary == SCS_BOUNDARY_RAY &&
             !scs_ray_follow(&t->ray, block, problem->a, t->w + i, s + i))) {
            return false;
        }
    }
    return true;
}

/* The unit vector along v; zero if v is. */
static void normalise(const scs_float *v, scs_float *unit, scs_int n) {
    const scs_float norm = scs_vec_norm2(v, n);
    scs_vec_copy(v, unit, n);
    scs_vec_scale(norm > 0 && isfinite(norm) ? 1 / norm : 0, unit, n);
}

/* Flat blocks need no directions; w tells, which is finite and positive else. */
static void find_directions(ScsTangent *t, const ScsConeSet *cones, const scs_float *s,
                            const scs_float *y) {
    for (scs_int k = 0; k < cones->count; ++k) {
        const ScsConeBlock *block = &cones->blocks[k];
        if (is_curved(block)) {
            const scs_int i = block->first;
            const bool flat = !(t->w[i] > 0 && isfinite(t->w[i]));
            normalise(s + i, t->along + i, block->rows);
            normalise(y + i, t->normal + i, block->rows);
            if (flat) {
                scs_vec_fill(0, t->along + i, block->rows);
                scs_vec_fill(0, t->normal + i, block->rows);
            }
        }
    }
}

static void fill_matrix(ScsTangent *t, const ScsMatrix *a) {
    ScsMatrix *larger = t->a;
    for (scs_int j = 0; j < a->n; ++j) {
        scs_int own = a->p[j]; /* walks through the blocks' entries behind it */
        const scs_int count = a->p[j + 1] - a->p[j];
        scs_vec_copy(a->x + own, larger->x + larger->p[j], count);
        for (scs_int k = larger->p[j] + count; k < larger->p[j + 1]; ++k) {
            const scs_int block = larger->i[k] - t->m;
            scs_float sum = 0;
            while (t->block[a->i[own]] < block) {
                ++own;
            }
            for (; own < a->p[j + 1] && t->block[a->i[own]] == block; ++own) {
                sum += t->normal[a->i[own]] * a->x[own];
            }
            larger->x[k] = sum;
        }
    }
    for (scs_int k = larger->p[a->n]; k < larger->p[larger->n]; ++k) {
        larger->x[k] = -t->along[larger->i[k]];
    }
}

/* The column and the row of a flat block are empty: anything but zero will do. */
static void fill_extra_diagonal(ScsTangent *t, const ScsConeSet *cones) {
    scs_float *columns = t->r + t->n;
    scs_float *rows = t->r + t->n + t->curved + t->m;
    for (scs_int k = 0; k < cones->count; ++k) {
        const ScsConeBlock *block = &cones->blocks[k];
        if (is_curved(block)) {
            const scs_float w = t->w[block->first];
            const bool flat = !(w > 0 && isfinite(w));
            *columns++ = flat ? 1 : small(t);
            *rows++ = flat ? 1 : small(t);
        }
    }
}

void scs_tangent_fill(ScsTangent *t, const ScsProblem *problem, const ScsConeSet *cones,
                      const scs_float *s, const scs_float *y) {
    scs_vec_fill(small(t), t->r, t->n);
    for (scs_int i = 0; i < t->m; ++i) {
        t->r[t->n + t->curved + i] = scs_clamp(t->w[i], small(t), large(t));
    }
    if (t->curved > 0) {
        find_directions(t, cones, s, y);
        fill_matrix(t, problem->a);
        if (problem->p) {
            scs_vec_copy(problem->p->x, t->p->x, scs_csc_nnz(problem->p));
        }
        fill_extra_diagonal(t, cones);
    }
}

/* ---- solution ---- */

/* rest = rhs - (matrix) step */
static void find_rest(ScsTangent *t) {
    const ptrdiff_t n = (ptrdiff_t)t->n + t->curved;
    const ptrdiff_t m = (ptrdiff_t)t->m + t->curved;
    scs_float *product = t->rest;
    scs_vec_fill(0, product, n + m);
    scs_csc_multiply(t->a, t->step, product + n);
    scs_csc_multiply_transposed(t->a, t->step + n, product);
    if (t->p) {
        scs_csc_multiply_symmetric(t->p, t->step, product);
    }
    for (ptrdiff_t i = 0; i < t->m; ++i) {
        if (isfinite(t->w[i])) {
            product[n + i] -= scs_min(t->w[i], large(t)) * t->step[n + i];
        } else {
            product[n + i] = t->rhs[n + i]; /* not an equation: s takes what there is */
        }
    }
    for (ptrdiff_t i = 0; i < n + m; ++i) {
        t->rest[i] = t->rhs[i] - product[i];
    }
}

bool scs_tangent_solve(ScsTangent *t, const ScsLinSysKind *kind, ScsLinSys *linsys,
                       scs_float *rest) {
    enum { MOST_ROUNDS = 6 };
    const ptrdiff_t n = (ptrdiff_t)t->n + t->curved;
    const ptrdiff_t m = (ptrdiff_t)t->m + t->curved;
    scs_ray_enter(&t->ray, rest + t->n);
    scs_vec_fill(0, t->rhs, n + m);
    scs_vec_copy(rest, t->rhs, t->n);
    scs_vec_copy(rest + t->n, t->rhs + n, t->m);
    for (scs_int i = 0; t->curved > 0 && i < t->m; ++i) {
        if (t->block[i] >= 0) {
            t->rhs[n + t->m + t->block[i]] += t->normal[i] * rest[t->n + i];
        }
    }
    scs_vec_fill(0, t->step, n + m);
    const scs_float enough = 1e-12 * scs_vec_norm_inf(t->rhs, n + m);
    scs_float last = INFINITY;
    for (int round = 0; round < MOST_ROUNDS; ++round) {
        find_rest(t);
        const scs_float size = scs_vec_norm_inf(t->rest, n + m);
        if (!isfinite(size) || size > 10 * last) {
            return false;
        }
        if (size <= enough || size > 0.5 * last) {
            break;
        }
        last = size;
        ScsError error;
        if (kind->solve(linsys, t->rest, NULL, round_tolerance, &error)) {
            return false;
        }
        for (ptrdiff_t i = 0; i < t->m; ++i) {
            if (!isfinite(t->w[i])) {
                t->rest[n + i] = 0;
            }
        }
        scs_vec_axpy(1, t->rest, t->step, n + m);
    }
    scs_vec_copy(t->step, rest, t->n);
    scs_vec_copy(t->step + n, rest + t->n, t->m);
    for (scs_int i = 0; t->curved > 0 && i < t->m; ++i) {
        if (t->block[i] >= 0) {
            rest[t->n + i] += t->normal[i] * t->step[n + t->m + t->block[i]];
        }
    }
    scs_ray_leave(&t->ray, rest + t->n);
    return true;
}
