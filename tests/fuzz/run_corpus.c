/* SPDX-License-Identifier: MIT
 *
 * Runs a fuzz target over stored inputs, the files named on the command line, so that every
 * compiler and sanitizer sees them. A crash is the failure.
 */
#include "support/files.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int main(int count, char **names) {
    int failed = count < 2;
    for (int k = 1; k < count; ++k) {
        size_t size = 0;
        char *bytes = test_read_file(names[k], &size);
        if (!bytes) {
            printf("cannot read %s\n", names[k]);
            failed = 1;
            continue;
        }
        printf("%s\n", names[k]);
        fflush(stdout); /* so that a crash shows where it happened */
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
        free(bytes);
    }
    printf("%d inputs\n", count - 1);
    return failed;
}
