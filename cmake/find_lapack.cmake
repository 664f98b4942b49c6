# SPDX-License-Identifier: MIT
# Finds the LAPACK that lapack_linked.c is compiled for: OpenBLAS's own CMake package (PyPI's
# scipy-openblas32 has one too: put its folder into CMAKE_PREFIX_PATH) or what
# find_package(LAPACK) finds, which alone is asked if BLA_VENDOR names a vendor. Used by this
# project and by the package inside the Python wheel.
include(CheckFunctionExists)

# How the library's symbols are spelled; the first spelling that links is taken.
function(scs_lapack_spelling target result)
  set(CMAKE_REQUIRED_LIBRARIES ${target})
  set(CMAKE_REQUIRED_QUIET ON)
  foreach(pattern IN ITEMS @_ scipy_@_ @)
    string(REPLACE "@" "zunmtr" symbol ${pattern})
    unset(scs_has_${symbol} CACHE) # the library may be another one by now
    check_function_exists(${symbol} scs_has_${symbol})
    if(scs_has_${symbol})
      set(${result} ${pattern} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Sets scs_lapack_target (empty: none was found), scs_lapack_pattern (a routine's symbol,
# with @ for its name), scs_lapack_found (where it is, in words) and scs_lapack_dependency
# (the line by which an installed package finds it again).
macro(scs_find_lapack)
  set(scs_lapack_target "")
  set(scs_lapack_pattern "")
  set(scs_lapack_found "")
  set(scs_lapack_dependency "")
  # GLOBAL, because a program that embeds the project links the core in its own folders.
  if(NOT BLA_VENDOR)
    find_package(OpenBLAS CONFIG QUIET GLOBAL)
    if(TARGET OpenBLAS::OpenBLAS)
      scs_lapack_spelling(OpenBLAS::OpenBLAS scs_lapack_pattern)
    endif()
  endif()
  if(scs_lapack_pattern)
    set(scs_lapack_target OpenBLAS::OpenBLAS)
    set(scs_lapack_dependency
        "find_dependency(OpenBLAS CONFIG HINTS \"${OpenBLAS_DIR}\")")
    set(scs_lapack_found "OpenBLAS ${OpenBLAS_VERSION}, ${OpenBLAS_DIR}")
  else()
    find_package(LAPACK QUIET GLOBAL)
    if(TARGET LAPACK::LAPACK)
      scs_lapack_spelling(LAPACK::LAPACK scs_lapack_pattern)
    endif()
    if(scs_lapack_pattern)
      set(scs_lapack_target LAPACK::LAPACK)
      set(scs_lapack_dependency "find_dependency(LAPACK)")
      set(scs_lapack_found "${LAPACK_LIBRARIES}")
    endif()
  endif()
endmacro()

# Definitions by which lapack_linked.c, which spells symbols as Fortran compilers do, calls
# those of this library. The members of ScsLapack are the names of the routines.
function(scs_lapack_definitions header result)
  set(definitions "")
  if(NOT scs_lapack_pattern STREQUAL "@_")
    file(STRINGS ${header} members REGEX "void \\(\\*[a-z0-9]+\\)\\(const char")
    foreach(member IN LISTS members)
      string(REGEX REPLACE ".*\\(\\*([a-z0-9]+)\\)\\(.*" "\\1" name "${member}")
      string(REPLACE "@" "${name}" symbol ${scs_lapack_pattern})
      list(APPEND definitions ${name}_=${symbol})
    endforeach()
  endif()
  set(${result} "${definitions}" PARENT_SCOPE)
endfunction()
