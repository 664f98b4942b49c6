/* SPDX-License-Identifier: MIT
 *
 * Sparse Solvers in small: dense elimination that takes the largest pivot of the diagonal.
 * As in Accelerate, parameters are checked, errors go to the reporter, the status of what
 * went well is 0 whatever the matrix was, and memory comes from the caller's functions.
 */
#include "fake_accelerate.h"

#include <Accelerate/Accelerate.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

static FakeAccelerate state = {.fails_in = FAKE_NOWHERE};

FakeAccelerate *fake_accelerate(void) { return &state; }

bool fake_accelerate_is_new(void) { return !state.old; }

typedef struct {
    int size;
    int references;
    SparseSymbolicFactorOptions options;
} Analysis;

typedef struct {
    Analysis *analysis;
    size_t workspace;
    double *matrix; /* by rows: L below the diagonal in the order of elimination, D */
    int *pivot;     /* row of each step */
    bool *used;     /* rows eliminated already */
} Factor;

static void expect(bool good) { state.mistakes += good ? 0 : 1; }

/* Whether this is where it is to fail; then the reporter has been told. */
static bool fails(FakePlace place, const SparseSymbolicFactorOptions *options) {
    if (state.fails_in != place) {
        return false;
    }
    if (state.message) {
        options->reportError(state.message);
    }
    return true;
}

/* Upper triangle, by columns, sorted, with every diagonal entry. */
static void check_structure(const SparseMatrixStructure *s) {
    expect(s->attributes.kind == SparseSymmetric && !s->attributes.transpose);
    expect(s->attributes.triangle == SparseUpperTriangle);
    expect(s->rowCount == s->columnCount && s->rowCount > 0 && s->blockSize == 1);
    expect(s->columnStarts[0] == 0);
    for (int j = 0; j < s->columnCount; ++j) {
        const long end = s->columnStarts[j + 1];
        expect(end > s->columnStarts[j] && s->rowIndices[end - 1] == j);
        for (long k = s->columnStarts[j]; k < end; ++k) {
            expect(s->rowIndices[k] >= 0);
            expect(k == s->columnStarts[j] || s->rowIndices[k] > s->rowIndices[k - 1]);
        }
    }
}

SparseOpaqueSymbolicFactorization fake_analyse(SparseFactorization_t type,
                                               SparseMatrixStructure structure,
                                               SparseSymbolicFactorOptions options) {
    SparseOpaqueSymbolicFactorization result = {.status = SparseInternalError};
    expect(type == SparseFactorizationLDLTTPP);
    expect(options.reportError && options.malloc &&
           options.free); /* or it would trap */
    check_structure(&structure);
    if (fails(FAKE_ANALYSE, &options)) {
        result.status = (SparseStatus_t)state.status;
        return result;
    }
    Analysis *analysis = options.malloc(sizeof *analysis);
    if (!analysis) {
        return result;
    }
    const size_t size = (size_t)structure.rowCount;
    *analysis = (Analysis){structure.rowCount, 1, options};
    ++state.alive;
    result.status = SparseStatusOK;
    result.rowCount = result.columnCount = structure.rowCount;
    result.attributes = structure.attributes;
    result.blockSize = structure.blockSize;
    result.type = type;
    result.factorization = analysis;
    result.factorSize_Double = size * (size + 1) / 2 * sizeof(double);
    return result;
}

static void drop_analysis(Analysis *analysis) {
    if (--analysis->references == 0) {
        --state.alive;
        analysis->options.free(analysis);
    }
}

void fake_release_analysis(SparseOpaqueSymbolicFactorization analysis) {
    expect(analysis.status == SparseStatusOK);
    drop_analysis(analysis.factorization);
}

static void release(Factor *factor) {
    const SparseSymbolicFactorOptions *options = &factor->analysis->options;
    Analysis *analysis = factor->analysis;
    options->free(factor->matrix);
    options->free(factor->pivot);
    options->free(factor->used);
    options->free(factor);
    --state.alive;
    drop_analysis(analysis);
}

void fake_release_factor(SparseOpaqueFactorization_Double factor) {
    if (factor.numericFactorization) {
        release(factor.numericFactorization);
    }
}

static Factor *factor_create(Analysis *analysis) {
    const size_t size = (size_t)analysis->size;
    Factor *factor = analysis->options.malloc(sizeof *factor);
    if (!factor) {
        return NULL;
    }
    factor->analysis = analysis;
    factor->workspace = 16 + size;
    factor->matrix = analysis->options.malloc(size * size * sizeof *factor->matrix);
    factor->pivot = analysis->options.malloc(size * sizeof *factor->pivot);
    factor->used = analysis->options.malloc(size * sizeof *factor->used);
    ++analysis->references;
    ++state.alive;
    if (!factor->matrix || !factor->pivot || !factor->used) {
        release(factor);
        return NULL;
    }
    return factor;
}

static void load(Factor *factor, const SparseMatrix_Double *matrix) {
    const size_t n = (size_t)factor->analysis->size;
    memset(factor->matrix, 0, n * n * sizeof *factor->matrix);
    memset(factor->used, 0, n * sizeof *factor->used);
    for (size_t j = 0; j < n; ++j) {
        for (long k = matrix->structure.columnStarts[j];
             k < matrix->structure.columnStarts[j + 1]; ++k) {
            const size_t i = (size_t)matrix->structure.rowIndices[k];
            expect(isfinite(matrix->data[k]));
            factor->matrix[i * n + j] = factor->matrix[j * n + i] = matrix->data[k];
        }
    }
}

static int largest_pivot(const Factor *factor) {
    const int n = factor->analysis->size;
    int best = -1;
    for (int i = 0; i < n; ++i) {
        if (!factor->used[i] &&
            (best < 0 || fabs(factor->matrix[i * (n + 1)]) >
                             fabs(factor->matrix[best * (n + 1)]))) {
            best = i;
        }
    }
    return best;
}

static void eliminate(Factor *factor) {
    const int n = factor->analysis->size;
    double *const matrix = factor->matrix;
    for (int step = 0; step < n; ++step) {
        const int p = factor->pivot[step] = largest_pivot(factor);
        const double pivot = matrix[p * (n + 1)];
        factor->used[p] = true;
        for (int i = 0; i < n; ++i) {
            const double ratio = pivot != 0 ? matrix[i * n + p] / pivot : 0;
            for (int j = 0; !factor->used[i] && ratio != 0 && j < n; ++j) {
                matrix[i * n + j] -= factor->used[j] ? 0 : ratio * matrix[p * n + j];
            }
            if (!factor->used[i]) {
                matrix[i * n + p] = ratio;
            }
        }
    }
}

static void check_options(const SparseNumericFactorOptions *options) {
    expect(options->control == SparseDefaultControl && !options->scaling);
    expect(options->pivotTolerance >= 0 && options->pivotTolerance <= 0.5);
    expect(options->zeroTolerance >= 0);
}

SparseOpaqueFactorization_Double
fake_factorise(SparseOpaqueSymbolicFactorization analysis, SparseMatrix_Double matrix,
               SparseNumericFactorOptions options) {
    SparseOpaqueFactorization_Double result = {.status = SparseInternalError,
                                               .symbolicFactorization = analysis};
    Analysis *const mine = analysis.factorization;
    expect(analysis.status == SparseStatusOK);
    check_options(&options);
    if (fails(FAKE_FACTORISE, &mine->options)) {
        result.status = (SparseStatus_t)state.status;
        return result;
    }
    Factor *factor = factor_create(mine);
    if (!factor) {
        return result;
    }
    load(factor, &matrix);
    eliminate(factor);
    result.status = SparseStatusOK;
    result.numericFactorization = factor;
    result.solveWorkspaceRequiredStatic = 16;
    result.solveWorkspaceRequiredPerRHS = factor->workspace - 16;
    return result;
}

void SparseRefactor(SparseMatrix_Double matrix,
                    SparseOpaqueFactorization_Double *factor,
                    SparseNumericFactorOptions options) {
    Factor *const mine = factor->numericFactorization;
    expect(factor->status == SparseStatusOK && mine);
    check_options(&options);
    if (fails(FAKE_FACTORISE, &mine->analysis->options)) {
        factor->status = (SparseStatus_t)state.status;
        return;
    }
    ++state.refactored;
    load(mine, &matrix);
    eliminate(mine);
    mine->workspace += (size_t)state.grows;
    factor->solveWorkspaceRequiredPerRHS = mine->workspace - 16;
}

void SparseSolve(SparseOpaqueFactorization_Double factor, DenseVector_Double vector,
                 void *workspace) {
    const Factor *const mine = factor.numericFactorization;
    const int n = mine->analysis->size;
    double *const b = vector.data;
    expect(factor.status == SparseStatusOK && vector.count == n && workspace);
    expect((uintptr_t)workspace % 16 == 0);
    memset(workspace, 0xff, mine->workspace); /* all of it is there */
    if (fails(FAKE_SOLVE, &mine->analysis->options)) {
        return;
    }
    for (int step = 0; step < n; ++step) {
        const int p = mine->pivot[step];
        for (int later = step + 1; later < n; ++later) {
            const int i = mine->pivot[later];
            b[i] -= mine->matrix[i * n + p] * b[p];
        }
    }
    for (int step = n - 1; step >= 0; --step) {
        const int p = mine->pivot[step];
        b[p] /= mine->matrix[p * (n + 1)];
        for (int later = step + 1; later < n; ++later) {
            const int i = mine->pivot[later];
            b[p] -= mine->matrix[i * n + p] * b[i];
        }
    }
}

int SparseGetInertia(SparseOpaqueFactorization_Double factor, int *positive, int *zero,
                     int *negative) {
    const Factor *const mine = factor.numericFactorization;
    const int n = mine->analysis->size;
    expect(factor.status == SparseStatusOK);
    if (fails(FAKE_INERTIA, &mine->analysis->options)) {
        return state.status;
    }
    *positive = *zero = *negative = 0;
    for (int i = 0; i < n; ++i) {
        const double pivot = mine->matrix[i * (n + 1)];
        *positive += pivot > 0;
        *zero += pivot == 0;
        *negative += pivot < 0;
    }
    return 0;
}
