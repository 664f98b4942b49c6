# SPDX-License-Identifier: MIT
# Toolchain: 32-bit ARM: pointers, size_t and long have 32 bits.
set(scs_triple arm-linux-gnueabihf)
set(scs_processor armv7l)
set(scs_qemu qemu-arm)
include(${CMAKE_CURRENT_LIST_DIR}/gnu_linux.cmake)
