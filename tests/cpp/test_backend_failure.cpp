// SPDX-License-Identifier: MIT
//
// What comes out of a solver whose linear solver's library fails, on the stand-in for
// NVIDIA's libraries, which ctest makes the loader find.
#include "cpp_problems.hpp"

#include "support/check.h"
#include "support/fake_cuda/fake_cuda.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <typeinfo>

#include <dlfcn.h>

namespace {

FakeCuda &stand_in() {
    void *library = dlopen("libcudart.so.12", RTLD_NOW);
    void *symbol = library != nullptr ? dlsym(library, "fake_cuda_state") : nullptr;
    if (symbol == nullptr) {
        std::puts("LD_LIBRARY_PATH must name the folder fake_cuda of the build");
        std::exit(1); // NOLINT(concurrency-mt-unsafe): there is one thread
    }
    return *reinterpret_cast<FakeCudaState>(symbol)();
}

// Whether call() throws E, and nothing derived from it, when its k-th use of the device
// fails.
template <typename E>
bool fails(long k, const std::function<void()> &call) {
    FakeCuda &fake = stand_in();
    fake.calls = 0;
    fake.refuse = k;
    fake.refusal = 1;
    bool as_expected = false;
    try {
        call();
    } catch (const scs::Error &error) {
        as_expected = typeid(error) == typeid(E);
        CHECK_CONTAINS(error.what(), "NVIDIA's");
    }
    fake.refuse = -1;
    return as_expected;
}

void before_and_after_construction(scs::LinearSolver linear_solver) {
    const test::Owned problem = test::qp();
    scs::Settings settings = test::quiet();
    settings.linear_solver = linear_solver;
    const auto construct = [&] {
        return scs::Solver(problem.view(), problem.cone, settings);
    };
    CHECK(fails<scs::BackendUnavailable>(3, construct));
    scs::Solver solver = construct();
    CHECK(fails<scs::BackendFailed>(10, [&] { (void)solver.solve(); }));
    CHECK(fails<scs::BackendFailed>(3, [&] { (void)solver.clone(); }));
    CHECK(fails<scs::BackendFailed>(0, [&] { solver.update(problem.b, {}); }));
    CHECK(solver.solve().info.status == scs::Status::solved);
}

void conjugate_gradients_on_the_device() {
    before_and_after_construction(scs::LinearSolver::gpu_indirect);
}

void factors_on_the_device() {
    before_and_after_construction(scs::LinearSolver::cudss);
}

void has_a_code_of_its_own() {
    try {
        throw scs::BackendFailed("gone");
    } catch (const scs::Error &error) {
        CHECK(error.code() == scs::ErrorCode::backend);
    }
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"conjugate gradients on the device", conjugate_gradients_on_the_device},
        {"factors on the device", factors_on_the_device},
        {"has a code of its own", has_a_code_of_its_own},
    };
    return CHECK_RUN(cases);
}
