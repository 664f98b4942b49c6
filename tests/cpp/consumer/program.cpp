// SPDX-License-Identifier: MIT
//
// The program of docs/cpp.md, word for word.
#include <scs/scs.hpp>

#include <iostream>
#include <vector>

int main() try {
    // minimize 1/2 x'Px + c'x  subject to  x0 + x1 = 1,  x >= 0
    // The matrices by compressed columns; P is the upper triangle.
    const std::vector<scs::Float> a = {1, -1, 1, -1}, p = {3, -1, 2};
    const std::vector<scs::Int> a_rows = {0, 1, 0, 2}, a_starts = {0, 2, 4};
    const std::vector<scs::Int> p_rows = {0, 0, 1}, p_starts = {0, 1, 3};
    const std::vector<scs::Float> b = {1, 0, 0}, c = {-1, -1};
    const scs::Problem problem{.A = {3, 2, a, a_rows, a_starts},
                               .P = scs::CscView{2, 2, p, p_rows, p_starts},
                               .b = b,
                               .c = c};
    const scs::Cone cone{.z = 1, .l = 2}; // the rows of A in this order
    scs::Settings settings;
    settings.verbose = false;
    settings.eps_abs = settings.eps_rel = 1e-9;

    // The constructor copies and factorises; a hook is polled at every iteration.
    scs::SigintGuard guard;
    scs::Solver solver(problem, cone, settings,
                       {.interrupted = [&] { return guard.interrupted(); }});
    scs::Result result = solver.solve();
    if (result.info.status == scs::Status::interrupted) {
        return 130; // Ctrl-C
    }
    std::cout << result.info.status_text << ": " << result.x[0] << " " << result.x[1]
              << "\n";

    // Other vectors keep the factorisation, and the next solve starts from the last one.
    const std::vector<scs::Float> other_c = {-1, -2};
    solver.update(std::nullopt, other_c);
    result = solver.solve({.progress = [](const scs::Progress &now) {
        return now.time > 1000; // milliseconds; true ends the solve
    }});
    std::cout << result.info.status_text << ": " << result.x[0] << " " << result.x[1]
              << "\n";

    // Many of them at once, on all cores; the solver itself is left as it is.
    const std::vector<std::vector<scs::Float>> all_c = {{-1, -1}, {-1, -2}, {-1, -3}};
    std::vector<scs::Vectors> jobs;
    for (const std::vector<scs::Float> &each : all_c) {
        jobs.push_back({.b = std::nullopt, .c = each});
    }
    for (const scs::Outcome &outcome : scs::solve_batch(solver, jobs)) {
        std::cout << outcome.result().x[0] << "\n"; // throws what that job threw
    }

    // What is wrong is said in one sentence that names the place.
    solver.update(std::vector<scs::Float>{1, 2}, std::nullopt);
} catch (const scs::InvalidProblem &error) {
    std::cout << "refused: " << error.what() << "\n";
} catch (const scs::Error &error) { // the base of all of them
    std::cerr << error.what() << "\n";
    return 1;
}
