// SPDX-License-Identifier: MIT
#include "given.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace scs {

struct Given::Fixed {
    Snapshot first;
};

namespace {

std::shared_ptr<const std::vector<Float>> shared(std::span<const Float> values) {
    return std::make_shared<const std::vector<Float>>(values.begin(), values.end());
}

// Entries in use, whatever another thread is doing to the caller's arrays.
std::size_t entries(const CscView &matrix, const std::vector<Int> &starts) {
    const auto last = static_cast<std::size_t>(std::max(starts.back(), Int{0}));
    return std::min({last, matrix.values.size(), matrix.row_indices.size()});
}

Csc copy_of(const CscView &matrix) {
    Csc copy;
    copy.rows = matrix.rows;
    copy.cols = matrix.cols;
    copy.col_starts.assign(matrix.col_starts.begin(), matrix.col_starts.end());
    const std::size_t used = entries(matrix, copy.col_starts);
    const auto rows = matrix.row_indices.first(used);
    const auto values = matrix.values.first(used);
    copy.row_indices.assign(rows.begin(), rows.end());
    copy.values.assign(values.begin(), values.end());
    return copy;
}

} // namespace

Given::Given(const Problem &problem, const Cone &cone, const Settings &settings) {
    auto fixed = std::make_shared<Fixed>();
    Snapshot &first = fixed->first;
    first.A = copy_of(problem.A);
    if (problem.P) {
        first.P = copy_of(*problem.P);
    }
    first.b.assign(problem.b.begin(), problem.b.end());
    first.c.assign(problem.c.begin(), problem.c.end());
    first.cone = cone;
    first.settings = settings;
    first.settings.write_data_filename.clear();
    first.settings.log_csv_filename.clear();
    fixed_ = std::move(fixed);
}

void Given::update(std::optional<std::span<const Float>> b,
                   std::optional<std::span<const Float>> c) {
    new_b_ = b ? shared(*b) : new_b_;
    new_c_ = c ? shared(*c) : new_c_;
}

void Given::update_matrices(std::optional<std::span<const Float>> p_values,
                            std::optional<std::span<const Float>> a_values) {
    new_p_values_ = p_values ? shared(*p_values) : new_p_values_;
    new_a_values_ = a_values ? shared(*a_values) : new_a_values_;
}

Snapshot Given::snapshot() const {
    Snapshot taken = fixed_->first;
    const auto copy = [](const Values &values) {
        return values ? std::optional(*values) : std::nullopt;
    };
    taken.new_p_values = copy(new_p_values_);
    taken.new_a_values = copy(new_a_values_);
    taken.new_b = copy(new_b_);
    taken.new_c = copy(new_c_);
    return taken;
}

} // namespace scs
