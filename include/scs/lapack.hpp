// SPDX-License-Identifier: MIT
//
// LAPACK for the matrix cones and the dense linear solver, where the program brings its
// own: a library built without one asks for that, and a library built with one accepts it.
#ifndef SCS_LAPACK_HPP
#define SCS_LAPACK_HPP

#include <functional>

#include "export.hpp"
#include "problem.hpp"

#include "scs_lapack.h"

namespace scs {

/// Pointers to the routines of LAPACK and BLAS, see scs_lapack.h. Whoever is given a
/// pointer to a table keeps the pointer: the table must outlive solvers and their clones.
using Lapack = ScsLapack;

/// Whether some cone cannot be projected on without LAPACK; false if the cone is invalid
/// in itself. Throws InvalidCone where the lengths of lists contradict each other.
[[nodiscard]] SCS_FACADE_API bool needs_lapack(const Cone &cone);

/// What this library was linked with and solvers use if nothing else is given; null if it
/// was built without.
[[nodiscard]] SCS_FACADE_API const Lapack *linked_lapack() noexcept;

/// A table filled by asking find for every routine by its plain name, such as "dsytrd".
/// Throws BackendUnavailable if it returns null, and what it throws.
[[nodiscard]] SCS_FACADE_API Lapack
make_lapack(const std::function<ScsLapackFunction(const char *name)> &find);

} // namespace scs

#endif
