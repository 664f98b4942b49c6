# SPDX-License-Identifier: MIT
# Toolchain: 64-bit ARM.
set(scs_triple aarch64-linux-gnu)
set(scs_processor aarch64)
set(scs_qemu qemu-aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/gnu_linux.cmake)
