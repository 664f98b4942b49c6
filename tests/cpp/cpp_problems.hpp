// SPDX-License-Identifier: MIT
//
// Small problems that own their data, for the tests of the facade.
#ifndef TESTS_CPP_PROBLEMS_HPP
#define TESTS_CPP_PROBLEMS_HPP

#include "scs/scs.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <span>
#include <vector>

namespace test {

using scs::Float;
using scs::Int;

struct Matrix {
    Int rows = 0;
    Int cols = 0;
    std::vector<Float> values;
    std::vector<Int> row_indices;
    std::vector<Int> col_starts;

    [[nodiscard]] scs::CscView view() const {
        return {rows, cols, values, row_indices, col_starts};
    }
};

struct Owned {
    Matrix A;
    Matrix P; // without columns: none
    std::vector<Float> b;
    std::vector<Float> c;
    scs::Cone cone;

    [[nodiscard]] scs::Problem view() const {
        std::optional<scs::CscView> p;
        if (P.cols > 0) {
            p = P.view();
        }
        return {.A = A.view(), .P = p, .b = b, .c = c};
    }
};

// minimize x0 + x1 subject to x0 >= 1, x1 >= 2
inline Owned lp() {
    Owned problem;
    problem.A = {2, 2, {-1, -1}, {0, 1}, {0, 1, 2}};
    problem.b = {-1, -2};
    problem.c = {1, 1};
    problem.cone.l = 2;
    return problem;
}

// minimize 1/2 x'[[3, -1], [-1, 2]]x - x0 - x1 subject to x0 = x1; x = (2/3, 2/3)
inline Owned qp() {
    Owned problem;
    problem.A = {1, 2, {1, -1}, {0, 0}, {0, 1, 2}};
    problem.P = {2, 2, {3, -1, 2}, {0, 0, 1}, {0, 1, 3}};
    problem.b = {0};
    problem.c = {-1, -1};
    problem.cone.z = 1;
    return problem;
}

// minimize -x0 - x1 subject to |x| <= 1; x = (1, 1) / sqrt 2
inline Owned socp() {
    Owned problem;
    problem.A = {3, 2, {-1, -1}, {1, 2}, {0, 1, 2}};
    problem.b = {1, 0, 0};
    problem.c = {-1, -1};
    problem.cone.q = {3};
    return problem;
}

// x0 >= 1 and x0 <= 0
inline Owned infeasible() {
    Owned problem;
    problem.A = {2, 1, {-1, 1}, {0, 1}, {0, 2}};
    problem.b = {-1, 0};
    problem.c = {1};
    problem.cone.l = 2;
    return problem;
}

// minimize -x0 subject to x0 >= 0
inline Owned unbounded() {
    Owned problem;
    problem.A = {1, 1, {-1}, {0}, {0, 1}};
    problem.b = {0};
    problem.c = {-1};
    problem.cone.l = 1;
    return problem;
}

// A dense random QP with inequalities that x = 0 fulfils strictly.
inline Owned random_qp(unsigned seed, Int n = 12, Int m = 20) {
    std::mt19937 engine(seed); // its output is the same everywhere
    const auto draw = [&] { return static_cast<Float>(engine()) / 2147483648.0 - 1.0; };
    Owned problem;
    problem.A.rows = m;
    problem.A.cols = n;
    problem.A.col_starts = {0};
    problem.P = {n, n, {}, {}, {0}};
    for (Int j = 0; j < n; ++j) {
        for (Int i = 0; i < m; ++i) {
            problem.A.values.push_back(draw());
            problem.A.row_indices.push_back(i);
        }
        problem.A.col_starts.push_back((j + 1) * m);
        problem.P.values.push_back(1 + draw() * draw());
        problem.P.row_indices.push_back(j);
        problem.P.col_starts.push_back(j + 1);
        problem.c.push_back(3 * draw());
    }
    for (Int i = 0; i < m; ++i) {
        problem.b.push_back(1.5 + draw());
    }
    problem.cone.l = m;
    return problem;
}

inline scs::Settings quiet(Float eps = 1e-8) {
    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = eps;
    settings.eps_rel = eps;
    return settings;
}

// Never ends by itself, except after a minute so that a broken test does.
inline scs::Settings endless() {
    scs::Settings settings = quiet(0);
    settings.eps_infeas = 0;
    settings.max_iters = std::numeric_limits<Int>::max();
    settings.time_limit_secs = 60;
    return settings;
}

inline bool same_bits(std::span<const Float> a, std::span<const Float> b) {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool both_nan = std::isnan(a[i]) && std::isnan(b[i]);
        if (!both_nan &&
            std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) {
            return false;
        }
    }
    return true;
}

inline bool same_bits(const scs::Result &a, const scs::Result &b) {
    return a.info.status == b.info.status && a.info.iter == b.info.iter &&
           same_bits(a.x, b.x) && same_bits(a.y, b.y) && same_bits(a.s, b.s);
}

} // namespace test

#endif
