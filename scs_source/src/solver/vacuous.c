/* SPDX-License-Identifier: MIT */
#include "solver/vacuous.h"

/* From here on a bound is infinite; the box cone reads its bounds in the same way. */
static const scs_float infinite_bound = 1e15;

void scs_vacuous_create(ScsVacuous *vacuous, const ScsConeSet *cones, ScsArena *arena) {
    vacuous->rows = SCS_NEW(arena, scs_int, cones->cone.l);
    vacuous->bounds = SCS_NEW(arena, scs_float, cones->cone.l);
    vacuous->count = 0;
}

void scs_vacuous_extract(ScsVacuous *vacuous, ScsProblem *problem,
                         const ScsConeSet *cones) {
    const scs_int first = cones->cone.z;
    vacuous->count = 0;
    for (scs_int i = first; i < first + cones->cone.l; ++i) {
        if (problem->b[i] >= infinite_bound) {
            vacuous->rows[vacuous->count] = i;
            vacuous->bounds[vacuous->count] = problem->b[i];
            problem->b[i] = 0;
            ++vacuous->count;
        }
    }
}

void scs_vacuous_clear(const ScsVacuous *vacuous, scs_float *v) {
    for (scs_int k = 0; k < vacuous->count; ++k) {
        v[vacuous->rows[k]] = 0;
    }
}

void scs_vacuous_restore(const ScsVacuous *vacuous, scs_float *s) {
    for (scs_int k = 0; k < vacuous->count; ++k) {
        s[vacuous->rows[k]] += vacuous->bounds[k];
    }
}

void scs_vacuous_copy(ScsVacuous *vacuous, const ScsVacuous *original) {
    vacuous->count = original->count;
    for (scs_int k = 0; k < original->count; ++k) {
        vacuous->rows[k] = original->rows[k];
        vacuous->bounds[k] = original->bounds[k];
    }
}
