/* SPDX-License-Identifier: MIT
 *
 * The supernodal factorisation with supernodes chosen by the test, without ordering and
 * backend around it.
 */
#include "linsys/supernodal.h"

#include "support/check.h"

#include "systems.h"

typedef struct {
    ScsArena arena;
    ScsKkt kkt;
    ScsSupernodes nodes;
    ScsSupernodalFactor factor;
    ScsSupernodalScratch scratch;
    scs_int *order;
    unsigned char *positive;
    const ScsDenseKernels *kernels;
} Factor;

/* One supernode of all columns, or columns in natural order grouped by `width` with all
 * rows below: any grouping is a correct, if wasteful, partition. */
static void analyse(Factor *f, const System *s, scs_int width) {
    ScsError error;
    const scs_int size = system_size(s);
    ScsKkt upper;
    *f = (Factor){0};
    CHECK_EQUAL(scs_kkt_assemble(&upper, &s->a, system_p(s), &f->arena, &error),
                SCS_OK);
    f->order = SCS_NEW(&f->arena, scs_int, size);
    f->positive = SCS_NEW(&f->arena, unsigned char, size);
    scs_int *first = SCS_NEW(&f->arena, scs_int, size + 1);
    scs_int *height = SCS_NEW(&f->arena, scs_int, size);
    for (scs_int k = 0; k < size; ++k) {
        f->order[k] = k;
        f->positive[k] = k < s->n;
    }
    scs_kkt_permute(&f->kkt, &upper, f->order, f->order, &f->arena);
    /* The matrix is dense in these tests, so heights are what is left. */
    scs_int count = 0;
    for (scs_int j = 0; j < size; j += width) {
        const scs_int end = j + width < size ? j + width : size;
        first[count] = j;
        height[count++] = size - end;
    }
    first[count] = size;
    scs_supernodes_build(&f->nodes, &f->kkt, count, first, height, &f->arena);
    scs_supernodal_allocate(&f->factor, &f->nodes, &f->arena);
    scs_supernodal_scratch(&f->scratch, &f->nodes, &f->arena);
    f->kernels = scs_dense_kernels();
    CHECK(!f->arena.failed);
}

static ScsErrorCode factorise(Factor *f, const System *s, ScsError *error) {
    const ScsKktValues values = {s->p.x, s->a.x, s->r};
    return scs_supernodal_factor(&f->factor, &f->nodes, &f->kkt, &values, f->order,
                                 f->positive, f->kernels, &f->scratch, error);
}

static System dense_system(Random *random, scs_int n, scs_int m) {
    System s = system_create(random, n, m, 2, 0.5, 0);
    s.p = random_semidefinite(random, n, n, 2, 1);
    return s;
}

static void solves_as_the_dense_reference(void) {
    Random random = {31};
    const scs_int widths[] = {1, 2, 3, 5, 8, 9, 17, 64, 300};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; ++k) {
        System s = dense_system(&random, 70, 40);
        Factor f;
        ScsError error;
        analyse(&f, &s, widths[k]);
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_OK);
        double rhs[110];
        double expected[110];
        double x[110];
        random_vector(&random, rhs, 110);
        system_solve_dense(&s, rhs, expected);
        memcpy(x, rhs, sizeof x);
        scs_supernodal_solve(&f.factor, &f.nodes, f.kernels, x, f.scratch.buffer);
        double largest = 0;
        for (scs_int i = 0; i < 110; ++i) {
            largest = fmax(largest, fabs(expected[i]));
        }
        for (scs_int i = 0; i < 110; ++i) {
            CHECK_NEAR(x[i], expected[i], 1e-9 * largest);
        }
        scs_arena_release(&f.arena);
        system_free(&s);
    }
}

static void refactors_bit_for_bit(void) {
    Random random = {33};
    System s = dense_system(&random, 60, 60);
    Factor fresh;
    Factor again;
    ScsError error;
    analyse(&again, &s, 7);
    CHECK_EQUAL(factorise(&again, &s, &error), SCS_OK);
    random_metric(&random, &s, 3);
    CHECK_EQUAL(factorise(&again, &s, &error), SCS_OK);
    analyse(&fresh, &s, 7);
    CHECK_EQUAL(factorise(&fresh, &s, &error), SCS_OK);
    const size_t count = (size_t)fresh.nodes.panels.values[fresh.nodes.panels.count];
    CHECK(memcmp(fresh.factor.l, again.factor.l, count * sizeof *fresh.factor.l) == 0);
    CHECK(memcmp(fresh.factor.d, again.factor.d, 120 * sizeof *fresh.factor.d) == 0);
    scs_arena_release(&fresh.arena);
    scs_arena_release(&again.arena);
    system_free(&s);
}

static void names_the_wrong_pivot(void) {
    Random random = {34};
    System s = dense_system(&random, 6, 3);
    const scs_int widths[] = {1, 4};
    for (int k = 0; k < 2; ++k) {
        Factor f;
        ScsError error;
        const double value = s.p.x[0];
        analyse(&f, &s, widths[k]);
        s.p.x[0] = -100;
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
        CHECK_CONTAINS(error.message, "P is not positive semidefinite");
        CHECK_CONTAINS(error.message, "column 0");
        s.p.x[0] = NAN;
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
        CHECK_CONTAINS(error.message, "broke down");
        s.p.x[0] = INFINITY;
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
        s.p.x[0] = value;
        s.r[8] = -1e6; /* K would be indefinite in the last row */
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_ERROR_NUMERICAL);
        CHECK_CONTAINS(error.message, "row 2");
        /* A failure leaves nothing behind that the next factorisation could trip over. */
        s.r[8] = 1;
        CHECK_EQUAL(factorise(&f, &s, &error), SCS_OK);
        double rhs[9];
        double x[9];
        random_vector(&random, rhs, 9);
        memcpy(x, rhs, sizeof x);
        scs_supernodal_solve(&f.factor, &f.nodes, f.kernels, x, f.scratch.buffer);
        CHECK(system_residual(&s, x, rhs) < 1e-13);
        scs_arena_release(&f.arena);
    }
    system_free(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"solves as the dense reference", solves_as_the_dense_reference},
        {"refactors bit for bit", refactors_bit_for_bit},
        {"names the wrong pivot", names_the_wrong_pivot},
    };
    return CHECK_RUN(cases);
}
