/* SPDX-License-Identifier: MIT */
#include "problem/settings.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum { INTEGER, REAL } Type;

/* Values v with low < v < high, the ends included where the flag says so, and finite. */
typedef struct {
    const char *name;
    size_t offset;
    Type type;
    double initial;
    double low;
    double high;
    bool low_included;
    bool high_included;
    const char *sentence; /* what the setting must be */
} Row;

#define FIELD(name) #name, offsetof(ScsSettings, name)

static const Row table[] = {
    {FIELD(normalize), INTEGER, 1, 0, 1, true, true, "0 (off) or 1 (on)"},
    {FIELD(scale), REAL, 0.1, 0, INFINITY, false, false, "a positive finite number"},
    {FIELD(adaptive_scale), INTEGER, 1, 0, 1, true, true, "0 (off) or 1 (on)"},
    {FIELD(adaptive_diag_scale), INTEGER, 1, 0, 1, true, true, "0 (off) or 1 (on)"},
    {FIELD(rho_x), REAL, 1e-6, 0, INFINITY, false, false, "a positive finite number"},
    {FIELD(max_iters), INTEGER, 100000, 0, INFINITY, false, false, "positive"},
    {FIELD(eps_abs), REAL, 1e-4, 0, INFINITY, true, false,
     "a nonnegative finite number"},
    {FIELD(eps_rel), REAL, 1e-4, 0, INFINITY, true, false,
     "a nonnegative finite number"},
    {FIELD(eps_infeas), REAL, 1e-7, 0, INFINITY, true, false,
     "a nonnegative finite number"},
    {FIELD(alpha), REAL, 1.5, 0, 2, false, false, "in (0, 2)"},
    {FIELD(time_limit_secs), REAL, 0, 0, INFINITY, true, false,
     "a nonnegative finite number (0 disables)"},
    {FIELD(verbose), INTEGER, 1, -INFINITY, INFINITY, false, false, "an integer"},
    {FIELD(warm_start), INTEGER, 0, -INFINITY, INFINITY, false, false, "an integer"},
    {FIELD(acceleration_lookback), INTEGER, 10, 0, INFINITY, true, false,
     "nonnegative (use acceleration_type_1=0 for type-II AA)"},
    {FIELD(acceleration_interval), INTEGER, 5, 0, INFINITY, false, false, "positive"},
    {FIELD(acceleration_type_1), INTEGER, 1, -INFINITY, INFINITY, false, false,
     "an integer"},
    {FIELD(acceleration_regularization), REAL, 1e-8, -INFINITY, INFINITY, false, false,
     "a finite number"},
    {FIELD(acceleration_relaxation), REAL, 1, 0, 2, true, true, "in [0, 2]"},
};

enum { ROWS = sizeof table / sizeof *table };

static double get(const ScsSettings *settings, const Row *row) {
    const char *field = (const char *)settings + row->offset;
    return row->type == INTEGER ? (double)*(const scs_int *)(const void *)field
                                : *(const scs_float *)(const void *)field;
}

void scs_settings_defaults(ScsSettings *settings) {
    *settings = (ScsSettings){0};
    for (int i = 0; i < ROWS; ++i) {
        char *field = (char *)settings + table[i].offset;
        if (table[i].type == INTEGER) {
            *(scs_int *)(void *)field = (scs_int)table[i].initial;
        } else {
            *(scs_float *)(void *)field = table[i].initial;
        }
    }
}

ScsErrorCode scs_settings_validate(const ScsSettings *settings, ScsError *error) {
    for (int i = 0; i < ROWS; ++i) {
        const Row *row = &table[i];
        const double value = get(settings, row);
        const bool above = row->low_included ? value >= row->low : value > row->low;
        const bool below = row->high_included ? value <= row->high : value < row->high;
        if (!(above && below)) { /* in this form a NaN fails too */
            return scs_error_set(error, SCS_ERROR_SETTING, "%s must be %s, got %.10g",
                                 row->name, row->sentence, value);
        }
    }
    return SCS_OK;
}
