# SPDX-License-Identifier: MIT
# Toolchain: Linux with the C library musl, by the clang of PyPI's ziglang, which has a C++
# library for it too; programs are static and run as they are.
set(scs_zig_target x86_64-linux-musl)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
include(${CMAKE_CURRENT_LIST_DIR}/zig.cmake)
set(CMAKE_CROSSCOMPILING_EMULATOR "")
