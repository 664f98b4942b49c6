// SPDX-License-Identifier: MIT
//
// A semidefinite program that needs LAPACK: the least eigenvalue of C = diag(3, 1, 2, 4),
// taken for a complex matrix, is
//
//     minimize <C, X>  subject to  trace X = 1, X positive semidefinite
//
// Prints it, or what the library says where it has no LAPACK. Both interfaces are included,
// to show that they live together.
#include <scs/scs.hpp>

#include <scs_ext.h>

#include <cstdio>
#include <cstring>
#include <vector>

int main() {
    // X as a vector: the lower triangle by columns, off the diagonal pairs of real and
    // imaginary part. Row 0 is the trace, the rest -X + s = 0.
    std::vector<scs::Float> values;
    std::vector<scs::Int> rows;
    std::vector<scs::Int> starts = {0};
    const std::vector<scs::Float> c = {3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 4};
    for (std::size_t j = 0; j < c.size(); ++j) {
        if (c[j] != 0) { // on the diagonal
            rows.push_back(0);
            values.push_back(1);
        }
        rows.push_back(1 + static_cast<scs::Int>(j));
        values.push_back(-1);
        starts.push_back(static_cast<scs::Int>(rows.size()));
    }
    std::vector<scs::Float> b(17, 0);
    b[0] = 1;
    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = settings.eps_rel = 1e-7;
    const scs::Problem problem{
        .A = {17, 16, values, rows, starts}, .P = {}, .b = b, .c = c};
    try {
        scs::Solver solver(problem, {.z = 1, .cs = {4}}, settings);
        const scs::Result result = solver.solve();
        std::printf("%s: %.4f\n", result.info.status_text.c_str(), result.info.pobj);
    } catch (const scs::BackendUnavailable &error) {
        std::printf("unavailable: %s\n", error.what());
    }
    return std::strcmp(scs_version(), SCS_VERSION) == 0 ? 0 : 1;
}
