// SPDX-License-Identifier: MIT
//
// A data race. Registered only where ThreadSanitizer is compiled in, as a test that passes
// if this line of this file is reported: the detector sees races, so its silence about the
// other tests means something.
#include <barrier>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

constexpr int thread_count = 4;
constexpr int rounds = 20'000;

volatile long counter = 0; // guarded by nothing; one addition a round

void count() {
    for (int i = 0; i < rounds; ++i) {
        counter = counter + 1; // the race
    }
}

} // namespace

int main() {
    std::barrier start(thread_count);
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_count; ++i) {
        threads.emplace_back([&start] {
            start.arrive_and_wait();
            count();
        });
    }
    threads.clear();
    std::printf("%ld\n", counter);
}
