/* SPDX-License-Identifier: MIT
 *
 * Arbitrary bytes as a problem file: refused with a sentence, or a problem that scs_init
 * takes or refuses. Entry point of libFuzzer and of run_corpus.c.
 */
#include "scs_ext.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(int condition) {
    if (!condition) {
        abort();
    }
}

/* Every number that the arrays are said to have is there. */
static double add_up(const scs_float *numbers, scs_int count) {
    double sum = 0;
    for (scs_int k = 0; k < count; ++k) {
        sum += numbers[k];
    }
    return sum;
}

static double add_up_ints(const scs_int *numbers, scs_int count) {
    double sum = 0;
    for (scs_int k = 0; k < count; ++k) {
        sum += (double)numbers[k];
    }
    return sum;
}

static double add_up_matrix(const ScsMatrix *a) {
    return add_up_ints(a->p, a->n + 1) + add_up_ints(a->i, a->p[a->n]) +
           add_up(a->x, a->p[a->n]);
}

static double add_up_problem(const ScsStoredProblem *problem) {
    const ScsData *data = &problem->data;
    const ScsCone *k = &problem->cone;
    return add_up(data->b, data->m) + add_up(data->c, data->n) +
           add_up_matrix(data->A) + (data->P ? add_up_matrix(data->P) : 0) +
           add_up(k->bl, k->bsize - 1) + add_up(k->bu, k->bsize - 1) +
           add_up_ints(k->q, k->qsize) + add_up_ints(k->s, k->ssize) +
           add_up_ints(k->cs, k->cssize) + add_up(k->p, k->psize) +
           add_up_ints(k->d, k->dsize) + add_up_ints(k->nuc_m, k->nucsize) +
           add_up_ints(k->nuc_n, k->nucsize) + add_up_ints(k->ell1, k->ell1_size) +
           add_up_ints(k->sl_n, k->sl_size) + add_up_ints(k->sl_k, k->sl_size);
}

/* A solve may take as long as the settings say, and the memory of the acceleration is as
 * large: neither is the file's fault. */
static void try_solver(ScsStoredProblem *problem) {
    ScsSettings *settings = &problem->settings;
    settings->verbose = 0;
    settings->max_iters = settings->max_iters < 30 ? settings->max_iters : 30;
    settings->acceleration_lookback = settings->acceleration_lookback % 20;
    ScsError error;
    ScsWork *work = scs_init_ex(&problem->data, &problem->cone, settings, NULL, &error);
    if (!work) {
        require(error.code != SCS_OK && error.message[0] != '\0');
        return;
    }
    ScsSolution solution = {0};
    ScsInfo info;
    scs_solve_ex(work, &solution, &info, 0, &error);
    free(solution.x);
    free(solution.y);
    free(solution.s);
    scs_finish(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    ScsError error;
    ScsStoredProblem *problem =
        scs_read_problem_bytes(size ? bytes : (const uint8_t *)"", size, &error);
    if (!problem) {
        require(error.code != SCS_OK && error.message[0] != '\0');
        return 0;
    }
    require(error.code == SCS_OK);
    volatile double sum = add_up_problem(problem); /* must not be optimised away */
    (void)sum;
    try_solver(problem);
    scs_free_problem(problem);
    return 0;
}
