// SPDX-License-Identifier: MIT
//
// Solver in one thread: answers, warm starts, updates, clones, moves, hooks.
#include "cpp_problems.hpp"

#include "support/check.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using scs::SolveOptions;
using scs::Solver;
using scs::Status;
using test::Owned;
using test::quiet;
using test::same_bits;

Solver make(const Owned &problem, double eps = 1e-8) {
    return {problem.view(), problem.cone, quiet(eps)};
}

scs::Result solve(const Owned &problem) { return make(problem).solve(); }

void solves_an_lp() {
    const scs::Result result = solve(test::lp());
    CHECK(result.info.status == Status::solved);
    CHECK(result.info.status_text == "solved");
    CHECK(!result.info.lin_sys_solver.empty());
    CHECK_EQUAL(result.x.size(), 2);
    CHECK_NEAR(result.x[0], 1, 1e-6);
    CHECK_NEAR(result.x[1], 2, 1e-6);
    CHECK_NEAR(result.y[0], 1, 1e-6);
    CHECK_NEAR(result.s[0], 0, 1e-6);
    CHECK_NEAR(result.info.pobj, 3, 1e-6);
    CHECK_NEAR(result.info.dobj, 3, 1e-6);
    CHECK(result.info.solve_time > 0);
    CHECK(result.info.setup_time > 0);
}

void solves_a_qp_and_a_socp() {
    const scs::Result qp = solve(test::qp());
    CHECK_NEAR(qp.x[0], 2.0 / 3, 1e-6);
    CHECK_NEAR(qp.x[1], 2.0 / 3, 1e-6);
    CHECK_NEAR(qp.info.pobj, -2.0 / 3, 1e-6);
    const scs::Result socp = solve(test::socp());
    CHECK_NEAR(socp.x[0], std::sqrt(0.5), 1e-6);
    CHECK_NEAR(socp.info.pobj, -std::sqrt(2.0), 1e-6);
}

void certifies_infeasible_and_unbounded() {
    const scs::Result infeasible = solve(test::infeasible());
    CHECK(infeasible.info.status == Status::infeasible);
    CHECK(std::isnan(infeasible.x[0]));
    CHECK(std::isnan(infeasible.s[1]));
    CHECK_NEAR(-infeasible.y[0], -1, 1e-9); // b'y
    const scs::Result unbounded = solve(test::unbounded());
    CHECK(unbounded.info.status == Status::unbounded);
    CHECK(std::isnan(unbounded.y[0]));
    CHECK_NEAR(-unbounded.x[0], -1, 1e-9); // c'x
}

void results_outlive_the_solver() {
    std::optional<Solver> solver(make(test::lp()));
    const scs::Result first = solver->solve();
    scs::Result copy;
    copy = first;
    solver->update(std::vector<double>{-5, -5}, std::nullopt);
    static_cast<void>(solver->solve());
    solver.reset();
    CHECK(same_bits(first, copy));
}

void sizes_and_version() {
    const Solver solver = make(test::qp());
    CHECK_EQUAL(solver.m(), 1);
    CHECK_EQUAL(solver.n(), 2);
    CHECK_EQUAL(solver.a_nnz(), 2);
    CHECK_EQUAL(solver.p_nnz(), 3);
    CHECK_EQUAL(make(test::lp()).p_nnz(), 0);
    CHECK(scs::version().find('.') != std::string_view::npos);
}

void warm_start_continues() {
    Solver solver = make(test::random_qp(1));
    const scs::Result cold = solver.solve();
    CHECK(cold.info.iter > 0);
    const scs::Result warm = solver.solve();
    CHECK(warm.info.status == Status::solved);
    CHECK(warm.info.iter < cold.info.iter);
}

void first_solve_is_cold() {
    const Owned problem = test::random_qp(2);
    const scs::Result asked = make(problem).solve({.warm_start = true});
    const scs::Result cold = make(problem).solve({.warm_start = false});
    CHECK(same_bits(asked, cold));
}

void without_warm_start_is_afresh() {
    const Owned problem = test::random_qp(3);
    Solver solver = make(problem);
    const scs::Result first = solver.solve();
    const std::vector<double> wrong(1); // not looked at
    CHECK(same_bits(first, solver.solve({.warm_start = false})));
    CHECK(same_bits(first, solver.solve({.warm_start = false, .x = wrong})));
}

void given_vectors_start_the_solve() {
    const Owned problem = test::random_qp(4);
    const scs::Result known = make(problem).solve();
    Solver solver = make(problem);
    const scs::Result warm = solver.solve({.x = known.x, .y = known.y, .s = known.s});
    CHECK(warm.info.iter < known.info.iter);
}

void given_vectors_replace_one_by_one() {
    const Owned problem = test::random_qp(5);
    const std::vector<double> ones(problem.c.size(), 1.0);
    Solver one = make(problem);
    Solver other = make(problem);
    const scs::Result last = one.solve();
    static_cast<void>(other.solve());
    // x as given, y and s of the last solution.
    CHECK(same_bits(one.solve({.x = ones}),
                    other.solve({.x = ones, .y = last.y, .s = last.s})));
}

void nan_starts_at_zero() {
    const Owned problem = test::random_qp(6);
    const std::vector<double> nans(problem.c.size(), std::nan(""));
    const std::vector<double> zeros(problem.c.size());
    CHECK(
        same_bits(make(problem).solve({.x = nans}), make(problem).solve({.x = zeros})));
}

void infinities_do_not_start_a_solve() {
    const Owned problem = test::random_qp(6);
    Solver solver = make(problem);
    const scs::Result known = solver.solve();
    std::vector<double> x = known.x;
    x[1] = -std::numeric_limits<double>::infinity();
    std::string text;
    try {
        static_cast<void>(solver.solve({.x = x}));
    } catch (const scs::InvalidProblem &error) {
        text = error.what();
    }
    CHECK(text.starts_with("Warm-start x[1] is -inf"));
    CHECK(solver.solve().info.iter <
          known.info.iter); // the last solution is still there
}

void a_start_that_breaks_down_is_forgotten() {
    const Owned problem = test::random_qp(6);
    Solver solver = make(problem);
    const scs::Result first = solver.solve();
    const std::vector<double> huge(problem.c.size(),
                                   std::numeric_limits<double>::max());
    bool broke_down = false;
    try {
        static_cast<void>(solver.solve({.x = huge}));
    } catch (const scs::NumericalError &) {
        broke_down = true;
    }
    CHECK(broke_down);
    CHECK(solver.solve().info.status == Status::solved);
    CHECK(same_bits(first, solver.solve({.warm_start = false})));
}

// minimize x'Px / 2 - x0 - x1 subject to x0 - x1 = b0, x0 <= 0.3 and x1 <= -0.5, where
// x'Px < 0 along (1, -1). The factorisation does not notice, as A makes up for it, nor do
// the iterates as long as b0 is 0.
void data_that_break_down_leave_no_start() {
    const Owned problem{.A = {3, 2, {-1, 1, 1, 1}, {0, 1, 0, 2}, {0, 2, 4}},
                        .P = {2, 2, {1, 2, 1}, {0, 0, 1}, {0, 1, 3}},
                        .b = {0, 0.3, -0.5},
                        .c = {-1, -1},
                        .cone = {.z = 1, .l = 2}};
    for (const bool warm : {true, false}) {
        Solver solver = make(problem);
        const scs::Result first = solver.solve();
        CHECK(first.info.status == Status::solved);
        CHECK(first.info.iter > 0);
        solver.update(std::vector<double>{-1, 0.3, -0.5}, std::nullopt);
        bool broke_down = false;
        try {
            static_cast<void>(solver.solve({.warm_start = warm}));
        } catch (const scs::NumericalError &) {
            broke_down = true;
        }
        CHECK(broke_down);
        solver.update(problem.b, std::nullopt);
        CHECK(same_bits(first, solver.solve()));
    }
}

void update_replaces_vectors() {
    Solver solver = make(test::lp());
    solver.update(std::vector<double>{-3, -4}, std::nullopt); // before the first solve
    scs::Result result = solver.solve();
    CHECK_NEAR(result.x[0], 3, 1e-6);
    CHECK_NEAR(result.x[1], 4, 1e-6);
    solver.update(std::nullopt, std::vector<double>{1, 2});
    result = solver.solve();
    CHECK_NEAR(result.info.pobj, 11, 1e-6);
    solver.update(std::nullopt, std::nullopt);
    CHECK_NEAR(solver.solve().info.pobj, 11, 1e-6);
}

void update_leaves_infeasibility() {
    Solver solver = make(test::infeasible());
    CHECK(solver.solve().info.status == Status::infeasible);
    solver.update(std::vector<double>{-1, 2}, std::nullopt);
    const scs::Result result = solver.solve();
    CHECK(result.info.status == Status::solved);
    CHECK_NEAR(result.x[0], 1, 1e-6);
}

void update_matrices_replaces_values() {
    Solver solver = make(test::qp());
    static_cast<void>(solver.solve());
    // P = 2 I, x0 = -x1 and no linear gain along it: the minimum is 0.
    solver.update_matrices(std::vector<double>{2, 0, 2}, std::vector<double>{1, 1});
    const scs::Result result = solver.solve();
    CHECK(result.info.status == Status::solved);
    CHECK_NEAR(result.x[0], 0, 1e-6);
    solver.update_matrices(std::nullopt, std::vector<double>{1, -1});
    CHECK_NEAR(solver.solve().x[0], 0.5, 1e-6); // minimize 2 t^2 - 2 t
}

void clone_is_independent() {
    const Owned problem = test::random_qp(7);
    Solver original = make(problem);
    const scs::Result first = original.solve();
    std::optional<Solver> twin(original.clone());
    CHECK(same_bits(original.solve(), twin->solve())); // same warm start
    const std::vector<double> other_b(problem.b.size(), 3.0);
    twin->update(other_b, std::nullopt);
    const scs::Result changed = twin->solve();
    CHECK(changed.info.status == Status::solved);
    CHECK(!same_bits(first.x, changed.x));
    CHECK(same_bits(first, original.solve({.warm_start = false})));
    Solver third = twin->clone();
    twin.reset(); // what the two share stays alive
    CHECK_EQUAL(third.m(), problem.A.rows);
    CHECK(third.solve({.warm_start = false}).info.status == Status::solved);
}

void moves() {
    Solver first = make(test::lp());
    Solver second = std::move(first);
    CHECK_NEAR(second.solve().info.pobj, 3, 1e-6);
    first = make(test::qp());
    CHECK_NEAR(first.solve().info.pobj, -2.0 / 3, 1e-6);
    second = std::move(first);
    CHECK_NEAR(second.solve().info.pobj, -2.0 / 3, 1e-6);
}

void report_goes_to_the_sink() {
    std::string text;
    const Owned problem = test::lp();
    scs::Settings settings = quiet();
    settings.verbose = true;
    const auto append = [&](std::string_view part) { text += part; };
    Solver solver(problem.view(), problem.cone, settings, {.print = append});
    CHECK_CONTAINS(text.c_str(), "variables");
    const std::size_t after_setup = text.size();
    static_cast<void>(solver.solve());
    CHECK_CONTAINS(text.c_str() + after_setup, "solved");
    solver.set_hooks({.print = [](std::string_view) {}});
    const std::size_t before = text.size();
    static_cast<void>(solver.solve());
    CHECK_EQUAL(text.size(), before);
}

void hooks_move_with_the_solver() {
    int calls = 0;
    const Owned problem = test::lp();
    Solver first(problem.view(), problem.cone, quiet(), {.interrupted = [&] {
                     ++calls;
                     return false;
                 }});
    Solver second = std::move(first);
    Solver twin = second.clone();
    static_cast<void>(second.solve());
    CHECK(calls > 0);
    const int before = calls;
    static_cast<void>(twin.solve());
    CHECK(calls > before);
}

void progress_sees_and_stops() {
    const Owned problem = test::random_qp(8);
    Solver solver(problem.view(), problem.cone, test::endless());
    std::vector<int> iterations;
    bool plausible = true;
    const scs::Result result = solver.solve({.progress = [&](const scs::Progress &at) {
        iterations.push_back(static_cast<int>(at.iter));
        plausible = plausible && at.scale > 0 && at.time >= 0 && at.res_pri >= 0 &&
                    at.tol_pri == 0 && at.tol_dual == 0 && at.tol_gap == 0;
        return iterations.size() == 4;
    }});
    CHECK(plausible);
    CHECK(result.info.status == Status::interrupted);
    CHECK_EQUAL(iterations.size(), 4);
    CHECK(iterations[0] < iterations[3]);
}

void progress_sees_the_end() {
    Solver solver = make(test::random_qp(8));
    scs::Progress last;
    int calls = 0;
    const scs::Info info = solver
                               .solve({.progress =
                                           [&](const scs::Progress &at) {
                                               last = at;
                                               ++calls;
                                               return at.gap <= at.tol_gap &&
                                                      at.res_pri <= at.tol_pri &&
                                                      at.res_dual <= at.tol_dual;
                                           }})
                               .info;
    CHECK(info.status == Status::solved); // what comes at the end stops nothing
    CHECK_EQUAL(last.iter, info.iter);
    CHECK(last.res_pri == info.res_pri && last.gap == info.gap);
    CHECK(last.tol_pri > 0 && last.tol_dual > 0 && last.tol_gap > 0);
    const int before = calls;
    static_cast<void>(solver.solve({.warm_start = false}));
    CHECK_EQUAL(calls, before); // of that solve only
}

void tells_what_it_holds() {
    const Owned problem = test::lp();
    Solver solver(problem.view(), problem.cone, quiet());
    CHECK_EQUAL(solver.cone().l, problem.cone.l);
    CHECK_EQUAL(solver.cone().z, problem.cone.z);
    CHECK(solver.last_status() == Status::unfinished);
    const scs::Result result = solver.solve();
    CHECK(solver.last_status() == Status::solved);
    CHECK(solver.linear_solver() == result.info.lin_sys_solver);
    Solver twin = solver.clone();
    CHECK(twin.last_status() == Status::solved);
    static_cast<void>(
        twin.solve({.warm_start = false, .progress = [&](const scs::Progress &) {
                        return twin.last_status() == Status::solved;
                    }}));
    CHECK(twin.last_status() == Status::interrupted);
    CHECK(solver.last_status() == Status::solved);
    CHECK_EQUAL(twin.cone().l, problem.cone.l);
    CHECK(twin.linear_solver() == solver.linear_solver());
}

void interruption_keeps_the_last_solution() {
    const Owned problem = test::random_qp(9);
    Solver solver = make(problem);
    const int cold = static_cast<int>(solver.solve().info.iter);
    std::stop_source stop;
    stop.request_stop();
    const scs::Result stopped = solver.solve({.warm_start = false}, stop.get_token());
    CHECK(stopped.info.status == Status::interrupted);
    CHECK(stopped.info.status_text == "interrupted");
    CHECK_EQUAL(stopped.info.iter, -1);
    CHECK(solver.solve().info.iter < cold);
}

void interrupt_before_a_solve_is_forgotten() {
    Solver solver = make(test::lp());
    solver.interrupt();
    CHECK(solver.solve().info.status == Status::solved);
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"solves_an_lp", solves_an_lp},
        {"solves_a_qp_and_a_socp", solves_a_qp_and_a_socp},
        {"certifies_infeasible_and_unbounded", certifies_infeasible_and_unbounded},
        {"results_outlive_the_solver", results_outlive_the_solver},
        {"sizes_and_version", sizes_and_version},
        {"warm_start_continues", warm_start_continues},
        {"first_solve_is_cold", first_solve_is_cold},
        {"without_warm_start_is_afresh", without_warm_start_is_afresh},
        {"given_vectors_start_the_solve", given_vectors_start_the_solve},
        {"given_vectors_replace_one_by_one", given_vectors_replace_one_by_one},
        {"nan_starts_at_zero", nan_starts_at_zero},
        {"infinities_do_not_start_a_solve", infinities_do_not_start_a_solve},
        {"a_start_that_breaks_down_is_forgotten",
         a_start_that_breaks_down_is_forgotten},
        {"data_that_break_down_leave_no_start", data_that_break_down_leave_no_start},
        {"update_replaces_vectors", update_replaces_vectors},
        {"update_leaves_infeasibility", update_leaves_infeasibility},
        {"update_matrices_replaces_values", update_matrices_replaces_values},
        {"clone_is_independent", clone_is_independent},
        {"moves", moves},
        {"report_goes_to_the_sink", report_goes_to_the_sink},
        {"hooks_move_with_the_solver", hooks_move_with_the_solver},
        {"progress_sees_and_stops", progress_sees_and_stops},
        {"progress_sees_the_end", progress_sees_the_end},
        {"tells_what_it_holds", tells_what_it_holds},
        {"interruption_keeps_the_last_solution", interruption_keeps_the_last_solution},
        {"interrupt_before_a_solve_is_forgotten",
         interrupt_before_a_solve_is_forgotten},
    };
    return CHECK_RUN(cases);
}
