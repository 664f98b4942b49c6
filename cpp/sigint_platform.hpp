// SPDX-License-Identifier: MIT
//
// The little of signal handling that differs between systems.
#ifndef SCS_CPP_SIGINT_PLATFORM_HPP
#define SCS_CPP_SIGINT_PLATFORM_HPP

#include "scs/sigint.hpp"

namespace scs::sigint {

/// What the handler gets besides the number of the signal, as far as the system says.
struct Event {
    int signal;
    void *info;
    void *context;
};

/// Counts the signal and passes it on; installed by install(). Async-signal-safe.
void handle(const Event &event) noexcept;

/// Makes ours the handler, unless it is, the signal is ignored, or it has its default
/// effect and that is to stay. Not for several threads at once.
void install(OnDefault on_default) noexcept;

/// Puts the previous handler back if ours is still the current one.
void restore() noexcept;

/// Calls the previous handler. One that itself calls the handler that it replaced, ours,
/// makes this nested (level 1 and so on): then the one before it is called.
/// Async-signal-safe.
void call_previous(const Event &event, int level) noexcept;

/// Sends SIGINT to this process, if somebody handles it. Says first, by calling
/// expect(ours), whether it will come to handle().
void send_again(void (*expect)(bool ours) noexcept) noexcept;

/// Calls these around every fork from now on, where there is fork.
void register_fork(void (*before)(), void (*parent)(), void (*child)()) noexcept;

} // namespace scs::sigint

#endif
