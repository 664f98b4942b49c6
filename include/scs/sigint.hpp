// SPDX-License-Identifier: MIT
//
// Ctrl-C for programs that want it. Nothing else in scs touches signals.
//
//     scs::SigintGuard guard;
//     scs::Solver solver(problem, cone, settings,
//                        {.interrupted = [&] { return guard.interrupted(); }});
//     scs::Result result = solver.solve(); // Status::interrupted after Ctrl-C
//
// While guards live, a handler counts SIGINT and passes it on to the one that was there
// before, which comes back when the last guard goes, however their lives overlap and in
// whatever threads. A handler that somebody else has installed meanwhile stays.
// A process in which SIGINT is ignored goes on ignoring it.
#ifndef SCS_SIGINT_HPP
#define SCS_SIGINT_HPP

#include <cstdint>

#include "export.hpp"

namespace scs {

/// When the previous handler gets a signal.
enum class PassOn {
    at_once,    ///< when it arrives
    afterwards, ///< once no guard of this kind is left; at once, though, if a guard of
                ///< the other kind lives or if a second signal arrives
};

/// What happens where SIGINT would end the process.
enum class OnDefault {
    replace, ///< it is counted instead
    leave,   ///< it ends the process
};

/// Belongs to the thread that made it.
class SCS_FACADE_API SigintGuard {
  public:
    explicit SigintGuard(PassOn pass_on = PassOn::at_once,
                         OnDefault on_default = OnDefault::replace);
    ~SigintGuard();
    SigintGuard(const SigintGuard &) = delete;
    SigintGuard &operator=(const SigintGuard &) = delete;
    SigintGuard(SigintGuard &&) = delete;
    SigintGuard &operator=(SigintGuard &&) = delete;

    /// Whether SIGINT has arrived since the guard was made. Lock-free, from any thread.
    [[nodiscard]] bool interrupted() const noexcept { return count() != since_; }

    /// Comes first again if a handler that was replaced earlier has been put back, as
    /// Python's signal.signal does with Python's. One never seen before stays in front, as
    /// it may call ours. Costs a system call.
    void renew() const noexcept;

    /// Signals seen by guards since the program began. Lock-free, from any thread.
    [[nodiscard]] static std::uint64_t count() noexcept;

  private:
    std::uint64_t since_;
    PassOn pass_on_;
    OnDefault on_default_;
};

} // namespace scs

#endif
