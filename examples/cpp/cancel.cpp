// SPDX-License-Identifier: MIT
//
// Cancelling a solve from another thread. Solver::solve takes a std::stop_token, the one of
// a std::jthread for example: the thread is then asked to stop as any other is. (Where there
// is no token, Solver::interrupt does the same; for Ctrl-C there is scs::SigintGuard.)
#include <scs/scs.hpp>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <future>
#include <limits>
#include <stop_token>
#include <thread>
#include <vector>

int main() {
    // Fit x to 40 equations in 20 unknowns: minimize t subject to |Mx - d| <= t. With
    // tolerances of zero no answer is good enough, so it never ends by itself.
    const scs::Int m = 40;
    const scs::Int n = 20;
    std::vector<scs::Float> values;
    std::vector<scs::Int> rows;
    std::vector<scs::Int> starts = {0};
    for (scs::Int j = 0; j < n; ++j) {
        for (scs::Int i = 0; i < m; ++i) {
            rows.push_back(1 + i);
            values.push_back(std::sin(1.0 + i * 7.0 + j * 3.0 + i * j));
        }
        starts.push_back(static_cast<scs::Int>(rows.size()));
    }
    rows.push_back(0); // t comes last
    values.push_back(-1);
    starts.push_back(static_cast<scs::Int>(rows.size()));
    std::vector<scs::Float> b(1 + m, 1);
    b[0] = 0;
    std::vector<scs::Float> c(n + 1, 0);
    c[n] = 1;
    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = settings.eps_rel = settings.eps_infeas = 0;
    settings.max_iters = std::numeric_limits<scs::Int>::max();
    settings.time_limit_secs = 60; // should nobody cancel it
    scs::Solver solver(
        {.A = {1 + m, n + 1, values, rows, starts}, .P = {}, .b = b, .c = c},
        {.q = {1 + m}}, settings);

    std::atomic<long> checks{0};
    std::promise<void> running;
    scs::Result result;
    std::jthread thread([&](const std::stop_token &stop) {
        // progress is called every few iterations, here only to see that it runs; returning
        // true would be another way of stopping it.
        result = solver.solve({.progress =
                                   [&](const scs::Progress &) {
                                       if (++checks == 10) {
                                           running.set_value();
                                       }
                                       return false;
                                   }},
                              stop);
    });
    running.get_future().wait();
    thread.request_stop();
    thread.join();
    std::printf("stopped after %ld checks: %s\n", checks.load(),
                result.info.status_text.c_str());
    return result.info.status == scs::Status::interrupted ? 0 : 1;
}
