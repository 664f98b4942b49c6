// SPDX-License-Identifier: MIT
//
// class Solver: one problem, solved as often as wanted.
//
// Threads. Different solvers share no mutable state and run in parallel. One solver may be
// used from many threads: solve, update, update_matrices, set_hooks, set_start, snapshot
// and clone take turns, so that the outcome equals some serial order (or a second caller gets
// ConcurrentUse at once, see OnConcurrentUse). What is noexcept never waits. Results are
// returned by value. Construction, moving and destruction belong to one thread. In the
// child of a fork a solver is as it was, unless another thread was in one of its calls:
// then every call throws ConcurrentUse, at the latest after a fraction of a second.
//
// Hooks run in the thread that called into the solver, while it holds its turn. A hook may
// call what is noexcept of its own solver; anything else throws ConcurrentUse instead of
// deadlocking. An exception that leaves a hook stops the call and comes out of
// it.
#ifndef SCS_SOLVER_HPP
#define SCS_SOLVER_HPP

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>

#include "export.hpp"
#include "lapack.hpp"
#include "problem.hpp"
#include "result.hpp"
#include "snapshot.hpp"

namespace scs {

/// What happens to a call that finds the solver busy in another thread.
enum class OnConcurrentUse {
    wait,  ///< it waits for its turn
    raise, ///< it throws ConcurrentUse
};

/// Calls back into the program; empty ones are not called.
struct Hooks {
    /// Takes the report piece by piece (settings.verbose); empty: the standard output.
    std::function<void(std::string_view text)> print = nullptr;
    /// Polled every iteration, so it should cost little; true stops the solve with
    /// Status::interrupted.
    std::function<bool()> interrupted = nullptr;
};

/// How one solve starts and what watches it.
struct SolveOptions {
    /// Start from the last solution, each vector of it replaced for good by the one given
    /// here, if any (NaN entries count as 0). Without a last solution and without given
    /// vectors the start is cold. False: a fresh solve, as if the solver were new.
    bool warm_start = true;
    std::optional<std::span<const Float>> x = std::nullopt; ///< length n
    std::optional<std::span<const Float>> y = std::nullopt; ///< length m
    std::optional<std::span<const Float>> s = std::nullopt; ///< length m
    /// Called at every convergence check, that by which the solve ends included; true stops
    /// the solve, unless it has just come to its end.
    std::function<bool(const Progress &)> progress = nullptr;
};

class SCS_FACADE_API Solver {
  public:
    /// Validates, copies, equilibrates and factorises; of what is given only the hooks and
    /// the pointer lapack are kept. The latter is for cones that need it; null means the
    /// one linked in. Throws InvalidProblem, InvalidCone, InvalidSetting, OutOfMemory,
    /// NumericalError, BackendUnavailable, NotSupported, FileError.
    Solver(const Problem &problem, const Cone &cone, const Settings &settings = {},
           Hooks hooks = {}, OnConcurrentUse on_concurrent_use = OnConcurrentUse::wait,
           const Lapack *lapack = nullptr);

    /// The same from a snapshot, which it keeps: moved in, nothing is copied. Updates and
    /// the last solution are taken over.
    explicit Solver(Snapshot snapshot, Hooks hooks = {},
                    OnConcurrentUse on_concurrent_use = OnConcurrentUse::wait,
                    const Lapack *lapack = nullptr);

    /// A moved-from solver can only be destroyed or assigned to.
    Solver(Solver &&other) noexcept;
    Solver &operator=(Solver &&other) noexcept;
    Solver(const Solver &) = delete;
    Solver &operator=(const Solver &) = delete;
    ~Solver();

    /// Solves. A stop request ends it, and the wait for its turn, with
    /// Status::interrupted. Throws InvalidProblem for a vector that holds infinities or is
    /// of the wrong length (then those before it in the order x, y, s stay replaced),
    /// NumericalError if the computation breaks down (the next solve then starts cold),
    /// FileError if Settings::log_csv_filename, opened anew, cannot be written, and
    /// BackendFailed if the library of the linear solver fails.
    Result solve(const SolveOptions &options = {}, const std::stop_token &stop = {});

    /// Replaces b and c; an absent one stays. The factorisation is kept. On an error
    /// (InvalidProblem) nothing has changed.
    void update(std::optional<std::span<const Float>> b,
                std::optional<std::span<const Float>> c);

    /// Replaces the values of P (upper triangle) and A, in the order of the pattern given
    /// at construction; an absent one stays. InvalidProblem leaves everything as it was;
    /// after NumericalError solves fail until valid values arrive.
    void update_matrices(std::optional<std::span<const Float>> p_values,
                         std::optional<std::span<const Float>> a_values);

    /// A solver in the same state, with the same hooks, that shares what never changes.
    [[nodiscard]] Solver clone() const;

    /// Replaces the hooks.
    void set_hooks(Hooks hooks);

    /// Makes this the last solution. InvalidProblem for a wrong length.
    void set_start(const Start &start);

    /// What it takes to make another solver like this one.
    [[nodiscard]] Snapshot snapshot() const;
    [[nodiscard]] OnConcurrentUse on_concurrent_use() const noexcept;

    /// Asks the running solve, if any, to stop with Status::interrupted. Lock-free.
    void interrupt() noexcept;

    [[nodiscard]] Int m() const noexcept;              ///< rows of A
    [[nodiscard]] Int n() const noexcept;              ///< columns of A
    [[nodiscard]] std::int64_t a_nnz() const noexcept; ///< stored entries of A
    [[nodiscard]] std::int64_t p_nnz() const noexcept; ///< and of P

    [[nodiscard]] const Cone &
    cone() const noexcept; ///< as given, as long as this lives
    /// The backend that was chosen, as in Info::lin_sys_solver.
    [[nodiscard]] std::string_view linear_solver() const noexcept;
    /// Of the last solve that had its turn and returned; unfinished before the first.
    [[nodiscard]] Status last_status() const noexcept;

  private:
    struct Impl;
    explicit Solver(std::unique_ptr<Impl> impl) noexcept;
    std::unique_ptr<Impl> impl_;
};

/// "major.minor.patch"
[[nodiscard]] SCS_FACADE_API std::string_view version() noexcept;

} // namespace scs

#endif
