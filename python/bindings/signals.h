// SPDX-License-Identifier: MIT
//
// Signals during a solve. Python only notes a signal when it arrives; its handler runs
// when the main thread of the main interpreter gets to it. A solve in that thread
// therefore looks now and then, so that Ctrl-C ends it with KeyboardInterrupt. No handler
// is installed or replaced. Solves in other threads do not look: they could not run one.
#ifndef SCS_BINDINGS_SIGNALS_H
#define SCS_BINDINGS_SIGNALS_H

#include <chrono>

namespace bindings {

/// Learns which thread is the main one. Called once, attached, by the module.
void init_signals();

/// Lives, on the stack, as long as one solve; made attached. Solves may be nested: one
/// solver's callback may use another.
class SignalWatch {
  public:
    SignalWatch();
    ~SignalWatch();
    SignalWatch(const SignalWatch &) = delete;
    SignalWatch &operator=(const SignalWatch &) = delete;
    SignalWatch(SignalWatch &&) = delete;
    SignalWatch &operator=(SignalWatch &&) = delete;

    /// One iteration is over. Runs the handlers of pending signals if it is time to;
    /// throws nb::python_error if one of them raises.
    void tick();

  private:
    using Clock = std::chrono::steady_clock;

    void look();

    SignalWatch *outer_;
    bool main_;              // whether handlers can run in this thread
    int stride_ = 1;         // iterations from one reading of the clock to the next
    int left_ = 1;           // iterations to the next one
    Clock::time_point read_; // the last one; the epoch before the first
    Clock::time_point due_;  // when to look next
};

/// Hooks::interrupted of every solver: ticks for the solve of the calling thread. It
/// never asks for an end other than by throwing.
bool poll_signals();

} // namespace bindings

#endif
