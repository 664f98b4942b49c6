/* SPDX-License-Identifier: MIT
 *
 * Like an arena, a reader fails once and for all: after the first error the later calls do
 * nothing, so that what is read can be stated in a straight line.
 */
#include "io/problem_read.h"

#include "base/arena.h"
#include "cones/cone_set.h"
#include "io/problem_format.h"
#include "problem/settings.h"
#include "problem/validate.h"

#include <string.h>

typedef struct {
    ScsStoredProblem shown; /* first: what the caller gets points here */
    ScsMatrix a, p;
    ScsArena arena; /* owns this struct too */
} Stored;

typedef struct {
    ScsByteSource *source;
    ScsArena *arena;
    size_t int_width, float_width; /* in the file */
    ScsErrorCode code;
    ScsError *error;
} Reader;

enum { CHUNK = 4096, WIDEST = 8 };

/* The sentence of a file that ends early is the same everywhere. */
static void fail_short(Reader *reader, const char *name, uint64_t count, size_t width) {
    reader->code = scs_error_set(
        reader->error, SCS_ERROR_PROBLEM,
        "the file ends too early: %s is %llu x %d bytes, %llu bytes are left", name,
        (unsigned long long)count, (int)width,
        (unsigned long long)reader->source->left);
}

static bool has_room(Reader *reader, const char *name, uint64_t count, size_t width) {
    if (!reader->code && count > reader->source->left / width) {
        fail_short(reader, name, count, width);
    }
    return !reader->code;
}

/* The next count numbers, at most a chunk of them. */
static bool fetch(Reader *reader, const char *name, unsigned char *bytes, size_t count,
                  size_t width) {
    if (!has_room(reader, name, count, width)) {
        return false;
    }
    if (!scs_byte_source_read(reader->source, bytes, count * width)) {
        fail_short(reader, name, count, width);
    }
    return !reader->code;
}

static uint64_t decode(const unsigned char *bytes, size_t width) {
    uint64_t bits = 0;
    for (size_t byte = 0; byte < width; ++byte) {
        bits |= (uint64_t)bytes[byte] << (8 * byte);
    }
    return bits;
}

/* Two's complement, without relying on how a conversion treats what does not fit. */
static int64_t decode_int(const unsigned char *bytes, size_t width) {
    uint64_t bits = decode(bytes, width);
    if (width == sizeof(uint32_t) && bits >> 31) {
        bits |= ~(uint64_t)UINT32_MAX;
    }
    return bits >> 63 ? -(int64_t)~bits - 1 : (int64_t)bits;
}

static double decode_float(const unsigned char *bytes, size_t width) {
    const uint64_t bits = decode(bytes, width);
    if (width == sizeof(float)) {
        const uint32_t low = (uint32_t)bits;
        float value;
        memcpy(&value, &low, sizeof value);
        return value;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t read_uint32(Reader *reader, const char *name) {
    unsigned char bytes[sizeof(uint32_t)];
    const bool there = fetch(reader, name, bytes, 1, sizeof bytes);
    return there ? (uint32_t)decode(bytes, sizeof bytes) : 0;
}

static size_t smaller(uint64_t a, size_t b) { return a < b ? (size_t)a : b; }

static void read_ints(Reader *reader, const char *name, scs_int *out, uint64_t count) {
    static const scs_int largest =
        (scs_int)(((uint64_t)1 << (8 * sizeof(scs_int) - 1)) - 1);
    unsigned char chunk[CHUNK];
    const size_t width = reader->int_width;
    for (uint64_t done = 0; done < count;) {
        const size_t part = smaller(count - done, CHUNK / width);
        if (!fetch(reader, name, chunk, part, width)) {
            return;
        }
        for (size_t k = 0; k < part; ++k) {
            const int64_t value = decode_int(chunk + k * width, width);
            if (value > largest || value < -(int64_t)largest - 1) {
                reader->code = scs_error_set(
                    reader->error, SCS_ERROR_PROBLEM,
                    "%s: %lld is too large for integers of %d bytes, those of "
                    "this library",
                    name, (long long)value, (int)sizeof(scs_int));
                return;
            }
            out[done + k] = (scs_int)value;
        }
        done += part;
    }
}

static void read_floats(Reader *reader, const char *name, scs_float *out,
                        uint64_t count) {
    unsigned char chunk[CHUNK];
    const size_t width = reader->float_width;
    for (uint64_t done = 0; done < count;) {
        const size_t part = smaller(count - done, CHUNK / width);
        if (!fetch(reader, name, chunk, part, width)) {
            return;
        }
        for (size_t k = 0; k < part; ++k) {
            out[done + k] = decode_float(chunk + k * width, width);
        }
        done += part;
    }
}

/* Memory for count numbers, if the file has that many. */
static void *room_for(Reader *reader, const char *name, uint64_t count, size_t width,
                      size_t size) {
    if (!has_room(reader, name, count, width)) {
        return NULL;
    }
    void *numbers = count <= PTRDIFF_MAX
                        ? scs_arena_allocate(reader->arena, (ptrdiff_t)count, size)
                        : NULL;
    if (!numbers) {
        reader->code = scs_error_memory(reader->error);
    }
    return numbers;
}

static scs_int *new_ints(Reader *reader, const char *name, uint64_t count) {
    scs_int *numbers =
        room_for(reader, name, count, reader->int_width, sizeof *numbers);
    if (numbers) {
        read_ints(reader, name, numbers, count);
    }
    return numbers;
}

static scs_float *new_floats(Reader *reader, const char *name, uint64_t count) {
    scs_float *numbers =
        room_for(reader, name, count, reader->float_width, sizeof *numbers);
    if (numbers) {
        read_floats(reader, name, numbers, count);
    }
    return numbers;
}

static void read_array(Reader *reader, const ScsField *field, void *object) {
    const scs_int counter = scs_field_counter(field, object);
    if (counter < 0) {
        reader->code =
            scs_error_set(reader->error, SCS_ERROR_PROBLEM,
                          "%s is %lld, must not be negative: it says how long %s is",
                          field->count_name, (long long)counter, field->name);
        return;
    }
    const int64_t length = scs_field_length(field, object);
    if (length <= 0) {
        return; /* the pointer stays NULL */
    }
    void *member = scs_field_of(field, object);
    if (field->shape == SCS_SHAPE_INTS) {
        *(scs_int **)member = new_ints(reader, field->name, (uint64_t)length);
    } else {
        *(scs_float **)member = new_floats(reader, field->name, (uint64_t)length);
    }
}

/* Fields that are younger than the version stay as they are. */
static void read_table(Reader *reader, const ScsFieldTable *table, int version,
                       void *object) {
    for (size_t i = 0; i < table->count && !reader->code; ++i) {
        const ScsField *field = &table->fields[i];
        if (field->since > version) {
            continue;
        }
        if (field->shape == SCS_SHAPE_INT) {
            read_ints(reader, field->name, scs_field_of(field, object), 1);
        } else if (field->shape == SCS_SHAPE_FLOAT) {
            read_floats(reader, field->name, scs_field_of(field, object), 1);
        } else {
            read_array(reader, field, object);
        }
    }
}

/* Bytes of a table without arrays. */
static uint64_t table_size(const Reader *reader, const ScsFieldTable *table,
                           int version) {
    uint64_t size = 0;
    for (size_t i = 0; i < table->count; ++i) {
        const ScsField *field = &table->fields[i];
        if (field->since <= version) {
            size +=
                field->shape == SCS_SHAPE_INT ? reader->int_width : reader->float_width;
        }
    }
    return size;
}

static size_t read_width(Reader *reader, const char *name) {
    const uint32_t width = read_uint32(reader, name);
    if (!reader->code && width != 4 && width != 8) {
        reader->code = scs_error_set(reader->error, SCS_ERROR_PROBLEM,
                                     "not a problem file: %s is %lu, must be 4 or 8",
                                     name, (unsigned long)width);
    }
    return width == 8 ? 8 : 4; /* something to divide by, come what may */
}

static void read_head(Reader *reader, char *version, size_t room) {
    reader->int_width = read_width(reader, "the width of integers");
    reader->float_width = read_width(reader, "the width of floats");
    const uint32_t length = read_uint32(reader, "the length of the version");
    if (reader->code) {
        return;
    }
    if (length >= room) {
        reader->code = scs_error_set(
            reader->error, SCS_ERROR_PROBLEM,
            "not a problem file: the version has %lu characters, at most %d are read",
            (unsigned long)length, (int)room - 1);
        return;
    }
    fetch(reader, "the version", (unsigned char *)version, length, 1);
    for (uint32_t k = 0; k < length && !reader->code; ++k) {
        if (version[k] < 32 || version[k] > 126) {
            reader->code = scs_error_set(
                reader->error, SCS_ERROR_PROBLEM,
                "not a problem file: character %lu of the version is not printable",
                (unsigned long)k);
        }
    }
}

typedef struct {
    const char *m, *n, *p, *x, *i;
} MatrixNames;

static void read_matrix(Reader *reader, const MatrixNames *names, ScsMatrix *a) {
    read_ints(reader, names->m, &a->m, 1);
    read_ints(reader, names->n, &a->n, 1);
    if (!reader->code && (a->m < 0 || a->n < 0)) {
        reader->code = scs_error_set(
            reader->error, SCS_ERROR_PROBLEM, "%s is %lld, must not be negative",
            a->m < 0 ? names->m : names->n, (long long)(a->m < 0 ? a->m : a->n));
    }
    if (reader->code) {
        return;
    }
    a->p = new_ints(reader, names->p, (uint64_t)a->n + 1);
    if (reader->code) {
        return;
    }
    const scs_int entries = a->p[a->n];
    if (entries < 0) {
        reader->code = scs_error_set(reader->error, SCS_ERROR_PROBLEM,
                                     "the last entry of %s is %lld, must not be "
                                     "negative: it counts the entries",
                                     names->p, (long long)entries);
        return;
    }
    a->x = new_floats(reader, names->x, (uint64_t)entries);
    a->i = new_ints(reader, names->i, (uint64_t)entries);
}

static void read_data(Reader *reader, Stored *stored) {
    static const MatrixNames a_names = {"rows of A", "columns of A",
                                        "column pointers of A", "values of A",
                                        "row indices of A"};
    static const MatrixNames p_names = {"rows of P", "columns of P",
                                        "column pointers of P", "values of P",
                                        "row indices of P"};
    ScsData *data = &stored->shown.data;
    read_table(reader, &scs_vector_format, 0, data);
    if (!reader->code) {
        read_matrix(reader, &a_names, &stored->a);
        data->A = &stored->a;
    }
    scs_int has_p = 0;
    if (!reader->code) {
        read_ints(reader, "the mark of P", &has_p, 1);
    }
    if (!reader->code && has_p != 0 && has_p != 1) {
        reader->code =
            scs_error_set(reader->error, SCS_ERROR_PROBLEM,
                          "the mark of P is %lld, must be 0 or 1", (long long)has_p);
    }
    if (!reader->code && has_p) {
        read_matrix(reader, &p_names, &stored->p);
        data->P = &stored->p;
    }
}

static void read_settings(Reader *reader, ScsSettings *settings) {
    if (reader->code) {
        return;
    }
    /* Releases without the youngest of these settings wrote no extension either. */
    const bool old = reader->source->left == table_size(reader, &scs_setting_format, 0);
    read_table(reader, &scs_setting_format, old ? 0 : 1, settings);
}

static void read_extension(Reader *reader, ScsStoredProblem *problem) {
    if (reader->code || reader->source->left == 0) {
        return; /* a file of before the extension */
    }
    const uint32_t magic = read_uint32(reader, "the mark of the extension");
    if (!reader->code && magic != scs_extension_magic) {
        reader->code = scs_error_set(
            reader->error, SCS_ERROR_PROBLEM,
            "after the settings stands %08lx, neither the end of the file nor the "
            "mark of the extension, %08lx",
            (unsigned long)magic, (unsigned long)scs_extension_magic);
    }
    const uint32_t version = read_uint32(reader, "the version of the extension");
    if (!reader->code && (version < 1 || version > scs_extension_version)) {
        reader->code =
            scs_error_set(reader->error, SCS_ERROR_PROBLEM,
                          "the extension has version %lu, this library knows 1 to %lu",
                          (unsigned long)version, (unsigned long)scs_extension_version);
    }
    read_table(reader, &scs_extension_cone_format, (int)version, &problem->cone);
    read_table(reader, &scs_extension_setting_format, (int)version, &problem->settings);
    if (!reader->code && reader->source->left > 0) {
        reader->code = scs_error_set(reader->error, SCS_ERROR_PROBLEM,
                                     "%llu bytes follow after the end of the problem",
                                     (unsigned long long)reader->source->left);
    }
}

static ScsErrorCode check(const ScsStoredProblem *problem, ScsError *error) {
    ScsErrorCode code = scs_validate_layout(&problem->data, error);
    code = code ? code : scs_validate_entries(&problem->data, error);
    code = code ? code : scs_cone_set_validate(&problem->cone, problem->data.m, error);
    return code ? code : scs_settings_validate(&problem->settings, error);
}

ScsErrorCode scs_problem_read(ScsStoredProblem **out, ScsByteSource *source,
                              ScsError *error) {
    *out = NULL;
    ScsArena arena = {0};
    Stored *stored = SCS_NEW(&arena, Stored, 1);
    if (!stored) {
        return scs_error_memory(error);
    }
    ScsStoredProblem *problem = &stored->shown;
    scs_settings_defaults(&problem->settings);
    Reader reader = {.source = source, .arena = &arena, .error = error};
    read_head(&reader, problem->version, sizeof problem->version);
    read_table(&reader, &scs_cone_format, 0, &problem->cone);
    read_data(&reader, stored);
    read_settings(&reader, &problem->settings);
    read_extension(&reader, problem);
    const ScsErrorCode code = reader.code ? reader.code : check(problem, error);
    if (code) {
        scs_arena_release(&arena);
        return code;
    }
    stored->arena = arena;
    *out = problem;
    return SCS_OK;
}

void scs_problem_release(ScsStoredProblem *problem) {
    if (problem) {
        ScsArena arena = ((Stored *)problem)->arena; /* it goes with what it owns */
        scs_arena_release(&arena);
    }
}
