/* SPDX-License-Identifier: MIT
 *
 * The kinds of cones there are, in the order of the rows of A.
 */
#ifndef SCS_CONES_CONE_TABLE_H
#define SCS_CONES_CONE_TABLE_H

#include "cones/cone.h"

extern const ScsConeKind scs_cone_zero;
extern const ScsConeKind scs_cone_nonneg;
extern const ScsConeKind scs_cone_box;
extern const ScsConeKind scs_cone_soc;
extern const ScsConeKind scs_cone_psd;
extern const ScsConeKind scs_cone_psd_complex;
extern const ScsConeKind scs_cone_exp;
extern const ScsConeKind scs_cone_exp_dual;
extern const ScsConeKind scs_cone_power;
extern const ScsConeKind scs_cone_logdet;
extern const ScsConeKind scs_cone_nuclear;
extern const ScsConeKind scs_cone_ell1;
extern const ScsConeKind scs_cone_sum_largest;

extern const ScsConeKind *const scs_cone_table[];
extern const scs_int scs_cone_table_size;

#endif
