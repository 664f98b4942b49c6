# SPDX-License-Identifier: MIT
# Toolchain: Linux on another processor by Debian's cross compilers, programs run by QEMU.
# The file of each processor sets scs_triple, scs_processor and scs_qemu and includes this.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${scs_processor})
set(CMAKE_C_COMPILER ${scs_triple}-gcc)
set(CMAKE_CXX_COMPILER ${scs_triple}-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR ${scs_qemu} -L /usr/${scs_triple})

# What lies in the machine's own folders is for another processor.
set(CMAKE_FIND_ROOT_PATH /usr/${scs_triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
