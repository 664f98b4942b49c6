// SPDX-License-Identifier: MIT
//
// Whether this process is still the one in which something happened.
#ifndef SCS_CPP_FORKS_HPP
#define SCS_CPP_FORKS_HPP

namespace scs {

/// Forks, since the first call, on the way from that process to this one.
[[nodiscard]] int forks() noexcept;

} // namespace scs

#endif
