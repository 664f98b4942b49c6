// SPDX-License-Identifier: MIT
//
// A data race, compiled in only where a sanitizer is: tests/python/test_race_detector.py
// calls it from several threads and asks that it be reported. Silence of the detector
// about the rest means something only if it is not silent about this.
#include "bind.h"
#include "gil.h"

namespace bindings {

namespace {

// Shared by all threads, guarded by nothing; volatile, lest the compiler make one addition
// of all of them.
volatile long counter = 0;

long count_unlocked(int rounds) {
    return detached([rounds] {
        for (int i = 0; i < rounds; ++i) {
            counter = counter + 1; // the race
        }
        return long{counter};
    });
}

} // namespace

void bind_deliberate_race(nb::module_ &m) {
    m.def("_count_unlocked", &count_unlocked, nb::arg("rounds"));
}

} // namespace bindings
