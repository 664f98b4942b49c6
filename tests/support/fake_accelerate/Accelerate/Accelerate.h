/* SPDX-License-Identifier: MIT
 *
 * In the place of Apple's header: as much of Sparse Solvers as accelerate.c uses, with the
 * names, types, members and values that Apple's documentation gives. Functions that Apple
 * overloads are chosen by the types of their arguments here too, by _Generic.
 */
#ifndef TESTS_SUPPORT_FAKE_ACCELERATE_H
#define TESTS_SUPPORT_FAKE_ACCELERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { SparseUpperTriangle = 0, SparseLowerTriangle = 1 } SparseTriangle_t;

typedef enum {
    SparseOrdinary = 0,
    SparseTriangular = 1,
    SparseUnitTriangular = 2,
    SparseSymmetric = 3,
} SparseKind_t;

typedef struct {
    bool transpose : 1;
    SparseTriangle_t triangle : 1;
    SparseKind_t kind : 2;
    unsigned int _reserved : 11;
    bool _allocatedBySparse : 1;
} SparseAttributes_t;

typedef struct {
    int rowCount;
    int columnCount;
    long *columnStarts;
    int *rowIndices;
    SparseAttributes_t attributes;
    uint8_t blockSize;
} SparseMatrixStructure;

typedef struct {
    SparseMatrixStructure structure;
    double *data;
} SparseMatrix_Double;

typedef struct {
    int count;
    double *data;
} DenseVector_Double;

typedef enum {
    SparseStatusOK = 0,
    SparseFactorizationFailed = -1,
    SparseMatrixIsSingular = -2,
    SparseInternalError = -3,
    SparseParameterError = -4,
    SparseStatusReleased = -INT32_MAX,
} SparseStatus_t;

typedef enum {
    SparseFactorizationCholesky = 0,
    SparseFactorizationLDLT = 1,
    SparseFactorizationLDLTUnpivoted = 2,
    SparseFactorizationLDLTSBK = 3,
    SparseFactorizationLDLTTPP = 4,
} SparseFactorization_t;

typedef enum { SparseDefaultControl = 0 } SparseControl_t;

typedef enum { SparseOrderDefault = 0, SparseOrderUser = 1 } SparseOrder_t;

typedef enum { SparseScalingDefault = 0, SparseScalingUser = 1 } SparseScaling_t;

typedef struct {
    SparseControl_t control;
    SparseOrder_t orderMethod;
    int *order;
    int *ignoreRowsAndColumns;
    void *(*malloc)(size_t size);
    void (*free)(void *pointer);
    void (*reportError)(const char *message);
} SparseSymbolicFactorOptions;

typedef struct {
    SparseControl_t control;
    SparseScaling_t scalingMethod;
    void *scaling;
    double pivotTolerance;
    double zeroTolerance;
} SparseNumericFactorOptions;

typedef struct {
    SparseStatus_t status;
    int rowCount;
    int columnCount;
    SparseAttributes_t attributes;
    uint8_t blockSize;
    SparseFactorization_t type;
    void *factorization;
    size_t workspaceSize_Float;
    size_t workspaceSize_Double;
    size_t factorSize_Float;
    size_t factorSize_Double;
} SparseOpaqueSymbolicFactorization;

typedef struct {
    SparseStatus_t status;
    SparseAttributes_t attributes;
    SparseOpaqueSymbolicFactorization symbolicFactorization;
    bool userFactorStorage;
    void *numericFactorization;
    size_t solveWorkspaceRequiredStatic;
    size_t solveWorkspaceRequiredPerRHS;
} SparseOpaqueFactorization_Double;

SparseOpaqueSymbolicFactorization fake_analyse(SparseFactorization_t type,
                                               SparseMatrixStructure structure,
                                               SparseSymbolicFactorOptions options);
SparseOpaqueFactorization_Double
fake_factorise(SparseOpaqueSymbolicFactorization analysis, SparseMatrix_Double matrix,
               SparseNumericFactorOptions options);
void SparseRefactor(SparseMatrix_Double matrix,
                    SparseOpaqueFactorization_Double *factor,
                    SparseNumericFactorOptions options);
void SparseSolve(SparseOpaqueFactorization_Double factor, DenseVector_Double vector,
                 void *workspace);
int SparseGetInertia(SparseOpaqueFactorization_Double factor, int *positive, int *zero,
                     int *negative);
void fake_release_analysis(SparseOpaqueSymbolicFactorization analysis);
void fake_release_factor(SparseOpaqueFactorization_Double factor);

#define SparseFactor(first, second, third)                                             \
    _Generic((first),                                                                  \
        SparseOpaqueSymbolicFactorization: fake_factorise,                             \
        default: fake_analyse)(first, second, third)
#define SparseCleanup(object)                                                          \
    _Generic((object),                                                                 \
        SparseOpaqueSymbolicFactorization: fake_release_analysis,                      \
        SparseOpaqueFactorization_Double: fake_release_factor)(object)

/* Whether the system is new enough is for the test to say. */
bool fake_accelerate_is_new(void);
#define __builtin_available(...) fake_accelerate_is_new()

#endif
