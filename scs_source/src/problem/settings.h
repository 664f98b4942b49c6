/* SPDX-License-Identifier: MIT
 *
 * The settings: one table row each with default, range and the sentence for a violation.
 */
#ifndef SCS_PROBLEM_SETTINGS_H
#define SCS_PROBLEM_SETTINGS_H

#include "base/error.h"

/* Write the defaults into every field. */
void scs_settings_defaults(ScsSettings *settings);

/* SCS_ERROR_SETTING with a sentence on the first setting that is out of range. */
SCS_MUST_CHECK ScsErrorCode scs_settings_validate(const ScsSettings *settings,
                                                  ScsError *error);

#endif
