// SPDX-License-Identifier: MIT
//
// No field is lost on the way to the core: every row of the tables of fields is set to
// something else and must change what the core sees.
#include "cpp_problems.hpp"

#include "convert.hpp"
#include "support/check.h"

#include <cstring>
#include <string>
#include <variant>
#include <vector>

namespace {

void change(bool &value) { value = !value; }
void change(scs::Int &value) { value += 7; }
void change(double &value) { value += 0.125; }
void change(std::string &value) { value = "file"; }
void change(std::vector<scs::Int> &value) { value = {7}; }
void change(std::vector<double> &value) { value = {0.125}; }

// The core's structs are compared as bytes; both come from value-initialised ones.
template <typename T>
bool same_bytes(const T &a, const T &b) {
    // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): padding is zeroed
    return std::memcmp(&a, &b, sizeof a) == 0;
}

void defaults_agree() {
    const test::Owned problem = test::lp();
    const scs::CoreInput input(problem.view(), {}, {});
    ScsSettings expected{};
    scs_set_default_settings(&expected);
    CHECK_EQUAL(input.settings().normalize, expected.normalize);
    CHECK_EQUAL(input.settings().scale, expected.scale);
    CHECK_EQUAL(input.settings().adaptive_scale, expected.adaptive_scale);
    CHECK_EQUAL(input.settings().adaptive_diag_scale, expected.adaptive_diag_scale);
    CHECK_EQUAL(input.settings().rho_x, expected.rho_x);
    CHECK_EQUAL(input.settings().max_iters, expected.max_iters);
    CHECK_EQUAL(input.settings().eps_abs, expected.eps_abs);
    CHECK_EQUAL(input.settings().eps_rel, expected.eps_rel);
    CHECK_EQUAL(input.settings().eps_infeas, expected.eps_infeas);
    CHECK_EQUAL(input.settings().alpha, expected.alpha);
    CHECK_EQUAL(input.settings().time_limit_secs, expected.time_limit_secs);
    CHECK_EQUAL(input.settings().verbose, expected.verbose);
    CHECK_EQUAL(input.settings().acceleration_lookback, expected.acceleration_lookback);
    CHECK_EQUAL(input.settings().acceleration_interval, expected.acceleration_interval);
    CHECK_EQUAL(input.settings().acceleration_type_1, expected.acceleration_type_1);
    CHECK_EQUAL(input.settings().acceleration_regularization,
                expected.acceleration_regularization);
    CHECK_EQUAL(input.settings().acceleration_relaxation,
                expected.acceleration_relaxation);
    CHECK(input.settings().write_data_filename == nullptr);
    CHECK(input.settings().log_csv_filename == nullptr);
}

void every_setting_arrives() {
    const test::Owned problem = test::lp();
    const scs::Settings defaults;
    const scs::CoreInput before(problem.view(), {}, defaults);
    for (const scs::SettingField &field : scs::setting_fields) {
        scs::Settings settings;
        std::visit([&](auto member) { change(settings.*member); }, field.member);
        const scs::CoreInput after(problem.view(), {}, settings);
        if (!CHECK(!same_bytes(before.settings(), after.settings()))) {
            printf("setting %s\n", std::string(field.name).c_str());
        }
    }
}

void every_cone_field_arrives() {
    const test::Owned problem = test::lp();
    const scs::Cone none;
    const scs::CoreInput before(problem.view(), none, {});
    for (const scs::ConeField &field : scs::cone_fields) {
        scs::Cone cone;
        std::visit([&](auto member) { change(cone.*member); }, field.member);
        try {
            const scs::CoreInput after(problem.view(), cone, {});
            if (!CHECK(!same_bytes(before.cone(), after.cone()))) {
                printf("cone field %s\n", std::string(field.name).c_str());
            }
        } catch (
            const scs::InvalidCone &error) { // one of a pair of lists, so it was seen
            CHECK_CONTAINS(error.what(), std::string(field.name).c_str());
        }
    }
}

void data_are_not_copied() {
    const test::Owned problem = test::qp();
    const scs::CoreInput input(problem.view(), problem.cone, {});
    CHECK(input.data().A->x == problem.A.values.data());
    CHECK(input.data().A->i == problem.A.row_indices.data());
    CHECK(input.data().P->x == problem.P.values.data());
    CHECK(input.data().b == problem.b.data());
    CHECK(input.data().c == problem.c.data());
    CHECK_EQUAL(input.data().m, 1);
    CHECK_EQUAL(input.data().n, 2);
}

void boxes_count_their_t() {
    const test::Owned problem = test::lp();
    scs::Cone cone;
    CHECK_EQUAL(scs::CoreInput(problem.view(), cone, {}).cone().bsize, 0);
    cone.bu = {1, 2};
    cone.bl = {0, 0};
    CHECK_EQUAL(scs::CoreInput(problem.view(), cone, {}).cone().bsize, 3);
}

} // namespace

int main() {
    static const CheckCase cases[] = {
        {"defaults_agree", defaults_agree},
        {"every_setting_arrives", every_setting_arrives},
        {"every_cone_field_arrives", every_cone_field_arrives},
        {"data_are_not_copied", data_are_not_copied},
        {"boxes_count_their_t", boxes_count_their_t},
    };
    return CHECK_RUN(cases);
}
