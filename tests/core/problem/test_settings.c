/* SPDX-License-Identifier: MIT */
#include "problem/settings.h"

#include "support/check.h"

#include <stdbool.h>

static void defaults(void) {
    ScsSettings s;
    memset(&s, 0x5a, sizeof s);
    scs_settings_defaults(&s);
    CHECK_EQUAL(s.normalize, 1);
    CHECK_EQUAL(s.scale, 0.1);
    CHECK_EQUAL(s.adaptive_scale, 1);
    CHECK_EQUAL(s.adaptive_diag_scale, 1);
    CHECK_EQUAL(s.rho_x, 1e-6);
    CHECK_EQUAL(s.max_iters, 100000);
    CHECK_EQUAL(s.eps_abs, 1e-4);
    CHECK_EQUAL(s.eps_rel, 1e-4);
    CHECK_EQUAL(s.eps_infeas, 1e-7);
    CHECK_EQUAL(s.alpha, 1.5);
    CHECK_EQUAL(s.time_limit_secs, 0);
    CHECK_EQUAL(s.verbose, 1);
    CHECK_EQUAL(s.warm_start, 0);
    CHECK_EQUAL(s.acceleration_lookback, 10);
    CHECK_EQUAL(s.acceleration_interval, 5);
    CHECK_EQUAL(s.acceleration_type_1, 1);
    CHECK_EQUAL(s.acceleration_regularization, 1e-8);
    CHECK_EQUAL(s.acceleration_relaxation, 1);
    CHECK(!s.write_data_filename);
    CHECK(!s.log_csv_filename);
    ScsError error;
    CHECK_EQUAL(scs_settings_validate(&s, &error), SCS_OK);
}

/* A setting, values that are fine, values that are not. */
typedef struct {
    const char *name;
    double good[4], bad[4]; /* the first entry repeated where there are fewer */
} Range;

/* Set the setting of that name; false for an unknown one. */
static bool set(ScsSettings *s, const char *name, double value) {
    const struct {
        const char *name;
        scs_float *real;
        scs_int *integer;
    } fields[] = {
        {"normalize", NULL, &s->normalize},
        {"scale", &s->scale, NULL},
        {"adaptive_scale", NULL, &s->adaptive_scale},
        {"adaptive_diag_scale", NULL, &s->adaptive_diag_scale},
        {"rho_x", &s->rho_x, NULL},
        {"max_iters", NULL, &s->max_iters},
        {"eps_abs", &s->eps_abs, NULL},
        {"eps_rel", &s->eps_rel, NULL},
        {"eps_infeas", &s->eps_infeas, NULL},
        {"alpha", &s->alpha, NULL},
        {"time_limit_secs", &s->time_limit_secs, NULL},
        {"acceleration_lookback", NULL, &s->acceleration_lookback},
        {"acceleration_interval", NULL, &s->acceleration_interval},
        {"acceleration_regularization", &s->acceleration_regularization, NULL},
        {"acceleration_relaxation", &s->acceleration_relaxation, NULL},
    };
    for (size_t k = 0; k < sizeof fields / sizeof *fields; ++k) {
        if (strcmp(fields[k].name, name) == 0) {
            if (fields[k].real) {
                *fields[k].real = value;
            } else {
                *fields[k].integer = (scs_int)value;
            }
            return true;
        }
    }
    return false;
}

static const Range ranges[] = {
    {"normalize", {0, 1, 0, 1}, {-1, 2, -1, 2}},
    {"scale", {1e-300, 1, 1e6, 1e300}, {0, -1, NAN, INFINITY}},
    {"adaptive_scale", {0, 1, 0, 1}, {-1, 2, -1, 2}},
    {"adaptive_diag_scale", {0, 1, 0, 1}, {-1, 2, -1, 2}},
    {"rho_x", {1e-300, 1, 1, 1}, {0, -1e-6, NAN, INFINITY}},
    {"max_iters", {1, 2, 2147483647, 1}, {0, -1, 0, -1}},
    {"eps_abs", {0, 1, 1e-300, 0}, {-1e-9, NAN, INFINITY, -INFINITY}},
    {"eps_rel", {0, 1, 1e-300, 0}, {-1e-9, NAN, INFINITY, -INFINITY}},
    {"eps_infeas", {0, 1, 1e-300, 0}, {-1e-9, NAN, INFINITY, -INFINITY}},
    {"alpha", {1e-9, 1, 1.999999, 1}, {0, 2, -1, NAN}},
    {"time_limit_secs", {0, 1e-10, 1e9, 0}, {-1, NAN, INFINITY, -INFINITY}},
    {"acceleration_lookback", {0, 1, 100, 0}, {-1, -2, -1, -10}},
    {"acceleration_interval", {1, 2, 1000, 1}, {0, -1, 0, -1}},
    {"acceleration_regularization",
     {0, -1, 1e-8, -1e300},
     {NAN, INFINITY, -INFINITY, NAN}},
    {"acceleration_relaxation", {0, 1, 2, 0.5}, {-0.1, 2.1, NAN, INFINITY}},
};

static void ends_of_ranges(void) {
    for (size_t k = 0; k < sizeof ranges / sizeof *ranges; ++k) {
        for (int i = 0; i < 4; ++i) {
            ScsSettings s;
            ScsError error = {0};
            scs_settings_defaults(&s);
            CHECK(set(&s, ranges[k].name, ranges[k].good[i]));
            if (!CHECK_EQUAL(scs_settings_validate(&s, &error), SCS_OK)) {
                printf("    %s\n", error.message);
            }
            set(&s, ranges[k].name, ranges[k].bad[i]);
            CHECK_EQUAL(scs_settings_validate(&s, &error), SCS_ERROR_SETTING);
            CHECK_EQUAL(error.code, SCS_ERROR_SETTING);
            CHECK_CONTAINS(error.message, ranges[k].name);
            CHECK_CONTAINS(error.message, "must be");
        }
    }
}

/* Flags without a range take any integer, as programs for the reference rely on. */
static void flags_without_a_range(void) {
    ScsSettings s;
    scs_settings_defaults(&s);
    s.verbose = -7;
    s.warm_start = 12;
    s.acceleration_type_1 = 5;
    ScsError error;
    CHECK_EQUAL(scs_settings_validate(&s, &error), SCS_OK);
}

static void sentences_that_programs_match(void) {
    ScsSettings s;
    ScsError error;
    scs_settings_defaults(&s);
    s.alpha = 2;
    CHECK_EQUAL(scs_settings_validate(&s, &error), SCS_ERROR_SETTING);
    CHECK_CONTAINS(error.message, "alpha must be in (0, 2)");
    scs_settings_defaults(&s);
    s.acceleration_relaxation = 3;
    CHECK_EQUAL(scs_settings_validate(&s, &error), SCS_ERROR_SETTING);
    CHECK_CONTAINS(error.message, "acceleration_relaxation must be in [0, 2]");
}

static void works_without_a_place_for_the_reason(void) {
    ScsSettings s;
    scs_settings_defaults(&s);
    s.rho_x = -1;
    CHECK_EQUAL(scs_settings_validate(&s, NULL), SCS_ERROR_SETTING);
}

int main(void) {
    static const CheckCase cases[] = {
        {"defaults", defaults},
        {"ends of ranges", ends_of_ranges},
        {"flags without a range", flags_without_a_range},
        {"sentences that programs match", sentences_that_programs_match},
        {"works without a place for the reason", works_without_a_place_for_the_reason},
    };
    return CHECK_RUN(cases);
}
