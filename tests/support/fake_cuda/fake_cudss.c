/* SPDX-License-Identifier: MIT
 *
 * The stand-in for cuDSS: a dense factorisation K = L D L' in the order of the rows, which
 * for a quasi-definite matrix needs no pivoting.
 */
#include "fake_memory.h"

#include "linsys/cuda_library.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FAILED = 5, INVALID = 3 };

typedef struct {
    FakeObject object;
    const FakeObject *stream;
} Handle;

typedef struct {
    FakeObject object;
    bool matches; /* looks at values in the analysis, which are not those of later */
} Config;

typedef struct {
    FakeObject object;
    int64_t size, nnz;
    const void *start, *column, *values; /* the first two are NULL for a vector */
} Matrix;

typedef struct {
    FakeObject object;
    const Handle *handle;
    int64_t size; /* 0: not analysed */
    double
        *factor; /* size by size, rows of L below the diagonal, D on it; NULL: none */
    int info;    /* of the last factorisation */
} Data;

ScsCudaStatus cudssCreate(ScsCudssHandle *handle) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (!refused) {
        *handle = (ScsCudssHandle)fake_object_create(FAKE_CUDSS, sizeof(Handle));
    }
    return refused;
}

ScsCudaStatus cudssDestroy(ScsCudssHandle handle) {
    fake_object_destroy(handle, FAKE_CUDSS);
    return 0;
}

ScsCudaStatus cudssSetStream(ScsCudssHandle handle, ScsCudaStream stream) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (!refused && fake_object_check(handle, FAKE_CUDSS) &&
        fake_object_check(stream, FAKE_STREAM)) {
        ((Handle *)handle)->stream = (const FakeObject *)stream;
    }
    return refused;
}

ScsCudaStatus cudssConfigCreate(ScsCudssConfig *config) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (!refused) {
        Config *made = (Config *)fake_object_create(FAKE_CONFIG, sizeof *made);
        made->matches = true;
        *config = (ScsCudssConfig)made;
    }
    return refused;
}

ScsCudaStatus cudssConfigDestroy(ScsCudssConfig config) {
    fake_object_destroy(config, FAKE_CONFIG);
    return 0;
}

ScsCudaStatus cudssConfigSet(ScsCudssConfig config, unsigned parameter,
                             const void *value, size_t bytes) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (refused || !fake_object_check(config, FAKE_CONFIG) ||
        parameter != SCS_CUDSS_MATCHING || bytes != sizeof(unsigned)) {
        return refused ? refused : INVALID;
    }
    ((Config *)config)->matches = *(const unsigned *)value != SCS_CUDSS_NO_MATCHING;
    return 0;
}

ScsCudaStatus cudssDataCreate(ScsCudssHandle handle, ScsCudssData *data) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (refused || !fake_object_check(handle, FAKE_CUDSS)) {
        return refused ? refused : INVALID;
    }
    Data *made = (Data *)fake_object_create(FAKE_DATA, sizeof *made);
    made->handle = (const Handle *)handle;
    *data = (ScsCudssData)made;
    return 0;
}

ScsCudaStatus cudssDataDestroy(ScsCudssHandle handle, ScsCudssData data) {
    Data *const found = (Data *)data;
    if (fake_object_check(handle, FAKE_CUDSS) && fake_object_check(data, FAKE_DATA)) {
        free(found->factor);
        found->factor = NULL;
        fake_object_destroy(data, FAKE_DATA);
    }
    return 0;
}

ScsCudaStatus cudssMatrixCreateCsr(ScsCudssMatrix *matrix, int64_t rows,
                                   int64_t columns, int64_t nnz, const void *start,
                                   const void *end, const void *column,
                                   const void *values, unsigned start_type,
                                   unsigned column_type, unsigned value_type,
                                   unsigned kind, unsigned view, unsigned base) {
    const ScsCudaStatus refused = fake_call(FAILED);
    const unsigned integer = sizeof(scs_int) == 8 ? SCS_CUDA_INT_64 : SCS_CUDA_INT_32;
    if (refused) {
        return refused;
    }
    if (rows < 1 || columns != rows || nnz < rows || end || start_type != integer ||
        column_type != integer || value_type != SCS_CUDA_DOUBLE ||
        kind != SCS_CUDSS_SYMMETRIC || view != SCS_CUDSS_LOWER ||
        base != SCS_CUDSS_BASE_ZERO) {
        fake_fault("a matrix of another type");
        return INVALID;
    }
    Matrix *made = (Matrix *)fake_object_create(FAKE_CUDSS_MATRIX, sizeof *made);
    *made = (Matrix){made->object, rows, nnz, start, column, values};
    *matrix = (ScsCudssMatrix)made;
    return 0;
}

ScsCudaStatus cudssMatrixCreateDn(ScsCudssMatrix *matrix, int64_t rows, int64_t columns,
                                  int64_t step, const void *values, unsigned value_type,
                                  unsigned layout) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (refused) {
        return refused;
    }
    if (rows < 1 || columns != 1 || step < rows || value_type != SCS_CUDA_DOUBLE ||
        layout != SCS_CUDSS_COLUMN_MAJOR) {
        fake_fault("a vector of another type");
        return INVALID;
    }
    Matrix *made = (Matrix *)fake_object_create(FAKE_CUDSS_MATRIX, sizeof *made);
    *made = (Matrix){made->object, rows, rows, NULL, NULL, values};
    *matrix = (ScsCudssMatrix)made;
    return 0;
}

ScsCudaStatus cudssMatrixDestroy(ScsCudssMatrix matrix) {
    fake_object_destroy(matrix, FAKE_CUDSS_MATRIX);
    return 0;
}

ScsCudaStatus cudssDataGet(ScsCudssHandle handle, ScsCudssData data, unsigned parameter,
                           void *value, size_t bytes, size_t *written) {
    const ScsCudaStatus refused = fake_call(FAILED);
    const Data *const found = (const Data *)data;
    if (refused || !fake_object_check(handle, FAKE_CUDSS) ||
        !fake_object_check(data, FAKE_DATA) || !written) {
        return refused ? refused : INVALID;
    }
    if (parameter == SCS_CUDSS_INFO && bytes == sizeof(int)) {
        *(int *)value = found->info;
        *written = bytes;
        return 0;
    }
    if (parameter == SCS_CUDSS_INERTIA && bytes == 2 * sizeof(scs_int) &&
        found->factor) {
        scs_int *const inertia = (scs_int *)value;
        inertia[0] = inertia[1] = 0;
        for (int64_t i = 0; i < found->size; ++i) {
            const double pivot = found->factor[i * (found->size + 1)];
            inertia[0] += pivot > 0;
            inertia[1] += pivot < 0;
        }
        *written = bytes;
        return 0;
    }
    fake_fault("a question that cuDSS does not answer");
    return INVALID;
}

/* The lower triangle into a dense array by rows; false if it is not one. */
static bool read_matrix(const Matrix *matrix, double *dense) {
    const int64_t size = matrix->size;
    const scs_int *const start = (const scs_int *)fake_memory_find(
        matrix->start, (size_t)(size + 1) * sizeof(scs_int));
    const scs_int *const column = (const scs_int *)fake_memory_find(
        matrix->column, (size_t)matrix->nnz * sizeof(scs_int));
    const double *const values = (const double *)fake_memory_find(
        matrix->values, (size_t)matrix->nnz * sizeof(double));
    if (!start || !column || !values || start[size] != matrix->nnz) {
        return false;
    }
    for (int64_t i = 0; i < size; ++i) {
        for (scs_int k = start[i]; k < start[i + 1]; ++k) {
            if (column[k] < 0 || column[k] > i ||
                (k > start[i] && column[k] <= column[k - 1])) {
                return false;
            }
            dense[i * size + column[k]] = values[k];
        }
    }
    return true;
}

static void factorise(Data *data) {
    double *const l = data->factor;
    const int64_t size = data->size;
    data->info = 0;
    for (int64_t i = 0; i < size; ++i) {
        double pivot = l[i * size + i];
        for (int64_t j = 0; j < i; ++j) {
            double sum = l[i * size + j]; /* L_ij D_j */
            for (int64_t k = 0; k < j; ++k) {
                sum -= l[i * size + k] * l[j * size + k];
            }
            l[i * size + j] = sum;
        }
        for (int64_t j = 0; j < i; ++j) {
            const double scaled = l[i * size + j];
            l[i * size + j] = scaled / l[j * size + j];
            pivot -= scaled * l[i * size + j];
        }
        if (!(fabs(pivot) > 0)) {
            data->info = (int)i + 1;
            pivot = 1;
        }
        l[i * size + i] = pivot;
    }
}

static bool solve(const Data *data, const Matrix *solution, const Matrix *rhs) {
    const int64_t size = data->size;
    const double *const l = data->factor;
    const size_t bytes = (size_t)size * sizeof(double);
    double *const x = (double *)fake_memory_find(solution->values, bytes);
    const double *const b = (const double *)fake_memory_find(rhs->values, bytes);
    if (!x || !b || x == b) {
        return false;
    }
    memcpy(x, b, bytes);
    for (int64_t i = 0; i < size; ++i) {
        for (int64_t j = 0; j < i; ++j) {
            x[i] -= l[i * size + j] * x[j];
        }
    }
    for (int64_t i = 0; i < size; ++i) {
        x[i] /= l[i * size + i];
    }
    for (int64_t i = size; i-- > 0;) {
        for (int64_t j = 0; j < i; ++j) {
            x[j] -= l[i * size + j] * x[i];
        }
    }
    return true;
}

/* Whether the values have been written; fresh memory is filled with these bytes. */
static bool has_values(const Matrix *matrix) {
    unsigned char fresh[sizeof(double)];
    memset(fresh, 0xa5, sizeof fresh);
    const double *const values = (const double *)fake_memory_find(
        matrix->values, (size_t)matrix->nnz * sizeof(double));
    return values && memcmp(&values[matrix->nnz - 1], fresh, sizeof fresh) != 0;
}

/* One of the phases; false if it is not its turn or its arguments are wrong. */
static bool run(int phase, Data *data, const Matrix *a, const Matrix *x,
                const Matrix *b) {
    const size_t bytes = (size_t)(a->size * a->size) * sizeof(double);
    if (phase == SCS_CUDSS_ANALYSIS) {
        data->size = a->size;
        return data->factor == NULL && has_values(a);
    }
    if (data->size != a->size) {
        return false;
    }
    if (phase == SCS_CUDSS_SOLVE) {
        return data->factor && solve(data, x, b);
    }
    if (phase != SCS_CUDSS_FACTORIZATION &&
        (phase != SCS_CUDSS_REFACTORIZATION || !data->factor)) {
        return false;
    }
    free(data->factor);
    data->factor = (double *)calloc(1, bytes);
    if (!data->factor || !read_matrix(a, data->factor)) {
        return false;
    }
    factorise(data);
    return true;
}

ScsCudaStatus cudssExecute(ScsCudssHandle handle, int phase, ScsCudssConfig config,
                           ScsCudssData data, ScsCudssMatrix a, ScsCudssMatrix x,
                           ScsCudssMatrix b) {
    const ScsCudaStatus refused = fake_call(FAILED);
    if (refused) {
        return refused;
    }
    const Matrix *const matrix = (const Matrix *)a;
    const Matrix *const solution = (const Matrix *)x;
    const Matrix *const rhs = (const Matrix *)b;
    const bool good =
        fake_object_check(handle, FAKE_CUDSS) &&
        fake_object_check(((const Handle *)handle)->stream, FAKE_STREAM) &&
        fake_object_check(config, FAKE_CONFIG) && fake_object_check(data, FAKE_DATA) &&
        !((const Config *)config)->matches &&
        ((const Data *)data)->handle == (const Handle *)handle &&
        fake_object_check(matrix, FAKE_CUDSS_MATRIX) &&
        fake_object_check(solution, FAKE_CUDSS_MATRIX) &&
        fake_object_check(rhs, FAKE_CUDSS_MATRIX) && matrix->start &&
        !solution->start && !rhs->start && solution->size == matrix->size &&
        rhs->size == matrix->size;
    if (!good || !run(phase, (Data *)data, matrix, solution, rhs)) {
        fake_fault("a phase out of turn, or of something else");
        return INVALID;
    }
    return 0;
}

/* The compiler compares what is defined here with the table. */
const ScsCudss fake_cudss = {.cudssCreate = cudssCreate,
                             .cudssDestroy = cudssDestroy,
                             .cudssSetStream = cudssSetStream,
                             .cudssConfigCreate = cudssConfigCreate,
                             .cudssConfigDestroy = cudssConfigDestroy,
                             .cudssConfigSet = cudssConfigSet,
                             .cudssDataCreate = cudssDataCreate,
                             .cudssDataDestroy = cudssDataDestroy,
                             .cudssDataGet = cudssDataGet,
                             .cudssMatrixCreateCsr = cudssMatrixCreateCsr,
                             .cudssMatrixCreateDn = cudssMatrixCreateDn,
                             .cudssMatrixDestroy = cudssMatrixDestroy,
                             .cudssExecute = cudssExecute};
