// SPDX-License-Identifier: MIT
//
// What pickle takes from a solver: Solver.state().
#include "arrays.h"
#include "bind.h"
#include "gil.h"

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bindings {

namespace {

void put(nb::dict &dict, std::string_view name, nb::object value) {
    dict[nb::str(name.data(), name.size())] = std::move(value);
}

template <typename T>
void put_if_any(nb::dict &dict, std::string_view name, const std::vector<T> &values) {
    if (!values.empty()) {
        nb::list list;
        for (const T value : values) {
            list.append(value);
        }
        put(dict, name, list);
    }
}

void put_if_any(nb::dict &dict, std::string_view name, scs::Int count) {
    if (count != 0) {
        put(dict, name, nb::int_(count));
    }
}

nb::object value_of(bool value) { return nb::bool_(value); }
nb::object value_of(scs::Int value) { return nb::int_(value); }
nb::object value_of(scs::Float value) { return nb::float_(value); }

nb::object array_of(std::vector<scs::Float> &&values) {
    return to_numpy(std::move(values));
}
nb::object array_of(std::vector<scs::Int> &&values) {
    return to_numpy(std::move(values));
}

nb::object maybe_array(std::optional<std::vector<scs::Float>> &values) {
    return values ? array_of(std::move(*values)) : nb::object(nb::none());
}

const char *name_of(scs::OnConcurrentUse policy) {
    return policy == scs::OnConcurrentUse::wait ? "wait" : "raise";
}

nb::object name_of(scs::LinearSolver solver) {
    for (const scs::LinearSolverName &row : scs::linear_solver_names) {
        if (row.value == solver) {
            return nb::str(row.name.data(), row.name.size());
        }
    }
    return nb::str("auto");
}

} // namespace

nb::dict cone_dict(const scs::Cone &cone) {
    nb::dict dict;
    for (const scs::ConeField &field : scs::cone_fields) {
        std::visit([&](auto member) { put_if_any(dict, field.name, cone.*member); },
                   field.member);
    }
    return dict;
}

nb::dict settings_dict(const scs::Settings &settings) {
    nb::dict dict;
    for (const scs::SettingField &field : scs::setting_fields) {
        std::visit(
            [&](auto member) {
                using Value = std::remove_cvref_t<decltype(settings.*member)>;
                if constexpr (!std::is_same_v<Value, std::string>) {
                    put(dict, field.name, value_of(settings.*member));
                }
            },
            field.member);
    }
    return dict;
}

nb::tuple state_of(const scs::Solver &solver) {
    scs::Snapshot taken = detached([&] { return solver.snapshot(); });
    const nb::dict cone = cone_dict(taken.cone);
    const nb::dict settings = settings_dict(taken.settings);
    nb::object p_values = nb::none();
    nb::object p_rows = nb::none();
    nb::object p_starts = nb::none();
    if (taken.P) {
        p_values = array_of(std::move(taken.P->values));
        p_rows = array_of(std::move(taken.P->row_indices));
        p_starts = array_of(std::move(taken.P->col_starts));
    }
    const nb::tuple arguments = nb::make_tuple(
        taken.A.rows, taken.A.cols, array_of(std::move(taken.A.values)),
        array_of(std::move(taken.A.row_indices)),
        array_of(std::move(taken.A.col_starts)), p_values, p_rows, p_starts,
        array_of(std::move(taken.b)), array_of(std::move(taken.c)), cone, settings,
        name_of(taken.settings.linear_solver), name_of(solver.on_concurrent_use()));
    const nb::tuple updates =
        nb::make_tuple(maybe_array(taken.new_p_values), maybe_array(taken.new_a_values),
                       maybe_array(taken.new_b), maybe_array(taken.new_c));
    nb::object last = nb::none();
    if (taken.last) {
        last = nb::make_tuple(array_of(std::move(taken.last->x)),
                              array_of(std::move(taken.last->y)),
                              array_of(std::move(taken.last->s)));
    }
    return nb::make_tuple(arguments, updates, last);
}

} // namespace bindings
