// SPDX-License-Identifier: MIT
//
// SCS_FACADE_API marks what a shared scs_facade exports where symbols are hidden unless
// marked (ELF, Mach-O). A class that is thrown must be marked to be caught by its type
// outside. A DLL exports every symbol instead (CMake's WINDOWS_EXPORT_ALL_SYMBOLS), which
// suffices because these headers declare no data. A static library marks nothing: what
// links it need not export it again.
#ifndef SCS_EXPORT_HPP
#define SCS_EXPORT_HPP

#if defined(SCS_FACADE_SHARED) && defined(__GNUC__) && !defined(_WIN32)
#define SCS_FACADE_API __attribute__((visibility("default")))
#else
#define SCS_FACADE_API
#endif

#endif
