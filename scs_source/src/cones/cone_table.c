/* SPDX-License-Identifier: MIT
 *
 * The order of this table is the order of the rows of A. A new kind gets its place here.
 */
#include "cones/cone_table.h"

const ScsConeKind *const scs_cone_table[] = {
    &scs_cone_zero,        /* z */
    &scs_cone_nonneg,      /* l */
    &scs_cone_box,         /* bl, bu */
    &scs_cone_soc,         /* q */
    &scs_cone_psd,         /* s */
    &scs_cone_psd_complex, /* cs */
    &scs_cone_exp,         /* ep */
    &scs_cone_exp_dual,    /* ed */
    &scs_cone_power,       /* p */
    &scs_cone_logdet,      /* d */
    &scs_cone_nuclear,     /* nuc_m, nuc_n */
    &scs_cone_ell1,        /* ell1 */
    &scs_cone_sum_largest, /* sl_n, sl_k */
};

const scs_int scs_cone_table_size =
    (scs_int)(sizeof scs_cone_table / sizeof *scs_cone_table);
