// SPDX-License-Identifier: MIT
#include "hooks.h"

#include "gil.h"
#include "signals.h"

#include <utility>

namespace bindings {

namespace {

// Borrowed from the arguments of the call; null: sys.stdout.
constinit thread_local PyObject *report_write = nullptr;

} // namespace

ReportTo::ReportTo(nb::handle write)
    : outer_(std::exchange(report_write, write.ptr())) {}

ReportTo::~ReportTo() { report_write = outer_; }

void print_report(std::string_view text) {
    arm_signals();
    const Attached attached;
    const nb::object line = nb::steal(PyUnicode_DecodeUTF8(
        text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
    if (!line.is_valid()) {
        throw nb::python_error();
    }
    if (report_write != nullptr) {
        const nb::handle write(report_write);
        const ReportTo own{nb::handle()};
        write(line);
        return;
    }
    const nb::object out = nb::module_::import_("sys").attr("stdout");
    if (!out.is_none()) { // there is no console under pythonw
        out.attr("write")(line);
    }
}

bool call_progress(nb::handle callback, const scs::Progress &at) {
    arm_signals();
    const Attached attached;
    const ReportTo own{nb::handle()};
    const nb::object stop =
        callback(at.iter, at.res_pri, at.res_dual, at.gap, at.tol_pri, at.tol_dual,
                 at.tol_gap, at.pobj, at.dobj, at.scale, at.time / 1e3);
    const int truth = PyObject_IsTrue(stop.ptr());
    if (truth < 0) {
        throw nb::python_error();
    }
    return truth != 0;
}

} // namespace bindings
