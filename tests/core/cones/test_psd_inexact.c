/* SPDX-License-Identifier: MIT
 *
 * Through the slots of the cone, next to a second cone that is always exact.
 */
#include "cones/psd_inexact.h"
#include "cones/semidefinite.h"
#include "core/la/slow_motion.h"
#include "la/svec.h"
#include "la/vec.h"
#include "support/check.h"

enum {
    ENTRIES = MOTION_MOST * MOTION_MOST,
    ROWS = MOTION_MOST * (MOTION_MOST + 1) / 2
};

typedef struct {
    ScsArena arena;
    ScsConeBlock block; /* the one under test */
    ScsConeBlock exact;
    scs_int rows;
    scs_int inexact; /* how many projections were */
    double r[ROWS];
    double y[ROWS];
} Setup;

static void start(Setup *s, scs_int n) {
    memset(s, 0, sizeof *s);
    s->rows = (scs_int)scs_svec_length(n);
    s->block.state = scs_semidefinite_new(&s->arena, n, false, scs_lapack_linked());
    s->exact.state = scs_semidefinite_new(&s->arena, n, false, scs_lapack_linked());
    CHECK(!s->arena.failed);
    scs_vec_fill(1, s->r, s->rows);
}

static void finish(Setup *s) { scs_arena_release(&s->arena); }

/* Project the motion's matrix, times sign, within distance in the metric. */
static void project(Setup *s, const Motion *m, double sign, double distance) {
    static double matrix[ENTRIES], w[ROWS], expected[ROWS];
    motion_matrix(m, false, matrix);
    scs_svec_pack(matrix, sign, m->n, 0, w);
    for (scs_int i = 0; i < s->rows; ++i) {
        w[i] /= sqrt(s->r[i]); /* so that a metric does not change the spectrum */
    }
    scs_vec_copy(w, s->y, s->rows);
    scs_vec_copy(w, expected, s->rows);
    scs_semidefinite_allow(&s->block, distance);
    CHECK_EQUAL(scs_semidefinite_project_dual(&s->block, s->y, s->r, NULL), SCS_OK);
    CHECK_EQUAL(scs_semidefinite_project_dual(&s->exact, expected, s->r, NULL), SCS_OK);
    double square = 0;
    for (scs_int i = 0; i < s->rows; ++i) {
        square += s->r[i] * (s->y[i] - expected[i]) * (s->y[i] - expected[i]);
    }
    const double grain = 1e-12 * scs_vec_norm2(w, s->rows);
    CHECK_NEAR(sqrt(square), 0, s->block.inexact ? 1.1 * distance : grain);
    s->inexact += s->block.inexact;
}

/* `positive` values from 1 to 10, the others from -0.05 to -1. */
static void set_values(Motion *m, scs_int positive) {
    for (scs_int j = 0; j < m->n; ++j) {
        m->value[j] = j < positive ? 1 + 9.0 * (positive - j) / positive
                                   : -0.05 - 0.95 * (j - positive) / (m->n - positive);
    }
}

/* The usual start: a matrix of order 64. */
static void start_with(Setup *s, Motion *m, scs_int positive) {
    motion_begin(m, 64, 2);
    set_values(m, positive);
    start(s, m->n);
}

/* Move by speed and project, again and again. */
static void follow(Setup *s, Motion *m, double sign, double speed, double distance,
                   int steps) {
    for (int step = 0; step < steps; ++step) {
        motion_step(m, speed);
        project(s, m, sign, distance);
    }
}

static void follows_either_side(void) {
    for (int side = -1; side <= 1; side += 2) {
        for (int varies = 0; varies < 2; ++varies) {
            Motion m;
            Setup s;
            start_with(&s, &m, 5);
            for (scs_int j = 0, row = 0; varies && j < m.n; ++j) {
                for (scs_int i = j; i < m.n; ++i, ++row) {
                    s.r[row] = 1e3 * (1 + i % 5) * (1 + j % 5);
                }
            }
            follow(&s, &m, side, 1e-5, 1e-3, 30);
            CHECK(s.inexact == 29); /* all but the first */
            finish(&s);
        }
    }
}

/* Values wander through zero, guards are used up and superfluous. */
static void follows_crossings(void) {
    Motion m;
    Setup s;
    if (!scs_lapack_linked()) { /* which this order needs */
        return;
    }
    motion_begin(&m, 108, 2);
    start(&s, m.n);
    set_values(&m, 6);
    for (int step = 0; step < 120; ++step) {
        for (scs_int j = 0; j < m.n; ++j) {
            m.value[j] += 0.004 * (step < 60 ? 1 : -1);
        }
        motion_step(&m, 1e-6);
        project(&s, &m, 1, 1e-3);
    }
    CHECK(s.inexact > 60 && s.inexact < 120);
    finish(&s);
}

static void is_exact_unless_allowed(void) {
    Motion m;
    Setup s;
    start_with(&s, &m, 5);
    project(&s, &m, 1, 0);
    project(&s, &m, 1, 1e-3); /* nothing to start from */
    CHECK_EQUAL(s.inexact, 0);
    motion_step(&m, 1e-5);
    project(&s, &m, 1, 1e-3);
    CHECK_EQUAL(s.inexact, 1);
    project(&s, &m, 1, 0);
    CHECK_EQUAL(s.inexact, 1);
    project(&s, &m, 1, 1e-3);
    CHECK_EQUAL(s.inexact, 2);
    scs_semidefinite_reset(&s.block);
    project(&s, &m, 1, 1e-3);
    CHECK_EQUAL(s.inexact, 2);
    project(&s, &m, 1e-150, 1e-3); /* beyond the range of squares */
    CHECK_EQUAL(s.inexact, 2);
    project(&s, &m, 1, 1e-13); /* more than can be had */
    finish(&s);
}

/* What has few products to offer is left to the exact projection: small orders, both sides
 * large, one side empty. */
static void knows_its_limits(void) {
    const struct {
        scs_int n, positive;
    } cases[] = {{20, 3}, {64, 32}, {64, 0}, {64, 64}};
    for (int c = 0; c < 4; ++c) {
        Motion m;
        Setup s;
        motion_begin(&m, cases[c].n, 7);
        set_values(&m, cases[c].positive);
        start(&s, m.n);
        for (int step = 0; step < 5; ++step) {
            project(&s, &m, 1, 1e-3);
        }
        CHECK_EQUAL(s.inexact, 0);
        finish(&s);
    }
}

/* Matrices of another kind come out exact, one of them does no harm, two are the new
 * kind. */
static void recovers_from_jumps(void) {
    static Motion m, other;
    Setup s;
    motion_begin(&m, 64, 2);
    motion_begin(&other, 64, 3);
    set_values(&m, 5);
    set_values(&other, 9);
    start(&s, m.n);
    project(&s, &m, 1, 1e-4);
    project(&s, &m, 1, 1e-4);
    CHECK_EQUAL(s.inexact, 1);
    project(&s, &other, 1, 1e-4);
    CHECK_EQUAL(s.inexact, 1);
    project(&s, &m, 1, 1e-4);
    CHECK_EQUAL(s.inexact, 2);
    project(&s, &other, 1, 1e-4);
    project(&s, &other, 1, 1e-4);
    CHECK_EQUAL(s.inexact, 2);
    project(&s, &other, 1, 1e-4);
    CHECK_EQUAL(s.inexact, 3);
    project(&s, &other, -1, 1e-4); /* the side has changed */
    project(&s, &other, -1, 1e-4);
    CHECK_EQUAL(s.inexact, 3);
    project(&s, &other, -1, 1e-4);
    CHECK_EQUAL(s.inexact, 4);
    finish(&s);
}

/* Every so often there is an exact one. */
static void starts_anew(void) {
    Motion m;
    Setup s;
    start_with(&s, &m, 4);
    for (int step = 0; step < 250; ++step) {
        project(&s, &m, 1, 1e-3);
    }
    CHECK_EQUAL(s.inexact, 247);
    finish(&s);
}

/* Exact projections that are asked for count as starts now and then. */
static void uses_exact_ones(void) {
    Motion m;
    Setup s;
    start_with(&s, &m, 4);
    for (int step = 0; step < 250; ++step) {
        motion_step(&m, 1e-7);
        project(&s, &m, 1, step % 25 == 0 ? 0 : 1e-3);
    }
    CHECK_EQUAL(s.inexact, 250 - 10 - 1);
    finish(&s);
}

/* The result is the same, bit for bit, after a reset. */
static void forgets(void) {
    static double first[ROWS];
    Setup s;
    start(&s, 64);
    for (int run = 0; run < 2; ++run) {
        Motion m;
        motion_begin(&m, 64, 2);
        set_values(&m, 5);
        scs_semidefinite_reset(&s.block);
        follow(&s, &m, 1, 1e-5, 1e-3, 5);
        if (run == 0) {
            scs_vec_copy(s.y, first, s.rows);
        }
    }
    CHECK_EQUAL(s.inexact, 8);
    CHECK(memcmp(first, s.y, (size_t)s.rows * sizeof *first) == 0);
    finish(&s);
}

/* Eigenvalues far out at the other end. */
static void minds_the_other_end(void) {
    Motion m;
    Setup s;
    start_with(&s, &m, 5);
    m.value[62] = -60;
    m.value[63] = -100;
    for (int side = 1; side >= -1; side -= 2) {
        scs_semidefinite_reset(&s.block);
        follow(&s, &m, side, 1e-6, 1e-4, 20);
    }
    CHECK_EQUAL(s.inexact, 38);
    finish(&s);
}

int main(void) {
    static const CheckCase cases[] = {
        {"follows either side", follows_either_side},
        {"follows crossings", follows_crossings},
        {"is exact unless allowed", is_exact_unless_allowed},
        {"knows its limits", knows_its_limits},
        {"recovers from jumps", recovers_from_jumps},
        {"starts anew", starts_anew},
        {"uses exact ones", uses_exact_ones},
        {"forgets", forgets},
        {"minds the other end", minds_the_other_end},
    };
    return CHECK_RUN(cases);
}
