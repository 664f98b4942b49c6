/* SPDX-License-Identifier: MIT
 *
 * The tables leave out nothing: every byte of the structs belongs to a field of a table, or
 * is padding, or holds a file name.
 */
#include "io/problem_format.h"

#include "support/check.h"

#include <stdbool.h>

enum { ROOM = 1024 };

typedef struct {
    bool covered[ROOM];
    bool twice;
} Coverage;

static size_t size_of(const ScsField *field) {
    return field->shape == SCS_SHAPE_INT     ? sizeof(scs_int)
           : field->shape == SCS_SHAPE_FLOAT ? sizeof(scs_float)
                                             : sizeof(void *);
}

static void cover(Coverage *coverage, size_t offset, size_t size) {
    for (size_t k = offset; k < offset + size; ++k) {
        coverage->twice = coverage->twice || coverage->covered[k];
        coverage->covered[k] = true;
    }
}

static void cover_table(Coverage *coverage, const ScsFieldTable *table) {
    for (size_t i = 0; i < table->count; ++i) {
        cover(coverage, table->fields[i].offset, size_of(&table->fields[i]));
    }
}

/* Padding is shorter than what it aligns, so a forgotten member leaves a longer gap unless
 * it is a single int in a place where padding was. */
static void check_gaps(const Coverage *coverage, size_t size) {
    size_t gap = 0, longest = 0;
    for (size_t k = 0; k < size; ++k) {
        gap = coverage->covered[k] ? 0 : gap + 1;
        longest = gap > longest ? gap : longest;
    }
    CHECK(!coverage->twice);
    CHECK(size <= ROOM);
    CHECK(longest < sizeof(double)); /* none is aligned to more */
}

static void every_member_of_a_cone(void) {
    Coverage coverage = {0};
    cover_table(&coverage, &scs_cone_format);
    cover_table(&coverage, &scs_extension_cone_format);
    check_gaps(&coverage, sizeof(ScsCone));
}

static void every_setting(void) {
    Coverage coverage = {0};
    cover_table(&coverage, &scs_setting_format);
    cover_table(&coverage, &scs_extension_setting_format);
    cover(&coverage, offsetof(ScsSettings, write_data_filename), sizeof(char *));
    cover(&coverage, offsetof(ScsSettings, log_csv_filename), sizeof(char *));
    check_gaps(&coverage, sizeof(ScsSettings));
}

/* An array comes after the number that says how long it is, or reading cannot work. */
static void counts_come_first(void) {
    const ScsFieldTable *tables[] = {&scs_cone_format, &scs_vector_format,
                                     &scs_extension_cone_format};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; ++t) {
        for (size_t i = 0; i < tables[t]->count; ++i) {
            const ScsField *field = &tables[t]->fields[i];
            bool found = field->shape == SCS_SHAPE_INT;
            for (size_t k = 0; k < i && !found; ++k) {
                const ScsField *other = &tables[t]->fields[k];
                found = other->shape == SCS_SHAPE_INT &&
                        other->offset == field->count_offset &&
                        strcmp(other->name, field->count_name) == 0;
            }
            if (!CHECK(found)) {
                printf("    no count before %s\n", field->name);
            }
        }
    }
}

static void lengths(void) {
    const ScsCone cone = {.bsize = 4, .qsize = -2};
    for (size_t i = 0; i < scs_cone_format.count; ++i) {
        const ScsField *field = &scs_cone_format.fields[i];
        if (strcmp(field->name, "bl") == 0) {
            CHECK_EQUAL(scs_field_length(field, &cone), 3);
            CHECK(scs_const_field_of(field, &cone) == (const void *)&cone.bl);
        }
        if (strcmp(field->name, "q") == 0) {
            CHECK_EQUAL(scs_field_counter(field, &cone), -2);
        }
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"every member of a cone", every_member_of_a_cone},
        {"every setting", every_setting},
        {"counts come first", counts_come_first},
        {"lengths", lengths},
    };
    return CHECK_RUN(cases);
}
