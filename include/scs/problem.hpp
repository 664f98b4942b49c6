// SPDX-License-Identifier: MIT
//
// What a caller states: data, cone and settings.
//
//     minimize 1/2 x'Px + c'x  subject to  Ax + s = b, s in K
//
// Problem is a set of views: the arrays stay the caller's, are only read, and only during
// the call that takes them. Cone and Settings are plain structs that own their contents.
#ifndef SCS_PROBLEM_HPP
#define SCS_PROBLEM_HPP

#if defined(SCS_H) && !defined(SCS_CXX_FACADE)
#error "scs.h declares a function scs; include scs/scs.hpp before it"
#endif
#define SCS_CXX_FACADE

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scs_types.h"

namespace scs {

using Int = scs_int;
using Float = scs_float;

/// A sparse matrix by compressed columns: the entries of column j are values[k] in row
/// row_indices[k] for col_starts[j] <= k < col_starts[j+1], rows strictly increasing.
/// Room beyond the last entry is ignored.
struct CscView {
    Int rows = 0;
    Int cols = 0;
    std::span<const Float> values;
    std::span<const Int> row_indices;
    std::span<const Int> col_starts; ///< length cols + 1, from 0
};

/// The data of a problem with n variables and m rows.
struct Problem {
    CscView A;                               ///< m by n
    std::optional<CscView> P = std::nullopt; ///< upper triangle, n by n; absent: zero
    std::span<const Float> b;                ///< length m
    std::span<const Float> c;                ///< length n
};

/// The cone K: the product of the cones below, in this order of the rows of A. Their row
/// counts add up to m.
struct Cone {
    Int z = 0;                   ///< zero cone (equations)
    Int l = 0;                   ///< nonnegative orthant
    std::vector<Float> bu = {};  ///< box {(t, s): t bl <= s <= t bu}: upper bounds
    std::vector<Float> bl = {};  ///< and lower ones; empty means no box
    std::vector<Int> q = {};     ///< second-order cones (t, s): |s| <= t; rows of each
    std::vector<Int> s = {};     ///< PSD cones, orders; order k has k (k + 1) / 2 rows
    std::vector<Int> cs = {};    ///< Hermitian PSD cones, orders; order k has k^2 rows
    Int ep = 0;                  ///< exponential cones, 3 rows each
    Int ed = 0;                  ///< dual exponential cones, 3 rows each
    std::vector<Float> p = {};   ///< power cones, 3 rows each; negative means dual
    std::vector<Int> d = {};     ///< log-determinant cones, orders
    std::vector<Int> nuc_m = {}; ///< nuclear norm cones: rows of the matrix
    std::vector<Int> nuc_n = {}; ///< and its columns, at most as many
    std::vector<Int> ell1 = {};  ///< l1 norm cones: length of x of each
    std::vector<Int> sl_n = {};  ///< sum of largest eigenvalues: orders
    std::vector<Int> sl_k = {};  ///< and how many of them, less than the order
};

/// Who solves the linear systems. Backends that are not there throw BackendUnavailable.
enum class LinearSolver {
    automatic,
    qdldl,
    cpu_indirect,
    mkl,
    accelerate,
    cpu_dense,
    gpu_indirect,
    cudss,
};

/// Settings with their defaults; values out of range throw InvalidSetting.
struct Settings {
    bool normalize = true;           ///< equilibrate the data
    Float scale = 0.1;               ///< initial dual scale, > 0
    bool adaptive_scale = true;      ///< adapt the scale while solving
    bool adaptive_diag_scale = true; ///< adapt one multiplier a row as well
    Float rho_x = 1e-6;              ///< primal weight, > 0
    Int max_iters = 100000;          ///< > 0
    Float eps_abs = 1e-4;            ///< absolute tolerance, >= 0
    Float eps_rel = 1e-4;            ///< relative tolerance, >= 0
    Float eps_infeas = 1e-7;         ///< tolerance of certificates, >= 0
    Float alpha = 1.5;               ///< relaxation, in (0, 2)
    Float time_limit_secs = 0;       ///< limit of one solve in seconds, 0 is none
    bool verbose = true;             ///< print a report
    Int acceleration_lookback = 10;  ///< memory of Anderson acceleration, 0 is off
    Int acceleration_interval = 5;   ///< iterations between its steps, > 0
    bool acceleration_type_1 = true; ///< type I to begin with, else type II
    Float acceleration_regularization = 1e-8; ///< > 0 relative, < 0 absolute, 0 none
    Float acceleration_relaxation = 1;        ///< mixing parameter, in [0, 2]
    std::string write_data_filename;          ///< write the problem there; empty: no
    std::string log_csv_filename;             ///< one row an iteration there; empty: no
    LinearSolver linear_solver = LinearSolver::automatic;
};

} // namespace scs

#endif
