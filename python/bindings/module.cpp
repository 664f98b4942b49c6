// SPDX-License-Identifier: MIT
//
// scs._core, the extension module under the Python package; README.md describes it.
#include "bind.h"
#include "signals.h"

#include <nanobind/stl/string_view.h> // IWYU pragma: keep

NB_MODULE(_core, m) {
    m.doc() = "The solver as the package uses it. Private.";
    m.def("version", &scs::version, "Version as 'major.minor.patch'.");
    m.def("sizeof_int", [] { return sizeof(scs::Int); }, "Bytes of an index.");
    m.def("sizeof_float", [] { return sizeof(scs::Float); }, "Bytes of a number.");
    m.def("signals", &scs::SigintGuard::count,
          "Number of SIGINTs that solves and constructors have noticed.");
    bindings::init_info();
    bindings::init_signals();
    bindings::bind_errors(m);
    bindings::bind_files(m);
    bindings::bind_problem(m);
    bindings::bind_solver(m);
#ifdef SCS_DELIBERATE_RACE
    bindings::bind_deliberate_race(m);
#else
    // Users are told nothing: a daemon thread that solves at exit keeps its solver, and
    // that is no leak. Sanitized builds look for leaks by what nanobind says.
    nanobind::set_leak_warnings(false);
#endif
}
