# SPDX-License-Identifier: MIT
# The dense kernels are compiled once for every instruction set worth it and chosen at run
# time; elsewhere than on x86-64 with GCC or Clang the baseline is all there is. Kernels may
# fuse multiplications and additions.
include(CheckCSourceCompiles)
set(scs_x86 OFF)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang" AND NOT MSVC
   AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$"
   AND NOT CMAKE_OSX_ARCHITECTURES)
  # Some toolchains link no run-time support for asking the processor.
  check_c_source_compiles(
    "int main(void) { __builtin_cpu_init(); return __builtin_cpu_supports(\"avx2\"); }"
    SCS_ASKS_PROCESSOR)
  set(scs_x86 ${SCS_ASKS_PROCESSOR})
endif()

set_property(GLOBAL PROPERTY SCS_X86_KERNELS ${scs_x86}) # for the tests

if(scs_x86)
  target_sources(scs_core PRIVATE src/la/dense_dispatch_x86.c src/la/dense_kernels_avx2.c
                                  src/la/dense_kernels_avx512.c)
  set_source_files_properties(src/la/dense_kernels_avx2.c PROPERTIES
                              COMPILE_OPTIONS "-mavx2;-mfma;-ffp-contract=fast")
  set_source_files_properties(
    src/la/dense_kernels_avx512.c PROPERTIES COMPILE_OPTIONS
    "-mavx512f;-mavx512dq;-mavx512vl;-mfma;-mprefer-vector-width=512;-ffp-contract=fast")
else()
  target_sources(scs_core PRIVATE src/la/dense_dispatch_other.c)
endif()
if(NOT MSVC)
  set_source_files_properties(src/la/dense_kernels_baseline.c PROPERTIES
                              COMPILE_OPTIONS "-ffp-contract=fast")
endif()
