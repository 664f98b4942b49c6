/* SPDX-License-Identifier: MIT
 *
 * Control groups in a folder of our own, laid out as Linux does. What may be done with
 * folders is POSIX; elsewhere the absence of all is tested.
 */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200112L
#endif

#include "base/cgroup.h"

#include "support/check.h"

#include <stdlib.h>

#if !defined(_WIN32)
#include <sys/stat.h>

static const char *const root = "test_cgroup.tmp";

enum { MOST = 64, SIZE = 6000 };

/* What has been made, to be removed in the opposite order. */
static char *made[MOST];
static int count;

static void note(const char *name) {
    if (CHECK(count < MOST)) {
        made[count] = (char *)malloc(strlen(name) + 1);
        strcpy(made[count++], name);
    }
}

/* Write a file below the root, making the folders above it. */
static void put(const char *path, const char *text) {
    char name[SIZE];
    snprintf(name, sizeof name, "%s%s", root, path);
    for (char *at = strchr(name, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(name, 0700) == 0) {
            note(name);
        }
        *at = '/';
    }
    FILE *stream = fopen(name, "r");
    if (!stream) {
        note(name);
    } else {
        fclose(stream);
    }
    stream = fopen(name, "w");
    if (CHECK(stream)) {
        fputs(text, stream);
        fclose(stream);
    }
}

static void clear(void) {
    while (count > 0) {
        CHECK_EQUAL(remove(made[--count]), 0);
        free(made[count]);
    }
}

static void second_version(void) {
    put("/proc/self/cgroup", "0::/a/b/c\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 0);
    put("/sys/fs/cgroup/a/b/c/memory.max", "max\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 0);
    put("/sys/fs/cgroup/a/memory.max", "8589934592\n"); /* holds for all inside */
    CHECK_EQUAL(scs_cgroup_memory(root), 8589934592.0);
    put("/sys/fs/cgroup/a/b/memory.max", "9000000000\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 8589934592.0);
    put("/sys/fs/cgroup/a/b/c/memory.max", "1000000\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 1000000);
    put("/sys/fs/cgroup/other/memory.max", "5\n"); /* not ours */
    CHECK_EQUAL(scs_cgroup_memory(root), 1000000);
    clear();
}

/* The path is the host's, the folder that of the container. */
static void mount_point_of_a_container(void) {
    put("/proc/self/cgroup", "0::/docker/0123456789abcdef\n");
    put("/sys/fs/cgroup/memory.max", "4096000\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 4096000);
    clear();
    put("/proc/self/cgroup", "0::/\n");
    put("/sys/fs/cgroup/memory.max", "4096001");
    CHECK_EQUAL(scs_cgroup_memory(root), 4096001);
    clear();
}

static void first_version(void) {
    put("/proc/self/cgroup", "12:cpu,cpuacct:/x\n"
                             "7:name=memory:/z\n"
                             "4:hugetlb,memory:/x/y\n"
                             "0::/v\n");
    put("/sys/fs/cgroup/memory/x/y/memory.limit_in_bytes", "9223372036854771712\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 9223372036854771712.0);
    put("/sys/fs/cgroup/memory/x/memory.limit_in_bytes", "300000000\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 300000000);
    put("/sys/fs/cgroup/memory/z/memory.limit_in_bytes", "3\n"); /* another hierarchy */
    CHECK_EQUAL(scs_cgroup_memory(root), 300000000);
    put("/sys/fs/cgroup/unified/v/memory.max", "200000000\n");
    CHECK_EQUAL(scs_cgroup_memory(root), 200000000);
    clear();
}

static void nonsense_is_no_limit(void) {
    const char *const lines[] = {"",      "\n",       "0",     "0:\n",         "0::\n",
                                 ":::\n", "memory\n", "0::/a", "0::/../../a\n"};
    const char *const limits[] = {"", "\n", "-5\n", "0\n", "maximal", " 7\n", "no"};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; ++k) {
        put("/proc/self/cgroup", lines[k]);
        CHECK_EQUAL(scs_cgroup_memory(root), 0);
        clear();
    }
    for (size_t k = 0; k < sizeof limits / sizeof *limits; ++k) {
        put("/proc/self/cgroup", "0::/a\n");
        put("/sys/fs/cgroup/a/memory.max", limits[k]);
        CHECK_EQUAL(scs_cgroup_memory(root), 0);
        clear();
    }
}

/* A line that is too long is passed over, with all that looks like another line in it. */
static void long_lines(void) {
    static char text[2 * SIZE];
    for (int length = 4070; length < 4120; ++length) {
        memset(text, 'x', sizeof text);
        memcpy(text, "9:a:/", 5);
        strcpy(text + length, "0::/a\n4:memory:/b\n");
        put("/proc/self/cgroup", text);
        put("/sys/fs/cgroup/memory/b/memory.limit_in_bytes", "77\n");
        put("/sys/fs/cgroup/a/memory.max", "66\n");
        CHECK_EQUAL(scs_cgroup_memory(root), 77);
        clear();
    }
    memset(text, '/', sizeof text);
    text[sizeof text - 1] = '\0';
    CHECK_EQUAL(scs_cgroup_memory(text), 0);
}

#endif

static void nothing_there(void) {
    CHECK_EQUAL(scs_cgroup_memory("no/such/folder"), 0);
    CHECK(scs_cgroup_memory("") >= 0); /* whatever this machine says */
}

int main(void) {
    static const CheckCase cases[] = {
#if !defined(_WIN32)
        {"second version", second_version},
        {"mount point of a container", mount_point_of_a_container},
        {"first version", first_version},
        {"nonsense is no limit", nonsense_is_no_limit},
        {"long lines", long_lines},
#endif
        {"nothing there", nothing_there},
    };
    return CHECK_RUN(cases);
}
