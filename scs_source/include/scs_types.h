/* SPDX-License-Identifier: MIT
 *
 * The number types of the library and its export mark.
 *
 * scs_int is 32-bit so that SciPy's index arrays pass without a copy; configure with
 * -DSCS_INT64=ON for 64-bit indices (the installed CMake target carries the definition).
 */
#ifndef SCS_TYPES_H
#define SCS_TYPES_H

#include <stdint.h>

#ifdef SCS_INT64
typedef int64_t scs_int;
#else
typedef int32_t scs_int;
#endif
typedef double scs_float;

#if defined(SCS_SHARED) && defined(_WIN32)
#ifdef SCS_BUILDING
#define SCS_API __declspec(dllexport)
#else
#define SCS_API __declspec(dllimport)
#endif
#elif defined(SCS_SHARED) && defined(__GNUC__)
#define SCS_API __attribute__((visibility("default")))
#else
#define SCS_API
#endif

#endif
