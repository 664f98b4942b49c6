// SPDX-License-Identifier: MIT
//
// A linear program. A factory makes doors and windows in three plants:
//
//     maximize    3 doors + 5 windows
//     subject to    doors              <=  4   hours in plant 1
//                             2 windows <= 12  hours in plant 2
//                 3 doors + 2 windows  <= 18   hours in plant 3
//                   doors, windows >= 0
//
// For scs this is: minimize c'x subject to Ax + s = b with s in a cone K; if K is the
// nonnegative orthant, that says Ax <= b. So the signs of c turn round, and x >= 0 becomes
// -x <= 0.
#include <scs/scs.hpp>

#include <cstdio>
#include <vector>

int main() {
    // A column by column, and in each column the entries from the top: value and row. Column
    // j has those from col_starts[j] up to col_starts[j + 1].
    const std::vector<scs::Float> values = {1, 3, -1, 2, 2, -1};
    const std::vector<scs::Int> rows = {0, 2, 3, 1, 2, 4};
    const std::vector<scs::Int> col_starts = {0, 3, 6};
    const std::vector<scs::Float> b = {4, 12, 18, 0, 0};
    const std::vector<scs::Float> c = {-3, -5};

    scs::Problem problem;
    problem.A = {.rows = 5,
                 .cols = 2,
                 .values = values,
                 .row_indices = rows,
                 .col_starts = col_starts};
    problem.b = b;
    problem.c = c;

    scs::Cone cone;
    cone.l = 5; // all five rows are inequalities

    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = settings.eps_rel = 1e-8;

    scs::Solver solver(problem, cone, settings);
    const scs::Result result = solver.solve();
    if (result.info.status != scs::Status::solved) {
        std::printf("no solution: %s\n", result.info.status_text.c_str());
        return 1;
    }
    std::printf("solved: %.3f doors and %.3f windows, profit %.3f\n", result.x[0],
                result.x[1], -result.info.pobj);
    // y holds what relaxing each row by one would bring.
    std::printf("worth of an hour more in each plant: %.3f %.3f %.3f\n", result.y[0],
                result.y[1], result.y[2]);
}
