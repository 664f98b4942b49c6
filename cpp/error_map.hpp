// SPDX-License-Identifier: MIT
//
// From the core's errors to exceptions, in this one place.
#ifndef SCS_CPP_ERROR_MAP_HPP
#define SCS_CPP_ERROR_MAP_HPP

#include "scs/error.hpp"

#include "scs_ext.h"

namespace scs {

/// Throws what the error says; error.code is not SCS_OK.
[[noreturn]] void throw_core_error(const ScsError &error);

} // namespace scs

#endif
