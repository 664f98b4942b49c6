// SPDX-License-Identifier: MIT
//
// Many solves on many threads. Each result depends on its job alone, not on the number of
// threads or the order in which they ran.
//
// A batch ends early, its running jobs and those not yet begun with Status::interrupted,
// when a stop is requested or when `interrupted`, which every solve polls at every
// iteration, in whatever thread it runs, returns true. Ctrl-C, for example:
//
//     scs::SigintGuard guard;
//     solve_batch(jobs, 0, {}, [&] { return guard.interrupted(); });
#ifndef SCS_BATCH_HPP
#define SCS_BATCH_HPP

#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <variant>
#include <vector>

#include "export.hpp"
#include "lapack.hpp"
#include "problem.hpp"
#include "result.hpp"
#include "solver.hpp"

namespace scs {

/// One independent problem. settings.verbose counts as false: reports would mix.
struct Job {
    Problem problem;
    Cone cone;
    Settings settings;
    const Lapack *lapack = nullptr; ///< as for Solver
};

/// New vectors for a problem whose matrices stay; absent ones are those of the solver.
struct Vectors {
    std::optional<std::span<const Float>> b = std::nullopt;
    std::optional<std::span<const Float>> c = std::nullopt;
};

/// What became of one job: a result, or the exception that it threw.
class Outcome {
  public:
    Outcome() = default;
    explicit Outcome(Result result) : content_(std::move(result)) {}
    explicit Outcome(std::exception_ptr error) : content_(std::move(error)) {}

    [[nodiscard]] bool has_result() const noexcept {
        return std::holds_alternative<Result>(content_);
    }
    /// The result; throws the exception if there is none.
    [[nodiscard]] const Result &result() const {
        if (const auto *error = std::get_if<std::exception_ptr>(&content_)) {
            std::rethrow_exception(*error);
        }
        return std::get<Result>(content_);
    }

  private:
    std::variant<Result, std::exception_ptr> content_;
};

/// Solves every job; threads = 0 takes one for each core. The outcomes are in the order of
/// the jobs. An exception of `interrupted` becomes the outcome of the job that met it.
[[nodiscard]] SCS_FACADE_API std::vector<Outcome>
solve_batch(std::span<const Job> jobs, unsigned threads = 0,
            const std::stop_token &stop = {},
            const std::function<bool()> &interrupted = nullptr);

/// Solves the problem of the solver, which is left as it is, once for each (b, c), each
/// time afresh, on clones that share the analysis of the matrices. Prints nothing; of the
/// solver's own hooks none is called.
[[nodiscard]] SCS_FACADE_API std::vector<Outcome>
solve_batch(const Solver &solver, std::span<const Vectors> jobs, unsigned threads = 0,
            const std::stop_token &stop = {},
            const std::function<bool()> &interrupted = nullptr);

} // namespace scs

#endif
