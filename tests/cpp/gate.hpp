// SPDX-License-Identifier: MIT
//
// A gate for the threads of a test: closed at first, then open for good. It is made of a
// mutex and a condition variable, because waiting by std::latch, std::barrier, semaphores
// and std::atomic misses its call now and then in the C++ library of GCC 12 for Windows.
#ifndef TESTS_CPP_GATE_HPP
#define TESTS_CPP_GATE_HPP

#include <condition_variable>
#include <mutex>

namespace test {

class Gate {
  public:
    void open() {
        const std::scoped_lock lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }

    void wait() {
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [this] { return is_open_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool is_open_ = false;
};

} // namespace test

#endif
