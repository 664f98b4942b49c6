// SPDX-License-Identifier: MIT
#include "hooks.h"

#include "gil.h"
#include "signals.h"

#include <utility>

namespace bindings {

namespace {

// Borrowed from the arguments of the call; null: sys.stdout.
constinit thread_local PyObject *report_write = nullptr;

// The work in Python, references and all, in the manner of C: its frames have nothing to
// destroy, as enter_python asks.

// sys.stdout.write; null without an error if there is no console, as under pythonw. Looked
// up by references of our own: another thread may be replacing it.
PyObject *stdout_write() {
    PyObject *sys = PyImport_ImportModule("sys");
    PyObject *out = sys != nullptr ? PyObject_GetAttrString(sys, "stdout") : nullptr;
    PyObject *write = out != nullptr && out != Py_None
                          ? PyObject_GetAttrString(out, "write")
                          : nullptr;
    Py_XDECREF(out);
    Py_XDECREF(sys);
    return write;
}

// write(text), or sys.stdout.write(text) for null. -1: Python's error is set.
int write_text(PyObject *write, std::string_view text) {
    PyObject *function = write != nullptr ? Py_NewRef(write) : stdout_write();
    if (function == nullptr) {
        return PyErr_Occurred() != nullptr ? -1 : 0;
    }
    PyObject *line = PyUnicode_DecodeUTF8(
        text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
    PyObject *result = line != nullptr
                           ? PyObject_CallFunctionObjArgs(function, line, nullptr)
                           : nullptr;
    const int code = result != nullptr ? 0 : -1;
    Py_XDECREF(result);
    Py_XDECREF(line);
    Py_DECREF(function);
    return code;
}

// Whether callback(...) returns something true. -1: Python's error is set.
int is_true_of(PyObject *callback, const scs::Progress &at) {
    PyObject *result =
        PyObject_CallFunction(callback, "Ldddddddddd", static_cast<long long>(at.iter),
                              at.res_pri, at.res_dual, at.gap, at.tol_pri, at.tol_dual,
                              at.tol_gap, at.pobj, at.dobj, at.scale, at.time / 1e3);
    const int truth = result != nullptr ? PyObject_IsTrue(result) : -1;
    Py_XDECREF(result);
    return truth;
}

} // namespace

ReportTo::ReportTo(nb::handle write)
    : outer_(std::exchange(report_write, write.ptr())) {}

ReportTo::~ReportTo() { report_write = outer_; }

void print_report(std::string_view text) {
    arm_signals();
    const Attached attached;
    PyObject *write = report_write;
    const ReportTo own{nb::handle()};
    if (enter_python(write_text, write, text) < 0) {
        throw nb::python_error();
    }
}

bool call_progress(nb::handle callback, const scs::Progress &at) {
    arm_signals();
    const Attached attached;
    const ReportTo own{nb::handle()};
    const int truth = enter_python(is_true_of, callback.ptr(), at);
    if (truth < 0) {
        throw nb::python_error();
    }
    return truth != 0;
}

} // namespace bindings
