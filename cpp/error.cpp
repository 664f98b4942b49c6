// SPDX-License-Identifier: MIT
//
// The one switch from the core's error codes to exception types.
#include "scs/problem.hpp"

#include "error_map.hpp"

namespace scs {

void throw_core_error(const ScsError &error) {
    const char *message = error.message;
    switch (error.code) {
    case SCS_ERROR_PROBLEM:
        throw InvalidProblem(message);
    case SCS_ERROR_CONE:
        throw InvalidCone(message);
    case SCS_ERROR_SETTING:
        throw InvalidSetting(message);
    case SCS_ERROR_MEMORY:
        throw OutOfMemory(message);
    case SCS_ERROR_UNAVAILABLE:
        throw BackendUnavailable(message);
    case SCS_ERROR_NOT_SUPPORTED:
        throw NotSupported(message);
    case SCS_ERROR_FILE:
        throw FileError(message);
    case SCS_ERROR_BACKEND:
        throw BackendFailed(message);
    case SCS_OK: // a failure without a reason can only have come from the computation
    case SCS_ERROR_NUMERICAL:
        break;
    }
    throw NumericalError(*message != '\0' ? message : "the solver failed");
}

} // namespace scs
