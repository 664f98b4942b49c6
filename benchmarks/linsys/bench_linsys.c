/* SPDX-License-Identifier: MIT
 *
 * Times the direct backend on systems written by dump_systems.py:
 *
 *     bench_linsys FILE.sys...
 *
 * One line a file: milliseconds to create (order, analyse, factorise), to factorise again
 * and to solve, each the least of several runs, and the residual of a solve.
 */
#include "la/csc.h"
#include "linsys/linsys.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    ScsMatrix a, p;
    scs_float *r;
} System;

static double now(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void fail(const char *what, const char *name) {
    fprintf(stderr, "%s: %s\n", name, what);
    exit(1);
}

static void *get(FILE *file, long long count, size_t size, const char *name) {
    void *memory = calloc((size_t)count + 1, size);
    if (!memory || fread(memory, size, (size_t)count, file) != (size_t)count) {
        fail("short file or memory", name);
    }
    return memory;
}

static scs_int *get_integers(FILE *file, long long count, const char *name) {
    int32_t *narrow = get(file, count, sizeof *narrow, name);
    scs_int *wide = calloc((size_t)count + 1, sizeof *wide);
    for (long long k = 0; wide && k < count; ++k) {
        wide[k] = narrow[k];
    }
    free(narrow);
    return wide;
}

static System load(const char *name) {
    System s = {0};
    FILE *file = fopen(name, "rb");
    if (!file) {
        fail("cannot be opened", name);
    }
    int64_t *sizes = get(file, 4, sizeof *sizes, name);
    ScsMatrix *both[] = {&s.a, &s.p};
    for (int k = 0; k < 2; ++k) {
        both[k]->n = (scs_int)sizes[1];
        both[k]->m = (scs_int)sizes[k];
        both[k]->p = get_integers(file, sizes[1] + 1, name);
        both[k]->i = get_integers(file, sizes[2 + k], name);
        both[k]->x = get(file, sizes[2 + k], sizeof(double), name);
    }
    s.r = get(file, sizes[0] + sizes[1], sizeof(double), name);
    free(sizes);
    fclose(file);
    return s;
}

static double residual(const System *s, const double *x, const double *rhs) {
    const scs_int n = s->a.n;
    const scs_int size = n + s->a.m;
    double *y = calloc((size_t)size, sizeof *y);
    double worst = 0;
    double largest = 0;
    if (!y) {
        return NAN;
    }
    for (scs_int i = 0; i < size; ++i) {
        y[i] = (i < n ? s->r[i] : -s->r[i]) * x[i] - rhs[i];
    }
    scs_csc_multiply(&s->a, x, y + n);
    scs_csc_multiply_transposed(&s->a, x + n, y);
    scs_csc_multiply_symmetric(&s->p, x, y);
    for (scs_int i = 0; i < size; ++i) {
        worst = fmax(worst, fabs(y[i]));
        largest = fmax(largest, fmax(fabs(x[i]), fabs(rhs[i])));
    }
    free(y);
    return worst / largest;
}

static void run(const char *name) {
    System s = load(name);
    const ScsLinSysKind *kind = scs_linsys_find(SCS_LINSYS_QDLDL, NULL);
    const scs_int size = s.a.n + s.a.m;
    ScsArena arena = {0};
    ScsError error;
    ScsLinSys *self = NULL;
    const double begin = now();
    if (kind->create(&self, &s.a, &s.p, s.r, NULL, &arena, &error) != SCS_OK) {
        fail(error.message, name);
    }
    const double create = now() - begin;
    double factor = INFINITY;
    double spent = 0;
    for (int k = 0; k < 50 && (k < 2 || spent < 300); ++k) {
        const double start = now();
        if (kind->update_metric(self, s.r, &error) != SCS_OK) {
            fail(error.message, name);
        }
        factor = fmin(factor, now() - start);
        spent += now() - start;
    }
    double *rhs = calloc(2 * (size_t)size, sizeof *rhs);
    double *x = rhs + size;
    if (!rhs) {
        fail("out of memory", name);
    }
    for (scs_int i = 0; i < size; ++i) {
        rhs[i] = (double)((i * 7919LL) % 1000) / 500 - 1;
    }
    double solve = INFINITY;
    spent = 0;
    for (int k = 0; k < 2000 && (k < 5 || spent < 300); ++k) {
        memcpy(x, rhs, (size_t)size * sizeof *x);
        const double start = now();
        if (kind->solve(self, x, NULL, 0, &error) != SCS_OK) {
            fail(error.message, name);
        }
        solve = fmin(solve, now() - start);
        spent += now() - start;
    }
    char text[120];
    kind->describe(self, text, sizeof text);
    const char *slash = strrchr(name, '/');
    printf("%-26s create %9.3f factor %9.3f solve %8.4f residual %.1e  cost %.1f  %s\n",
           slash ? slash + 1 : name, create, factor, solve, residual(&s, x, rhs),
           kind->update_cost(self), text);
    kind->destroy(self);
    scs_arena_release(&arena);
    free(rhs);
    for (int k = 0; k < 2; ++k) {
        ScsMatrix *matrix = k ? &s.p : &s.a;
        free(matrix->p);
        free(matrix->i);
        free(matrix->x);
    }
    free(s.r);
}

int main(int count, char **names) {
    for (int k = 1; k < count; ++k) {
        run(names[k]);
    }
    return 0;
}
