# SPDX-License-Identifier: MIT
# Compilers of PyPI's ziglang for scs_zig_target; `zig` is in the PATH. CMake wants programs
# where Zig has one with many names, so each name gets a script.
find_program(scs_zig zig REQUIRED)
set(scs_tools ${CMAKE_BINARY_DIR}/zig)
if(NOT EXISTS ${scs_tools}/zig-cc) # also read by the checks' projects, in folders of theirs
  foreach(tool IN ITEMS cc c++ ar ranlib)
    set(arguments "")
    if(tool MATCHES "^c")
      # No traps for undefined behaviour: that is make sanitize's affair. Its linker does
      # not make what macOS calls a bundle, but what is used in the same way.
      set(arguments "-target ${scs_zig_target} -fno-sanitize=undefined")
    endif()
    file(WRITE ${scs_tools}/zig-${tool} "#!/bin/bash
exec '${scs_zig}' ${tool} ${arguments} \"\${@/#-bundle/-dynamiclib}\"\n")
    file(CHMOD ${scs_tools}/zig-${tool} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  endforeach()
endif()
set(CMAKE_C_COMPILER ${scs_tools}/zig-cc)
set(CMAKE_CXX_COMPILER ${scs_tools}/zig-c++)
set(CMAKE_AR ${scs_tools}/zig-ar)
set(CMAKE_RANLIB ${scs_tools}/zig-ranlib)
