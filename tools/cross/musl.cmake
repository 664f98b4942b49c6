# SPDX-License-Identifier: MIT
# Toolchain: Linux with the C library musl, by Debian's musl-gcc; programs run as they are.
# There is no C++ library for it, so the facade is left out; C++ that needs none, of which
# the tests of the C headers have some, is compiled by the same program.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER musl-gcc)
set(CMAKE_CXX_COMPILER musl-gcc)
set(CMAKE_CROSSCOMPILING_EMULATOR env)
