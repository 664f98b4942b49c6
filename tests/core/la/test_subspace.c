/* SPDX-License-Identifier: MIT */
#include "core/la/slow_motion.h"
#include "la/subspace.h"
#include "la/vec.h"
#include "support/check.h"

#include <stdlib.h>

enum { ENTRIES = MOTION_MOST * MOTION_MOST };

typedef struct {
    ScsArena arena;
    ScsSubspace *subspace;
    scs_int positive; /* of the motion's values, which are in descending order */
    scs_int guards;
    scs_int bottom;
    double *scratch;
} Setup;

/* Follow `positive` vectors, so many guards and so many of the other end. */
static void start(Setup *s, const Motion *m, scs_int most, scs_int guards,
                  scs_int bottom) {
    memset(s, 0, sizeof *s);
    const ptrdiff_t length = scs_subspace_scratch(m->n, most);
    s->scratch = scs_arena_allocate(&s->arena, length, sizeof *s->scratch);
    s->subspace =
        scs_subspace_new(&s->arena, m->n, most, s->scratch, scs_lapack_linked());
    if (!CHECK(s->subspace != NULL)) {
        exit(1);
    }
    while (s->positive < m->n && m->value[s->positive] > 0) {
        ++s->positive;
    }
    s->guards = guards;
    s->bottom = bottom;
    const scs_int upper = s->positive + guards;
    double *to = scs_subspace_vectors(s->subspace);
    memcpy(to, m->vector, (size_t)(upper * m->n) * sizeof *to);
    memcpy(to + upper * m->n, m->vector + (m->n - bottom) * m->n,
           (size_t)(bottom * m->n) * sizeof *to);
    scs_subspace_start(s->subspace, bottom, guards, s->positive,
                       m->value[m->n - bottom - 1]);
}

static void finish(Setup *s) { scs_arena_release(&s->arena); }

/* Distance of the accumulated sum from the positive part of the motion's matrix. */
static double miss(Setup *s, const Motion *m) {
    static double sum[ENTRIES], exact[ENTRIES];
    const scs_int n = m->n;
    scs_subspace_accumulate(s->subspace, sum);
    motion_matrix(m, true, exact);
    double square = 0;
    for (scs_int j = 0; j < n; ++j) {
        for (scs_int i = j; i < n; ++i) {
            const double off = sum[i + j * n] - exact[i + j * n];
            square += (i == j ? 1 : 2) * off * off;
        }
    }
    return sqrt(square);
}

static ScsSubspaceOutcome improve(Setup *s, const Motion *m, double tolerance,
                                  scs_int products) {
    static double b[ENTRIES];
    motion_matrix(m, false, b);
    return scs_subspace_improve(s->subspace, b, tolerance, products);
}

/* Descending values of several kinds, 8 of them positive. */
enum { SPECTRA = 6 };
static void set_spectrum(Motion *m, int which) {
    for (scs_int j = 0; j < m->n; ++j) {
        const double x = (double)(j - 8) / (double)(m->n - 8);
        const double below = -0.02 - x;
        switch (which) {
        case 0: /* well apart */
            m->value[j] = j < 8 ? 40 - 4.0 * j : below;
            break;
        case 1: /* all wanted ones the same */
            m->value[j] = j < 8 ? 0.5 : below;
            break;
        case 2: /* of very different size */
            m->value[j] = j < 8 ? 100 * pow(10, -0.5 * j) : 0.1 * below;
            break;
        case 3: /* close to zero */
            m->value[j] = j < 8 ? 0.008 * (8 - j) : below;
            break;
        case 4: /* two far out at the other end */
            m->value[j] = j < 8 ? 10 - j : (j + 2 >= m->n ? -50 : 0.05 * below);
            break;
        default: /* nothing but two clusters */
            m->value[j] = j < 8 ? 1 : -1;
            break;
        }
    }
}

static void check_following(scs_int order) {
    for (int which = 0; which < SPECTRA; ++which) {
        for (int digits = 2; digits <= 8; digits += 2) {
            const double tolerance = pow(10, -digits);
            Motion m;
            Setup s;
            motion_begin(&m, order, 5);
            set_spectrum(&m, which);
            start(&s, &m, 20, 6, which == 4 ? 2 : 0);
            for (int step = 0; step < 12; ++step) {
                motion_step(&m, 6 * tolerance / m.value[0] / (double)order);
                if (!CHECK_EQUAL(improve(&s, &m, tolerance, 6), SCS_SUBSPACE_GOOD)) {
                    printf("spectrum %d, tolerance %g, step %d\n", which, tolerance,
                           step);
                    break;
                }
                CHECK_EQUAL(scs_subspace_positive(s.subspace), 8);
                CHECK_EQUAL(scs_subspace_guards(s.subspace), 6);
                CHECK_NEAR(miss(&s, &m), 0, 1.1 * tolerance);
            }
            finish(&s);
        }
    }
}

static void follows(void) {
    check_following(60);
    if (scs_lapack_linked()) {
        check_following(104);
    }
}

/* Larger changes take more products, and the estimate still keeps its word. */
static void works_harder(void) {
    scs_int good = 0;
    for (int which = 0; which < SPECTRA; ++which) {
        Motion m;
        Setup s;
        motion_begin(&m, 80, 11);
        set_spectrum(&m, which);
        start(&s, &m, 24, 8, which == 4 ? 2 : 0);
        const double tolerance = 1e-4 * m.value[0];
        for (int step = 0; step < 10; ++step) {
            motion_step(&m, 1e-4);
            if (improve(&s, &m, tolerance, 12) != SCS_SUBSPACE_GOOD) {
                break;
            }
            ++good;
            CHECK_NEAR(miss(&s, &m), 0, 1.1 * tolerance);
        }
        finish(&s);
    }
    CHECK(good >= 40);
}

/* A matrix of another kind is refused, and the next one of the old kind is not. */
static void outlives_an_outlier(void) {
    Motion m, other;
    Setup s;
    motion_begin(&m, 60, 5);
    motion_begin(&other, 60, 6);
    set_spectrum(&m, 0);
    set_spectrum(&other, 0);
    start(&s, &m, 20, 6, 0);
    motion_step(&m, 1e-6);
    CHECK_EQUAL(improve(&s, &m, 1e-3, 4), SCS_SUBSPACE_GOOD);
    motion_step(&other, 0.3);
    CHECK_EQUAL(improve(&s, &other, 1e-9, 4), SCS_SUBSPACE_FAR);
    motion_step(&m, 1e-6);
    CHECK_EQUAL(improve(&s, &m, 1e-3, 4), SCS_SUBSPACE_GOOD);
    CHECK_NEAR(miss(&s, &m), 0, 1.1e-3);
    finish(&s);
}

/* Where nothing tells how many eigenvalues are positive, or none is. */
static void admits_defeat(void) {
    Motion m;
    Setup s;
    motion_begin(&m, 60, 5);
    set_spectrum(&m, 0);
    start(&s, &m, 20, 4, 0);
    for (scs_int j = 0; j < 12; ++j) {
        m.value[j] = 20 - j; /* the guards have become positive, too */
    }
    CHECK(improve(&s, &m, 1e-3, 4) != SCS_SUBSPACE_GOOD);
    finish(&s);
    set_spectrum(&m, 0);
    start(&s, &m, 20, 4, 0);
    for (scs_int j = 0; j < 60; ++j) {
        m.value[j] = -1 - j;
    }
    CHECK(improve(&s, &m, 1e-3, 4) != SCS_SUBSPACE_GOOD);
    finish(&s);
    set_spectrum(&m, 3); /* too few products for the small gap */
    start(&s, &m, 20, 4, 0);
    motion_step(&m, 1e-3);
    CHECK(improve(&s, &m, 1e-7, 2) != SCS_SUBSPACE_GOOD);
    finish(&s);
}

/* One of the guards becomes positive. */
static void notices_who_crosses(void) {
    Motion m;
    Setup s;
    motion_begin(&m, 60, 5);
    set_spectrum(&m, 0);
    start(&s, &m, 20, 6, 0);
    for (int step = 0; step < 20; ++step) {
        m.value[8] += 0.01;
        motion_step(&m, 1e-7);
        CHECK_EQUAL(improve(&s, &m, 1e-5, 6), SCS_SUBSPACE_GOOD);
        CHECK_EQUAL(scs_subspace_positive(s.subspace), m.value[8] > 0 ? 9 : 8);
        CHECK_NEAR(miss(&s, &m), 0, 1.1e-5);
    }
    CHECK(m.value[8] > 0);
    finish(&s);
}

/* Half of the spectrum changes its sign: all vectors stay exact, and are the wrong ones. */
static void is_not_deceived(void) {
    Motion m;
    Setup s;
    motion_begin(&m, 60, 5);
    set_spectrum(&m, 0);
    start(&s, &m, 20, 6, 0);
    CHECK_EQUAL(improve(&s, &m, 1e-3, 4), SCS_SUBSPACE_GOOD);
    for (scs_int j = 0; j < 60; ++j) {
        m.value[j] = -m.value[j];
    }
    CHECK_EQUAL(improve(&s, &m, 1e-3, 4), SCS_SUBSPACE_FAR);
    finish(&s);
}

/* An eigenvalue becomes positive that the block knows nothing about: its vector stays
 * orthogonal to all others. Some matrices later it is noticed. */
static void notices_what_it_missed(void) {
    Motion m;
    Setup s;
    motion_begin(&m, 60, 5);
    set_spectrum(&m, 0);
    start(&s, &m, 20, 6, 0);
    m.value[40] = 2;
    CHECK_EQUAL(improve(&s, &m, 1e-4, 6), SCS_SUBSPACE_GOOD);
    CHECK_EQUAL(scs_subspace_positive(s.subspace), 8);
    scs_int steps = 1; /* with much to do about it, perhaps too much */
    while (steps < 40 && improve(&s, &m, 1e-4, 6) == SCS_SUBSPACE_GOOD &&
           scs_subspace_positive(s.subspace) == 8) {
        ++steps;
    }
    CHECK(steps <= 20);
    CHECK(scs_subspace_positive(s.subspace) == 9);
    finish(&s);
}

static void trims(void) {
    Motion m;
    Setup s;
    motion_begin(&m, 60, 5);
    set_spectrum(&m, 4);
    start(&s, &m, 24, 10, 2);
    CHECK_EQUAL(scs_subspace_count(s.subspace), 20);
    motion_step(&m, 1e-7);
    CHECK_EQUAL(improve(&s, &m, 1e-4, 4), SCS_SUBSPACE_GOOD);
    scs_subspace_trim(s.subspace, 12);
    CHECK_EQUAL(scs_subspace_guards(s.subspace), 10);
    scs_subspace_trim(s.subspace, 5);
    CHECK_EQUAL(scs_subspace_guards(s.subspace), 5);
    CHECK_EQUAL(scs_subspace_count(s.subspace), 15);
    for (int step = 0; step < 5; ++step) {
        motion_step(&m, 1e-7);
        CHECK_EQUAL(improve(&s, &m, 1e-4, 4), SCS_SUBSPACE_GOOD);
        CHECK_EQUAL(scs_subspace_count(s.subspace), 15);
        CHECK_NEAR(miss(&s, &m), 0, 1.1e-4);
    }
    finish(&s);
}

/* The same calls give the same bits. */
static void repeats(void) {
    static double first[ENTRIES], second[ENTRIES];
    for (int run = 0; run < 2; ++run) {
        Motion m;
        Setup s;
        motion_begin(&m, 50, 3);
        set_spectrum(&m, 2);
        start(&s, &m, 16, 5, 0);
        for (int step = 0; step < 4; ++step) {
            motion_step(&m, 1e-5);
            CHECK_EQUAL(improve(&s, &m, 1e-2, 5), SCS_SUBSPACE_GOOD);
        }
        scs_subspace_accumulate(s.subspace, run == 0 ? first : second);
        finish(&s);
    }
    CHECK(memcmp(first, second, sizeof first) == 0);
}

int main(void) {
    static const CheckCase cases[] = {
        {"follows", follows},
        {"works harder", works_harder},
        {"outlives an outlier", outlives_an_outlier},
        {"admits defeat", admits_defeat},
        {"notices who crosses", notices_who_crosses},
        {"is not deceived", is_not_deceived},
        {"notices what it missed", notices_what_it_missed},
        {"trims", trims},
        {"repeats", repeats},
    };
    return CHECK_RUN(cases);
}
