/* SPDX-License-Identifier: MIT */
#include "io/byte_source.h"

#include "support/check.h"

static const char path[] = "test_byte_source.tmp";

static void write_text(const char *text) {
    FILE *stream = fopen(path, "wb");
    if (CHECK(stream)) {
        fputs(text, stream);
        fclose(stream);
    }
}

static void check_reads(ScsByteSource *source) {
    unsigned char bytes[8] = {0};
    CHECK_EQUAL(source->left, 7);
    CHECK(scs_byte_source_read(source, bytes, 3));
    CHECK(memcmp(bytes, "abc", 3) == 0);
    CHECK_EQUAL(source->left, 4);
    CHECK(!scs_byte_source_read(source, bytes, 5));
    CHECK(!scs_byte_source_read(source, bytes, SIZE_MAX));
    CHECK_EQUAL(source->left, 4);
    CHECK(scs_byte_source_read(source, bytes, 0));
    CHECK(scs_byte_source_read(source, bytes, 4));
    CHECK(memcmp(bytes, "d\r\ne", 4) == 0);
    CHECK_EQUAL(source->left, 0);
    CHECK(!scs_byte_source_read(source, bytes, 1));
    CHECK(scs_byte_source_read(source, bytes, 0));
    scs_byte_source_close(source);
    CHECK(!source->stream);
    scs_byte_source_close(source); /* again: nothing to do */
}

static void files(void) {
    write_text("abcd\r\ne");
    ScsByteSource source;
    ScsError error;
    if (CHECK(scs_byte_source_open(&source, "it", path, &error) == SCS_OK)) {
        check_reads(&source);
    }
    remove(path);
}

static void memory(void) {
    ScsByteSource source = {.bytes = (const unsigned char *)"abcd\r\ne", .left = 7};
    check_reads(&source);
    ScsByteSource nothing = {0};
    CHECK(scs_byte_source_read(&nothing, NULL, 0));
}

static void a_file_that_shrinks(void) {
    write_text("abcd\r\ne");
    ScsByteSource source;
    ScsError error;
    if (CHECK(scs_byte_source_open(&source, "it", path, &error) == SCS_OK)) {
        write_text("ab");
        unsigned char bytes[4];
        CHECK(!scs_byte_source_read(&source, bytes, 4));
        scs_byte_source_close(&source);
    }
    remove(path);
}

static void what_is_no_file(void) {
    ScsByteSource source;
    ScsError error;
    CHECK(scs_byte_source_open(&source, "it", "no/such/file", &error) ==
          SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "it: cannot open 'no/such/file': ");
    CHECK(!source.stream);
    CHECK(scs_byte_source_open(&source, "it", ".", &error) == SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "it: cannot ");
    CHECK(!source.stream);
#ifdef __linux__
    CHECK(scs_byte_source_open(&source, "it", "/dev/zero", &error) == SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "it: cannot read '/dev/zero': ");
#endif
}

int main(void) {
    static const CheckCase cases[] = {
        {"files", files},
        {"memory", memory},
        {"a file that shrinks", a_file_that_shrinks},
        {"what is no file", what_is_no_file},
    };
    return CHECK_RUN(cases);
}
