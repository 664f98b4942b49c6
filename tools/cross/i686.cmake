# SPDX-License-Identifier: MIT
# Toolchain: 32-bit x86: 32-bit pointers, and int64_t and double aligned to 4 bytes. Without
# SSE2, which processors have had since 2001, there are no vectors for the kernels and
# doubles are computed with 80 bits.
#
# A 64-bit Linux runs the programs itself, with the libraries of the cross compiler; QEMU
# 7.2 stands still in those with threads.
set(scs_triple i686-linux-gnu)
set(scs_processor i686)
set(scs_qemu "")
include(${CMAKE_CURRENT_LIST_DIR}/gnu_linux.cmake)
set(CMAKE_CROSSCOMPILING_EMULATOR env)
set(CMAKE_C_FLAGS_INIT "-msse2 -mfpmath=sse")
set(CMAKE_CXX_FLAGS_INIT "-msse2 -mfpmath=sse")
set(libraries /usr/${scs_triple}/lib)
set(CMAKE_EXE_LINKER_FLAGS_INIT
    "-Wl,--dynamic-linker=${libraries}/ld-linux.so.2 -Wl,-rpath,${libraries}")
