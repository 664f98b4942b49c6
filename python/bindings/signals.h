// SPDX-License-Identifier: MIT
//
// Signals during a solve. Python only notes a signal when it arrives; its handler runs
// when the main thread of the main interpreter gets to it. A solve in that thread
// therefore looks now and then. Solves in other threads cannot run a handler, so for
// Ctrl-C every solve also asks scs::SigintGuard, which is why Ctrl-C ends them all.
//
// The guard costs system calls, several times what a tiny problem takes. So a watch sets
// one up only when the work is going to take long, has taken a while, or calls Python.
#ifndef SCS_BINDINGS_SIGNALS_H
#define SCS_BINDINGS_SIGNALS_H

#include <chrono>
#include <cstdint>
#include <optional>

#include "scs/sigint.hpp"

namespace bindings {

/// Learns which thread is the main one. Called once, attached, by the module.
void init_signals();

/// Lives, on the stack, as long as one call; made and destroyed attached, either of which
/// may detach for a while. Calls may be nested: one solver's callback may use another.
class SignalWatch {
  public:
    /// size: entries that the call works on; since: SigintGuard::count() when what it
    /// belongs to began.
    explicit SignalWatch(std::int64_t size,
                         std::uint64_t since = scs::SigintGuard::count());
    ~SignalWatch();
    SignalWatch(const SignalWatch &) = delete;
    SignalWatch &operator=(const SignalWatch &) = delete;
    SignalWatch(SignalWatch &&) = delete;
    SignalWatch &operator=(SignalWatch &&) = delete;

    /// One iteration is over. True if the solve has to end because of Ctrl-C. In the main
    /// thread this runs the handlers of pending signals if it is time to, and throws
    /// nb::python_error if one of them raises.
    bool tick();

    /// Sets up the guard, if it is not there yet. Better detached: it may wait.
    void arm();

  private:
    using Clock = std::chrono::steady_clock;

    void look();
    void run_handlers();

    SignalWatch *outer_;
    std::uint64_t since_;
    bool main_;               // whether handlers can run in this thread
    int stride_ = 1;          // iterations from one reading of the clock to the next
    int left_ = 1;            // iterations to the next one
    Clock::time_point begin_; // the first one
    Clock::time_point read_;  // the last one; the epoch before the first
    Clock::time_point due_;   // when to look next
    std::optional<scs::SigintGuard> guard_;
};

/// Hooks::interrupted of every solver: ticks for the call of this thread.
bool poll_signals();

/// A call of this thread is about to run Python code.
void arm_signals();

} // namespace bindings

#endif
