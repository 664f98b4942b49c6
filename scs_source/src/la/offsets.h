/* SPDX-License-Identifier: MIT
 *
 * Where the columns of a sparse matrix begin, while it is being put together: count the
 * entries of column j in start[j + 1], turn the counts into offsets, put every entry at
 * start[column]++, rewind.
 */
#ifndef SCS_LA_OFFSETS_H
#define SCS_LA_OFFSETS_H

#include "scs_types.h"

/* Counts in start[1 .. size] become offsets; start[0] is 0. */
static inline void scs_offsets_accumulate(scs_int *start, scs_int size) {
    for (scs_int j = 0; j < size; ++j) {
        start[j + 1] += start[j];
    }
}

/* Each start[j] has moved to where column j + 1 begins: back to where its own does. */
static inline void scs_offsets_rewind(scs_int *start, scs_int size) {
    for (scs_int j = size; j > 0; --j) {
        start[j] = start[j - 1];
    }
    start[0] = 0;
}

#endif
