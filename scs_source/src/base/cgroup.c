/* SPDX-License-Identifier: MIT
 *
 * /proc/self/cgroup has a line "number:controllers:path" for each hierarchy that the
 * process is in; that of the second version has the number 0 and no controllers. A path
 * begins at the hierarchy's mount point, in a container perhaps below what is mounted
 * there: what cannot be found is no limit, and the mount point itself is looked at, too.
 */
#include "base/cgroup.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 4096, NAME = LINE + 512 };

typedef struct {
    const char *root;
    double least; /* 0: none yet */
} Search;

/* Where hierarchies are mounted: the second version alone, and beside the first. */
static const char *const unified[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
static const char *const memory = "/sys/fs/cgroup/memory";

/* A limit is a number; "max" says that there is none. */
static void read_limit(Search *search, const char *name) {
    FILE *stream = fopen(name, "r");
    char text[64];
    if (stream && fgets(text, sizeof text, stream) && *text >= '0' && *text <= '9') {
        const double limit = (double)strtoull(text, NULL, 10);
        if (limit > 0 && (search->least == 0 || limit < search->least)) {
            search->least = limit;
        }
    }
    if (stream) {
        (void)fclose(stream);
    }
}

/* Look at the group of this path and all around it. */
static void climb(Search *search, const char *mount, const char *path,
                  const char *file) {
    char name[NAME];
    size_t length = strlen(path);
    for (;;) {
        const int size = snprintf(name, sizeof name, "%s%s%.*s/%s", search->root, mount,
                                  (int)length, path, file);
        if (size > 0 && (size_t)size < sizeof name) {
            read_limit(search, name);
        }
        if (length == 0) {
            return;
        }
        do {
            --length;
        } while (length > 0 && path[length] != '/');
    }
}

/* Whether a list with commas between its words has this one. */
static bool lists(const char *list, const char *word) {
    const size_t size = strlen(word);
    for (const char *at = list; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, word, size) == 0 && (at[size] == ',' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}

static void read_line(Search *search, char *line) {
    char *const controllers = strchr(line, ':');
    char *const path = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!path) {
        return;
    }
    *path = '\0';
    if (lists(controllers + 1, "memory")) {
        climb(search, memory, path + 1, "memory.limit_in_bytes");
    } else if (controllers[1] == '\0') {
        for (size_t k = 0; k < sizeof unified / sizeof *unified; ++k) {
            climb(search, unified[k], path + 1, "memory.max");
        }
    }
}

double scs_cgroup_memory(const char *root) {
    Search search = {.root = root};
    char line[LINE];
    if (snprintf(line, sizeof line, "%s/proc/self/cgroup", root) >= LINE) {
        return 0;
    }
    FILE *stream = fopen(line, "r");
    bool begins = true; /* a line, and does not go on with one that is too long */
    while (stream && fgets(line, sizeof line, stream)) {
        char *const end = strchr(line, '\n');
        if (begins && end) {
            *end = '\0';
            read_line(&search, line);
        }
        begins = end != NULL;
    }
    if (stream) {
        (void)fclose(stream);
    }
    return search.least;
}
