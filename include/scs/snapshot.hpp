// SPDX-License-Identifier: MIT
//
// What a solver is about, as plain data: enough to make another one, in another process
// for example.
#ifndef SCS_SNAPSHOT_HPP
#define SCS_SNAPSHOT_HPP

#include <optional>
#include <vector>

#include "export.hpp"
#include "problem.hpp"

namespace scs {

/// A sparse matrix by compressed columns that owns its arrays.
struct SCS_FACADE_API Csc {
    Int rows = 0;
    Int cols = 0;
    std::vector<Float> values;
    std::vector<Int> row_indices;
    std::vector<Int> col_starts;

    /// As many entries as the column pointers say and the view has.
    [[nodiscard]] static Csc copy(const CscView &matrix);

    [[nodiscard]] CscView view() const {
        return {rows, cols, values, row_indices, col_starts};
    }
};

/// Vectors of a warm start.
struct Start {
    std::vector<Float> x, y, s;
};

/// The problem as it was given, and what updates have made of it. Not in it: hooks, file
/// names (two solvers would write the same file; Solver::snapshot leaves them out), LAPACK,
/// and what solves have learnt besides the last solution (the adapted scale and statistics
/// of the acceleration).
///
/// A solver constructed from one solves to the bit what the original one does when it
/// starts afresh, and starts warm from the same point.
struct SCS_FACADE_API Snapshot {
    Csc A;
    std::optional<Csc> P;
    std::vector<Float> b;
    std::vector<Float> c;
    Cone cone;
    Settings settings;
    std::optional<std::vector<Float>> new_p_values; ///< for Solver::update_matrices
    std::optional<std::vector<Float>> new_a_values;
    std::optional<std::vector<Float>> new_b; ///< for Solver::update
    std::optional<std::vector<Float>> new_c;
    std::optional<Start> last; ///< the last solution, if there is one

    /// A copy. What the views see may change afterwards, or even meanwhile: a solver made
    /// from the copy solves what the copy says.
    [[nodiscard]] static Snapshot of(const Problem &problem, Cone cone,
                                     Settings settings);

    [[nodiscard]] Problem problem() const {
        return {A.view(), P ? std::optional(P->view()) : std::nullopt, b, c};
    }
};

} // namespace scs

#endif
