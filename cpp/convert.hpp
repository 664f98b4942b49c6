// SPDX-License-Identifier: MIT
//
// The facade's structs as the core's and back. Matrices, b and c are passed by pointer,
// never copied.
#ifndef SCS_CPP_CONVERT_HPP
#define SCS_CPP_CONVERT_HPP

#include "scs/problem.hpp"
#include "scs/result.hpp"

#include "scs_ext.h"

#include <vector>

namespace scs {

/// The core's view of a problem, a cone and settings; valid as long as those are and do
/// not change.
/// Throws InvalidProblem or InvalidCone where lengths contradict each other, which the
/// core, given bare pointers, could not find out.
class CoreInput {
  public:
    CoreInput(const Problem &problem, const Cone &cone, const Settings &settings);
    CoreInput(const CoreInput &) = delete;
    CoreInput &operator=(const CoreInput &) = delete;
    CoreInput(CoreInput &&) = delete;
    CoreInput &operator=(CoreInput &&) = delete;
    ~CoreInput() = default;

    [[nodiscard]] const ScsData &data() const noexcept { return data_; }
    [[nodiscard]] const ScsCone &cone() const noexcept { return cone_; }
    [[nodiscard]] const ScsSettings &settings() const noexcept { return settings_; }
    [[nodiscard]] ScsLinearSolver linear_solver() const noexcept {
        return linear_solver_;
    }

  private:
    ScsMatrix a_{};
    ScsMatrix p_{};
    ScsData data_{};
    ScsCone cone_{};
    ScsSettings settings_{};
    ScsLinearSolver linear_solver_;
};

/// Throws InvalidCone where lengths contradict each other.
[[nodiscard]] ScsCone cone_to_core(const Cone &cone);

[[nodiscard]] Info info_from_core(const ScsInfo &info);
[[nodiscard]] Progress progress_from_core(const ScsProgress &progress);

} // namespace scs

#endif
