/* SPDX-License-Identifier: MIT */
#include "io/problem_file.h"

#include "base/file.h"
#include "io/problem_format.h"

#include <string.h>

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
static void put(ScsFile *file, const void *numbers, int64_t count, size_t width) {
    unsigned char chunk[4096];
    size_t used = 0;
    const unsigned char *number = numbers;
    for (int64_t i = 0; i < count; ++i, number += width) {
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

static void put_ints(ScsFile *file, const scs_int *numbers, int64_t count) {
    put(file, numbers, count, sizeof *numbers);
}

static void put_floats(ScsFile *file, const scs_float *numbers, int64_t count) {
    put(file, numbers, count, sizeof *numbers);
}

static void put_table(ScsFile *file, const ScsFieldTable *table, const void *object) {
    for (size_t i = 0; i < table->count; ++i) {
        const ScsField *field = &table->fields[i];
        const void *value = scs_const_field_of(field, object);
        switch (field->shape) {
        case SCS_SHAPE_INT:
            put_ints(file, value, 1);
            break;
        case SCS_SHAPE_FLOAT:
            put_floats(file, value, 1);
            break;
        case SCS_SHAPE_INTS:
            put_ints(file, *(scs_int *const *)value, scs_field_length(field, object));
            break;
        case SCS_SHAPE_FLOATS:
            put_floats(file, *(scs_float *const *)value,
                       scs_field_length(field, object));
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
    put_table(file, &scs_vector_format, data);
    put_matrix(file, data->A);
    put_int(file, data->P != NULL);
    if (data->P) {
        put_matrix(file, data->P);
    }
}

static void put_extension(ScsFile *file, const ScsCone *cone,
                          const ScsSettings *settings) {
    put_uint32(file, scs_extension_magic);
    put_uint32(file, scs_extension_version);
    put_table(file, &scs_extension_cone_format, cone);
    put_table(file, &scs_extension_setting_format, settings);
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
    put_table(&file, &scs_cone_format, cone);
    put_data(&file, data);
    put_table(&file, &scs_setting_format, settings);
    put_extension(&file, cone, settings);
    return scs_file_close(&file, error);
}
