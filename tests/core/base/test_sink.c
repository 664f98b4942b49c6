/* SPDX-License-Identifier: MIT */
#include "base/sink.h"

#include "support/check.h"

#include <stdlib.h>

typedef struct {
    char text[4096];
    int calls;
} Capture;

static void keep(void *context, const char *text) {
    Capture *capture = context;
    const size_t used = strlen(capture->text);
    snprintf(capture->text + used, sizeof capture->text - used, "%s", text);
    ++capture->calls;
}

static void a_hook_gets_the_text(void) {
    Capture capture = {0};
    const ScsHooks hooks = {.context = &capture, .print = keep};
    scs_sink_print(&hooks, "%d%%|", 50);
    scs_sink_print(&hooks, "%s\n", "done");
    CHECK(strcmp(capture.text, "50%|done\n") == 0);
    CHECK_EQUAL(capture.calls, 2);
}

static void long_text_is_cut_at_one_kilobyte(void) {
    Capture capture = {0};
    const ScsHooks hooks = {.context = &capture, .print = keep};
    char text[3000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    scs_sink_print(&hooks, "%s", text);
    CHECK_EQUAL(strlen(capture.text), 1023);
}

/* Without a hook the text goes to the standard output at once; that is seen by sending the
 * latter to a file and reading the file back. Run last: stdout stays there, so what this
 * case finds is told through the exit status. */
static int standard_output(const char *program) {
    char name[512];
    snprintf(name, sizeof name, "%s.out", program);
    if (!freopen(name, "w", stdout)) {
        return 1;
    }
    const ScsHooks none = {0};
    scs_sink_print(NULL, "one %d,", 1);
    scs_sink_print(&none, "two %d", 2);
    char text[64] = {0};
    FILE *file = fopen(name, "r"); /* before stdout is closed: it has been flushed */
    const size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file) {
        fclose(file);
    }
    remove(name);
    const int good = length == strlen(text) && strcmp(text, "one 1,two 2") == 0;
    if (!good) {
        fprintf(stderr, "standard output got \"%s\"\n", text);
    }
    return good ? 0 : 1;
}

int main(int count, char **arguments) {
    static const CheckCase cases[] = {
        {"a hook gets the text", a_hook_gets_the_text},
        {"long text is cut at one kilobyte", long_text_is_cut_at_one_kilobyte},
    };
    const int failed = CHECK_RUN(cases);
    return failed || standard_output(count > 0 ? arguments[0] : "sink");
}
