// SPDX-License-Identifier: MIT
#include "gil.h"

#include <chrono>
#include <thread>

namespace bindings {

void WaitIfUnwound::wait() {
    while (true) {
        std::this_thread::sleep_for(std::chrono::hours(1));
    }
}

} // namespace bindings
