// SPDX-License-Identifier: MIT
//
// What a solver calls in Python while it works: whoever takes the report, and the callback
// at every convergence check. Both are called detached and attach for it.
#ifndef SCS_BINDINGS_HOOKS_H
#define SCS_BINDINGS_HOOKS_H

#include "bind.h"

#include <string_view>

namespace bindings {

/// Hooks::print of every solver: to where the call of this thread wants its report, by
/// default sys.stdout. It is looked up every time, because notebooks and capture tools
/// replace it.
void print_report(std::string_view text);

/// SolveOptions::progress: callback(iter, res_pri, res_dual, gap, tol_pri, tol_dual,
/// tol_gap, pobj, dobj, scale, seconds), and whether it returns something true.
[[nodiscard]] bool call_progress(nb::handle callback, const scs::Progress &at);

/// While it lives, the report of this thread's call goes to write(text), or to sys.stdout
/// for a null handle. Python code that a call runs starts with the latter: it may use other
/// solvers.
class ReportTo {
  public:
    explicit ReportTo(nb::handle write);
    ~ReportTo();
    ReportTo(const ReportTo &) = delete;
    ReportTo &operator=(const ReportTo &) = delete;
    ReportTo(ReportTo &&) = delete;
    ReportTo &operator=(ReportTo &&) = delete;

  private:
    PyObject *outer_;
};

} // namespace bindings

#endif
