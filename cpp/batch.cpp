// SPDX-License-Identifier: MIT
//
// A counter that workers draw jobs from; each worker writes only its jobs' outcomes.
#include "scs/batch.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>

namespace scs {

namespace {

template <typename Make>
Outcome outcome_of(const Make &make) {
    try {
        return Outcome(make());
    } catch (...) {
        return Outcome(std::current_exception());
    }
}

// False if there are no more threads to be had.
bool start(std::vector<std::jthread> &threads, const std::function<void()> &worker) {
    try {
        threads.emplace_back(worker);
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

// Runs worker() on up to `threads` threads, this one among them, and waits for all. Fewer
// threads do the same work, as each worker goes on until there is none left.
void run_workers(const std::function<void()> &worker, unsigned threads,
                 std::size_t jobs) {
    if (threads == 0) {
        threads = std::max(1U, std::thread::hardware_concurrency());
    }
    const std::size_t count = std::min<std::size_t>(threads, jobs);
    std::vector<std::jthread> others;
    others.reserve(count);
    while (others.size() + 1 < count && start(others, worker)) {
    }
    worker();
}

void print_nothing(std::string_view) {}

} // namespace

std::vector<Outcome> solve_batch(std::span<const Job> jobs, unsigned threads,
                                 const std::stop_token &stop,
                                 const std::function<bool()> &interrupted) {
    std::vector<Outcome> outcomes(jobs.size());
    std::atomic<std::size_t> next = 0;
    const auto worker = [&] {
        for (std::size_t i = next++; i < jobs.size(); i = next++) {
            outcomes[i] = outcome_of([&] {
                Settings settings = jobs[i].settings;
                settings.verbose = false;
                Solver solver(jobs[i].problem, jobs[i].cone, settings,
                              {.interrupted = interrupted}, OnConcurrentUse::wait,
                              jobs[i].lapack);
                return solver.solve({}, stop);
            });
        }
    };
    run_workers(worker, threads, jobs.size());
    return outcomes;
}

std::vector<Outcome> solve_batch(const Solver &solver, std::span<const Vectors> jobs,
                                 unsigned threads, const std::stop_token &stop,
                                 const std::function<bool()> &interrupted) {
    std::vector<Outcome> outcomes(jobs.size());
    std::atomic<std::size_t> next = 0;
    // One at a time, as the solver may be one that refuses a second caller.
    std::mutex cloning;
    const auto clone = [&] {
        const std::scoped_lock lock(cloning);
        return solver.clone();
    };
    // A clone for every job rather than one for every thread: what a clone has solved
    // before would show in the next result.
    const auto worker = [&] {
        for (std::size_t i = next++; i < jobs.size(); i = next++) {
            outcomes[i] = outcome_of([&] {
                Solver own = clone();
                own.set_hooks({.print = print_nothing, .interrupted = interrupted});
                own.update(jobs[i].b, jobs[i].c);
                return own.solve({.warm_start = false}, stop);
            });
        }
    };
    run_workers(worker, threads, jobs.size());
    return outcomes;
}

} // namespace scs
