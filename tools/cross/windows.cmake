# SPDX-License-Identifier: MIT
# Toolchain: 64-bit Windows by MinGW-w64's GCC, programs run by Wine.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(scs_triple x86_64-w64-mingw32)
# Of the two variants of the compiler the one whose <thread> and <mutex> work.
set(CMAKE_C_COMPILER ${scs_triple}-gcc-posix)
set(CMAKE_CXX_COMPILER ${scs_triple}-g++-posix)
set(CMAKE_RC_COMPILER ${scs_triple}-windres)
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/wine.sh)

set(CMAKE_FIND_ROOT_PATH /usr/${scs_triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
