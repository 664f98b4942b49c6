// SPDX-License-Identifier: MIT
//
// The cone dict. Accepted beyond what earlier versions took: tuples and whatever has
// __index__, such as NumPy integers.
#include "bind.h"
#include "gil.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace bindings {

namespace {

[[noreturn]] void throw_invalid(std::string_view name, const std::string &reason) {
    const std::string field(name);
    throw scs::InvalidCone("Failed to parse cone field " + field +
                           ": Invalid value for cone field '" + field + "': " + reason);
}

std::string short_repr(nb::handle value) {
    const std::string text = repr_of(value);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

// Python's error, if it is only about this value's type or size, is dropped in favour of
// ours; anything else (a KeyboardInterrupt, an error out of memory) goes up.
void drop_conversion_error() {
    if (PyErr_ExceptionMatches(PyExc_TypeError) != 0 ||
        PyErr_ExceptionMatches(PyExc_ValueError) != 0 ||
        PyErr_ExceptionMatches(PyExc_OverflowError) != 0) {
        PyErr_Clear();
        return;
    }
    throw nb::python_error();
}

scs::Int parse_count(std::string_view name, nb::handle value) {
    const nb::object index = nb::steal(enter_python(PyNumber_Index, value.ptr()));
    if (!index.is_valid()) {
        drop_conversion_error();
        throw_invalid(name, "expected a nonnegative integer, got " + short_repr(value));
    }
    const Py_ssize_t number = PyLong_AsSsize_t(index.ptr());
    if (number == -1 && PyErr_Occurred() != nullptr) {
        drop_conversion_error();
        throw_invalid(name, short_repr(value) + " is too large");
    }
    if (number < 0) {
        throw_invalid(name, "expected a nonnegative integer, got " + short_repr(value));
    }
    if (!std::in_range<scs::Int>(number)) {
        throw_invalid(name, short_repr(value) + " is too large");
    }
    return static_cast<scs::Int>(number);
}

double parse_float(std::string_view name, nb::handle value) {
    if (PyUnicode_Check(value.ptr()) == 0 && PyFloat_Check(value.ptr()) == 0 &&
        PyNumber_Check(value.ptr()) == 0) {
        throw_invalid(name, "expected a number, got " + short_repr(value));
    }
    const double number = enter_python(PyFloat_AsDouble, value.ptr());
    if (number == -1 && PyErr_Occurred() != nullptr) {
        if (PyUnicode_Check(value.ptr()) != 0) {
            throw nb::python_error(); // "must be real number, not str"
        }
        drop_conversion_error();
        throw_invalid(name, "expected a number, got " + short_repr(value));
    }
    return number;
}

// The items of a list, a tuple or a 1-D array, as a tuple of our own, which no other
// thread can change; an invalid object if the value is a single number.
nb::object items_of(std::string_view name, nb::handle value) {
    PyObject *object = value.ptr();
    if (PyLong_Check(object) != 0 || PyFloat_Check(object) != 0) {
        return {};
    }
    const bool plain = PyList_Check(object) != 0 || PyTuple_Check(object) != 0;
    if (!plain) {
        if (PySequence_Check(object) == 0 || PyUnicode_Check(object) != 0 ||
            PyBytes_Check(object) != 0 || PyDict_Check(object) != 0) {
            return {};
        }
        if (enter_python(PySequence_Size, object) <
            0) { // a 0-d array: a number after all
            drop_conversion_error();
            return {};
        }
    }
    nb::object items = nb::steal(enter_python(PySequence_Tuple, object));
    if (!items.is_valid()) {
        drop_conversion_error();
        throw_invalid(name, "expected a list of numbers, got " + short_repr(value));
    }
    return items;
}

template <typename T, typename Parse>
std::vector<T> parse_list(std::string_view name, nb::handle value, const Parse &parse) {
    const nb::object items = items_of(name, value);
    if (!items.is_valid()) {
        return {parse(name, value)};
    }
    const nb::tuple tuple = nb::borrow<nb::tuple>(items);
    std::vector<T> numbers;
    numbers.reserve(tuple.size());
    for (const nb::handle item : tuple) {
        numbers.push_back(parse(name, item));
    }
    return numbers;
}

struct FieldParser {
    scs::Cone &cone;
    std::string_view name;
    nb::handle value;

    void operator()(scs::Int scs::Cone::*member) const {
        cone.*member = parse_count(name, value);
    }
    void operator()(std::vector<scs::Int> scs::Cone::*member) const {
        cone.*member = parse_list<scs::Int>(name, value, parse_count);
    }
    void operator()(std::vector<double> scs::Cone::*member) const {
        cone.*member = parse_list<double>(name, value, parse_float);
    }
};

bool is_empty(nb::handle value) {
    if (value.is_none()) {
        return true;
    }
    const Py_ssize_t length = enter_python(PyObject_Size, value.ptr());
    if (length >= 0) {
        return length == 0;
    }
    drop_conversion_error();
    const int truth = enter_python(PyObject_IsTrue, value.ptr());
    if (truth < 0) {
        throw nb::python_error();
    }
    return truth == 0;
}

[[noreturn]] void throw_unknown(nb::handle key) {
    std::string text = "Unknown cone field " + short_repr(key) + "; there are";
    const char *separator = " ";
    for (const scs::ConeField &field : scs::cone_fields) {
        text.append(separator).append(field.name);
        separator = ", ";
    }
    throw scs::InvalidCone(text);
}

// In the manner of C, as enter_python asks. -1: Python's error is set.
int warn_of_f() {
    PyObject *compat = PyImport_ImportModule("scs._compat");
    PyObject *done =
        compat != nullptr
            ? PyObject_CallMethod(
                  compat, "deprecated", "s",
                  "The 'f' cone field is deprecated, use 'z' for the zero cone")
            : nullptr;
    const int code = done != nullptr ? 0 : -1;
    Py_XDECREF(done);
    Py_XDECREF(compat);
    return code;
}

// Rows of the zero cone under the name of long ago.
scs::Int parse_deprecated_f(nb::handle value) {
    const scs::Int rows = parse_count("f", value);
    if (rows > 0 && enter_python(warn_of_f) < 0) {
        throw nb::python_error();
    }
    return rows;
}

} // namespace

scs::Cone parse_cone(const nb::dict &fields) {
    scs::Cone cone;
    scs::Int extra = 0;
    // A list of our own: another thread may be changing the dict.
    const nb::list items(object_from(PyMapping_Items, fields.ptr()));
    for (const nb::handle item : items) {
        const auto pair = nb::borrow<nb::tuple>(item);
        const nb::handle value = pair[1];
        const std::string_view key = text_of(pair[0]);
        const scs::ConeField *field = nullptr;
        for (const scs::ConeField &candidate : scs::cone_fields) {
            if (candidate.name == key) {
                field = &candidate;
            }
        }
        if (field != nullptr) {
            std::visit(FieldParser{cone, field->name, value}, field->member);
        } else if (key == "f") {
            extra = parse_deprecated_f(value);
        } else if (!is_empty(value)) {
            throw_unknown(pair[0]);
        }
    }
    if (!std::in_range<scs::Int>(static_cast<long long>(cone.z) + extra)) {
        throw_invalid("z", "z and f together are too large");
    }
    cone.z += extra;
    return cone;
}

} // namespace bindings
