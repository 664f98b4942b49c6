/* SPDX-License-Identifier: MIT
 *
 * Every setting unlike its default and unlike the others, for the tests of problem files.
 */
#ifndef TESTS_CORE_IO_ODD_SETTINGS_H
#define TESTS_CORE_IO_ODD_SETTINGS_H

#include "scs.h"

static inline ScsSettings odd_settings(const char *path) {
    ScsSettings settings;
    scs_set_default_settings(&settings);
    settings.normalize = 0;
    settings.scale = 0.25;
    settings.adaptive_scale = 0;
    settings.adaptive_diag_scale = 0;
    settings.rho_x = 1e-5;
    settings.max_iters = 1234567;
    settings.eps_abs = 1e-3;
    settings.eps_rel = 2e-3;
    settings.eps_infeas = 3e-3;
    settings.alpha = 1.25;
    settings.time_limit_secs = 17.5;
    settings.verbose = 0;
    settings.warm_start = 1;
    settings.acceleration_lookback = 7;
    settings.acceleration_interval = 3;
    settings.acceleration_type_1 = 0;
    settings.acceleration_regularization = -1e-9;
    settings.acceleration_relaxation = 0.75;
    settings.write_data_filename = path;
    return settings;
}

#endif
