# SPDX-License-Identifier: MIT
# Toolchain: IBM Z: the most significant byte comes first.
set(scs_triple s390x-linux-gnu)
set(scs_processor s390x)
set(scs_qemu qemu-s390x)
include(${CMAKE_CURRENT_LIST_DIR}/gnu_linux.cmake)
