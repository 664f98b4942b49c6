// SPDX-License-Identifier: MIT
//
// Problem files, read into the arrays and dicts that Solver takes.
#include "arrays.h"
#include "bind.h"
#include "gil.h"

#include <filesystem>
#include <string>
#include <utility>

namespace bindings {

namespace {

nb::object maybe_array(const std::optional<scs::Csc> &matrix,
                       std::vector<scs::Float> scs::Csc::*member) {
    return matrix ? to_numpy(std::vector((*matrix).*member)) : nb::object(nb::none());
}

nb::object maybe_array(const std::optional<scs::Csc> &matrix,
                       std::vector<scs::Int> scs::Csc::*member) {
    return matrix ? to_numpy(std::vector((*matrix).*member)) : nb::object(nb::none());
}

// The bytes are what os.fsencode makes: UTF-8 on Windows, the system's own elsewhere, where
// a path takes them as they are.
nb::tuple read_problem(const nb::bytes &encoded) {
    const char *text = encoded.c_str();
    const std::filesystem::path path(std::u8string(text, text + encoded.size()));
    scs::StoredProblem stored = detached([&] { return scs::read_problem(path); });
    return nb::make_tuple(stored.A.rows, stored.A.cols,
                          to_numpy(std::move(stored.A.values)),
                          to_numpy(std::move(stored.A.row_indices)),
                          to_numpy(std::move(stored.A.col_starts)),
                          maybe_array(stored.P, &scs::Csc::values),
                          maybe_array(stored.P, &scs::Csc::row_indices),
                          maybe_array(stored.P, &scs::Csc::col_starts),
                          to_numpy(std::move(stored.b)), to_numpy(std::move(stored.c)),
                          cone_dict(stored.cone), settings_dict(stored.settings),
                          nb::str(stored.version.data(), stored.version.size()));
}

} // namespace

void bind_files(nb::module_ &m) {
    m.def("read_problem", &read_problem, nb::arg("path"),
          "A problem file: the arguments of Solver up to settings, and its version.");
}

} // namespace bindings
