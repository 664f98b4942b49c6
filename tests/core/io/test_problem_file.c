/* SPDX-License-Identifier: MIT
 *
 * The bytes of a problem file, read back here number by number as the format says, without
 * the tables of the library.
 */
#include "io/problem_file.h"

#include "support/check.h"
#include "support/files.h"
#include "support/problems.h"

#include "odd_settings.h"

#include <stdint.h>

static const char path[] = "test_problem_file.tmp";

/* What is left of a file. */
typedef struct {
    const unsigned char *at, *end;
} Cursor;

static uint64_t take(Cursor *cursor, int width) {
    uint64_t bits = 0;
    if (CHECK(cursor->end - cursor->at >= width)) {
        for (int byte = 0; byte < width; ++byte) {
            bits |= (uint64_t)*cursor->at++ << (8 * byte);
        }
    }
    return bits;
}

static void expect_uint32(Cursor *cursor, uint32_t expected) {
    CHECK_EQUAL(take(cursor, 4), expected);
}

static void expect_int(Cursor *cursor, scs_int expected) {
    const uint64_t bits = take(cursor, sizeof(scs_int));
    const int64_t value =
        sizeof(scs_int) == 4 ? (int32_t)(uint32_t)bits : (int64_t)bits;
    CHECK_EQUAL(value, expected);
}

static void expect_float(Cursor *cursor, double expected) {
    const uint64_t bits = take(cursor, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    CHECK_EQUAL(value, expected);
}

static void expect_ints(Cursor *cursor, const scs_int *expected, scs_int count) {
    for (scs_int i = 0; i < count; ++i) {
        expect_int(cursor, expected[i]);
    }
}

static void expect_floats(Cursor *cursor, const double *expected, scs_int count) {
    for (scs_int i = 0; i < count; ++i) {
        expect_float(cursor, expected[i]);
    }
}

static void expect_list(Cursor *cursor, const scs_int *expected, scs_int count) {
    expect_int(cursor, count);
    expect_ints(cursor, expected, count);
}

static void expect_matrix(Cursor *cursor, const ScsMatrix *a) {
    expect_int(cursor, a->m);
    expect_int(cursor, a->n);
    expect_ints(cursor, a->p, a->n + 1);
    expect_floats(cursor, a->x, a->p[a->n]);
    expect_ints(cursor, a->i, a->p[a->n]);
}

static void expect_head(Cursor *cursor) {
    expect_uint32(cursor, sizeof(scs_int));
    expect_uint32(cursor, 8);
    expect_uint32(cursor, (uint32_t)strlen(SCS_VERSION));
    CHECK(memcmp(cursor->at, SCS_VERSION, strlen(SCS_VERSION)) == 0);
    cursor->at += strlen(SCS_VERSION);
}

static void expect_cone(Cursor *cursor, const ScsCone *k) {
    expect_int(cursor, k->z);
    expect_int(cursor, k->l);
    expect_int(cursor, k->bsize);
    expect_floats(cursor, k->bl, k->bsize - 1);
    expect_floats(cursor, k->bu, k->bsize - 1);
    expect_list(cursor, k->q, k->qsize);
    expect_list(cursor, k->s, k->ssize);
    expect_int(cursor, k->ep);
    expect_int(cursor, k->ed);
    expect_int(cursor, k->psize);
    expect_floats(cursor, k->p, k->psize);
}

static void expect_data(Cursor *cursor, const ScsData *data) {
    expect_int(cursor, data->m);
    expect_int(cursor, data->n);
    expect_floats(cursor, data->b, data->m);
    expect_floats(cursor, data->c, data->n);
    expect_matrix(cursor, data->A);
    expect_int(cursor, data->P ? 1 : 0);
    if (data->P) {
        expect_matrix(cursor, data->P);
    }
}

static void expect_settings(Cursor *cursor, const ScsSettings *s) {
    expect_int(cursor, s->normalize);
    expect_float(cursor, s->scale);
    expect_float(cursor, s->rho_x);
    expect_int(cursor, s->max_iters);
    expect_float(cursor, s->eps_abs);
    expect_float(cursor, s->eps_rel);
    expect_float(cursor, s->eps_infeas);
    expect_float(cursor, s->alpha);
    expect_int(cursor, s->verbose);
    expect_int(cursor, s->warm_start);
    expect_int(cursor, s->acceleration_lookback);
    expect_int(cursor, s->acceleration_interval);
    expect_int(cursor, s->acceleration_type_1);
    expect_float(cursor, s->acceleration_regularization);
    expect_float(cursor, s->acceleration_relaxation);
    expect_int(cursor, s->adaptive_scale);
}

static void expect_extension(Cursor *cursor, const ScsCone *k, const ScsSettings *s) {
    expect_uint32(cursor, 0x53435345);
    expect_uint32(cursor, 2);
    expect_list(cursor, k->cs, k->cssize);
    expect_list(cursor, k->d, k->dsize);
    expect_list(cursor, k->nuc_m, k->nucsize);
    expect_ints(cursor, k->nuc_n, k->nucsize);
    expect_list(cursor, k->ell1, k->ell1_size);
    expect_list(cursor, k->sl_n, k->sl_size);
    expect_ints(cursor, k->sl_k, k->sl_size);
    expect_float(cursor, s->time_limit_secs);
    expect_int(cursor, s->adaptive_diag_scale);
}

static void check_file(const ScsData *data, const ScsCone *cone,
                       const ScsSettings *settings) {
    size_t size = 0;
    char *bytes = test_read_file(path, &size);
    remove(path);
    if (!CHECK(bytes)) {
        return;
    }
    const unsigned char *begin = (const unsigned char *)bytes;
    Cursor cursor = {begin, begin + size};
    expect_head(&cursor);
    expect_cone(&cursor, cone);
    expect_data(&cursor, data);
    expect_settings(&cursor, settings);
    expect_extension(&cursor, cone, settings);
    CHECK(cursor.at == cursor.end);
    free(bytes);
}

static void every_problem_during_init(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        for (int odd = 0; odd < 2; ++odd) {
            TestProblem problem = test_problem((TestKind)kind);
            ScsSettings settings = odd ? odd_settings(path) : test_settings();
            settings.write_data_filename = path;
            ScsError error = {0};
            ScsWork *work =
                scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error);
            CHECK(work);
            check_file(&problem.data, &problem.cone, &settings);
            scs_finish(work);
            test_problem_free(&problem);
        }
    }
}

/* Every field comes back, whatever the sizes have to do with the rest of the problem. */
static void every_cone(void) {
    TestProblem problem = test_problem(TEST_QP);
    scs_float bl[] = {-INFINITY, -2, -1}, bu[] = {1, 2, INFINITY}, p[] = {0.25, -0.5};
    scs_int q[] = {4, 0, 1}, s[] = {3}, cs[] = {2, 5}, d[] = {6};
    scs_int nuc_m[] = {7, 8}, nuc_n[] = {3, 2}, ell1[] = {9, 10, 11};
    scs_int sl_n[] = {12, 13}, sl_k[] = {4, 5};
    const ScsCone cone = {
        .z = 21,
        .l = 22,
        .bl = bl,
        .bu = bu,
        .bsize = 4,
        .q = q,
        .qsize = 3,
        .s = s,
        .ssize = 1,
        .cs = cs,
        .cssize = 2,
        .ep = 23,
        .ed = 24,
        .p = p,
        .psize = 2,
        .d = d,
        .dsize = 1,
        .nuc_m = nuc_m,
        .nuc_n = nuc_n,
        .nucsize = 2,
        .ell1 = ell1,
        .ell1_size = 3,
        .sl_n = sl_n,
        .sl_k = sl_k,
        .sl_size = 2,
    };
    const ScsSettings settings = odd_settings(path);
    ScsError error = {0};
    CHECK_EQUAL(scs_problem_file_write(&problem.data, &cone, &settings, &error),
                SCS_OK);
    check_file(&problem.data, &cone, &settings);
    test_problem_free(&problem);
}

/* Arrays longer than what is encoded at a time. */
static void a_large_problem(void) {
    const TestShape shape = {.seed = 3, .n = 60, .z = 300, .l = 700, .quadratic = true};
    TestProblem problem = test_random_solved(&shape);
    const ScsSettings settings = odd_settings(path);
    ScsError error = {0};
    CHECK_EQUAL(scs_problem_file_write(&problem.data, &problem.cone, &settings, &error),
                SCS_OK);
    check_file(&problem.data, &problem.cone, &settings);
    test_problem_free(&problem);
}

static bool exists(void) {
    FILE *stream = fopen(path, "rb");
    if (stream) {
        fclose(stream);
    }
    return stream != NULL;
}

static void nothing_is_written_for_bad_input(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = odd_settings(path);
    ScsError error = {0};
    problem.data.A->x[0] = NAN;
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    CHECK(!exists());
    problem.data.A->x[0] = 1;
    problem.cone.l += 1;
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_CONE);
    CHECK(!exists());
    test_problem_free(&problem);
}

static void a_file_that_cannot_be_had(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = odd_settings(path);
    ScsError error = {0};
    settings.write_data_filename = "no/such/folder";
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "write_data_filename: cannot open 'no/such/folder'");
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"every problem, during init", every_problem_during_init},
        {"every cone", every_cone},
        {"a large problem", a_large_problem},
        {"nothing is written for bad input", nothing_is_written_for_bad_input},
        {"a file that cannot be had", a_file_that_cannot_be_had},
    };
    return CHECK_RUN(cases);
}
