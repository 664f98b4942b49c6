/* SPDX-License-Identifier: MIT
 *
 * How tests steer and watch the stand-in for Apple's Accelerate. It counts what its caller
 * does wrong and what its caller has not released, and fails where it is told to.
 */
#ifndef TESTS_SUPPORT_FAKE_ACCELERATE_CONTROL_H
#define TESTS_SUPPORT_FAKE_ACCELERATE_CONTROL_H

#include <stdbool.h>

typedef enum {
    FAKE_ANALYSE,
    FAKE_FACTORISE, /* the first time and again */
    FAKE_SOLVE,
    FAKE_INERTIA,
    FAKE_NOWHERE
} FakePlace;

typedef struct {
    FakePlace fails_in;
    int status;          /* a SparseStatus_t; that of a solve is not told */
    const char *message; /* for the reporter; NULL: it is not called */
    bool old;            /* the system is older than macOS 13 */
    long grows;      /* bytes by which each solve needs more workspace than before */
    long alive;      /* analyses and factors */
    long refactored; /* factorisations into the storage of an earlier one */
    long mistakes;
} FakeAccelerate;

FakeAccelerate *fake_accelerate(void);

#endif
