// SPDX-License-Identifier: MIT
//
// The exception classes, and which C++ exception becomes which of them.
#include "bind.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bindings {

namespace {

struct ErrorClass {
    scs::ErrorCode code{};
    const char *name =
        nullptr; // qualified: the package re-exports them, pickle looks there
    PyObject **builtin = nullptr;
    const char *doc = nullptr;
    PyObject **also = nullptr; // what version 3 raised
};

const std::array<ErrorClass, 10> error_classes{{
    {scs::ErrorCode::problem, "scs.InvalidProblem", &PyExc_ValueError,
     "A, P, b, c or a warm start is invalid."},
    {scs::ErrorCode::cone, "scs.InvalidCone", &PyExc_ValueError,
     "A cone field is invalid."},
    {scs::ErrorCode::setting, "scs.InvalidSetting", &PyExc_ValueError,
     "A setting is out of range."},
    {scs::ErrorCode::memory, "scs.OutOfMemory", &PyExc_MemoryError,
     "The solver ran out of memory."},
    {scs::ErrorCode::numerical, "scs.NumericalError", &PyExc_ArithmeticError,
     "The computation breaks down: P is not positive semidefinite, or numbers "
     "overflow.",
     &PyExc_ValueError},
    {scs::ErrorCode::unavailable, "scs.BackendUnavailable", &PyExc_ImportError,
     "A linear solver or LAPACK is not to be had on this machine."},
    {scs::ErrorCode::not_supported, "scs.NotSupported", &PyExc_NotImplementedError,
     "This version cannot do it."},
    {scs::ErrorCode::file, "scs.FileError", &PyExc_OSError,
     "A file could not be read or written."},
    {scs::ErrorCode::backend, "scs.BackendFailed", &PyExc_RuntimeError,
     "The library of a linear solver failed in the middle of its work."},
    {scs::ErrorCode::concurrent_use, "scs.ConcurrencyError", &PyExc_RuntimeError,
     "The solver is busy in another thread, or was called from its own hook."},
}};

// Written once at import; one slot for each code.
std::array<PyObject *, error_classes.size()> types_by_code{};

// The attribute of the module, without "scs.".
const char *short_name(const char *qualified) {
    return qualified + std::char_traits<char>::length("scs.");
}

nb::object new_class(const char *name, const char *doc, nb::handle bases) {
    return nb::steal(PyErr_NewExceptionWithDoc(name, doc, bases.ptr(), nullptr));
}

void set_error(PyObject *type, std::string_view text) {
    // A file name in the message need not be UTF-8, and may have been cut.
    const nb::object message = nb::steal(PyUnicode_DecodeUTF8(
        text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
    if (message.is_valid()) {
        PyErr_SetObject(type, message.ptr());
    }
}

void translate(const std::exception_ptr &exception, void *) {
    try {
        std::rethrow_exception(exception);
    } catch (const scs::Error &error) {
        set_error(types_by_code.at(static_cast<std::size_t>(error.code())),
                  error.what());
    }
}

} // namespace

void throw_type_error(std::string_view name, const char *wanted, nb::handle value) {
    const nb::handle type = value.type();
    const std::string module = nb::str(type.attr("__module__")).c_str();
    const std::string text =
        std::string(name) + " must be " + wanted + ", not " +
        (module == "builtins" ? "" : module + ".") + // numpy has a bool, too
        nb::str(type.attr("__qualname__")).c_str();
    throw nb::type_error(text.c_str());
}

void bind_errors(nb::module_ &m) {
    const nb::object base =
        new_class("scs.Error", "Base of what the solver raises by itself.",
                  nb::handle(PyExc_Exception));
    m.attr("Error") = base;
    for (const ErrorClass &row : error_classes) {
        const nb::handle builtin(*row.builtin);
        const nb::object type = new_class(
            row.name, row.doc,
            row.also != nullptr ? nb::make_tuple(base, builtin, nb::handle(*row.also))
                                : nb::make_tuple(base, builtin));
        m.attr(short_name(row.name)) = type;
        types_by_code.at(static_cast<std::size_t>(row.code)) =
            nb::object(type).release().ptr();
    }
    nb::register_exception_translator(translate);
}

} // namespace bindings
