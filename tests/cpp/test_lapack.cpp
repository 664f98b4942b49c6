// SPDX-License-Identifier: MIT
//
// A LAPACK that the program brings: it is asked for by name, used by solvers, their clones
// and batches, and missed where there is none.
#include "cpp_problems.hpp"

#include "support/check.h"

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using test::Owned;
using test::quiet;

// minimize t subject to t I - M in the complex PSD cone, M tridiagonal with 2 and -1; t is
// the largest eigenvalue, 2 + sqrt 3. (A small real cone would need no LAPACK.)
Owned largest_eigenvalue() {
    Owned problem;
    problem.A = {25, 1, {-1, -1, -1, -1, -1}, {0, 9, 16, 21, 24}, {0, 5}};
    problem.b.assign(25, 0);
    for (const std::size_t diagonal : {0, 9, 16, 21, 24}) {
        problem.b[diagonal] = -2;
        if (diagonal < 24) {
            problem.b[diagonal + 1] = std::sqrt(2.0);
        }
    }
    problem.c = {1};
    problem.cone.cs = {5};
    return problem;
}

scs::Settings accurate() {
    scs::Settings settings = quiet();
    settings.eps_abs = settings.eps_rel = 1e-9;
    return settings;
}

void who_needs_it() {
    CHECK(!scs::needs_lapack(test::lp().cone));
    CHECK(scs::needs_lapack(largest_eigenvalue().cone));
    scs::Cone cone;
    cone.s = {100};
    CHECK(!scs::needs_lapack(cone));
    cone.s = {100, 101};
    CHECK(scs::needs_lapack(cone));
    cone.s = {-5};
    CHECK(!scs::needs_lapack(cone)); // invalid, as the constructor will explain
    cone.s = {};
    cone.nuc_m = {3};
    try {
        CHECK(scs::needs_lapack(cone));
        CHECK(false);
    } catch (const scs::InvalidCone &error) {
        CHECK_CONTAINS(error.what(), "nuc_m");
    }
}

void some_routine() {}

void tables_are_filled_by_name() {
    std::vector<std::string> names;
    const scs::Lapack table = scs::make_lapack([&](const char *name) {
        names.emplace_back(name);
        return &some_routine;
    });
    CHECK_EQUAL(names.size(), sizeof(scs::Lapack) / sizeof(ScsLapackFunction));
    CHECK(reinterpret_cast<ScsLapackFunction>(table.dgesvd) == &some_routine);
    try {
        (void)scs::make_lapack([](const char *name) {
            return std::string(name) == "dsteqr" ? nullptr : &some_routine;
        });
        CHECK(false);
    } catch (const scs::BackendUnavailable &error) {
        CHECK_CONTAINS(error.what(), "dsteqr");
    }
}

void exceptions_of_find_come_out() {
    int asked = 0;
    try {
        (void)scs::make_lapack([&](const char *) -> ScsLapackFunction {
            ++asked;
            throw std::logic_error("no library");
        });
        CHECK(false);
    } catch (const std::logic_error &error) {
        CHECK_CONTAINS(error.what(), "no library");
    }
    CHECK_EQUAL(asked, 1);
}

std::atomic<int> reductions = 0;

void counting_zhetrd(const char *uplo, const int *n, double *a, const int *lda,
                     double *d, double *e, double *tau, double *work, const int *lwork,
                     int *info) {
    ++reductions;
    scs::linked_lapack()->zhetrd(uplo, n, a, lda, d, e, tau, work, lwork, info);
}

void the_given_table_is_used() {
    const scs::Lapack *linked = scs::linked_lapack();
    if (linked == nullptr) {
        return;
    }
    scs::Lapack table = *linked;
    table.zhetrd = counting_zhetrd;
    const Owned problem = largest_eigenvalue();
    const double expected = 2 + std::sqrt(3.0);

    scs::Solver solver(problem.view(), problem.cone, accurate(), {},
                       scs::OnConcurrentUse::wait, &table);
    CHECK_NEAR(solver.solve().x[0], expected, 1e-7);
    CHECK(reductions.exchange(0) > 0);
    CHECK_NEAR(solver.clone().solve({.warm_start = false}).x[0], expected, 1e-7);
    CHECK(reductions.exchange(0) > 0);
    const std::vector<scs::Job> jobs(2, {.problem = problem.view(),
                                         .cone = problem.cone,
                                         .settings = accurate(),
                                         .lapack = &table});
    for (const scs::Outcome &outcome : scs::solve_batch(jobs, 2)) {
        CHECK_NEAR(outcome.result().x[0], expected, 1e-7);
    }
    CHECK(reductions.exchange(0) > 0);
}

void the_linked_one_is_the_default() {
    const Owned problem = largest_eigenvalue();
    try {
        scs::Solver solver(problem.view(), problem.cone, accurate());
        CHECK_NEAR(solver.solve().x[0], 2 + std::sqrt(3.0), 1e-7);
        CHECK(scs::linked_lapack() != nullptr);
    } catch (const scs::BackendUnavailable &error) {
        CHECK(scs::linked_lapack() == nullptr);
        CHECK_CONTAINS(error.what(), "LAPACK");
    }
    CHECK_EQUAL(reductions, 0);
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"who_needs_it", who_needs_it},
        {"tables_are_filled_by_name", tables_are_filled_by_name},
        {"exceptions_of_find_come_out", exceptions_of_find_come_out},
        {"the_given_table_is_used", the_given_table_is_used},
        {"the_linked_one_is_the_default", the_linked_one_is_the_default},
    };
    return CHECK_RUN(cases);
}
