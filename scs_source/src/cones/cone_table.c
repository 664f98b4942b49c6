/* SPDX-License-Identifier: MIT
 *
 * The order of this table is the order of the rows of A. A new kind gets its place here
 * and loses its line among the missing fields below.
 */
#include "cones/cone_table.h"

#include <stddef.h>

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
    &scs_cone_ell1,        /* ell1 */
};

const scs_int scs_cone_table_size =
    (scs_int)(sizeof scs_cone_table / sizeof *scs_cone_table);

/* Fields that no kind reads yet, by the member that counts their cones. */
typedef struct {
    const char *field;
    size_t count_offset;
} MissingField;

static const MissingField missing_fields[] = {
    {"d", offsetof(ScsCone, dsize)},
    {"nuc_m", offsetof(ScsCone, nucsize)},
    {"sl_n", offsetof(ScsCone, sl_size)},
};

const char *scs_cone_table_missing(const ScsCone *k) {
    for (size_t i = 0; i < sizeof missing_fields / sizeof *missing_fields; ++i) {
        const char *member = (const char *)k + missing_fields[i].count_offset;
        if (*(const scs_int *)(const void *)member != 0) {
            return missing_fields[i].field;
        }
    }
    return NULL;
}
