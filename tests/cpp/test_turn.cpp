// SPDX-License-Identifier: MIT
//
// Turns in the child of a fork that came at a bad moment. The rest is seen through the
// solver, in test_threads.cpp.
#include "turn.hpp"

#include "support/check.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace {

enum Outcome { had_a_turn = 3, was_refused = 4 };

// A child that waits for ever is ended, and then has not exited.
int in_child(scs::Turns &turns) {
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);
        try {
            const scs::Turn turn(turns);
            _exit(had_a_turn);
        } catch (const scs::ConcurrentUse &) {
            _exit(was_refused);
        }
    }
    int status = 0;
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The other thread is in its turn, between two, or in the middle of beginning or ending
// one: with most of a turn's time under the mutex, a few dozen forks meet each.
void forks_while_turns_begin_and_end() {
    scs::Turns turns(scs::OnConcurrentUse::wait);
    std::atomic<bool> stop = false;
    std::jthread other([&] {
        while (!stop) {
            const scs::Turn turn(turns);
        }
    });
    bool any_lost = false;
    for (int i = 0; i < 200 && !any_lost; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const int outcome = in_child(turns);
        if (!CHECK(outcome == had_a_turn || outcome == was_refused)) {
            break;
        }
        any_lost = outcome == was_refused && std::chrono::steady_clock::now() - begin >
                                                 std::chrono::milliseconds(200);
    }
    stop = true;
    other.join();
    CHECK_EQUAL(in_child(turns), had_a_turn);
}

// Waiting threads are not in the child, so that nobody there is told of the end.
void a_fork_in_a_turn_that_others_wait_for() {
    scs::Turns turns(scs::OnConcurrentUse::wait);
    std::jthread other;
    pid_t child = 0;
    {
        const scs::Turn turn(turns);
        other = std::jthread([&] { const scs::Turn second(turns); });
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        child = fork();
        if (child == 0) {
            alarm(60);
        }
    }
    if (child == 0) {
        for (int i = 0; i < 2; ++i) {
            const scs::Turn turn(turns);
        }
        turns.~Turns();
        _exit(had_a_turn);
    }
    int status = 0;
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == had_a_turn);
}

} // namespace

int main() {
    const CheckCase cases[] = {
        {"forks while turns begin and end", forks_while_turns_begin_and_end},
        {"a fork in a turn that others wait for",
         a_fork_in_a_turn_that_others_wait_for},
    };
    return CHECK_RUN(cases);
}
