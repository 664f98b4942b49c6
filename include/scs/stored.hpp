// SPDX-License-Identifier: MIT
//
// Problems in files: what Settings::write_data_filename writes, read back.
#ifndef SCS_STORED_HPP
#define SCS_STORED_HPP

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "export.hpp"
#include "problem.hpp"
#include "snapshot.hpp"

namespace scs {

/// A problem that owns its arrays: Solver(stored.problem(), stored.cone, stored.settings).
struct StoredProblem {
    Csc A;
    std::optional<Csc> P;
    std::vector<Float> b;
    std::vector<Float> c;
    Cone cone;
    Settings settings;   ///< no file names; linear_solver has its default
    std::string version; ///< of the library that wrote the file

    /// Views of the arrays, valid while they stay.
    [[nodiscard]] Problem problem() const {
        return {A.view(), P ? std::optional(P->view()) : std::nullopt, b, c};
    }
};

/// Reads a file that write_data_filename has made, here or in any scs from 3.2 on. Settings
/// that the file is too old to know have their defaults. Nothing in the file is trusted; what
/// comes out has passed the checks of Solver's constructor. Throws FileError if it cannot be
/// read (a folder, a pipe, a device), InvalidProblem, InvalidCone or InvalidSetting with the
/// field and the value if its contents are wrong, OutOfMemory.
[[nodiscard]] SCS_FACADE_API StoredProblem
read_problem(const std::filesystem::path &path);

/// The same from the bytes of such a file.
[[nodiscard]] SCS_FACADE_API StoredProblem
read_problem(std::span<const std::byte> bytes);

} // namespace scs

#endif
