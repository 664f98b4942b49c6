/* SPDX-License-Identifier: MIT
 *
 * The format of problem files, stated once for the writer and the reader. Numbers are
 * little endian, without padding; "int" and "float" have the widths that the head states,
 * in what is written here those of scs_int and scs_float:
 *
 *     head       uint32 bytes of an int, uint32 bytes of a float, uint32 length of the
 *                version and its characters
 *     cone       z l bsize bl[bsize - 1] bu[bsize - 1] qsize q[] ssize s[] ep ed psize p[]
 *     data       m n b[m] c[n], the matrix A, an int that tells whether P follows, P
 *     settings   see problem_format.c
 *     extension  uint32 magic, uint32 version, then
 *                cssize cs[] dsize d[] nucsize nuc_m[] nuc_n[] ell1_size ell1[]
 *                sl_size sl_n[] sl_k[] time_limit_secs adaptive_diag_scale
 *
 * where a matrix is m n p[n + 1] x[p[n]] i[p[n]], by columns, P its upper triangle.
 *
 * Tables say which members of a struct stand in the file and in which order; walking a
 * table transfers them.
 */
#ifndef SCS_IO_PROBLEM_FORMAT_H
#define SCS_IO_PROBLEM_FORMAT_H

#include "scs.h"

#include <stddef.h>

typedef enum {
    SCS_SHAPE_INT,
    SCS_SHAPE_FLOAT,
    SCS_SHAPE_INTS,
    SCS_SHAPE_FLOATS
} ScsFieldShape;

/* A member of a struct: a number, or an array (a pointer) whose length is another member
 * minus a constant, or 0 if that is negative. */
typedef struct {
    ScsFieldShape shape;
    const char *name;
    const char *count_name; /* arrays only, as the two below */
    size_t offset;
    size_t count_offset;
    scs_int count_minus;
    int since; /* version of the extension that has it, 0 where that is no question */
} ScsField;

typedef struct {
    const ScsField *fields;
    size_t count;
} ScsFieldTable;

extern const ScsFieldTable scs_cone_format;    /* of ScsCone */
extern const ScsFieldTable scs_vector_format;  /* of ScsData */
extern const ScsFieldTable scs_setting_format; /* of ScsSettings */
extern const ScsFieldTable scs_extension_cone_format;
extern const ScsFieldTable scs_extension_setting_format;

/* Known to every reader of the format: older files end where the first stands. */
static const uint32_t scs_extension_magic = 0x53435345;
static const uint32_t scs_extension_version =
    2; /* the first with adaptive_diag_scale */

/* Where a field stands in its struct. */
static inline void *scs_field_of(const ScsField *field, void *object) {
    return (char *)object + field->offset;
}

static inline const void *scs_const_field_of(const ScsField *field,
                                             const void *object) {
    return (const char *)object + field->offset;
}

/* The member that says how long an array is; the length itself, which may be negative. */
static inline scs_int scs_field_counter(const ScsField *array, const void *object) {
    return *(const scs_int *)((const char *)object + array->count_offset);
}

static inline int64_t scs_field_length(const ScsField *array, const void *object) {
    return (int64_t)scs_field_counter(array, object) - array->count_minus;
}

#endif
