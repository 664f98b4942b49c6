/* SPDX-License-Identifier: MIT
 *
 * What was written is what is read, and nothing that a file can say does harm: cut at every
 * byte, with every byte changed, with counts that lie.
 */
#include "io/problem_read.h"

#include "io/problem_file.h"

#include "support/check.h"
#include "support/files.h"
#include "support/problems.h"

#include "odd_settings.h"

#include <stdbool.h>
#include <stdint.h>

static const char path[] = "test_problem_read.tmp";

static bool same_ints(const scs_int *a, const scs_int *b, int64_t count) {
    return count <= 0 || memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

static bool same_floats(const double *a, const double *b, int64_t count) {
    return count <= 0 || memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

static void check_matrix(const ScsMatrix *a, const ScsMatrix *b) {
    if (!CHECK(!a == !b) || !a) {
        return;
    }
    CHECK_EQUAL(a->m, b->m);
    CHECK_EQUAL(a->n, b->n);
    CHECK(same_ints(a->p, b->p, a->n + 1));
    CHECK(same_ints(a->i, b->i, a->p[a->n]));
    CHECK(same_floats(a->x, b->x, a->p[a->n]));
}

static void check_cone(const ScsCone *a, const ScsCone *b) {
    CHECK(a->z == b->z && a->l == b->l && a->ep == b->ep && a->ed == b->ed);
    CHECK(a->bsize == b->bsize && a->qsize == b->qsize && a->ssize == b->ssize);
    CHECK(a->cssize == b->cssize && a->psize == b->psize && a->dsize == b->dsize);
    CHECK(a->nucsize == b->nucsize && a->ell1_size == b->ell1_size);
    CHECK_EQUAL(a->sl_size, b->sl_size);
    CHECK(same_floats(a->bl, b->bl, a->bsize - 1));
    CHECK(same_floats(a->bu, b->bu, a->bsize - 1));
    CHECK(same_ints(a->q, b->q, a->qsize));
    CHECK(same_ints(a->s, b->s, a->ssize));
    CHECK(same_ints(a->cs, b->cs, a->cssize));
    CHECK(same_floats(a->p, b->p, a->psize));
    CHECK(same_ints(a->d, b->d, a->dsize));
    CHECK(same_ints(a->nuc_m, b->nuc_m, a->nucsize));
    CHECK(same_ints(a->nuc_n, b->nuc_n, a->nucsize));
    CHECK(same_ints(a->ell1, b->ell1, a->ell1_size));
    CHECK(same_ints(a->sl_n, b->sl_n, a->sl_size));
    CHECK(same_ints(a->sl_k, b->sl_k, a->sl_size));
}

static void check_settings(const ScsSettings *a, const ScsSettings *b) {
    CHECK(a->normalize == b->normalize && a->scale == b->scale);
    CHECK(a->adaptive_scale == b->adaptive_scale);
    CHECK(a->adaptive_diag_scale == b->adaptive_diag_scale);
    CHECK(a->rho_x == b->rho_x && a->max_iters == b->max_iters);
    CHECK(a->eps_abs == b->eps_abs && a->eps_rel == b->eps_rel);
    CHECK(a->eps_infeas == b->eps_infeas && a->alpha == b->alpha);
    CHECK(a->time_limit_secs == b->time_limit_secs && a->verbose == b->verbose);
    CHECK_EQUAL(a->warm_start, b->warm_start);
    CHECK_EQUAL(a->acceleration_lookback, b->acceleration_lookback);
    CHECK_EQUAL(a->acceleration_interval, b->acceleration_interval);
    CHECK_EQUAL(a->acceleration_type_1, b->acceleration_type_1);
    CHECK_EQUAL(a->acceleration_regularization, b->acceleration_regularization);
    CHECK_EQUAL(a->acceleration_relaxation, b->acceleration_relaxation);
}

static void check_problem(const ScsStoredProblem *problem, const ScsData *data,
                          const ScsCone *cone, const ScsSettings *settings) {
    CHECK_EQUAL(problem->data.m, data->m);
    CHECK_EQUAL(problem->data.n, data->n);
    CHECK(same_floats(problem->data.b, data->b, data->m));
    CHECK(same_floats(problem->data.c, data->c, data->n));
    check_matrix(problem->data.A, data->A);
    check_matrix(problem->data.P, data->P);
    check_cone(&problem->cone, cone);
    check_settings(&problem->settings, settings);
    CHECK(!problem->settings.write_data_filename);
    CHECK(!problem->settings.log_csv_filename);
    CHECK(strcmp(problem->version, SCS_VERSION) == 0);
}

static char *write_problem(const ScsData *data, const ScsCone *cone,
                           const ScsSettings *settings, size_t *size) {
    ScsError error;
    CHECK(scs_problem_file_write(data, cone, settings, &error) == SCS_OK);
    return test_read_file(path, size);
}

static void check_round_trip(const ScsData *data, const ScsCone *cone,
                             const ScsSettings *settings) {
    ScsError error;
    size_t size = 0;
    char *bytes = write_problem(data, cone, settings, &size);
    ScsStoredProblem *from_file = scs_read_problem(path, &error);
    if (CHECK(from_file)) {
        check_problem(from_file, data, cone, settings);
    } else {
        printf("    %s\n", error.message);
    }
    scs_free_problem(from_file);
    ScsStoredProblem *from_memory = scs_read_problem_bytes(bytes, size, NULL);
    if (CHECK(from_memory)) {
        check_problem(from_memory, data, cone, settings);
    }
    scs_free_problem(from_memory);
    free(bytes);
    remove(path);
}

static void every_problem(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        const ScsSettings settings = odd_settings(path);
        check_round_trip(&problem.data, &problem.cone, &settings);
        test_problem_free(&problem);
    }
}

/* Longer than what is decoded at a time. */
static void a_large_problem(void) {
    const TestShape shape = {.seed = 3, .n = 60, .z = 300, .l = 700, .quadratic = true};
    TestProblem problem = test_random_solved(&shape);
    ScsSettings settings = test_settings();
    settings.write_data_filename = path;
    check_round_trip(&problem.data, &problem.cone, &settings);
    test_problem_free(&problem);
}

static scs_int list_a[] = {2, 1}, list_b[] = {3}, list_c[] = {1};
static double low[] = {-INFINITY, -2}, high[] = {1, 2}, powers[] = {0.25, -0.5};

/* One or two of every cone, 47 rows. */
static ScsCone every_kind(void) {
    return (ScsCone){
        .z = 1,
        .l = 2,
        .bl = low,
        .bu = high,
        .bsize = 3,
        .q = list_a,
        .qsize = 2,
        .s = list_a,
        .ssize = 2,
        .cs = list_a,
        .cssize = 2,
        .ep = 1,
        .ed = 1,
        .p = powers,
        .psize = 2,
        .d = list_a,
        .dsize = 2,
        .nuc_m = list_b,
        .nuc_n = list_c,
        .nucsize = 1,
        .ell1 = list_b,
        .ell1_size = 1,
        .sl_n = list_b,
        .sl_k = list_c,
        .sl_size = 1,
    };
}

enum { ROWS = 1 + 2 + 3 + 3 + 4 + 5 + 6 + 6 + (5 + 3) + 4 + 4 + 7 };

static TestProblem cones_problem(const ScsCone *cone, scs_int rows, bool quadratic) {
    double *a = calloc((size_t)rows * 2, sizeof *a);
    double *b = calloc((size_t)rows, sizeof *b);
    const double p[] = {2, 1, 1, 2}, c[] = {1, -1};
    TestProblem problem = {0};
    if (CHECK(a && b)) {
        for (scs_int i = 0; i < rows; ++i) {
            a[2 * i + i % 2] = (double)i + 0.5;
            b[i] = (double)i;
        }
        problem = test_problem_from_dense("cones", rows, 2, a, quadratic ? p : NULL, b,
                                          c, cone);
    }
    free(a);
    free(b);
    return problem;
}

static void every_cone(void) {
    const ScsCone cone = every_kind();
    for (int quadratic = 0; quadratic < 2; ++quadratic) {
        TestProblem problem = cones_problem(&cone, ROWS, quadratic);
        const ScsSettings settings = odd_settings(path);
        check_round_trip(&problem.data, &cone, &settings);
        test_problem_free(&problem);
    }
}

/* A file as bytes that a test may change. */
typedef struct {
    char *bytes;
    size_t size;
} Image;

static Image image(void) {
    const ScsCone cone = every_kind();
    TestProblem problem = cones_problem(&cone, ROWS, true);
    const ScsSettings settings = odd_settings(path);
    Image made;
    made.bytes = write_problem(&problem.data, &cone, &settings, &made.size);
    remove(path);
    test_problem_free(&problem);
    return made;
}

static bool is_read(const char *bytes, size_t size) {
    /* A copy of its own size, so that sanitizers see a byte too many. */
    char *copy = malloc(size ? size : 1);
    if (!CHECK(copy)) {
        return false;
    }
    memcpy(copy, bytes, size);
    ScsError error = {0};
    ScsStoredProblem *problem = scs_read_problem_bytes(copy, size, &error);
    free(copy);
    CHECK((problem != NULL) == (error.code == SCS_OK));
    CHECK((problem != NULL) == (error.message[0] == '\0'));
    const bool good = problem != NULL;
    scs_free_problem(problem);
    return good;
}

/* The problem is whole where the settings end: so it was before there was an extension. */
static void cut_anywhere(void) {
    const Image whole = image();
    int good = 0;
    for (size_t size = 0; size < whole.size; ++size) {
        good += is_read(whole.bytes, size);
    }
    CHECK_EQUAL(good, 0); /* some cones are in the extension: rows are missing */
    CHECK(is_read(whole.bytes, whole.size));
    free(whole.bytes);
}

static void every_byte_changed(void) {
    const Image whole = image();
    static const unsigned char flips[] = {0x01, 0x80, 0xff};
    int good = 0;
    for (size_t k = 0; k < whole.size; ++k) {
        for (size_t f = 0; f < sizeof flips; ++f) {
            whole.bytes[k] = (char)((unsigned char)whole.bytes[k] ^ flips[f]);
            good += is_read(whole.bytes, whole.size);
            whole.bytes[k] = (char)((unsigned char)whole.bytes[k] ^ flips[f]);
        }
    }
    CHECK(good > 0); /* a digit of b does not matter */
    CHECK((size_t)good < 3 * whole.size);
    CHECK(is_read(whole.bytes, whole.size));
    free(whole.bytes);
}

static void set_int(char *at, int64_t value) {
    for (size_t k = 0; k < sizeof(scs_int); ++k) {
        at[k] = (char)(unsigned char)((uint64_t)value >> (8 * k));
    }
}

/* Every place where an int could stand says something absurd. */
static void every_int_absurd(void) {
    const Image whole = image();
    static const int64_t values[] = {-1,        INT32_MAX, INT32_MIN, INT32_MAX - 1,
                                     INT64_MAX, INT64_MIN, 1 << 30,   65536};
    for (size_t k = 0; k + sizeof(scs_int) <= whole.size; ++k) {
        char kept[sizeof(scs_int)];
        memcpy(kept, whole.bytes + k, sizeof kept);
        for (size_t v = 0; v < sizeof values / sizeof *values; ++v) {
            set_int(whole.bytes + k, values[v]);
            is_read(whole.bytes, whole.size);
        }
        memcpy(whole.bytes + k, kept, sizeof kept);
    }
    CHECK(is_read(whole.bytes, whole.size));
    free(whole.bytes);
}

static void check_refused(const char *bytes, size_t size, ScsErrorCode code,
                          const char *sentence) {
    ScsError error;
    ScsStoredProblem *problem = scs_read_problem_bytes(bytes, size, &error);
    CHECK(!problem);
    CHECK_EQUAL(error.code, code);
    CHECK_CONTAINS(error.message, sentence);
    scs_free_problem(problem);
}

enum { VERSION_AT = 12, CONE_AT = VERSION_AT + sizeof SCS_VERSION - 1 };

static void sentences(void) {
    Image whole = image();
    char *bytes = whole.bytes;
    check_refused(bytes, 0, SCS_ERROR_PROBLEM,
                  "the width of integers is 1 x 4 bytes, 0 bytes");
    check_refused(bytes, whole.size - 1, SCS_ERROR_PROBLEM,
                  "the file ends too early: adaptive_diag_scale is 1 x ");
    set_int(bytes + CONE_AT + 2 * sizeof(scs_int), -7);
    check_refused(bytes, whole.size, SCS_ERROR_PROBLEM,
                  "bsize is -7, must not be negative: it says how long bl is");
    set_int(bytes + CONE_AT + 2 * sizeof(scs_int), INT32_MAX);
    check_refused(bytes, whole.size, SCS_ERROR_PROBLEM, "bl is 2147483646 x 8 bytes, ");
    set_int(bytes + CONE_AT + 2 * sizeof(scs_int), 3);
    set_int(bytes + CONE_AT, -1);
    check_refused(bytes, whole.size, SCS_ERROR_CONE, "z");
    set_int(bytes + CONE_AT, 2);
    check_refused(bytes, whole.size, SCS_ERROR_CONE, "cone rows add up to");
    set_int(bytes + CONE_AT, 1);
    bytes[0] = 5;
    check_refused(bytes, whole.size, SCS_ERROR_PROBLEM,
                  "not a problem file: the width of integers is 5, must be 4 or 8");
    bytes[0] = (char)sizeof(scs_int);
    bytes[VERSION_AT] = '\n';
    check_refused(bytes, whole.size, SCS_ERROR_PROBLEM, "character 0 of the version");
    bytes[VERSION_AT] = SCS_VERSION[0];
    bytes[8] = 99;
    check_refused(bytes, whole.size, SCS_ERROR_PROBLEM,
                  "the version has 99 characters");
    bytes[8] = (char)(sizeof SCS_VERSION - 1);
    CHECK(is_read(bytes, whole.size));
    check_refused(NULL, 3, SCS_ERROR_PROBLEM, "bytes is NULL");
    free(bytes);
}

/* Without spectral cones the file is complete where the settings end. */
typedef struct {
    Image file;
    size_t extension; /* where it begins */
} Plain;

static Plain plain(void) {
    TestProblem problem = test_problem(TEST_QP);
    const ScsSettings settings = odd_settings(path);
    Plain made;
    made.file.bytes =
        write_problem(&problem.data, &problem.cone, &settings, &made.file.size);
    made.extension = made.file.size - (8 + 5 * sizeof(scs_int) + 8 + sizeof(scs_int));
    remove(path);
    test_problem_free(&problem);
    return made;
}

static ScsSettings settings_of(const char *bytes, size_t size) {
    ScsError error;
    ScsStoredProblem *problem = scs_read_problem_bytes(bytes, size, &error);
    ScsSettings settings = {0};
    if (CHECK(problem)) {
        settings = problem->settings;
    } else {
        printf("    %s\n", error.message);
    }
    scs_free_problem(problem);
    return settings;
}

static void older_files(void) {
    const Plain file = plain();
    char *bytes = file.file.bytes;
    ScsSettings expected = odd_settings(path);
    expected.time_limit_secs = 0; /* the defaults */
    expected.adaptive_diag_scale = 1;
    ScsSettings found = settings_of(bytes, file.extension);
    check_settings(&found, &expected);

    /* Extension 1 ends before adaptive_diag_scale. */
    set_int(bytes + file.extension + 4, 1);
    expected.time_limit_secs = 17.5;
    found = settings_of(bytes, file.file.size - sizeof(scs_int));
    check_settings(&found, &expected);
    check_refused(bytes, file.file.size, SCS_ERROR_PROBLEM,
                  "bytes follow after the end of the problem");
    bytes[file.extension + 4] = 3;
    check_refused(bytes, file.file.size, SCS_ERROR_PROBLEM,
                  "the extension has version 3, this library knows 1 to 2");
    bytes[file.extension + 4] = 2;
    bytes[file.extension] ^= 1;
    check_refused(bytes, file.file.size, SCS_ERROR_PROBLEM,
                  "after the settings stands");
    bytes[file.extension] ^= 1;

    /* Before that, three settings of the acceleration were missing. */
    const size_t young = sizeof(scs_int) + 16;
    memmove(bytes + file.extension - young - sizeof(scs_int),
            bytes + file.extension - sizeof(scs_int), sizeof(scs_int));
    expected.time_limit_secs = 0;
    expected.acceleration_type_1 = 1;
    expected.acceleration_regularization = 1e-8;
    expected.acceleration_relaxation = 1;
    found = settings_of(bytes, file.extension - young);
    check_settings(&found, &expected);
    free(bytes);
}

static void bad_values(void) {
    const Plain file = plain();
    char *bytes = file.file.bytes;
    /* max_iters, after normalize, scale and rho_x. */
    const size_t settings = 8 * sizeof(scs_int) + 8 * 8;
    char *max_iters = bytes + file.extension - settings + sizeof(scs_int) + 16;
    set_int(max_iters, 0);
    check_refused(bytes, file.file.size, SCS_ERROR_SETTING, "max_iters");
    set_int(max_iters, 5);
    static const unsigned char nan[8] = {[6] = 0xf8, [7] = 0x7f}; /* little endian */
    memcpy(max_iters - 8, nan, sizeof nan);                       /* rho_x */
    check_refused(bytes, file.file.size, SCS_ERROR_SETTING, "rho_x");
    free(bytes);
}

static void trailing_bytes(void) {
    const Plain file = plain();
    char *longer = calloc(file.file.size + 3, 1);
    if (CHECK(longer)) {
        memcpy(longer, file.file.bytes, file.file.size);
        check_refused(longer, file.file.size + 3, SCS_ERROR_PROBLEM,
                      "3 bytes follow after the end of the problem");
    }
    free(longer);
    free(file.file.bytes);
}

static void files_that_cannot_be_had(void) {
    ScsError error;
    CHECK(!scs_read_problem("no/such/file", &error));
    CHECK_EQUAL(error.code, SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "problem file: cannot open 'no/such/file'");
    CHECK(!scs_read_problem(".", &error));
    CHECK_EQUAL(error.code, SCS_ERROR_FILE);
    CHECK(!scs_read_problem(NULL, &error));
    CHECK_CONTAINS(error.message, "path is NULL");
    CHECK(!scs_read_problem(NULL, NULL));
    scs_free_problem(NULL);
}

int main(void) {
    static const CheckCase cases[] = {
        {"every problem", every_problem},
        {"every cone", every_cone},
        {"a large problem", a_large_problem},
        {"cut anywhere", cut_anywhere},
        {"every byte changed", every_byte_changed},
        {"every int absurd", every_int_absurd},
        {"sentences", sentences},
        {"older files", older_files},
        {"bad values", bad_values},
        {"trailing bytes", trailing_bytes},
        {"files that cannot be had", files_that_cannot_be_had},
    };
    return CHECK_RUN(cases);
}
