// SPDX-License-Identifier: MIT
#include "arrays.h"

#include <memory>
#include <utility>

namespace bindings {

nb::object to_numpy(std::vector<double> &&values) {
    auto kept = std::make_unique<std::vector<double>>(std::move(values));
    double *data = kept->data();
    const std::size_t size = kept->size();
    const nb::capsule owner(kept.get(), [](void *vector) noexcept {
        const std::unique_ptr<std::vector<double>> last(
            static_cast<std::vector<double> *>(vector));
    });
    [[maybe_unused]] const auto *released = kept.release(); // the capsule's now
    return nb::cast(nb::ndarray<nb::numpy, double, nb::ndim<1>>(data, {size}, owner));
}

} // namespace bindings
