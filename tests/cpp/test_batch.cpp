// SPDX-License-Identifier: MIT
//
// Batches: order, errors of single jobs, and results that do not depend on the threads.
#include "cpp_problems.hpp"

#include "support/check.h"

#include <atomic>
#include <cstddef>
#include <stop_token>
#include <vector>

namespace {

using scs::Outcome;
using scs::Solver;
using scs::Status;
using test::Owned;
using test::quiet;
using test::same_bits;

constexpr std::size_t job_count = 12;

void independent_problems() {
    std::vector<Owned> problems;
    problems.reserve(job_count);
    std::vector<scs::Job> jobs;
    for (unsigned i = 0; i < job_count; ++i) {
        problems.push_back(test::random_qp(i));
    }
    for (const Owned &problem : problems) {
        scs::Settings settings = quiet();
        settings.verbose = true; // must not print all the same
        jobs.push_back({problem.view(), problem.cone, settings});
    }
    for (const unsigned threads : {0U, 1U, 3U, 100U}) {
        const std::vector<Outcome> outcomes = scs::solve_batch(jobs, threads);
        CHECK_EQUAL(outcomes.size(), job_count);
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            Solver solver(problems[i].view(), problems[i].cone, quiet());
            CHECK(outcomes[i].has_result());
            CHECK(same_bits(outcomes[i].result(), solver.solve()));
        }
    }
}

void one_bad_job() {
    const Owned good = test::lp();
    Owned bad = test::lp();
    bad.b.clear();
    const std::vector<scs::Job> jobs = {{good.view(), good.cone, quiet()},
                                        {bad.view(), bad.cone, quiet()},
                                        {good.view(), good.cone, quiet()}};
    const std::vector<Outcome> outcomes = scs::solve_batch(jobs, 2);
    CHECK_NEAR(outcomes[0].result().info.pobj, 3, 1e-6);
    CHECK_NEAR(outcomes[2].result().info.pobj, 3, 1e-6);
    CHECK(!outcomes[1].has_result());
    bool thrown = false;
    try {
        static_cast<void>(outcomes[1].result());
    } catch (const scs::InvalidProblem &error) {
        thrown = true;
        CHECK_CONTAINS(error.what(), "b has length 0");
    }
    CHECK(thrown);
}

void many_vectors_of_one_problem() {
    const Owned problem = test::random_qp(21);
    Solver solver(problem.view(), problem.cone, quiet());
    const scs::Result before = solver.solve();
    std::vector<std::vector<double>> vectors;
    vectors.reserve(job_count);
    std::vector<scs::Vectors> jobs;
    for (std::size_t i = 0; i < job_count; ++i) {
        vectors.emplace_back(problem.b.size(), 1 + 0.1 * static_cast<double>(i));
    }
    for (std::size_t i = 0; i < job_count; ++i) {
        if (i % 2 == 0) {
            jobs.push_back({.b = vectors[i], .c = {}});
        } else {
            jobs.push_back({.b = {}, .c = {}});
        }
    }
    for (const unsigned threads : {1U, 3U}) {
        const std::vector<Outcome> outcomes = scs::solve_batch(solver, jobs, threads);
        for (std::size_t i = 0; i < job_count; ++i) {
            Solver fresh(problem.view(), problem.cone, quiet());
            fresh.update(jobs[i].b, jobs[i].c);
            const scs::Result expected = fresh.solve();
            CHECK(same_bits(outcomes[i].result().x, expected.x));
            CHECK_EQUAL(outcomes[i].result().info.iter, expected.info.iter);
        }
    }
    CHECK(same_bits(before, solver.solve({.warm_start = false}))); // left as it was
    const std::vector<scs::Vectors> wrong = {{.b = vectors[0], .c = vectors[0]}};
    CHECK(!scs::solve_batch(solver, wrong).front().has_result());
}

void nothing_to_do() { CHECK(scs::solve_batch(std::vector<scs::Job>{}).empty()); }

void stop_request_interrupts() {
    const Owned problem = test::random_qp(22);
    const std::vector<scs::Job> jobs(4,
                                     {problem.view(), problem.cone, test::endless()});
    std::stop_source stop;
    stop.request_stop();
    for (const Outcome &outcome : scs::solve_batch(jobs, 2, stop.get_token())) {
        CHECK(outcome.result().info.status == Status::interrupted);
    }
}

// One hook for all: polled in every thread, and it ends the jobs not yet begun as well.
void hook_interrupts() {
    const Owned problem = test::random_qp(24);
    const std::vector<scs::Job> jobs(5,
                                     {problem.view(), problem.cone, test::endless()});
    std::atomic<int> calls = 0;
    const auto after_a_while = [&] { return ++calls > 1000; };
    for (const Outcome &outcome : scs::solve_batch(jobs, 2, {}, after_a_while)) {
        CHECK(outcome.result().info.status == Status::interrupted);
    }
    CHECK(calls > 1000);
    const Solver solver(problem.view(), problem.cone, test::endless());
    calls = 0;
    const std::vector<scs::Vectors> vectors(5);
    for (const Outcome &outcome :
         scs::solve_batch(solver, vectors, 2, {}, after_a_while)) {
        CHECK(outcome.result().info.status == Status::interrupted);
    }
    CHECK(calls > 1000);
}

// The threads of a batch do not get into each other's way. Solves that end at once leave
// little but the cloning.
void solver_that_refuses_a_second_caller() {
    const Owned problem = test::random_qp(23);
    const Solver solver(problem.view(), problem.cone, quiet(), {},
                        scs::OnConcurrentUse::raise);
    const std::vector<scs::Vectors> jobs(2000);
    std::stop_source stop;
    stop.request_stop();
    std::size_t results = 0;
    for (const Outcome &outcome : scs::solve_batch(solver, jobs, 4, stop.get_token())) {
        results += outcome.has_result() ? 1 : 0;
    }
    CHECK_EQUAL(results, jobs.size());
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"independent_problems", independent_problems},
        {"one_bad_job", one_bad_job},
        {"many_vectors_of_one_problem", many_vectors_of_one_problem},
        {"nothing_to_do", nothing_to_do},
        {"stop_request_interrupts", stop_request_interrupts},
        {"hook_interrupts", hook_interrupts},
        {"solver_that_refuses_a_second_caller", solver_that_refuses_a_second_caller},
    };
    return CHECK_RUN(cases);
}
