// SPDX-License-Identifier: MIT
//
// Counting SIGINT. The handler uses lock-free atomics only; guards come and go under a
// mutex, which nobody holds while waiting for anything and which is free in a forked
// child.
#include "scs/sigint.hpp"

#include "sigint_platform.hpp"

#include <atomic>
#include <mutex>

namespace scs {

namespace {

using Counter = std::atomic<int>;
static_assert(Counter::is_always_lock_free);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(std::atomic<bool>::is_always_lock_free);

std::atomic<std::uint64_t> signals{0};
Counter at_once{0};             // guards of each kind
Counter afterwards{0};          //
std::atomic<bool> held{false};  // a signal waits for the last `afterwards` guard to go
std::atomic<bool> known{false}; // the next signal is that one, sent again
Counter depth{0};               // nesting of the handler

// Guards of the calling thread, which are all that a forked child has.
thread_local int own_at_once = 0;
thread_local int own_afterwards = 0;

std::mutex &mutex() {
    // Never deleted: it outlives every thread and destructor.
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
    static auto *const created = new std::mutex;
    return *created;
}

void before_fork() { mutex().lock(); }

void parent_after_fork() { mutex().unlock(); }

void child_after_fork() {
    at_once = own_at_once;
    afterwards = own_afterwards;
    held = false;
    known = false;
    depth = 0;
    if (own_at_once + own_afterwards == 0) {
        sigint::restore();
    }
    mutex().unlock();
}

Counter &number(PassOn kind) { return kind == PassOn::at_once ? at_once : afterwards; }

int &own_number(PassOn kind) {
    return kind == PassOn::at_once ? own_at_once : own_afterwards;
}

void expect_again(bool ours) noexcept { known = ours; }

// Whether a signal that has just arrived has to wait.
bool hold() {
    if (at_once > 0 || afterwards == 0) {
        return false;
    }
    if (held.exchange(true)) {
        held = false; // a second one: impatience
        return false;
    }
    return true;
}

} // namespace

void sigint::handle(const Event &event) noexcept {
    const int level = depth.fetch_add(1);
    const bool again = level == 0 && known.exchange(false);
    if (level > 0 || again || !hold()) {
        call_previous(event, level);
    }
    depth.fetch_sub(1);
    // After the call: who sees the count finds the previous handler's work done.
    if (level == 0 && !again) {
        signals.fetch_add(1, std::memory_order_release);
    }
}

SigintGuard::SigintGuard(PassOn pass_on, OnDefault on_default)
    : since_(count()), pass_on_(pass_on), on_default_(on_default) {
    [[maybe_unused]] static const bool once =
        (sigint::register_fork(before_fork, parent_after_fork, child_after_fork), true);
    bool overdue = false;
    {
        const std::scoped_lock lock(mutex());
        ++number(pass_on);
        ++own_number(pass_on);
        sigint::install(on_default);
        overdue = pass_on == PassOn::at_once && held.exchange(false);
    }
    if (overdue) {
        sigint::send_again(expect_again);
    }
}

SigintGuard::~SigintGuard() {
    bool overdue = false;
    {
        const std::scoped_lock lock(mutex());
        --number(pass_on_);
        --own_number(pass_on_);
        if (at_once + afterwards == 0) {
            sigint::restore();
        }
        overdue = afterwards == 0 && held.exchange(false);
    }
    if (overdue) {
        sigint::send_again(expect_again);
    }
}

void SigintGuard::renew() const noexcept {
    const std::scoped_lock lock(mutex());
    sigint::install(on_default_);
}

std::uint64_t SigintGuard::count() noexcept {
    return signals.load(std::memory_order_acquire);
}

} // namespace scs
