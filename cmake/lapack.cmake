# SPDX-License-Identifier: MIT
# Which LAPACK the core is linked with. SCS_LAPACK says whether to look for one; it is then
# OpenBLAS's own CMake package (PyPI's scipy-openblas32 has one too: put its folder into
# CMAKE_PREFIX_PATH) or what find_package(LAPACK) finds, which alone is asked if BLA_VENDOR
# names a vendor. scs_target_lapack(target) gives the target its sources and libraries.
#
# Sets scs_lapack_dependency, the line by which an installed package finds it again.
include(CheckFunctionExists)

set(SCS_LAPACK AUTO CACHE STRING "LAPACK for matrix cones: AUTO (if found), ON or OFF")
set_property(CACHE SCS_LAPACK PROPERTY STRINGS AUTO ON OFF)

set(scs_lapack_dependency "")
set(scs_lapack_target "")
set(scs_lapack_pattern "") # a routine's symbol, with @ for its name

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

# The wheel bundles no LAPACK: the extension borrows SciPy's when it runs.
if(SCS_LAPACK AND NOT SCS_BUILD_PYTHON)
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
  if(scs_lapack_target)
    message(STATUS "LAPACK for matrix cones: ${scs_lapack_found}")
  elseif(SCS_LAPACK STREQUAL "AUTO")
    message(STATUS "LAPACK for matrix cones: none found, programs must bring their own")
  else()
    message(FATAL_ERROR "SCS_LAPACK is ON, but there is no LAPACK: install one (such as "
            "liblapack-dev), name the place of one in CMAKE_PREFIX_PATH (such as the "
            "folder of PyPI's scipy-openblas32), or set SCS_LAPACK to OFF.")
  endif()
endif()

function(scs_target_lapack target)
  if(NOT scs_lapack_target)
    target_sources(${target} PRIVATE src/la/lapack_none.c)
    return()
  endif()
  target_sources(${target} PRIVATE src/la/lapack_linked.c)
  target_link_libraries(${target} PRIVATE ${scs_lapack_target})
  # A shared core has to find it again wherever it was.
  set_target_properties(${target} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  if(scs_lapack_pattern STREQUAL "@_")
    return() # as lapack_linked.c spells them
  endif()
  # The members of ScsLapack are the names of the routines.
  set(header ${CMAKE_CURRENT_SOURCE_DIR}/include/scs_lapack.h)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
  file(STRINGS ${header} members REGEX "void \\(\\*[a-z0-9]+\\)\\(const char")
  foreach(member IN LISTS members)
    string(REGEX REPLACE ".*\\(\\*([a-z0-9]+)\\)\\(.*" "\\1" name "${member}")
    string(REPLACE "@" "${name}" symbol ${scs_lapack_pattern})
    set_property(SOURCE src/la/lapack_linked.c APPEND PROPERTY
                 COMPILE_DEFINITIONS ${name}_=${symbol})
  endforeach()
endfunction()
