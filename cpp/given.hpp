// SPDX-License-Identifier: MIT
//
// The data of a solver as they were given. The core scales its copy of the matrices, which
// cannot be undone to the last bit, so snapshots come from here. What clones have in common
// they share.
#ifndef SCS_CPP_GIVEN_HPP
#define SCS_CPP_GIVEN_HPP

#include "scs/snapshot.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace scs {

class Given {
  public:
    Given() = default;
    explicit Given(Snapshot taken);

    /// As first given, with the names of files; valid as long as this or a copy lives.
    [[nodiscard]] const Snapshot &first() const noexcept;

    void update(std::optional<std::span<const Float>> b,
                std::optional<std::span<const Float>> c);
    void update_matrices(std::optional<std::span<const Float>> p_values,
                         std::optional<std::span<const Float>> a_values);

    /// Without a last solution.
    [[nodiscard]] Snapshot snapshot() const;

  private:
    using Values = std::shared_ptr<const std::vector<Float>>;

    std::shared_ptr<const Snapshot> first_;
    Values new_p_values_, new_a_values_, new_b_, new_c_; // null: as first given
};

} // namespace scs

#endif
