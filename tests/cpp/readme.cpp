// SPDX-License-Identifier: MIT
//
// The example of README.md, word for word (tests/meta/test_readme.py compares them).
#include <scs/scs.hpp>

#include <iostream>
#include <vector>

int main() {
    // The matrices by compressed columns; P is the upper triangle.
    const std::vector<scs::Float> a = {1, -1, 1, -1}, p = {3, -1, 2};
    const std::vector<scs::Int> a_rows = {0, 1, 0, 2}, a_starts = {0, 2, 4};
    const std::vector<scs::Int> p_rows = {0, 0, 1}, p_starts = {0, 1, 3};
    const std::vector<scs::Float> b = {1, 0, 0}, c = {-1, -1};

    scs::Problem problem{.A = {3, 2, a, a_rows, a_starts},
                         .P = scs::CscView{2, 2, p, p_rows, p_starts},
                         .b = b,
                         .c = c};
    scs::Settings settings;
    settings.verbose = false;
    scs::Solver solver(problem, {.z = 1, .l = 2}, settings);
    const scs::Result result = solver.solve();
    std::cout << result.info.status_text << ": " << result.x[0] << ", " << result.x[1]
              << '\n';
}
