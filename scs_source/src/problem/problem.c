/* SPDX-License-Identifier: MIT */
#include "problem/problem.h"

#include "la/csc.h"

void scs_problem_copy(ScsProblem *problem, const ScsData *data, ScsArena *arena) {
    const bool quadratic = data->P && scs_csc_nnz(data->P) > 0;
    const ScsProblem given = {
        .m = data->m,
        .n = data->n,
        .a = data->A,
        .p = quadratic ? data->P : NULL,
        .b = data->b,
        .c = data->c,
    };
    scs_problem_clone(problem, &given, arena);
}

void scs_problem_clone(ScsProblem *problem, const ScsProblem *original,
                       ScsArena *arena) {
    problem->m = original->m;
    problem->n = original->n;
    problem->a = scs_csc_copy(arena, original->a);
    problem->p = scs_csc_copy(arena, original->p);
    problem->b = scs_arena_copy(arena, original->b, original->m, sizeof *original->b);
    problem->c = scs_arena_copy(arena, original->c, original->n, sizeof *original->c);
}
