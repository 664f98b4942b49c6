// SPDX-License-Identifier: MIT
//
// LAPACK and BLAS for the matrix cones, borrowed from SciPy: it offers its own to compiled
// code by scipy.linalg.cython_lapack and cython_blas, so the wheel bundles none and both
// use one pool of threads. Importing them takes time, hence not before a cone asks.
#ifndef SCS_BINDINGS_SCIPY_LAPACK_H
#define SCS_BINDINGS_SCIPY_LAPACK_H

#include "scs/lapack.hpp"

namespace bindings {

/// The table of SciPy's routines, the same one every time, valid until the process ends;
/// made by the first call. Called attached. Throws scs::BackendUnavailable, naming what is
/// missing, if SciPy does not offer what is needed; the next call tries again. Any other
/// exception of the import comes out as it is.
[[nodiscard]] const scs::Lapack *scipy_lapack();

} // namespace bindings

#endif
