// SPDX-License-Identifier: MIT
#include "arrays.h"

#include <memory>
#include <utility>

namespace bindings {

namespace {

template <typename T>
nb::object owning_array(std::vector<T> &&values) {
    auto kept = std::make_unique<std::vector<T>>(std::move(values));
    T *data = kept->data();
    const std::size_t size = kept->size();
    const nb::capsule owner(kept.get(), [](void *vector) noexcept {
        const std::unique_ptr<std::vector<T>> last(
            static_cast<std::vector<T> *>(vector));
    });
    [[maybe_unused]] const auto *released = kept.release(); // the capsule's now
    return nb::cast(nb::ndarray<nb::numpy, T, nb::ndim<1>>(data, {size}, owner));
}

} // namespace

nb::object to_numpy(std::vector<double> &&values) {
    return owning_array(std::move(values));
}

nb::object to_numpy(std::vector<std::int32_t> &&values) {
    return owning_array(std::move(values));
}

} // namespace bindings
