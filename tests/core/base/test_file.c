/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include "support/check.h"
#include "support/files.h"

static const char path[] = "test_file.tmp";

static void check_content(const char *expected) {
    size_t size = 0;
    char *bytes = test_read_file(path, &size);
    if (CHECK(bytes)) {
        CHECK_EQUAL(size, strlen(expected));
        CHECK(strcmp(bytes, expected) == 0);
    }
    free(bytes);
}

static void write_text(ScsErrorCode (*open)(ScsFile *, const char *, const char *,
                                            ScsError *),
                       const char *text) {
    ScsFile file;
    ScsError error = {0};
    if (CHECK_EQUAL(open(&file, "setting", path, &error), SCS_OK)) {
        scs_file_write(&file, text, strlen(text));
        CHECK_EQUAL(scs_file_close(&file, &error), SCS_OK);
        CHECK(!file.stream);
        CHECK_EQUAL(scs_file_close(&file, &error), SCS_OK); /* again: nothing to do */
    }
}

static void creates_and_appends(void) {
    remove(path);
    write_text(scs_file_append, "");
    check_content("");
    write_text(scs_file_create, "one\ntwo\n");
    check_content("one\ntwo\n"); /* line ends as they are */
    write_text(scs_file_append, "");
    check_content("one\ntwo\n");
    write_text(scs_file_append, "three");
    check_content("one\ntwo\nthree");
    write_text(scs_file_create, "four");
    check_content("four");
    remove(path);
}

static void says_why_not(void) {
    ScsFile file;
    ScsError error = {0};
    CHECK_EQUAL(scs_file_create(&file, "a_setting", "no/such/folder", &error),
                SCS_ERROR_FILE);
    CHECK_EQUAL(error.code, SCS_ERROR_FILE);
    CHECK(!file.stream);
    CHECK_CONTAINS(error.message, "a_setting: cannot open 'no/such/folder': ");
    CHECK_CONTAINS(error.message, "o such file or directory");
    CHECK_EQUAL(scs_file_append(&file, "a_setting", "", &error), SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "cannot open '': ");
    CHECK_EQUAL(scs_file_append(&file, "a_setting", ".", &error), SCS_ERROR_FILE);
}

/* The reason fits whatever the length of the path. */
static void long_paths_are_cut(void) {
    char name[3001];
    const int length = snprintf(name, sizeof name, "begin/%02980d/end", 7);
    CHECK(length > 2980 && (size_t)length < sizeof name);
    ScsFile file;
    ScsError error = {0};
    CHECK_EQUAL(scs_file_create(&file, "write_data_filename", name, &error),
                SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "write_data_filename: cannot open '...000");
    CHECK_CONTAINS(error.message, "07/end': ");
    CHECK(strlen(error.message) < sizeof error.message - 1);
}

/* A device that takes no bytes, where there is one. */
static void a_failed_write_is_told_at_the_end(void) {
    static const char full[] = "/dev/full";
    FILE *device = fopen(full, "rb");
    if (!device) {
        return;
    }
    fclose(device);
    for (int many = 0; many < 2; ++many) { /* at the end; on the way */
        ScsFile file;
        ScsError error = {0};
        if (!CHECK_EQUAL(scs_file_create(&file, "setting", full, &error), SCS_OK)) {
            return;
        }
        for (int k = 0; k < (many ? 100000 : 1); ++k) {
            scs_file_write(&file, "0123456789", 10);
        }
        CHECK_EQUAL(file.reason != 0, many);
        CHECK_EQUAL(scs_file_close(&file, &error), SCS_ERROR_FILE);
        CHECK_CONTAINS(error.message, "setting: cannot write '/dev/full': No space");
        CHECK(!file.stream);
    }
}

int main(void) {
    static const CheckCase cases[] = {
        {"creates and appends", creates_and_appends},
        {"says why not", says_why_not},
        {"long paths are cut", long_paths_are_cut},
        {"a failed write is told at the end", a_failed_write_is_told_at_the_end},
    };
    return CHECK_RUN(cases);
}
