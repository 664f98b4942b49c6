// SPDX-License-Identifier: MIT
//
// No fork there.
#include "forks.hpp"

namespace scs {

int forks() noexcept { return 0; }

} // namespace scs
