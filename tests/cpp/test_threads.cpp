// SPDX-License-Identifier: MIT
//
// The thread contract of Solver. Built for the thread sanitizer as much as for the checks;
// the harness is not thread-safe, so threads only record and the main thread checks.
#include "cpp_problems.hpp"
#include "gate.hpp"

#include "support/check.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace {

using scs::Solver;
using scs::Status;
using test::Owned;
using test::quiet;
using test::same_bits;

constexpr int thread_count = 4;

// Runs body(0) ... body(count - 1) in threads that start together.
void in_parallel(int count, const std::function<void(int)> &body) {
    test::Gate start;
    std::vector<std::jthread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&start, &body, i] {
            start.wait();
            body(i);
        });
    }
    start.open();
}

void independent_solvers() {
    constexpr int rounds = 20;
    std::vector<Owned> problems;
    std::vector<scs::Result> expected;
    for (int i = 0; i < thread_count; ++i) {
        problems.push_back(test::random_qp(static_cast<unsigned>(i)));
        expected.push_back(
            Solver(problems.back().view(), problems.back().cone, quiet()).solve());
    }
    std::atomic<int> different = 0;
    in_parallel(thread_count, [&](int i) {
        const auto index = static_cast<std::size_t>(i);
        for (int round = 0; round < rounds; ++round) {
            Solver solver(problems[index].view(), problems[index].cone, quiet());
            different += same_bits(expected[index], solver.solve()) ? 0 : 1;
        }
    });
    CHECK_EQUAL(different.load(), 0);
}

// Every thread sets its own b and solves afresh; in any serial order a result belongs to
// the b of some thread.
void one_solver_equals_a_serial_order() {
    constexpr int rounds = 30;
    const Owned problem = test::random_qp(11);
    std::vector<std::vector<double>> vectors;
    std::vector<scs::Result> expected;
    for (int i = 0; i < thread_count; ++i) {
        vectors.emplace_back(problem.b.size(), 1.0 + i);
        Solver solver(problem.view(), problem.cone, quiet());
        solver.update(vectors.back(), std::nullopt);
        expected.push_back(solver.solve());
    }
    Solver solver(problem.view(), problem.cone, quiet());
    solver.update(vectors[0], std::nullopt);
    std::vector<std::vector<scs::Result>> results(thread_count);
    std::atomic<int> running = thread_count;
    std::jthread interrupter([&] {
        while (running > 0) {
            solver.interrupt();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    in_parallel(thread_count, [&](int i) {
        const auto index = static_cast<std::size_t>(i);
        for (int round = 0; round < rounds; ++round) {
            solver.update(vectors[index], std::nullopt);
            results[index].push_back(solver.solve({.warm_start = false}));
        }
        --running;
    });
    int strange = 0;
    int complete = 0;
    for (const auto &of_thread : results) {
        for (const scs::Result &result : of_thread) {
            bool known = result.info.status == Status::interrupted;
            complete += known ? 0 : 1;
            for (const scs::Result &candidate : expected) {
                known = known || same_bits(result, candidate);
            }
            strange += known ? 0 : 1;
        }
    }
    CHECK_EQUAL(strange, 0);
    CHECK(complete > 0);
}

void everything_at_once() {
    const Owned problem = test::random_qp(12);
    Solver solver(problem.view(), problem.cone, quiet());
    std::atomic<int> bad = 0;
    const auto check = [&](const scs::Result &result) {
        bad += result.info.status == Status::solved ||
                       result.info.status == Status::interrupted
                   ? 0
                   : 1;
    };
    const std::vector<std::function<void()>> actions = {
        [&] { check(solver.solve()); },
        [&] { check(solver.solve({.x = problem.c})); },
        [&] { solver.update(problem.b, problem.c); },
        [&] { solver.update_matrices(problem.P.values, problem.A.values); },
        [&] { check(solver.clone().solve()); },
        [&] { solver.set_hooks({.interrupted = [] { return false; }}); },
        [&] { solver.interrupt(); },
        [&] { bad += solver.m() == problem.A.rows ? 0 : 1; },
    };
    in_parallel(static_cast<int>(actions.size()), [&](int i) {
        for (int round = 0; round < 25; ++round) {
            actions[static_cast<std::size_t>(i)]();
        }
    });
    CHECK_EQUAL(bad.load(), 0);
    CHECK(solver.solve().info.status == Status::solved);
}

// A solver whose solve stands still in a hook until it is let go.
class Held {
  public:
    explicit Held(scs::OnConcurrentUse policy)
        : problem_(test::lp()),
          solver_(problem_.view(), problem_.cone, quiet(),
                  {.interrupted = [this] { return wait(); }}, policy),
          thread_([this] { static_cast<void>(solver_.solve()); }) {
        inside_.wait();
    }
    Held(const Held &) = delete;
    Held &operator=(const Held &) = delete;
    Held(Held &&) = delete;
    Held &operator=(Held &&) = delete;
    ~Held() { let_go(); }

    Solver &solver() { return solver_; }
    void let_go() {
        released_.open();
        if (thread_.joinable()) {
            thread_.join();
        }
    }

  private:
    bool wait() {
        if (!entered_) {
            entered_ = true;
            inside_.open();
            released_.wait();
        }
        return false;
    }

    bool entered_ = false; // only touched by the thread that solves
    test::Gate inside_;
    test::Gate released_;
    Owned problem_;
    Solver solver_;
    std::thread thread_;
};

void busy_solver_raises() {
    Held held(scs::OnConcurrentUse::raise);
    int raised = 0;
    const std::vector<std::function<void()>> actions = {
        [&] { static_cast<void>(held.solver().solve()); },
        [&] { held.solver().update(std::nullopt, std::nullopt); },
        [&] { static_cast<void>(held.solver().clone()); },
    };
    for (const auto &action : actions) {
        try {
            action();
        } catch (const scs::ConcurrentUse &error) {
            ++raised;
            CHECK_CONTAINS(error.what(), "in use by another thread");
        }
    }
    CHECK_EQUAL(raised, 3);
    CHECK_EQUAL(held.solver().n(), 2); // never waits
    held.let_go();
    CHECK(held.solver().solve().info.status == Status::solved);
}

void busy_solver_is_waited_for() {
    Held held(scs::OnConcurrentUse::wait);
    std::atomic<bool> done = false;
    std::jthread second([&] {
        static_cast<void>(held.solver().solve());
        done = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(!done);
    held.let_go();
    second.join();
    CHECK(done);
}

void interrupt_stops_an_endless_solve() {
    const Owned problem = test::random_qp(13);
    test::Gate running;
    bool told = false;
    Solver solver(problem.view(), problem.cone, test::endless(), {.interrupted = [&] {
                      if (!std::exchange(told, true)) {
                          running.open();
                      }
                      return false;
                  }});
    scs::Result result;
    std::jthread thread([&] { result = solver.solve(); });
    running.wait();
    solver.interrupt();
    thread.join();
    CHECK(result.info.status == Status::interrupted);
}

void stop_token_stops_an_endless_solve() {
    const Owned problem = test::random_qp(14);
    scs::Result result;
    std::jthread thread([&](const std::stop_token &stop) {
        Solver solver(problem.view(), problem.cone, test::endless());
        result = solver.solve({}, stop);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    thread.request_stop();
    thread.join();
    CHECK(result.info.status == Status::interrupted);
}

// Clones share the analysis and the factor with the original and with each other.
void clones_run_apart() {
    const Owned problem = test::random_qp(15);
    Solver original(problem.view(), problem.cone, quiet());
    const auto run = [&](Solver &solver, int i) {
        std::vector<double> values = problem.A.values;
        for (double &value : values) {
            value *= 1 + 0.1 * i;
        }
        solver.update_matrices(std::nullopt, values);
        return solver.solve({.warm_start = false});
    };
    std::vector<scs::Result> expected;
    std::vector<Solver> clones;
    for (int i = 0; i < thread_count; ++i) {
        Solver serial(problem.view(), problem.cone, quiet());
        expected.push_back(run(serial, i));
        clones.push_back(original.clone());
    }
    std::vector<scs::Result> results(thread_count);
    in_parallel(thread_count, [&](int i) {
        const auto index = static_cast<std::size_t>(i);
        results[index] = run(clones[index], i);
        const Solver again = clones[index].clone();
        static_cast<void>(original.clone());
    });
    for (std::size_t i = 0; i < results.size(); ++i) {
        CHECK(same_bits(expected[i], results[i]));
    }
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"independent_solvers", independent_solvers},
        {"one_solver_equals_a_serial_order", one_solver_equals_a_serial_order},
        {"everything_at_once", everything_at_once},
        {"busy_solver_raises", busy_solver_raises},
        {"busy_solver_is_waited_for", busy_solver_is_waited_for},
        {"interrupt_stops_an_endless_solve", interrupt_stops_an_endless_solve},
        {"stop_token_stops_an_endless_solve", stop_token_stops_an_endless_solve},
        {"clones_run_apart", clones_run_apart},
    };
    return CHECK_RUN(cases);
}
