/* SPDX-License-Identifier: MIT
 *
 * Supernodes: runs of columns of the factor that share their rows, so that they can be
 * kept as one dense panel. Small ones are merged with their parent in the tree where the
 * zeros that this stores cost less than handling two panels (relaxed amalgamation; Duff
 * and Reid 1983, "The multifrontal solution of indefinite sparse symmetric linear
 * equations", ACM TOMS 9(3); Ashcraft and Grimes 1989, "The influence of relaxed
 * supernode partitions on the multifrontal method", ACM TOMS 15(4)).
 */
#ifndef SCS_LINSYS_SUPERNODES_H
#define SCS_LINSYS_SUPERNODES_H

#include "la/dense_kernels.h"
#include "linsys/kkt.h"

/* The panels of L and what is to be known about them. */
typedef struct {
    scs_int size; /* rows of the matrix */
    ScsPanels panels;
    scs_int *owner;  /* panel of a column, length size */
    scs_int tallest; /* largest height */
    scs_int widest;  /* largest width */
    int64_t entries; /* of L below the diagonal, stored zeros included */
    double flops;    /* multiplications and additions of a factorisation */
} ScsSupernodes;

/* Decide the partition for a postordered matrix whose elimination tree and column counts
 * (below the diagonal) are given. Writes the new order of its rows, in which every
 * supernode is contiguous and small leaves come first: place[k] is the old row of new row k (length n); and the first
 * column of each supernode (length count + 1, room for n + 1) and its height (room for n).
 * Returns the count, or -1 when memory is short. */
scs_int scs_supernodes_partition(scs_int n, const scs_int *parent, const scs_int *count,
                                 scs_int *place, scs_int *first, scs_int *height);

/* Complete the structure for the strict lower triangle `kkt` in that new order. Wide
 * supernodes are cut into panels. Check arena->failed afterwards. */
void scs_supernodes_build(ScsSupernodes *nodes, const ScsKkt *kkt, scs_int count,
                          const scs_int *first, const scs_int *height, ScsArena *arena);

static inline scs_int scs_supernodes_width(const ScsSupernodes *nodes, scs_int s) {
    return nodes->panels.width[s];
}

#endif
