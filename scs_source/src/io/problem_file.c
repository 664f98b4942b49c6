/* SPDX-License-Identifier: MIT
 *
 * Tables say which members of a struct stand in the file and in which order; walking a
 * table transfers them.
 */
#include "io/problem_file.h"

#include "base/file.h"

#include <string.h>

/* Known to every reader of the format: a file of scs 3.2 ends where the first stands. */
static const uint32_t extension_magic = 0x53435345;
static const uint32_t extension_version = 2; /* the first with adaptive_diag_scale */

typedef enum { INT, FLOAT, INTS, FLOATS } Shape;

/* A member of a struct: a number, or an array (a pointer) whose length is another member
 * minus a constant, or 0 if that is negative. */
typedef struct {
    Shape shape;
    size_t offset;
    size_t count_offset;
    scs_int count_minus;
} Field;

#define NUMBER(shape, type, member) {shape, offsetof(type, member), 0, 0}
#define ARRAY(shape, type, member, count, minus)                                       \
    {shape, offsetof(type, member), offsetof(type, count), minus}

static const Field cone_fields[] = {
    NUMBER(INT, ScsCone, z),
    NUMBER(INT, ScsCone, l),
    NUMBER(INT, ScsCone, bsize),
    ARRAY(FLOATS, ScsCone, bl, bsize, 1), /* the row of t has no bounds */
    ARRAY(FLOATS, ScsCone, bu, bsize, 1),
    NUMBER(INT, ScsCone, qsize),
    ARRAY(INTS, ScsCone, q, qsize, 0),
    NUMBER(INT, ScsCone, ssize),
    ARRAY(INTS, ScsCone, s, ssize, 0),
    NUMBER(INT, ScsCone, ep),
    NUMBER(INT, ScsCone, ed),
    NUMBER(INT, ScsCone, psize),
    ARRAY(FLOATS, ScsCone, p, psize, 0),
};

static const Field vector_fields[] = {
    NUMBER(INT, ScsData, m),
    NUMBER(INT, ScsData, n),
    ARRAY(FLOATS, ScsData, b, m, 0),
    ARRAY(FLOATS, ScsData, c, n, 0),
};

static const Field setting_fields[] = {
    NUMBER(INT, ScsSettings, normalize),
    NUMBER(FLOAT, ScsSettings, scale),
    NUMBER(FLOAT, ScsSettings, rho_x),
    NUMBER(INT, ScsSettings, max_iters),
    NUMBER(FLOAT, ScsSettings, eps_abs),
    NUMBER(FLOAT, ScsSettings, eps_rel),
    NUMBER(FLOAT, ScsSettings, eps_infeas),
    NUMBER(FLOAT, ScsSettings, alpha),
    NUMBER(INT, ScsSettings, verbose),
    NUMBER(INT, ScsSettings, warm_start),
    NUMBER(INT, ScsSettings, acceleration_lookback),
    NUMBER(INT, ScsSettings, acceleration_interval),
    NUMBER(INT, ScsSettings, acceleration_type_1),
    NUMBER(FLOAT, ScsSettings, acceleration_regularization),
    NUMBER(FLOAT, ScsSettings, acceleration_relaxation),
    NUMBER(INT, ScsSettings, adaptive_scale),
};

/* What came after the format was fixed. */
static const Field extension_cone_fields[] = {
    NUMBER(INT, ScsCone, cssize),
    ARRAY(INTS, ScsCone, cs, cssize, 0),
    NUMBER(INT, ScsCone, dsize),
    ARRAY(INTS, ScsCone, d, dsize, 0),
    NUMBER(INT, ScsCone, nucsize),
    ARRAY(INTS, ScsCone, nuc_m, nucsize, 0),
    ARRAY(INTS, ScsCone, nuc_n, nucsize, 0),
    NUMBER(INT, ScsCone, ell1_size),
    ARRAY(INTS, ScsCone, ell1, ell1_size, 0),
    NUMBER(INT, ScsCone, sl_size),
    ARRAY(INTS, ScsCone, sl_n, sl_size, 0),
    ARRAY(INTS, ScsCone, sl_k, sl_size, 0),
};

static const Field extension_setting_fields[] = {
    NUMBER(FLOAT, ScsSettings, time_limit_secs),
    NUMBER(INT, ScsSettings, adaptive_diag_scale),
};

typedef struct {
    const Field *fields;
    size_t count;
} Table;

#define TABLE(fields) {fields, sizeof(fields) / sizeof *(fields)}

static const Table cone_table = TABLE(cone_fields);
static const Table vector_table = TABLE(vector_fields);
static const Table setting_table = TABLE(setting_fields);
static const Table extension_cone_table = TABLE(extension_cone_fields);
static const Table extension_setting_table = TABLE(extension_setting_fields);

static uint64_t load(const unsigned char *number, size_t width) {
    if (width == sizeof(uint32_t)) {
        uint32_t word;
        memcpy(&word, number, sizeof word);
        return word;
    }
    uint64_t word;
    memcpy(&word, number, sizeof word);
    return word;
}

/* count numbers of 4 or 8 bytes, encoded a chunk at a time. */
static void put(ScsFile *file, const void *numbers, ptrdiff_t count, size_t width) {
    unsigned char chunk[4096];
    size_t used = 0;
    const unsigned char *number = numbers;
    for (ptrdiff_t i = 0; i < count; ++i, number += width) {
        uint64_t bits = load(number, width);
        for (size_t byte = 0; byte < width; ++byte) {
            chunk[used++] = (unsigned char)(bits & 0xff);
            bits >>= 8;
        }
        if (used == sizeof chunk) {
            scs_file_write(file, chunk, used);
            used = 0;
        }
    }
    scs_file_write(file, chunk, used);
}

static void put_uint32(ScsFile *file, uint32_t number) {
    put(file, &number, 1, sizeof number);
}

static void put_int(ScsFile *file, scs_int number) {
    put(file, &number, 1, sizeof number);
}

static void put_ints(ScsFile *file, const scs_int *numbers, scs_int count) {
    put(file, numbers, count, sizeof *numbers);
}

static void put_floats(ScsFile *file, const scs_float *numbers, scs_int count) {
    put(file, numbers, count, sizeof *numbers);
}

static const void *member(const void *object, size_t offset) {
    return (const char *)object + offset;
}

static scs_int length(const Field *array, const void *object) {
    return *(const scs_int *)member(object, array->count_offset) - array->count_minus;
}

static void put_table(ScsFile *file, const Table *table, const void *object) {
    for (size_t i = 0; i < table->count; ++i) {
        const Field *field = &table->fields[i];
        const void *value = member(object, field->offset);
        switch (field->shape) {
        case INT:
            put_ints(file, value, 1);
            break;
        case FLOAT:
            put_floats(file, value, 1);
            break;
        case INTS:
            put_ints(file, *(scs_int *const *)value, length(field, object));
            break;
        case FLOATS:
            put_floats(file, *(scs_float *const *)value, length(field, object));
            break;
        }
    }
}

static void put_head(ScsFile *file) {
    static const char version[] = SCS_VERSION;
    put_uint32(file, sizeof(scs_int));
    put_uint32(file, sizeof(scs_float));
    put_uint32(file, sizeof version - 1);
    scs_file_write(file, version, sizeof version - 1);
}

static void put_matrix(ScsFile *file, const ScsMatrix *a) {
    const scs_int entries = a->p[a->n];
    put_int(file, a->m);
    put_int(file, a->n);
    put_ints(file, a->p, a->n);
    put_int(file, entries); /* read once, in case another thread is writing there */
    put_floats(file, a->x, entries);
    put_ints(file, a->i, entries);
}

static void put_data(ScsFile *file, const ScsData *data) {
    put_table(file, &vector_table, data);
    put_matrix(file, data->A);
    put_int(file, data->P != NULL);
    if (data->P) {
        put_matrix(file, data->P);
    }
}

static void put_extension(ScsFile *file, const ScsCone *cone,
                          const ScsSettings *settings) {
    put_uint32(file, extension_magic);
    put_uint32(file, extension_version);
    put_table(file, &extension_cone_table, cone);
    put_table(file, &extension_setting_table, settings);
}

ScsErrorCode scs_problem_file_write(const ScsData *data, const ScsCone *cone,
                                    const ScsSettings *settings, ScsError *error) {
    ScsFile file;
    const ScsErrorCode code = scs_file_create(&file, "write_data_filename",
                                              settings->write_data_filename, error);
    if (code) {
        return code;
    }
    put_head(&file);
    put_table(&file, &cone_table, cone);
    put_data(&file, data);
    put_table(&file, &setting_table, settings);
    put_extension(&file, cone, settings);
    return scs_file_close(&file, error);
}
