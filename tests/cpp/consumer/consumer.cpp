// SPDX-License-Identifier: MIT
//
// The first program of a C++ user, against an installed package. The C interface is
// included as well to show that the two live together.
#include <scs/scs.hpp>

#include <scs/scs_ext.h>

#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

int main() {
    // minimize x0 + x1 subject to x0 >= 1, x1 >= 2
    const std::vector<double> values{-1, -1};
    const std::vector<scs::Int> rows{0, 1};
    const std::vector<scs::Int> starts{0, 1, 2};
    const std::vector<double> b{-1, -2};
    const std::vector<double> c{1, 1};
    const scs::Problem problem{
        .A = {2, 2, values, rows, starts}, .P = {}, .b = b, .c = c};
    scs::Cone cone;
    cone.l = 2;
    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = settings.eps_rel = 1e-9;

    scs::Solver solver(problem, cone, settings);
    const scs::Result result = solver.solve();
    std::printf("%s: %.6f %.6f\n", result.info.status_text.c_str(), result.x[0],
                result.x[1]);
    const bool right =
        std::abs(result.x[0] - 1) < 1e-6 && std::abs(result.x[1] - 2) < 1e-6 &&
        std::string_view(scs_version()) == SCS_VERSION && scs::version() == SCS_VERSION;
    return right ? 0 : 1;
}
