// SPDX-License-Identifier: MIT
//
// Bad input, exceptions from hooks, and calls from hooks.
#include "cpp_problems.hpp"

#include "support/check.h"

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using scs::Solver;
using test::Owned;
using test::quiet;

// What E says that call() throws; "" if it throws nothing, and the harness stops the
// program on anything else.
template <typename E>
std::string message_of(const std::function<void()> &call) {
    try {
        call();
    } catch (const E &error) {
        return *error.what() == '\0' ? "(no message)" : error.what();
    } catch (const std::exception &error) {
        return std::string("another exception: ") + error.what();
    }
    return "(no exception)";
}

template <typename E>
std::string refused(const Owned &problem, const scs::Settings &settings = quiet()) {
    return message_of<E>([&] { Solver(problem.view(), problem.cone, settings); });
}

void lengths_of_vectors() {
    Owned problem = test::lp();
    problem.b.push_back(0);
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(),
                   "b has length 3, expected 2");
    problem = test::lp();
    problem.c.clear();
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(),
                   "c has length 0, expected 2");
}

void pattern_of_a() {
    Owned problem = test::lp();
    problem.A.rows = 0;
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "A must have");
    problem = test::lp();
    problem.A.col_starts.pop_back();
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(),
                   "A column pointer has length 2, expected 3");
    problem = test::lp();
    problem.A.col_starts = {0, 1, 3}; // beyond the values
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "asks for 3");
    problem.A.col_starts = {0, 100, 2}; // beyond, inside
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "asks for 100");
    problem.A.col_starts = {0, -1, 2};
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "negative");
    problem.A.col_starts = {0, 2, 1};
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "A");
    problem = test::lp();
    problem.A.row_indices[1] = 2;
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "out of range");
    problem = test::lp();
    problem.A.values[1] = std::nan("");
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "A[1, 1] is nan");
}

void shape_of_p() {
    Owned problem = test::qp();
    problem.P.rows = 3;
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "P must be square");
    problem = test::qp();
    problem.P.row_indices = {0, 0, 0}; // twice in a column
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(), "P");
    problem = test::qp();
    problem.P.values[0] = -1;
    CHECK_CONTAINS(refused<scs::InvalidProblem>(problem).c_str(),
                   "positive semidefinite");
}

void empty_matrices_are_fine() {
    Owned problem = test::lp();
    problem.A = {2, 2, {}, {}, {0, 0, 0}};
    problem.b = {1, 1};
    problem.c = {0, 0};
    problem.P = {2, 2, {}, {}, {0, 0, 0}};
    Solver solver(problem.view(), problem.cone, quiet());
    CHECK(solver.solve().info.status == scs::Status::solved);
    solver.update_matrices(std::vector<double>{}, std::vector<double>{});
}

void cones() {
    Owned problem = test::lp();
    problem.cone.l = 3;
    CHECK_CONTAINS(refused<scs::InvalidCone>(problem).c_str(), "3");
    problem = test::lp();
    problem.cone.l = 0;
    problem.cone.bu = {1};
    CHECK_CONTAINS(refused<scs::InvalidCone>(problem).c_str(),
                   "bu different dimension to bl");
    problem.cone = {};
    problem.cone.nuc_m = {1};
    CHECK_CONTAINS(refused<scs::InvalidCone>(problem).c_str(),
                   "nuc_m and nuc_n must have the same length");
    problem.cone = {};
    problem.cone.sl_n = {2};
    CHECK_CONTAINS(refused<scs::InvalidCone>(problem).c_str(),
                   "sl_n and sl_k must have the same length");
}

void settings() {
    scs::Settings bad = quiet();
    bad.alpha = 2;
    CHECK_CONTAINS(refused<scs::InvalidSetting>(test::lp(), bad).c_str(),
                   "alpha must be in (0, 2)");
    bad = quiet();
    bad.max_iters = 0;
    CHECK_CONTAINS(refused<scs::InvalidSetting>(test::lp(), bad).c_str(),
                   "max_iters must be positive");
    bad = quiet();
    // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): that is the test
    bad.linear_solver = static_cast<scs::LinearSolver>(99);
    CHECK_CONTAINS(refused<scs::InvalidSetting>(test::lp(), bad).c_str(),
                   "linear_solver");
    bad.alpha = 0;
    try {
        refused<std::bad_alloc>(test::lp(), bad);
        Solver(test::lp().view(), {}, bad);
    } catch (const scs::Error &error) { // through the base class
        CHECK(error.code() == scs::ErrorCode::setting);
    }
}

void updates() {
    const Owned problem = test::lp();
    Solver solver(problem.view(), problem.cone, quiet());
    const auto update_b = [&](std::vector<double> b) {
        return message_of<scs::InvalidProblem>(
            [&] { solver.update(b, std::vector<double>{5, 5}); });
    };
    CHECK_CONTAINS(update_b({1}).c_str(), "b_new has incompatible dimension with A");
    CHECK_CONTAINS(update_b({}).c_str(), "b_new has incompatible dimension with A");
    CHECK_CONTAINS(update_b({std::numeric_limits<double>::infinity(), 0}).c_str(), "b");
    const std::string matrices = message_of<scs::InvalidProblem>(
        [&] { solver.update_matrices(std::nullopt, std::vector<double>{1}); });
    CHECK_CONTAINS(matrices.c_str(), "pattern of A");
    CHECK_NEAR(solver.solve().info.pobj, 3, 1e-6); // c has not changed either
}

void warm_starts() {
    const Owned problem = test::random_qp(1);
    const std::vector<double> wrong(problem.c.size() + 1);
    Solver solver(problem.view(), problem.cone, quiet());
    Solver twin(problem.view(), problem.cone, quiet());
    const std::string text = message_of<scs::InvalidProblem>(
        [&] { static_cast<void>(solver.solve({.x = problem.c, .y = wrong})); });
    CHECK_CONTAINS(text.c_str(), "Warm-start must be a 1-D float array of length 20");
    CHECK(test::same_bits(solver.solve(), twin.solve({.x = problem.c}))); // x stays
}

struct HookFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

scs::Settings loud() {
    scs::Settings settings = quiet();
    settings.verbose = true;
    return settings;
}

void print_may_throw() {
    const Owned problem = test::lp();
    int calls = 0;
    bool failing = true;
    const auto print = [&](std::string_view) {
        ++calls;
        if (failing) {
            throw HookFailure("no more paper");
        }
    };
    const scs::Hooks hooks{.print = print};
    CHECK_CONTAINS(message_of<HookFailure>([&] {
                       Solver(problem.view(), problem.cone, loud(), hooks);
                   }).c_str(),
                   "no more paper");
    CHECK_EQUAL(calls, 1); // nothing is printed after that
    failing = false;
    Solver solver(problem.view(), problem.cone, loud(), hooks);
    failing = true;
    CHECK_CONTAINS(
        message_of<HookFailure>([&] { static_cast<void>(solver.solve()); }).c_str(),
        "no more paper");
    failing = false;
    CHECK(solver.solve().info.status == scs::Status::solved);
}

void progress_and_poll_may_throw() {
    const Owned problem = test::random_qp(2);
    const auto poll = []() -> bool { throw HookFailure("poll"); };
    Solver solver(problem.view(), problem.cone, test::endless());
    const auto fail = [](const scs::Progress &) -> bool {
        throw HookFailure("progress");
    };
    CHECK_CONTAINS(message_of<HookFailure>([&] {
                       static_cast<void>(solver.solve({.progress = fail}));
                   }).c_str(),
                   "progress");
    solver.set_hooks({.interrupted = poll});
    CHECK_CONTAINS(
        message_of<HookFailure>([&] { static_cast<void>(solver.solve()); }).c_str(),
        "poll");
}

void hooks_must_not_call_back() {
    const Owned problem = test::random_qp(3);
    Solver solver(problem.view(), problem.cone, test::endless());
    std::vector<std::string> answers;
    const auto call = [&](const std::function<void()> &function) {
        answers.push_back(message_of<scs::ConcurrentUse>(function));
    };
    const scs::Result result = solver.solve({.progress = [&](const scs::Progress &) {
        call([&] { static_cast<void>(solver.solve()); });
        call([&] { solver.update(problem.b, std::nullopt); });
        call([&] { solver.update_matrices(std::nullopt, problem.A.values); });
        call([&] { static_cast<void>(solver.clone()); });
        call([&] { solver.set_hooks({}); });
        static_cast<void>(solver.m());
        solver.interrupt();
        return false;
    }});
    CHECK(result.info.status == scs::Status::interrupted);
    CHECK_EQUAL(answers.size(), 5);
    for (const std::string &answer : answers) {
        CHECK_CONTAINS(answer.c_str(), "a hook must not call");
    }
}

void hooks_may_call_others() {
    const Owned problem = test::lp();
    Solver inner(problem.view(), problem.cone, quiet());
    double objective = 0;
    Solver outer(problem.view(), problem.cone, quiet(), {.interrupted = [&] {
                     objective = inner.solve().info.pobj;
                     return false;
                 }});
    CHECK(outer.solve().info.status == scs::Status::solved);
    CHECK_NEAR(objective, 3, 1e-6);
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"lengths_of_vectors", lengths_of_vectors},
        {"pattern_of_a", pattern_of_a},
        {"shape_of_p", shape_of_p},
        {"empty_matrices_are_fine", empty_matrices_are_fine},
        {"cones", cones},
        {"settings", settings},
        {"updates", updates},
        {"warm_starts", warm_starts},
        {"print_may_throw", print_may_throw},
        {"progress_and_poll_may_throw", progress_and_poll_may_throw},
        {"hooks_must_not_call_back", hooks_must_not_call_back},
        {"hooks_may_call_others", hooks_may_call_others},
    };
    return CHECK_RUN(cases);
}
