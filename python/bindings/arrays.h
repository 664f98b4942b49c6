// SPDX-License-Identifier: MIT
//
// NumPy arrays as views, and vectors as NumPy arrays; neither direction copies.
#ifndef SCS_BINDINGS_ARRAYS_H
#define SCS_BINDINGS_ARRAYS_H

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bindings {

namespace nb = nanobind;

/// A view holds a reference to the array and an export of its buffer, so that pointer and
/// length stay valid while it lives, whatever other threads do to the array object.
template <typename T>
using ArrayOf =
    nb::ndarray<const T, nb::ndim<1>, nb::c_contig, nb::device::cpu, nb::ro>;

template <typename T>
[[nodiscard]] std::span<const T> view(const ArrayOf<T> &array) {
    return {array.data(), array.size()};
}

template <typename T>
[[nodiscard]] std::optional<std::span<const T>>
view(const std::optional<ArrayOf<T>> &array) {
    return array ? std::optional(view(*array)) : std::nullopt;
}

/// A writable NumPy array that owns the vector's memory.
[[nodiscard]] nb::object to_numpy(std::vector<double> &&values);
[[nodiscard]] nb::object to_numpy(std::vector<std::int32_t> &&values);

} // namespace bindings

#endif
