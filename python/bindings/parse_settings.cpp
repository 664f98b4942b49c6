// SPDX-License-Identifier: MIT
//
// The settings dict and the two keywords that name a choice. Ranges are the core's affair,
// types are checked here.
#include "bind.h"
#include "gil.h"

#include <algorithm>
#include <limits>
#include <string>
#include <variant>

namespace bindings {

namespace {

// Throws the error that a conversion of Python's has set, and says of which setting.
[[noreturn]] void throw_conversion_error(std::string_view name) {
    nb::python_error error; // takes what is set
    for (PyObject *type : {PyExc_TypeError, PyExc_OverflowError}) {
        if (error.type().is(type)) { // others may be built from more than a text
            const std::string text =
                std::string(name) + ": " + nb::str(error.value()).c_str();
            PyErr_SetString(type, text.c_str());
            throw nb::python_error();
        }
    }
    throw error;
}

// Counts beyond 32 bits mean "as many as there are".
scs::Int parse_int(std::string_view name, nb::handle value) {
    const nb::object index = nb::steal(enter_python(PyNumber_Index, value.ptr()));
    if (!index.is_valid()) {
        throw_conversion_error(name); // "... cannot be interpreted as an integer"
    }
    const long long number = PyLong_AsLongLong(index.ptr());
    if (number == -1 && PyErr_Occurred() != nullptr) {
        throw_conversion_error(name); // OverflowError
    }
    return static_cast<scs::Int>(
        std::clamp<long long>(number, std::numeric_limits<scs::Int>::min(),
                              std::numeric_limits<scs::Int>::max()));
}

struct SettingParser {
    scs::Settings &settings;
    std::string_view name;
    nb::handle value;

    void operator()(bool scs::Settings::*member) const {
        if (PyBool_Check(value.ptr()) != 0) {
            settings.*member = value.ptr() == Py_True;
        } else if (name == "acceleration_type_1") {
            settings.*member = parse_int(name, value) != 0;
        } else if (name == "adaptive_diag_scale") {
            const scs::Int number = parse_int(name, value);
            if (number != 0 && number != 1) {
                throw scs::InvalidSetting(
                    "adaptive_diag_scale must be 0 (off) or 1 (on), got " +
                    std::to_string(number));
            }
            settings.*member = number == 1;
        } else {
            throw_type_error(name, "bool", value);
        }
    }
    void operator()(scs::Int scs::Settings::*member) const {
        settings.*member = parse_int(name, value);
    }
    void operator()(double scs::Settings::*member) const {
        settings.*member = enter_python(PyFloat_AsDouble, value.ptr());
        if (settings.*member == -1 && PyErr_Occurred() != nullptr) {
            throw_conversion_error(name); // "must be real number, not ..."
        }
    }
    void operator()(std::string scs::Settings::*member) const {
        (settings.*member).clear();
        if (value.is_none()) {
            return;
        }
        const nb::object name_of_file =
            nb::steal(enter_python(PyOS_FSPath, value.ptr()));
        if (!name_of_file.is_valid() && PyErr_ExceptionMatches(PyExc_TypeError) == 0) {
            throw nb::python_error(); // of the object's __fspath__
        }
        PyErr_Clear();
        if (!name_of_file.is_valid() || PyUnicode_Check(name_of_file.ptr()) == 0) {
            throw_type_error(name, "a str, a path or None", value);
        }
        const nb::object path =
            nb::steal(PyUnicode_EncodeFSDefault(name_of_file.ptr()));
        if (!path.is_valid()) {
            throw nb::python_error();
        }
        char *text = nullptr;
        if (PyBytes_AsStringAndSize(path.ptr(), &text, nullptr) < 0) {
            throw nb::python_error(); // ValueError: embedded null byte
        }
        settings.*member = text;
    }
};

} // namespace

std::string_view text_of(nb::handle value) {
    if (PyUnicode_Check(value.ptr()) == 0) {
        return {};
    }
    Py_ssize_t size = 0;
    const char *text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (text == nullptr) { // a lone surrogate, which no name of ours has
        PyErr_Clear();
        return {};
    }
    return {text, static_cast<std::size_t>(size)};
}

std::string repr_of(nb::handle value) {
    return nb::borrow<nb::str>(object_from(PyObject_Repr, value.ptr())).c_str();
}

scs::Settings parse_settings(nb::handle settings) {
    scs::Settings parsed;
    if (settings.is_none()) {
        return parsed;
    }
    if (PyDict_Check(settings.ptr()) == 0) {
        throw_type_error("settings", "a dict", settings);
    }
    const nb::list items(object_from(PyMapping_Items, settings.ptr()));
    for (const nb::handle item : items) {
        const auto pair = nb::borrow<nb::tuple>(item);
        const std::string_view key = text_of(pair[0]);
        const auto *field =
            std::ranges::find(scs::setting_fields, key, &scs::SettingField::name);
        if (field == scs::setting_fields.end()) {
            const std::string text =
                repr_of(pair[0]) + " is an invalid keyword argument for SCS";
            throw nb::type_error(text.c_str());
        }
        std::visit(SettingParser{parsed, key, pair[1]}, field->member);
    }
    return parsed;
}

scs::LinearSolver parse_linear_solver(nb::handle name) {
    const std::string_view text = text_of(name);
    for (const scs::LinearSolverName &row : scs::linear_solver_names) {
        if (row.name == text) {
            return row.value;
        }
    }
    const std::string message = repr_of(name) + " is not a valid LinearSolver";
    throw nb::value_error(message.c_str());
}

scs::OnConcurrentUse parse_on_concurrent_use(nb::handle name) {
    const std::string_view text = text_of(name);
    if (text == "wait") {
        return scs::OnConcurrentUse::wait;
    }
    if (text == "raise") {
        return scs::OnConcurrentUse::raise;
    }
    const std::string message =
        "on_concurrent_use must be 'wait' or 'raise', not " + repr_of(name);
    throw nb::value_error(message.c_str());
}

} // namespace bindings
