// SPDX-License-Identifier: MIT
//
// Taking turns on a solver. A turn is a flag rather than a locked mutex, so that waiting
// for one can be given up, and so that a forked child can tell a turn that nobody will
// ever end. A mutex guards the flag; should a fork happen in those few instructions, the
// child finds it locked for ever and gives up after a while.
#ifndef SCS_CPP_TURN_HPP
#define SCS_CPP_TURN_HPP

#include "scs/error.hpp"
#include "scs/solver.hpp"

#include "forks.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace scs {

class Turns {
  public:
    explicit Turns(OnConcurrentUse policy) : policy_(policy) {}
    Turns(const Turns &) = delete;
    Turns &operator=(const Turns &) = delete;
    Turns(Turns &&) = delete;
    Turns &operator=(Turns &&) = delete;
    ~Turns() {
        if (busy_ || waiting_ > 0) {
            abandon(); // left behind by a fork
        }
    }

    [[nodiscard]] OnConcurrentUse policy() const noexcept { return policy_; }

    /// False if a stop was requested before it was this caller's turn.
    bool begin(const std::stop_token &stop) {
        const auto self = std::this_thread::get_id();
        // Only the owning thread itself can find its own id there.
        if (owner_.load(std::memory_order_relaxed) == self) {
            throw ConcurrentUse("a hook must not call the solver that called it");
        }
        std::unique_lock lock(mutex_, std::defer_lock);
        if (!take(lock) || (busy_ && fork_ != forks())) {
            throw ConcurrentUse("another thread was in a call of the solver when "
                                "the process forked, so it cannot be used here; "
                                "make a new one");
        }
        if (waiting_ > 0 && fork_ != forks()) {
            abandon();
            ended_ = std::make_unique<std::condition_variable_any>();
            waiting_ = 0;
        }
        if (busy_) {
            if (policy_ == OnConcurrentUse::raise) {
                throw ConcurrentUse("the solver is in use by another thread");
            }
            if (!wait(lock, stop)) {
                return false;
            }
        }
        busy_ = true;
        fork_ = forks();
        owner_.store(self, std::memory_order_relaxed);
        return true;
    }

    void end() noexcept {
        bool wanted = false;
        {
            std::unique_lock lock(mutex_, std::defer_lock);
            const bool taken = take(lock);
            owner_.store(std::thread::id(), std::memory_order_relaxed);
            if (!taken) {
                return; // nobody gets a turn any more
            }
            busy_ = false;
            wanted = waiting_ > 0 && fork_ == forks();
        }
        if (wanted) {
            ended_->notify_one();
        }
    }

  private:
    // Long against what is done under the mutex.
    static constexpr std::chrono::milliseconds PATIENCE{200};

    // False if the thread that holds the mutex was lost in a fork.
    bool take(std::unique_lock<std::mutex> &lock) {
        const int now = forks();
        if (sound_.load(std::memory_order_relaxed) == now) {
            lock.lock();
            return true;
        }
        const auto end = std::chrono::steady_clock::now() + PATIENCE;
        while (!lock.try_lock()) {
            if (std::chrono::steady_clock::now() > end) {
                return false;
            }
            std::this_thread::yield();
        }
        sound_.store(now, std::memory_order_relaxed);
        return true;
    }

    // Destroyed, the condition variable would wait for threads that a fork has lost.
    void abandon() noexcept { [[maybe_unused]] const auto *lost = ended_.release(); }

    bool wait(std::unique_lock<std::mutex> &lock, const std::stop_token &stop) {
        const auto is_free = [this] { return !busy_; };
        ++waiting_;
        bool mine = true;
        if (stop.stop_possible()) {
            mine = ended_->wait(lock, stop, is_free);
        } else {
            ended_->wait(lock, is_free);
        }
        --waiting_;
        return mine;
    }

    OnConcurrentUse policy_;
    std::mutex mutex_; // of what follows; never held for long
    std::unique_ptr<std::condition_variable_any> ended_ =
        std::make_unique<std::condition_variable_any>();
    bool busy_ = false;
    int waiting_ = 0;
    int fork_ = 0;                           // forks() when the turn began
    std::atomic<int> sound_{forks()};        // forks() when somebody got the mutex
    std::atomic<std::thread::id> owner_{{}}; // whose turn it is, if anybody's
};

/// One caller's turn.
class Turn {
  public:
    explicit Turn(Turns &turns, const std::stop_token &stop = {})
        : turns_(turns), mine_(turns.begin(stop)) {}
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;
    Turn(Turn &&) = delete;
    Turn &operator=(Turn &&) = delete;
    ~Turn() {
        if (mine_) {
            turns_.end();
        }
    }

    /// Without a stop token always true.
    [[nodiscard]] explicit operator bool() const noexcept { return mine_; }

  private:
    Turns &turns_;
    bool mine_;
};

} // namespace scs

#endif
