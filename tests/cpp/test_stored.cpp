// SPDX-License-Identifier: MIT
//
// Files that the solver wrote, read back by read_problem.
#include <scs/scs.hpp>

#include "support/check.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace {

// tests of other files run at the same time in the same folder
const char *const path = "test_stored.tmp";

// One or two of every cone that needs no LAPACK, 29 rows.
scs::Cone cone() {
    const double infinity = std::numeric_limits<double>::infinity();
    return {.z = 1,
            .l = 2,
            .bu = {1, infinity},
            .bl = {-1, -infinity},
            .q = {3, 1},
            .ep = 1,
            .ed = 1,
            .p = {0.25, -0.5},
            .ell1 = {3, 2}};
}

struct Example {
    scs::Csc A;
    scs::Csc P;
    // In the cone, so that x = 0 is feasible.
    std::vector<scs::Float> b{0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 2, -1, 0,
                              1, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0};
    std::vector<scs::Float> c{0.5};

    Example() {
        A.rows = 29;
        A.cols = P.rows = P.cols = 1;
        A.col_starts = {0, 29};
        P.values = {2};
        P.row_indices = {0};
        P.col_starts = {0, 1};
        for (scs::Int row = 0; row < 29; ++row) {
            A.values.push_back(static_cast<double>(row) + 0.25);
            A.row_indices.push_back(row);
        }
    }
    [[nodiscard]] scs::Problem problem(bool quadratic) const {
        return {A.view(), quadratic ? std::optional(P.view()) : std::nullopt, b, c};
    }
};

// Every setting unlike its default.
scs::Settings odd_settings() {
    scs::Settings settings;
    for (const scs::SettingField &field : scs::setting_fields) {
        if (const auto *flag = std::get_if<bool scs::Settings::*>(&field.member)) {
            settings.*(*flag) = !(settings.*(*flag));
        } else if (const auto *count =
                       std::get_if<scs::Int scs::Settings::*>(&field.member)) {
            settings.*(*count) += 3;
        } else if (const auto *number =
                       std::get_if<double scs::Settings::*>(&field.member)) {
            settings.*(*number) = settings.*(*number) * 1.25 + 1e-6;
        }
    }
    settings.write_data_filename = path;
    return settings;
}

bool same_cone(const scs::Cone &a, const scs::Cone &b) {
    bool same = true;
    for (const scs::ConeField &field : scs::cone_fields) {
        std::visit([&](auto member) { same = same && a.*member == b.*member; },
                   field.member);
    }
    return same;
}

void check_settings(const scs::Settings &found, scs::Settings expected) {
    expected.write_data_filename.clear();
    for (const scs::SettingField &field : scs::setting_fields) {
        std::visit([&](auto member) { CHECK(found.*member == expected.*member); },
                   field.member);
    }
}

bool same(const scs::Csc &a, const scs::Csc &b) {
    return a.rows == b.rows && a.cols == b.cols && a.values == b.values &&
           a.row_indices == b.row_indices && a.col_starts == b.col_starts;
}

std::vector<std::byte> file_bytes() {
    std::ifstream stream(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    std::vector<std::byte> bytes;
    for (const char letter : text) {
        bytes.push_back(static_cast<std::byte>(letter));
    }
    return bytes;
}

void check_stored(const scs::StoredProblem &stored, const Example &example,
                  bool quadratic) {
    CHECK(same(stored.A, example.A));
    CHECK(stored.P.has_value() == quadratic);
    CHECK(!stored.P || same(*stored.P, example.P));
    CHECK(stored.b == example.b);
    CHECK(stored.c == example.c);
    CHECK(same_cone(stored.cone, cone()));
    CHECK(stored.version == scs::version());
    check_settings(stored.settings, odd_settings());
}

void round_trip() {
    const Example example;
    for (const bool quadratic : {false, true}) {
        const scs::Solver writer(example.problem(quadratic), cone(), odd_settings());
        check_stored(scs::read_problem(path), example, quadratic);
        check_stored(scs::read_problem(file_bytes()), example, quadratic);
        std::filesystem::remove(path);
    }
}

void solves_alike() {
    const Example example;
    scs::Settings settings;
    settings.verbose = false;
    settings.write_data_filename = path;
    scs::Solver first(example.problem(true), cone(), settings);
    const scs::StoredProblem stored = scs::read_problem(path);
    scs::Solver second(stored.problem(), stored.cone, stored.settings);
    const scs::Result one = first.solve();
    const scs::Result two = second.solve();
    CHECK(one.info.status == scs::Status::solved);
    CHECK(one.info.iter == two.info.iter);
    CHECK(one.x == two.x);
    std::filesystem::remove(path);
}

template <typename Exception, typename Call>
void check_throws(const Call &call, const char *sentence) {
    try {
        call();
        CHECK(false); // nothing was thrown
    } catch (const Exception &error) {
        CHECK_CONTAINS(error.what(), sentence);
    }
}

void errors() {
    check_throws<scs::FileError>([] { (void)scs::read_problem("no/such/file"); },
                                 "cannot open 'no/such/file'");
    check_throws<scs::FileError>([] { (void)scs::read_problem("."); }, "cannot");
    check_throws<scs::FileError>(
        [] { (void)scs::read_problem(std::string("a\0b", 3)); }, "null character");
    const std::vector<std::byte> none;
    check_throws<scs::InvalidProblem>([&] { (void)scs::read_problem(none); },
                                      "the file ends too early");
    const Example example;
    {
        const scs::Solver writer(example.problem(false), cone(), odd_settings());
    }
    std::vector<std::byte> bytes = file_bytes();
    bytes.back() = std::byte{0x7f}; // the highest byte of adaptive_diag_scale
    check_throws<scs::InvalidSetting>([&] { (void)scs::read_problem(bytes); },
                                      "adaptive_diag_scale");
    bytes.pop_back();
    check_throws<scs::InvalidProblem>([&] { (void)scs::read_problem(bytes); },
                                      "adaptive_diag_scale is 1 x ");
    std::filesystem::remove(path);
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"round trip", round_trip},
        {"solves alike", solves_alike},
        {"errors", errors},
    };
    return CHECK_RUN(cases);
}
