/* SPDX-License-Identifier: MIT
 *
 * The printed report. Silent unless settings.verbose.
 */
#ifndef SCS_SOLVER_REPORT_H
#define SCS_SOLVER_REPORT_H

#include "solver/workspace.h"

/* Problem, cones, settings and backend; after a workspace was built. */
void scs_report_problem(const ScsWork *work);

/* Column titles. */
void scs_report_start(const ScsWork *work);

/* One row of the table for the current residuals. */
void scs_report_row(const ScsWork *work, double milliseconds);

/* Status, times and objective. */
void scs_report_end(const ScsWork *work, const ScsInfo *info);

#endif
