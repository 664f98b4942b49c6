// SPDX-License-Identifier: MIT
#include "given.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace scs {

namespace {

std::shared_ptr<const std::vector<Float>> shared(std::span<const Float> values) {
    return std::make_shared<const std::vector<Float>>(values.begin(), values.end());
}

template <typename T>
std::vector<T> first_of(std::span<const T> values, std::size_t count) {
    const auto used = values.first(std::min(values.size(), count));
    return {used.begin(), used.end()};
}

} // namespace

Csc Csc::copy(const CscView &matrix) {
    Csc copy{.rows = matrix.rows,
             .cols = matrix.cols,
             .values = {},
             .row_indices = {},
             .col_starts = {matrix.col_starts.begin(), matrix.col_starts.end()}};
    // From the copy, which nobody changes. Entries that the pointers ask for and the view
    // does not have are for the constructor of the solver to miss.
    Int entries = 0;
    for (const Int start : copy.col_starts) {
        entries = std::max(entries, start);
    }
    copy.values = first_of(matrix.values, static_cast<std::size_t>(entries));
    copy.row_indices = first_of(matrix.row_indices, static_cast<std::size_t>(entries));
    return copy;
}

Snapshot Snapshot::of(const Problem &problem, Cone cone, Settings settings) {
    Snapshot taken;
    taken.A = Csc::copy(problem.A);
    if (problem.P) {
        taken.P = Csc::copy(*problem.P);
    }
    taken.b.assign(problem.b.begin(), problem.b.end());
    taken.c.assign(problem.c.begin(), problem.c.end());
    taken.cone = std::move(cone);
    taken.settings = std::move(settings);
    return taken;
}

Given::Given(Snapshot taken)
    : first_(std::make_shared<const Snapshot>(std::move(taken))) {}

const Snapshot &Given::first() const noexcept { return *first_; }

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
    Snapshot taken = *first_;
    taken.settings.write_data_filename.clear();
    taken.settings.log_csv_filename.clear();
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
