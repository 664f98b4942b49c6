/* SPDX-License-Identifier: MIT */
#include "accel/anderson.h"
#include "support/check.h"

#include <stdint.h>
#include <stdlib.h>

enum { MOST = 1600 };

static double uniform(uint64_t *seed) { /* in (-1, 1) */
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 4503599627370496.0 - 1;
}

/* F(x) = H diag(rate) H (x - 1) + 1 with H a reflection: a contraction to (1, ..., 1)
 * whose matrix is full. rate_i in (-0.9, 0.9). */
static void contract(const double *x, double *f, int n) {
    uint64_t seed = 17;
    double v[MOST];
    double square = 0;
    double along = 0;
    for (int i = 0; i < n; ++i) {
        v[i] = 1 + 0.5 * uniform(&seed);
        square += v[i] * v[i];
        along += v[i] * (x[i] - 1);
    }
    for (int i = 0; i < n; ++i) {
        const double rate = 0.9 * cos(3.0 * i + 1);
        f[i] = rate * (x[i] - 1 - 2 * along / square * v[i]);
    }
    along = 0;
    for (int i = 0; i < n; ++i) {
        along += v[i] * f[i];
    }
    for (int i = 0; i < n; ++i) {
        f[i] += 1 - 2 * along / square * v[i];
    }
}

static double error_of(const double *x, int n) {
    double worst = 0;
    for (int i = 0; i < n; ++i) {
        worst = fmax(worst, fabs(x[i] - 1));
    }
    return worst;
}

static ScsAndersonOptions options_of(int n, int lookback, bool type_1) {
    return (ScsAndersonOptions){.dimension = n,
                                .lookback = lookback,
                                .type_1 = type_1,
                                .regularization = 0,
                                .relaxation = 1};
}

/* Iterate with a step after every application; return the error at the end. */
static double iterate(ScsAnderson *aa, int n, int steps) {
    static double x[MOST], f[MOST];
    for (int i = 0; i < n; ++i) {
        x[i] = i % 3;
    }
    for (int k = 0; k < steps; ++k) {
        contract(x, f, n);
        (void)scs_anderson_apply(aa, f, x);
        memcpy(x, f, (size_t)n * sizeof *x);
    }
    return error_of(x, n);
}

static void finds_the_fixed_point_of_linear_maps(void) {
    for (int type = 1; type <= 2; ++type) {
        for (int n = 1; n <= 8; ++n) {
            ScsArena arena = {0};
            const ScsAndersonOptions options = options_of(n, n + 3, type == 1);
            ScsAnderson *aa = scs_anderson_create(&arena, &options);
            CHECK(aa != NULL);
            /* n differences need n + 1 pairs; rounding asks for a few more. */
            CHECK_NEAR(iterate(aa, n, n + 3), 0, type == 1 ? 1e-9 : 1e-6);
            CHECK(scs_anderson_stats(aa)->n_accept >= n);
            CHECK(scs_anderson_stats(aa)->last_rank <= n);
            scs_arena_release(&arena);
        }
    }
}

/* Large enough that the history is worked through in several pieces, short enough a
 * memory that columns are overwritten. */
static void speeds_up_large_maps(void) {
    static double x[MOST], f[MOST];
    for (int type = 1; type <= 2; ++type) {
        ScsArena arena = {0};
        ScsAndersonOptions options = options_of(MOST, 10, type == 1);
        options.regularization = 1e-8;
        ScsAnderson *aa = scs_anderson_create(&arena, &options);
        const double accelerated = iterate(aa, MOST, 40);
        for (int i = 0; i < MOST; ++i) {
            x[i] = i % 3;
        }
        for (int k = 0; k < 40; ++k) {
            contract(x, f, MOST);
            memcpy(x, f, sizeof x);
        }
        CHECK(accelerated < 1e-3 * error_of(x, MOST));
        scs_arena_release(&arena);
    }
}

/* The definition, term by term, for the last `held` differences. */
static void direct_step(const ScsAndersonOptions *options, double (*xs)[6],
                        double (*fs)[6], int last, int held, double *next) {
    enum { N = 6 };
    double m[2][3] = {{0}};
    double s[2][N], y[2][N], d[2][N], g[N];
    double s_square = 0;
    double y_square = 0;
    for (int j = 0; j < held; ++j) {
        const int at = last - held + j;
        for (int i = 0; i < N; ++i) {
            s[j][i] = xs[at + 1][i] - xs[at][i];
            d[j][i] = fs[at + 1][i] - fs[at][i];
            y[j][i] = s[j][i] - d[j][i];
            g[i] = xs[last][i] - fs[last][i];
            s_square += s[j][i] * s[j][i];
            y_square += y[j][i] * y[j][i];
        }
    }
    double e = -options->regularization;
    if (e < 0) {
        e = -e * sqrt(y_square) * sqrt(options->type_1 ? s_square : y_square);
    }
    for (int j = 0; j < held; ++j) {
        for (int i = 0; i < N; ++i) {
            const double left = options->type_1 ? s[j][i] : y[j][i];
            m[j][0] += left * y[0][i];
            m[j][1] += held > 1 ? left * y[1][i] : 0;
            m[j][2] += left * g[i];
        }
        m[j][j] += e;
    }
    double w[2] = {m[0][2] / m[0][0], 0};
    if (held == 2) {
        const double det = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        w[0] = (m[0][2] * m[1][1] - m[0][1] * m[1][2]) / det;
        w[1] = (m[0][0] * m[1][2] - m[1][0] * m[0][2]) / det;
    }
    const double b = options->relaxation;
    for (int i = 0; i < N; ++i) {
        double f_part = fs[last][i];
        double x_part = xs[last][i];
        for (int j = 0; j < held; ++j) {
            f_part -= w[j] * d[j][i];
            x_part -= w[j] * s[j][i];
        }
        next[i] = b * f_part + (1 - b) * x_part;
    }
}

static void follows_the_definition(void) {
    const double regularizations[] = {0, 1e-2, -0.5};
    const double relaxations[] = {1, 0.3, 0, 2};
    for (int trial = 0; trial < 24; ++trial) {
        uint64_t seed = 99;
        ScsAndersonOptions options = options_of(6, 2, trial % 2 == 0);
        options.regularization = regularizations[trial / 2 % 3];
        options.relaxation = relaxations[trial / 6];
        ScsArena arena = {0};
        ScsAnderson *aa = scs_anderson_create(&arena, &options);
        double xs[7][6], fs[7][6];
        for (int k = 0; k < 7; ++k) {
            double f[6], next[6];
            for (int i = 0; i < 6; ++i) {
                xs[k][i] = uniform(&seed);
                fs[k][i] = f[i] = uniform(&seed);
            }
            CHECK(scs_anderson_apply(aa, f, xs[k]) == (k > 0));
            if (k > 0) {
                direct_step(&options, xs, fs, k, k > 1 ? 2 : 1, next);
            } else {
                memcpy(next, fs[0], sizeof next);
            }
            for (int i = 0; i < 6; ++i) {
                CHECK_NEAR(f[i], next[i], 1e-11 * (1 + fabs(next[i])));
            }
        }
        const AaStats *stats = scs_anderson_stats(aa);
        CHECK_EQUAL(stats->iter, 7);
        CHECK_EQUAL(stats->n_accept, 6);
        CHECK_EQUAL(stats->last_rank, 2);
        if (options.regularization <= 0) {
            CHECK_EQUAL(stats->last_regularization, -options.regularization);
        } else {
            CHECK(stats->last_regularization > 0);
        }
        scs_arena_release(&arena);
    }
}

static void safeguard_undoes_bad_steps_exactly(void) {
    ScsArena arena = {0};
    const ScsAndersonOptions options = options_of(3, 2, true);
    ScsAnderson *aa = scs_anderson_create(&arena, &options);
    double x0[3] = {1, 2, 3};
    double f0[3] = {0.5, 1, 1.5};
    CHECK(!scs_anderson_apply(aa, f0, x0));
    CHECK(scs_anderson_safeguard(aa, f0, x0)); /* nothing to judge */
    const double x1[3] = {0.5, 1, 1.5};
    const double f1[3] = {0.2, 0.6, 0.7};
    double f[3] = {0.2, 0.6, 0.7};
    CHECK(scs_anderson_apply(aa, f, x1));
    double x[3] = {f[0], f[1], f[2]};
    double fx[3] = {x[0] + 10, x[1], x[2]}; /* residual 10 */
    CHECK(!scs_anderson_safeguard(aa, fx, x));
    for (int i = 0; i < 3; ++i) {
        CHECK(x[i] == x1[i]);
        CHECK(fx[i] == f1[i]);
    }
    CHECK_EQUAL(scs_anderson_stats(aa)->n_safeguard_reject, 1);
    CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, 1);
    CHECK(scs_anderson_safeguard(aa, fx, x)); /* judged once only */
    CHECK_EQUAL(scs_anderson_stats(aa)->n_safeguard_reject, 1);
    CHECK(!scs_anderson_apply(aa, fx, x)); /* the history is forgotten */

    /* A step that does not increase the residual stands; one that is not finite falls. */
    double f2[3] = {0.1, 0.3, 0.4};
    CHECK(scs_anderson_apply(aa, f2, f1));
    const double plain[3] = {0.1, 0.3, 0.4};
    double x3[3] = {f2[0], f2[1], f2[2]};
    double f3[3];
    for (int i = 0; i < 3; ++i) { /* the same residual */
        f3[i] = x3[i] - (f1[i] - plain[i]) * (1 - 1e-12);
    }
    CHECK(scs_anderson_safeguard(aa, f3, x3));
    double f4[3] = {0.05, 0.1, 0.3};
    CHECK(scs_anderson_apply(aa, f4, plain));
    double bad[3] = {NAN, 0, 0};
    CHECK(!scs_anderson_safeguard(aa, bad, x3));
    CHECK_EQUAL(bad[0], 0.05);
    CHECK_EQUAL(scs_anderson_stats(aa)->n_safeguard_reject, 2);
    scs_arena_release(&arena);
}

static void reset_forgets_pairs_and_keeps_counts(void) {
    ScsArena arena = {0};
    const ScsAndersonOptions options = options_of(5, 3, false);
    ScsAnderson *aa = scs_anderson_create(&arena, &options);
    const double first = iterate(aa, 5, 4);
    CHECK_EQUAL(scs_anderson_stats(aa)->iter, 4);
    const scs_int accepted = scs_anderson_stats(aa)->n_accept;
    CHECK(accepted > 0);
    scs_anderson_reset(aa);
    CHECK_EQUAL(scs_anderson_stats(aa)->iter, 0);
    CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, accepted);
    CHECK_EQUAL(iterate(aa, 5, 4), first); /* to the bit */
    CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, 2 * accepted);
    scs_arena_release(&arena);
}

/* A step of type I that is undone, of an object that may give it up: from then on all is as
 * with type II, over resets too, and after a restart as at first. */
static void gives_up_type_1_once_it_fails(void) {
    for (int may = 0; may < 2; ++may) {
        ScsArena arena = {0};
        ScsAndersonOptions options = options_of(5, 3, true);
        const double first = iterate(scs_anderson_create(&arena, &options), 5, 4);
        options.gives_up_type_1 = may != 0;
        ScsAnderson *aa = scs_anderson_create(&arena, &options);
        options.type_1 = false;
        const double second = iterate(scs_anderson_create(&arena, &options), 5, 4);
        CHECK(first != second);
        CHECK_EQUAL(iterate(aa, 5, 4), first);
        double x[5] = {0};
        double bad[5] = {1e9, 0, 0, 0, 0};
        CHECK(!scs_anderson_safeguard(aa, bad, x));
        CHECK_EQUAL(iterate(aa, 5, 4), may ? second : first);
        scs_anderson_reset(aa);
        CHECK_EQUAL(iterate(aa, 5, 4), may ? second : first);
        scs_anderson_restart(aa);
        CHECK_EQUAL(iterate(aa, 5, 4), first);
        scs_arena_release(&arena);
    }
}

static void waits_for_the_least_number_of_columns(void) {
    for (int minimum = 0; minimum <= 7; ++minimum) {
        ScsArena arena = {0};
        ScsAndersonOptions options = options_of(9, 5, true);
        options.minimum = minimum;
        ScsAnderson *aa = scs_anderson_create(&arena, &options);
        const int columns = minimum < 1 ? 1 : minimum > 5 ? 5 : minimum;
        (void)iterate(aa, 9, columns); /* pairs, one more than differences */
        CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, 0);
        scs_anderson_reset(aa);
        (void)iterate(aa, 9, columns + 1);
        CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, 1);
        scs_arena_release(&arena);
    }
}

static void identical_residuals_are_harmless(void) {
    for (int type = 1; type <= 2; ++type) {
        ScsArena arena = {0};
        ScsAndersonOptions options = options_of(2, 2, type == 1);
        options.regularization = 1e-8;
        ScsAnderson *aa = scs_anderson_create(&arena, &options);
        CHECK(isnan(scs_anderson_stats(aa)->last_aa_norm));
        for (int k = 0; k < 5; ++k) { /* F(x) = x + 1 has none */
            const double x[2] = {k, k};
            double f[2] = {k + 1, k + 1};
            CHECK(!scs_anderson_apply(aa, f, x));
            CHECK_EQUAL(f[0], k + 1);
        }
        CHECK_EQUAL(scs_anderson_stats(aa)->n_reject_rank0, 2);
        CHECK_EQUAL(scs_anderson_stats(aa)->last_rank, 0);
        /* At a fixed point nothing moves and nothing is counted. */
        const double x[2] = {3, 4};
        for (int k = 0; k < 3; ++k) {
            double f[2] = {3, 4};
            CHECK(!scs_anderson_apply(aa, f, x));
            CHECK_EQUAL(f[1], 4);
        }
        CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, 0);
        scs_arena_release(&arena);
    }
}

static void refuses_wild_numbers(void) {
    ScsArena arena = {0};
    const ScsAndersonOptions options = options_of(2, 2, true);
    ScsAnderson *aa = scs_anderson_create(&arena, &options);
    const double x0[2] = {0, 0};
    double f0[2] = {1, 1};
    CHECK(!scs_anderson_apply(aa, f0, x0));
    const double x1[2] = {1, 1}; /* residual shrinks by 1e-8: weight 1e8 */
    double f1[2] = {2 - 1e-8, 2 - 1e-8};
    CHECK(!scs_anderson_apply(aa, f1, x1));
    CHECK_EQUAL(f1[0], 2 - 1e-8);
    CHECK_EQUAL(scs_anderson_stats(aa)->n_reject_weight_cap, 1);
    CHECK_NEAR(scs_anderson_stats(aa)->last_aa_norm, 1e8, 1);

    double f2[2] = {1, 1};
    CHECK(!scs_anderson_apply(aa, f2, x0));
    double bad[2] = {NAN, 1};
    CHECK(!scs_anderson_apply(aa, bad, x1));
    CHECK_EQUAL(scs_anderson_stats(aa)->n_reject_nonfinite, 1);
    double f3[2] = {1, 1};
    CHECK(!scs_anderson_apply(aa, f3, x0)); /* begins anew */
    const double huge[2] = {1e300, -1e300}; /* squares overflow */
    double f4[2] = {2e300, 1e300};
    CHECK(!scs_anderson_apply(aa, f4, huge));
    CHECK_EQUAL(f4[0], 2e300);
    CHECK_EQUAL(scs_anderson_stats(aa)->n_accept, 0);
    scs_arena_release(&arena);
}

static void cuts_the_memory_to_the_dimension(void) {
    ScsArena arena = {0};
    const ScsAndersonOptions options = options_of(1, 1000000000, true);
    ScsAnderson *aa = scs_anderson_create(&arena, &options);
    CHECK(aa != NULL);
    CHECK_NEAR(iterate(aa, 1, 3), 0, 1e-12); /* the secant method */
    CHECK_EQUAL(scs_anderson_stats(aa)->last_rank, 1);
    scs_arena_release(&arena);
    ScsArena failed = {.failed = true};
    CHECK(scs_anderson_create(&failed, &options) == NULL);
}

int main(void) {
    static const CheckCase cases[] = {
        {"finds the fixed point of linear maps", finds_the_fixed_point_of_linear_maps},
        {"speeds up large maps", speeds_up_large_maps},
        {"follows the definition", follows_the_definition},
        {"safeguard undoes bad steps exactly", safeguard_undoes_bad_steps_exactly},
        {"reset forgets pairs and keeps counts", reset_forgets_pairs_and_keeps_counts},
        {"gives up type I once it fails", gives_up_type_1_once_it_fails},
        {"waits for the least number of columns",
         waits_for_the_least_number_of_columns},
        {"identical residuals are harmless", identical_residuals_are_harmless},
        {"refuses wild numbers", refuses_wild_numbers},
        {"cuts the memory to the dimension", cuts_the_memory_to_the_dimension},
    };
    return CHECK_RUN(cases);
}
