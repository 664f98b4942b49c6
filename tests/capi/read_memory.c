/* SPDX-License-Identifier: MIT
 *
 * Memory runs out while a problem file is read: the k-th allocation is refused, for every
 * k. Each time the call says so, and nothing leaks; nor does it from damaged files.
 */
#include "capi/counting_allocator.h"

#include "scs_ext.h"
#include "support/check.h"
#include "support/files.h"
#include "support/problems.h"

#include <stdlib.h>

static const char path[] = "read_memory.tmp";

/* Large enough that arrays get chunks of their own. */
static char *stored(size_t *size) {
    const TestShape shape = {.seed = 4, .n = 60, .z = 20, .l = 90, .quadratic = true};
    TestProblem problem = test_random_solved(&shape);
    ScsSettings settings = test_settings();
    settings.write_data_filename = path;
    ScsError error;
    ScsWork *work = scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error);
    CHECK(work);
    scs_finish(work);
    test_problem_free(&problem);
    return test_read_file(path, size);
}

static void every_allocation_refused(void) {
    size_t size = 0;
    char *bytes = stored(&size);
    const long living = allocator.living;
    long k = 1;
    for (bool through = false; !through; ++k) {
        ScsError error;
        allocator.calls = 0;
        allocator.refuse = k;
        ScsStoredProblem *problem = k % 2 ? scs_read_problem_bytes(bytes, size, &error)
                                          : scs_read_problem(path, &error);
        allocator.refuse = 0;
        through = allocator.calls < k;
        CHECK((problem != NULL) == through);
        CHECK_EQUAL(error.code, through ? SCS_OK : SCS_ERROR_MEMORY);
        scs_free_problem(problem);
        if (!CHECK_EQUAL(allocator.living, living)) {
            printf("    leak after allocation %ld\n", k);
            return;
        }
    }
    CHECK(k > 4);
    free(bytes);
    remove(path);
}

static void damaged_files_leave_nothing(void) {
    size_t size = 0;
    char *bytes = stored(&size);
    const long living = allocator.living;
    for (size_t cut = 0; cut < size; cut += 97) {
        ScsError error;
        CHECK(!scs_read_problem_bytes(bytes, cut, &error));
        CHECK_EQUAL(error.code, SCS_ERROR_PROBLEM);
    }
    CHECK_EQUAL(allocator.living, living);
    free(bytes);
    remove(path);
}

int main(void) {
    static const CheckCase cases[] = {
        {"every allocation refused", every_allocation_refused},
        {"damaged files leave nothing", damaged_files_leave_nothing},
    };
    return CHECK_RUN(cases);
}
