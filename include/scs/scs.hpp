// SPDX-License-Identifier: MIT
//
// The C++ interface of scs: include this. A program that also wants the C interface
// includes scs.h after it.
#ifndef SCS_HPP
#define SCS_HPP

#include "batch.hpp"
#include "error.hpp"
#include "fields.hpp"
#include "lapack.hpp"
#include "problem.hpp"
#include "result.hpp"
#include "sigint.hpp"
#include "snapshot.hpp"
#include "solver.hpp"
#include "stored.hpp"

#endif
