// SPDX-License-Identifier: MIT
//
// What the parts of the module offer each other.
#ifndef SCS_BINDINGS_BIND_H
#define SCS_BINDINGS_BIND_H

#include <nanobind/nanobind.h>

#include <string>
#include <string_view>

#include "scs/scs.hpp"

namespace bindings {

namespace nb = nanobind;

void bind_errors(nb::module_ &m);
void bind_files(nb::module_ &m);
void bind_problem(nb::module_ &m);
void bind_solver(nb::module_ &m);
/// In builds with a sanitizer only; see deliberate_race.cpp.
void bind_deliberate_race(nb::module_ &m);

/// A dict of cone fields as the documentation describes it.
[[nodiscard]] scs::Cone parse_cone(const nb::dict &fields);

/// A dict of settings without linear_solver, or None.
[[nodiscard]] scs::Settings parse_settings(nb::handle settings);

/// The other way round; empty fields and settings with their defaults are left out.
[[nodiscard]] nb::dict cone_dict(const scs::Cone &cone);
[[nodiscard]] nb::dict settings_dict(const scs::Settings &settings);

/// What makes a solver: the arguments of Solver.__init__; those of update_matrices and
/// then of update; the last solution as (x, y, s) or None.
[[nodiscard]] nb::tuple state_of(const scs::Solver &solver);

[[nodiscard]] scs::LinearSolver parse_linear_solver(nb::handle name);
[[nodiscard]] scs::OnConcurrentUse parse_on_concurrent_use(nb::handle name);

/// The text of a str, which owns it; empty for anything else.
[[nodiscard]] std::string_view text_of(nb::handle value);

/// repr(value).
[[nodiscard]] std::string repr_of(nb::handle value);

/// Makes the keys of info dicts. Called once, by the module.
void init_info();

/// The info dict, keys in the documented order.
[[nodiscard]] nb::dict info_dict(const scs::Info &info);

/// Raises TypeError with "{name} must be {wanted}, not {type of the value}".
[[noreturn]] void throw_type_error(std::string_view name, const char *wanted,
                                   nb::handle value);

} // namespace bindings

#endif
