# SPDX-License-Identifier: MIT
# Toolchain: macOS on ARM by the clang of PyPI's ziglang, which has the C and C++ library's
# headers and their symbols, but no frameworks. Compiles and links; nothing here can run it.
set(scs_zig_target aarch64-macos.11.0)
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_PROCESSOR arm64)
include(${CMAKE_CURRENT_LIST_DIR}/zig.cmake)
