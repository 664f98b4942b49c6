// SPDX-License-Identifier: MIT
//
// SigintGuard, snapshots, and stopping a wait for one's turn. POSIX only: elsewhere a
// signal cannot be sent to oneself without ending the process.
#include "cpp_problems.hpp"

#include "support/check.h"

#include "scs/sigint.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

namespace {

using scs::OnDefault;
using scs::PassOn;
using scs::SigintGuard;

std::atomic<int> calls = 0; // handlers run in any thread
static_assert(std::atomic<int>::is_always_lock_free);

void count_call(int /*signal*/) { ++calls; }

using Handler = void (*)(int);

Handler current() {
    struct sigaction action{};
    sigaction(SIGINT, nullptr, &action);
    return (action.sa_flags & SA_SIGINFO) != 0 ? nullptr : action.sa_handler;
}

void press() { kill(getpid(), SIGINT); } // delivered before it returns: one thread

void counts_passes_on_and_restores() {
    std::signal(SIGINT, count_call);
    calls = 0;
    {
        const SigintGuard guard;
        CHECK(!guard.interrupted());
        CHECK(current() != count_call);
        press();
        CHECK(guard.interrupted());
        CHECK_EQUAL(static_cast<int>(calls), 1);
        const SigintGuard later;
        CHECK(!later.interrupted());
    }
    CHECK(current() == count_call);
    press();
    CHECK_EQUAL(static_cast<int>(calls), 2);
}

void lives_may_overlap() {
    std::signal(SIGINT, count_call);
    calls = 0;
    std::optional<SigintGuard> first(std::in_place);
    std::optional<SigintGuard> second(std::in_place);
    first.reset();
    press();
    CHECK(second->interrupted());
    CHECK_EQUAL(static_cast<int>(calls), 1);
    second.reset();
    CHECK(current() == count_call);
}

void an_ignored_signal_stays_ignored() {
    std::signal(SIGINT, SIG_IGN);
    const SigintGuard guard;
    press();
    CHECK(!guard.interrupted());
    CHECK(current() == SIG_IGN);
}

void the_default_effect() {
    std::signal(SIGINT, SIG_DFL);
    {
        const SigintGuard leaving(PassOn::at_once, OnDefault::leave);
        CHECK(current() == SIG_DFL);
        const SigintGuard replacing;
        press(); // would end the process
        CHECK(replacing.interrupted());
    }
    CHECK(current() == SIG_DFL);
}

void a_handler_of_somebody_else_stays() {
    std::signal(SIGINT, SIG_DFL);
    {
        const SigintGuard guard;
        std::signal(SIGINT, count_call);
        calls = 0;
        press();
        CHECK(!guard.interrupted());
        guard.renew();
        press();
        CHECK(guard.interrupted());
        CHECK_EQUAL(static_cast<int>(calls), 2);
    }
    CHECK(current() == count_call);
    {
        const SigintGuard guard;
        std::signal(SIGINT, SIG_IGN);
    }
    CHECK(current() == SIG_IGN);
}

struct sigaction found{};

void chain(int signal, siginfo_t *info, void *context) {
    calls = calls + 1;
    found.sa_sigaction(signal, info, context);
}

// A library that calls the handler that it replaced, which is the guard's.
void handlers_that_chain_do_not_go_in_circles() {
    std::signal(SIGINT, count_call);
    calls = 0;
    std::optional<SigintGuard> guard(std::in_place);
    struct sigaction action{};
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = chain;
    sigaction(SIGINT, &action, &found);
    press();
    CHECK_EQUAL(static_cast<int>(calls), 2);
    guard->renew();
    press();
    CHECK_EQUAL(static_cast<int>(calls), 4);
    CHECK(guard->interrupted());
    guard.reset();
    press();
    CHECK_EQUAL(static_cast<int>(calls), 6);
    std::signal(SIGINT, SIG_DFL);
}

void signals_held_back_come_once() {
    std::signal(SIGINT, count_call);
    calls = 0;
    std::optional<SigintGuard> first(std::in_place, PassOn::afterwards);
    std::optional<SigintGuard> second(std::in_place, PassOn::afterwards);
    press();
    CHECK(first->interrupted());
    CHECK(second->interrupted());
    CHECK_EQUAL(static_cast<int>(calls), 0);
    first.reset();
    CHECK_EQUAL(static_cast<int>(calls), 0);
    second.reset();
    CHECK_EQUAL(static_cast<int>(calls), 1);
    CHECK(current() == count_call);

    const SigintGuard waiting(PassOn::afterwards);
    press();
    press(); // impatience
    CHECK_EQUAL(static_cast<int>(calls), 2);
    press();
    const std::uint64_t before = SigintGuard::count();
    const SigintGuard prompt; // takes the one that waits
    CHECK_EQUAL(static_cast<int>(calls), 3);
    CHECK_EQUAL(SigintGuard::count(), before); // which is no new one
    press();
    CHECK_EQUAL(static_cast<int>(calls), 4);
}

void guards_of_many_threads() {
    std::signal(SIGINT, count_call);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([i] {
                for (int round = 0; round < 200; ++round) {
                    const SigintGuard guard(i % 2 == 0 ? PassOn::at_once
                                                       : PassOn::afterwards);
                    if (round % 50 == 0) {
                        press();
                    }
                    guard.renew();
                }
            });
        }
    }
    CHECK(current() == count_call);
}

void a_solve_ends() {
    const test::Owned problem = test::random_qp(3);
    scs::Settings settings = test::quiet();
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    settings.max_iters = 2'000'000'000;
    settings.time_limit_secs = 60;
    std::signal(SIGINT, SIG_DFL);
    const SigintGuard guard;
    scs::Solver solver(problem.view(), problem.cone, settings,
                       {.interrupted = [&] { return guard.interrupted(); }});
    const scs::Result result = solver.solve({.progress = [](const scs::Progress &) {
        press();
        return false;
    }});
    CHECK(result.info.status == scs::Status::interrupted);
}

void a_stop_request_ends_the_wait_for_a_turn() {
    const test::Owned problem = test::random_qp(3);
    scs::Settings settings = test::quiet();
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    settings.max_iters = 2'000'000'000;
    settings.time_limit_secs = 60;
    scs::Solver solver(problem.view(), problem.cone, settings);
    std::atomic<bool> running = false;
    std::jthread other([&] {
        (void)solver.solve({.progress = [&](const scs::Progress &) {
            running = true;
            running.notify_all();
            return false;
        }});
    });
    running.wait(false);
    std::stop_source stop;
    std::jthread stopper([&] { stop.request_stop(); });
    const scs::Result result = solver.solve({}, stop.get_token());
    CHECK(result.info.status == scs::Status::interrupted);
    CHECK_EQUAL(result.info.iter, -1);
    CHECK_EQUAL(result.x.size(), problem.c.size());
    CHECK(result.x[0] != result.x[0]);
    solver.interrupt();
}

void snapshots_make_the_same_solver() {
    const test::Owned problem = test::random_qp(5);
    scs::Solver solver(problem.view(), problem.cone, test::quiet());
    const std::vector<double> b(problem.b.size(), 2.0);
    const std::vector<double> c(problem.c.size(), -0.5);
    solver.update(b, c);
    (void)solver.solve();
    const scs::Snapshot taken = solver.snapshot();
    CHECK(taken.last.has_value());
    CHECK(taken.b == problem.b);
    scs::Solver twin(taken.problem(), taken.cone, taken.settings);
    twin.update(taken.new_b, taken.new_c);
    twin.set_start(*taken.last);
    CHECK(test::same_bits(twin.solve({.warm_start = false}),
                          solver.solve({.warm_start = false})));
    CHECK(!taken.new_a_values.has_value());
    scs::Solver same(taken, {.print = [](std::string_view) {}});
    CHECK(same.snapshot().new_b == taken.new_b);
    CHECK(same.snapshot().last->x == taken.last->x);
    scs::Solver by_hand(taken.problem(), taken.cone, taken.settings);
    by_hand.update(taken.new_b, taken.new_c);
    by_hand.set_start(*taken.last);
    CHECK(test::same_bits(same.solve(), by_hand.solve()));
}

// What the caller does to the arrays after the copy no longer matters.
void snapshots_are_copies() {
    test::Owned problem = test::random_qp(6);
    const scs::Result expected =
        scs::Solver(problem.view(), problem.cone, test::quiet()).solve();
    scs::Snapshot copy = scs::Snapshot::of(problem.view(), problem.cone, test::quiet());
    problem.b.assign(problem.b.size(), 1e300);
    problem.A.col_starts.assign(problem.A.col_starts.size(), 1 << 30);
    CHECK(test::same_bits(scs::Solver(std::move(copy)).solve(), expected));
    const scs::Snapshot cut =
        scs::Snapshot::of(problem.view(), problem.cone, test::quiet());
    bool thrown = false;
    try {
        (void)scs::Solver(cut);
    } catch (const scs::InvalidProblem &) {
        thrown = true;
    }
    CHECK(thrown);
}

void a_batch_ends() {
    std::signal(SIGINT, count_call);
    const SigintGuard guard;
    const test::Owned problem = test::random_qp(7);
    const std::vector<scs::Job> jobs(4,
                                     {problem.view(), problem.cone, test::endless()});
    std::atomic<bool> running = false;
    std::jthread finger([&] {
        while (!running) {
            std::this_thread::yield();
        }
        press();
    });
    const auto outcomes = scs::solve_batch(jobs, 2, {}, [&] {
        running = true;
        return guard.interrupted();
    });
    for (const scs::Outcome &outcome : outcomes) {
        CHECK(outcome.result().info.status == scs::Status::interrupted);
    }
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"counts_passes_on_and_restores", counts_passes_on_and_restores},
        {"lives_may_overlap", lives_may_overlap},
        {"an_ignored_signal_stays_ignored", an_ignored_signal_stays_ignored},
        {"the_default_effect", the_default_effect},
        {"a_handler_of_somebody_else_stays", a_handler_of_somebody_else_stays},
        {"handlers_that_chain_do_not_go_in_circles",
         handlers_that_chain_do_not_go_in_circles},
        {"signals_held_back_come_once", signals_held_back_come_once},
        {"guards_of_many_threads", guards_of_many_threads},
        {"a_solve_ends", a_solve_ends},
        {"a_stop_request_ends_the_wait_for_a_turn",
         a_stop_request_ends_the_wait_for_a_turn},
        {"snapshots_make_the_same_solver", snapshots_make_the_same_solver},
        {"snapshots_are_copies", snapshots_are_copies},
        {"a_batch_ends", a_batch_ends},
    };
    return CHECK_RUN(cases);
}
