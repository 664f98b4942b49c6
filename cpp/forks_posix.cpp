// SPDX-License-Identifier: MIT
#include "forks.hpp"

#include <atomic>

#include <pthread.h>

namespace scs {

namespace {

std::atomic<int> count{0};

void count_fork() { count.fetch_add(1, std::memory_order_relaxed); }

} // namespace

int forks() noexcept {
    [[maybe_unused]] static const int registered =
        pthread_atfork(nullptr, nullptr, count_fork);
    return count.load(std::memory_order_relaxed);
}

} // namespace scs
