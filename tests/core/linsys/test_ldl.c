/* SPDX-License-Identifier: MIT
 *
 * The simplicial factorisation in the order given, without the backend around it.
 */
#include "linsys/ldl.h"

#include "linsys/etree.h"
#include "support/check.h"

#include "systems.h"

typedef struct {
    ScsArena arena;
    ScsKkt kkt;
    ScsLdlPattern pattern;
    ScsLdlScratch scratch;
    scs_int *order;
    scs_float *l, *inverse_d;
} Factor;

/* Analyse in the natural order (any order is good for a quasi-definite matrix). */
static void analyse(Factor *f, const System *s) {
    ScsError error;
    const scs_int size = system_size(s);
    *f = (Factor){0};
    CHECK_EQUAL(scs_kkt_assemble(&f->kkt, &s->a, system_p(s), &f->arena, &error),
                SCS_OK);
    f->order = SCS_NEW(&f->arena, scs_int, size);
    scs_int *parent = SCS_NEW(&f->arena, scs_int, size);
    scs_int *count = SCS_NEW(&f->arena, scs_int, size);
    scs_int *mark = SCS_NEW(&f->arena, scs_int, size);
    scs_etree_build(size, f->kkt.start, f->kkt.row, parent, mark);
    for (scs_int k = 0; k < size; ++k) {
        f->order[k] = k;
        mark[k] = k;
        for (scs_int t = f->kkt.start[k]; t < f->kkt.start[k + 1]; ++t) {
            for (scs_int i = f->kkt.row[t]; mark[i] != k; i = parent[i]) {
                mark[i] = k;
                ++count[i];
            }
        }
    }
    scs_ldl_analyse(&f->pattern, &f->kkt, parent, count, &f->arena);
    scs_ldl_scratch(&f->scratch, size, &f->arena);
    f->l = SCS_NEW(&f->arena, scs_float, f->pattern.start[size]);
    f->inverse_d = SCS_NEW(&f->arena, scs_float, size);
    CHECK(!f->arena.failed);
}

static ScsErrorCode factorise(Factor *f, const System *s, ScsError *error) {
    const ScsKktValues values = {s->p.x, s->a.x, s->r};
    return scs_ldl_factor(&f->pattern, &f->kkt, &values, f->order, f->l, f->inverse_d,
                          &f->scratch, error);
}

static void solves_as_the_dense_reference(void) {
    Random random = {31};
    for (int trial = 0; trial < 200; ++trial) {
        System s = system_create(&random, 1 + random_below(&random, 25),
                                 1 + random_below(&random, 25), random_unit(&random), 1,
                                 trial % 2);
        const scs_int size = system_size(&s);
        Factor f;
        ScsError error;
        analyse(&f, &s);
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_OK);
        double rhs[50];
        double expected[50];
        double x[50];
        random_vector(&random, rhs, size);
        system_solve_dense(&s, rhs, expected);
        memcpy(x, rhs, sizeof x);
        scs_ldl_solve(&f.pattern, f.l, f.inverse_d, x);
        double largest = 0;
        for (scs_int i = 0; i < size; ++i) {
            largest = fmax(largest, fabs(expected[i]));
        }
        for (scs_int i = 0; i < size; ++i) {
            CHECK_NEAR(x[i], expected[i], 1e-9 * largest);
        }
        scs_arena_release(&f.arena);
        system_free(&s);
    }
}

static void factor_multiplies_back(void) {
    Random random = {32};
    System s = system_create(&random, 12, 9, 0.3, 0.5, 1);
    const size_t size = (size_t)system_size(&s);
    Factor f;
    ScsError error;
    analyse(&f, &s);
    CHECK_EQUAL(factorise(&f, &s, &error), SCS_OK);
    for (size_t c = 0; c < size; ++c) {
        double unit[21] = {0};
        double k[21];
        double y[21];
        double product[21] = {0};
        unit[c] = 1;
        system_multiply(&s, unit, k, NULL);
        for (size_t j = 0; j < size; ++j) { /* y = D L' unit, product = L y */
            y[j] = unit[j];
            for (int64_t t = f.pattern.start[j]; t < f.pattern.start[j + 1]; ++t) {
                y[j] += f.l[t] * unit[f.pattern.row[t]];
            }
            y[j] /= f.inverse_d[j];
            product[j] += y[j];
            for (int64_t t = f.pattern.start[j]; t < f.pattern.start[j + 1]; ++t) {
                product[f.pattern.row[t]] += f.l[t] * y[j];
            }
        }
        for (size_t i = 0; i < size; ++i) {
            CHECK_NEAR(product[i], k[i], 1e-12);
        }
    }
    scs_arena_release(&f.arena);
    system_free(&s);
}

static void refactors_bit_for_bit(void) {
    Random random = {33};
    System s = system_create(&random, 20, 20, 0.2, 3, 1);
    Factor fresh;
    Factor again;
    ScsError error;
    analyse(&again, &s);
    CHECK_EQUAL(factorise(&again, &s, &error), SCS_OK);
    random_metric(&random, &s, 3);
    CHECK_EQUAL(factorise(&again, &s, &error), SCS_OK);
    analyse(&fresh, &s);
    CHECK_EQUAL(factorise(&fresh, &s, &error), SCS_OK);
    const size_t bytes = (size_t)fresh.pattern.start[40] * sizeof *fresh.l;
    CHECK(memcmp(fresh.l, again.l, bytes) == 0);
    CHECK(memcmp(fresh.inverse_d, again.inverse_d, 40 * sizeof *fresh.l) == 0);
    scs_arena_release(&fresh.arena);
    scs_arena_release(&again.arena);
    system_free(&s);
}

static void names_the_wrong_pivot(void) {
    Random random = {34};
    System s = system_create(&random, 6, 3, 0.5, 0, 1);
    matrix_free(&s.p);
    s.p = random_semidefinite(&random, 6, 4, 2, -100); /* dense and negative */
    Factor f;
    ScsError error;
    analyse(&f, &s);
    CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "P is not positive semidefinite");
    CHECK_CONTAINS(error.message, "column 0");
    s.p.x[0] = NAN;
    CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "broke down");
    s.p.x[0] = INFINITY;
    CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
    memset(s.p.x, 0, (size_t)s.p.p[6] * sizeof *s.p.x);
    s.r[8] = -1e6; /* K would be indefinite in the last row */
    CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
    CHECK_CONTAINS(error.message, "row 2");
    /* A failed factorisation leaves nothing behind that the next one could trip over. */
    s.r[8] = 1;
    CHECK_EQUAL(factorise(&f, &s, &error), SCS_OK);
    double rhs[9];
    double x[9];
    random_vector(&random, rhs, 9);
    memcpy(x, rhs, sizeof x);
    scs_ldl_solve(&f.pattern, f.l, f.inverse_d, x);
    CHECK(system_residual(&s, x, rhs) < 1e-13);
    scs_arena_release(&f.arena);
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves as the dense reference", solves_as_the_dense_reference},
        {"factor multiplies back", factor_multiplies_back},
        {"refactors bit for bit", refactors_bit_for_bit},
        {"names the wrong pivot", names_the_wrong_pivot},
    };
    return CHECK_RUN(cases);
}
