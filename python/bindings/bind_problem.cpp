// SPDX-License-Identifier: MIT
//
// csc_flags, which tells the package whether a matrix can be passed as it is, and the
// tables of names.
#include "arrays.h"
#include "bind.h"

#include <nanobind/stl/string.h> // IWYU pragma: keep

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>

namespace bindings {

namespace {

enum CscFlag : unsigned {
    csc_unsorted = 1,
    csc_duplicates = 2,
    csc_lower = 4,
    csc_upper = 8,
};

[[noreturn]] void throw_pattern(const std::string &text) {
    throw scs::InvalidProblem("not a compressed sparse column matrix: " + text);
}

template <typename Index>
unsigned column_flags(std::span<const Index> rows, std::int64_t column,
                      std::int64_t m) {
    unsigned flags = 0;
    std::int64_t previous = -1;
    for (const std::int64_t row : rows) {
        if (row < 0 || row >= m) {
            throw_pattern("row index " + std::to_string(row) + " in column " +
                          std::to_string(column) + ", the matrix has " +
                          std::to_string(m) + " rows");
        }
        flags |= (row < previous ? csc_unsorted : 0U) |
                 (row == previous ? csc_duplicates : 0U) |
                 (row > column ? csc_lower : 0U) | (row < column ? csc_upper : 0U);
        previous = row;
    }
    return flags;
}

template <typename Index>
unsigned csc_flags(std::int64_t m, std::int64_t n, const ArrayOf<Index> &indptr,
                   const ArrayOf<Index> &indices) {
    const std::span<const Index> starts = view(indptr);
    const std::span<const Index> rows = view(indices);
    if (n < 0 || starts.size() != static_cast<std::size_t>(n) + 1 || starts[0] != 0) {
        throw_pattern("the column pointer must have " + std::to_string(n + 1) +
                      " entries, the first of them 0");
    }
    unsigned flags = 0;
    std::int64_t first = 0;
    for (std::int64_t column = 0; column < n; ++column) {
        const std::int64_t last = starts[static_cast<std::size_t>(column) + 1];
        if (last < first || last > static_cast<std::int64_t>(rows.size())) {
            throw_pattern("column " + std::to_string(column) + " ends at entry " +
                          std::to_string(last) + " and begins at " +
                          std::to_string(first) + " of " + std::to_string(rows.size()));
        }
        flags |= column_flags(rows.subspan(static_cast<std::size_t>(first),
                                           static_cast<std::size_t>(last - first)),
                              column, m);
        first = last;
    }
    return flags;
}

template <typename Index>
void bind_csc_flags(nb::module_ &m) {
    m.def(
        "csc_flags", &csc_flags<Index>, nb::arg("m"), nb::arg("n"),
        nb::arg("indptr").noconvert(), nb::arg("indices").noconvert(),
        "State of an m by n CSC pattern: 0 if canonical, else the sum of CSC_* flags.");
}

template <typename Table>
nb::object names_of(const Table &table) {
    nb::list names;
    for (const auto &row : table) {
        names.append(nb::str(row.name.data(), row.name.size()));
    }
    return nb::tuple(names);
}

nb::dict default_settings() {
    const scs::Settings defaults;
    nb::dict values;
    for (const scs::SettingField &field : scs::setting_fields) {
        const nb::object value = std::visit(
            [&](auto member) { return nb::cast(defaults.*member); }, field.member);
        const bool no_file =
            std::holds_alternative<std::string scs::Settings::*>(field.member);
        values[nb::str(field.name.data(), field.name.size())] =
            no_file ? nb::object(nb::none()) : value;
    }
    return values;
}

} // namespace

void bind_problem(nb::module_ &m) {
    m.attr("CSC_UNSORTED") = static_cast<int>(csc_unsorted);
    m.attr("CSC_DUPLICATES") = static_cast<int>(csc_duplicates);
    m.attr("CSC_LOWER") = static_cast<int>(csc_lower);
    m.attr("CSC_UPPER") = static_cast<int>(csc_upper);
    bind_csc_flags<std::int32_t>(m);
    bind_csc_flags<std::int64_t>(m);
    m.attr("CONE_FIELDS") = names_of(scs::cone_fields);
    m.attr("SETTINGS") = names_of(scs::setting_fields);
    m.attr("DEFAULTS") = default_settings();
}

} // namespace bindings
