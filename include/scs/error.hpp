// SPDX-License-Identifier: MIT
//
// The exceptions of the library. Each message is one sentence that names the field and
// the offending value. std::bad_alloc may come from the facade's own vectors.
#ifndef SCS_ERROR_HPP
#define SCS_ERROR_HPP

#include <stdexcept>
#include <string>

#include "export.hpp"

namespace scs {

enum class ErrorCode {
    problem,
    cone,
    setting,
    memory,
    numerical,
    unavailable,
    not_supported,
    file,
    backend,
    concurrent_use,
};

/// Base of all.
class SCS_FACADE_API Error : public std::runtime_error {
  public:
    Error(ErrorCode code, const std::string &message)
        : std::runtime_error(message), code_(code) {}
    [[nodiscard]] ErrorCode code() const noexcept { return code_; }

  private:
    ErrorCode code_;
};

template <ErrorCode value>
class SCS_FACADE_API ErrorOf : public Error {
  public:
    explicit ErrorOf(const std::string &message) : Error(value, message) {}
};

/// A, P, b, c or a warm start is invalid.
class SCS_FACADE_API InvalidProblem : public ErrorOf<ErrorCode::problem> {
    using ErrorOf::ErrorOf;
};

/// A cone field is invalid.
class SCS_FACADE_API InvalidCone : public ErrorOf<ErrorCode::cone> {
    using ErrorOf::ErrorOf;
};

/// A setting is out of range.
class SCS_FACADE_API InvalidSetting : public ErrorOf<ErrorCode::setting> {
    using ErrorOf::ErrorOf;
};

class SCS_FACADE_API OutOfMemory : public ErrorOf<ErrorCode::memory> {
    using ErrorOf::ErrorOf;
};

/// The computation breaks down: P is not positive semidefinite, or numbers overflow.
class SCS_FACADE_API NumericalError : public ErrorOf<ErrorCode::numerical> {
    using ErrorOf::ErrorOf;
};

/// A linear solver or LAPACK is not to be had on this machine, or the library of a linear
/// solver fails while a Solver is constructed.
class SCS_FACADE_API BackendUnavailable : public ErrorOf<ErrorCode::unavailable> {
    using ErrorOf::ErrorOf;
};

/// The library of a linear solver failed in the middle of its work; a GPU may have been lost.
/// Another Solver, perhaps with another linear solver, can go on.
class SCS_FACADE_API BackendFailed : public ErrorOf<ErrorCode::backend> {
    using ErrorOf::ErrorOf;
};

/// This version cannot do it.
class SCS_FACADE_API NotSupported : public ErrorOf<ErrorCode::not_supported> {
    using ErrorOf::ErrorOf;
};

/// A file could not be read or written.
class SCS_FACADE_API FileError : public ErrorOf<ErrorCode::file> {
    using ErrorOf::ErrorOf;
};

/// The solver is busy in another thread, or is called from one of its own hooks.
class SCS_FACADE_API ConcurrentUse : public ErrorOf<ErrorCode::concurrent_use> {
    using ErrorOf::ErrorOf;
};

} // namespace scs

#endif
