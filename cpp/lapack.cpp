// SPDX-License-Identifier: MIT
#include "scs/lapack.hpp"

#include "scs/error.hpp"

#include "convert.hpp"

#include <exception>
#include <string>

namespace scs {

namespace {

struct Asked {
    const std::function<ScsLapackFunction(const char *name)> &find;
    std::exception_ptr pending = nullptr; // must not unwind through the core
};

ScsLapackFunction ask(void *context, const char *name) noexcept {
    auto &asked = *static_cast<Asked *>(context);
    try {
        return asked.find(name);
    } catch (...) {
        asked.pending = std::current_exception();
        return nullptr;
    }
}

} // namespace

bool needs_lapack(const Cone &cone) {
    const ScsCone core = cone_to_core(cone);
    return scs_needs_lapack(&core) != 0;
}

const Lapack *linked_lapack() noexcept { return scs_lapack_linked(); }

Lapack make_lapack(const std::function<ScsLapackFunction(const char *name)> &find) {
    Lapack table{};
    Asked asked{.find = find};
    const char *missing = scs_lapack_fill(&table, &ask, &asked);
    if (asked.pending) {
        std::rethrow_exception(asked.pending);
    }
    if (missing != nullptr) {
        throw BackendUnavailable(std::string("LAPACK lacks the routine ") + missing);
    }
    return table;
}

} // namespace scs
