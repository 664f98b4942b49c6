// SPDX-License-Identifier: MIT
//
// A pool of threads with one solver each. The problem, of which there are a hundred with
// different points a: which probabilities are nearest to a?
//
//     minimize 1/2 |x - a|^2  subject to  x_0 + x_1 + x_2 = 1, x >= 0
//
// Only c = -a changes, so all solvers are clones of one, whose factorisation they share.
// scs::solve_batch solves them in one call, with a clone for each job; this is for programs
// with threads of their own.
#include <scs/scs.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

using Point = std::array<scs::Float, 3>;

constexpr unsigned threads = 4;

scs::Result solve(scs::Solver &solver, const Point &a) {
    const Point c = {-a[0], -a[1], -a[2]};
    solver.update(std::nullopt, c);
    // Not warm, so that a result does not depend on what this thread solved before.
    return solver.solve({.warm_start = false});
}

std::vector<scs::Result> solve_all(const scs::Solver &original,
                                   const std::vector<Point> &points) {
    std::vector<scs::Result> results(points.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        scs::Solver own = original.clone(); // this thread's: nobody waits for anybody
        for (std::size_t k = next++; k < points.size(); k = next++) {
            results[k] = solve(own, points[k]);
        }
    };
    std::vector<std::jthread> pool;
    for (unsigned k = 0; k < threads; ++k) {
        pool.emplace_back(work);
    }
    pool.clear(); // joins them
    return results;
}

} // namespace

int main() {
    const std::vector<scs::Float> ones = {1, 1, 1};
    const std::vector<scs::Int> diagonal = {0, 1, 2};
    const std::vector<scs::Int> p_starts = {0, 1, 2, 3};
    const std::vector<scs::Float> a_values = {1, -1, 1, -1, 1, -1};
    const std::vector<scs::Int> a_rows = {0, 1, 0, 2, 0, 3};
    const std::vector<scs::Int> a_starts = {0, 2, 4, 6};
    const std::vector<scs::Float> b = {1, 0, 0, 0};
    const std::vector<scs::Float> c = {0, 0, 0};
    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = settings.eps_rel = 1e-9;
    scs::Solver original({.A = {4, 3, a_values, a_rows, a_starts},
                          .P = scs::CscView{3, 3, ones, diagonal, p_starts},
                          .b = b,
                          .c = c},
                         {.z = 1, .l = 3}, settings);

    std::vector<Point> points(100);
    for (std::size_t k = 0; k < points.size(); ++k) {
        points[k] = {0.01 * static_cast<double>(k), 0.5, -0.2};
    }
    const std::vector<scs::Result> results = solve_all(original, points);

    // The same one after the other.
    scs::Float difference = 0;
    std::size_t solved = 0;
    for (std::size_t k = 0; k < points.size(); ++k) {
        const scs::Result serial = solve(original, points[k]);
        for (std::size_t i = 0; i < 3; ++i) {
            difference = std::max(difference, std::abs(serial.x[i] - results[k].x[i]));
        }
        solved += results[k].info.status == scs::Status::solved ? 1 : 0;
    }
    std::printf("%zu problems on %u threads, %zu solved, serial results differ by %g\n",
                points.size(), threads, solved, difference);
    const std::vector<scs::Float> &x = results[90].x;
    std::printf("nearest to (0.9, 0.5, -0.2): %.3f %.3f %.3f\n", x[0], x[1],
                std::abs(x[2]));
}
