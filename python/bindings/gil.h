// SPDX-License-Identifier: MIT
//
// Running without the GIL (on free-threaded builds: detached), so that other threads run
// and the interpreter may stop the world while the solver works or waits for its turn.
#ifndef SCS_BINDINGS_GIL_H
#define SCS_BINDINGS_GIL_H

#include <nanobind/nanobind.h>

namespace bindings {

/// Runs work() detached and returns what it returns.
template <typename Work>
decltype(auto) detached(Work &&work) {
    const nanobind::gil_scoped_release release;
    return std::forward<Work>(work)();
}

} // namespace bindings

#endif
