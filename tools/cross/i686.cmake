# SPDX-License-Identifier: MIT
# Toolchain: 32-bit x86: 32-bit pointers, and int64_t and double aligned to 4 bytes.
set(scs_triple i686-linux-gnu)
set(scs_processor i686)
set(scs_qemu qemu-i386)
include(${CMAKE_CURRENT_LIST_DIR}/gnu_linux.cmake)
