// SPDX-License-Identifier: MIT
//
// The fields of Cone and Settings by name, for code that reads them from a dictionary, a
// file or a command line. The names are those of the structs.
#ifndef SCS_FIELDS_HPP
#define SCS_FIELDS_HPP

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "problem.hpp"

namespace scs {

struct ConeField {
    std::string_view name;
    std::variant<Int Cone::*, std::vector<Int> Cone::*, std::vector<Float> Cone::*>
        member;
};

/// In the order of the rows of A.
inline constexpr std::array<ConeField, 16> cone_fields{{
    {"z", &Cone::z},
    {"l", &Cone::l},
    {"bu", &Cone::bu},
    {"bl", &Cone::bl},
    {"q", &Cone::q},
    {"s", &Cone::s},
    {"cs", &Cone::cs},
    {"ep", &Cone::ep},
    {"ed", &Cone::ed},
    {"p", &Cone::p},
    {"d", &Cone::d},
    {"nuc_m", &Cone::nuc_m},
    {"nuc_n", &Cone::nuc_n},
    {"ell1", &Cone::ell1},
    {"sl_n", &Cone::sl_n},
    {"sl_k", &Cone::sl_k},
}};

struct SettingField {
    std::string_view name;
    std::variant<bool Settings::*, Int Settings::*, Float Settings::*,
                 std::string Settings::*>
        member;
};

/// All settings but linear_solver.
inline constexpr std::array<SettingField, 19> setting_fields{{
    {"normalize", &Settings::normalize},
    {"scale", &Settings::scale},
    {"adaptive_scale", &Settings::adaptive_scale},
    {"adaptive_diag_scale", &Settings::adaptive_diag_scale},
    {"rho_x", &Settings::rho_x},
    {"max_iters", &Settings::max_iters},
    {"eps_abs", &Settings::eps_abs},
    {"eps_rel", &Settings::eps_rel},
    {"eps_infeas", &Settings::eps_infeas},
    {"alpha", &Settings::alpha},
    {"time_limit_secs", &Settings::time_limit_secs},
    {"verbose", &Settings::verbose},
    {"acceleration_lookback", &Settings::acceleration_lookback},
    {"acceleration_interval", &Settings::acceleration_interval},
    {"acceleration_type_1", &Settings::acceleration_type_1},
    {"acceleration_regularization", &Settings::acceleration_regularization},
    {"acceleration_relaxation", &Settings::acceleration_relaxation},
    {"write_data_filename", &Settings::write_data_filename},
    {"log_csv_filename", &Settings::log_csv_filename},
}};

struct LinearSolverName {
    std::string_view name;
    LinearSolver value;
};

inline constexpr std::array<LinearSolverName, 8> linear_solver_names{{
    {"auto", LinearSolver::automatic},
    {"qdldl", LinearSolver::qdldl},
    {"cpu_indirect", LinearSolver::cpu_indirect},
    {"mkl", LinearSolver::mkl},
    {"accelerate", LinearSolver::accelerate},
    {"cpu_dense", LinearSolver::cpu_dense},
    {"gpu_indirect", LinearSolver::gpu_indirect},
    {"cudss", LinearSolver::cudss},
}};

} // namespace scs

#endif
