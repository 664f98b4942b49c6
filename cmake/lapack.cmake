# SPDX-License-Identifier: MIT
# Which LAPACK the core is linked with: SCS_LAPACK says whether to look for one, as
# find_lapack.cmake does. scs_target_lapack(target) gives the target its sources and
# libraries. For an installed package it sets scs_package_has_lapack and
# scs_lapack_dependency, the line by which that finds the LAPACK again.
include(${CMAKE_CURRENT_LIST_DIR}/find_lapack.cmake)

set(SCS_LAPACK AUTO CACHE STRING "LAPACK for matrix cones: AUTO (if found), ON or OFF")
set_property(CACHE SCS_LAPACK PROPERTY STRINGS AUTO ON OFF)

# The wheel bundles no LAPACK: the extension borrows SciPy's when it runs.
if(SCS_LAPACK AND NOT (SCS_BUILD_PYTHON AND SCS_LAPACK STREQUAL "AUTO"))
  scs_find_lapack()
  if(scs_lapack_target)
    message(STATUS "LAPACK for matrix cones: ${scs_lapack_found}")
  elseif(SCS_LAPACK STREQUAL "AUTO")
    message(STATUS "LAPACK for matrix cones: none found, programs must bring their own")
  else()
    message(FATAL_ERROR "SCS_LAPACK is ON, but there is no LAPACK: install one (such as "
            "liblapack-dev), name the place of one in CMAKE_PREFIX_PATH (such as the "
            "folder of PyPI's scipy-openblas32), or set SCS_LAPACK to OFF.")
  endif()
else()
  set(scs_lapack_target "")
  set(scs_lapack_dependency "")
endif()
set(scs_package_has_lapack FALSE)
if(scs_lapack_target)
  set(scs_package_has_lapack TRUE)
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
  set(header ${CMAKE_CURRENT_SOURCE_DIR}/include/scs_lapack.h)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
  scs_lapack_definitions(${header} definitions)
  set_property(SOURCE src/la/lapack_linked.c APPEND PROPERTY
               COMPILE_DEFINITIONS ${definitions})
endfunction()
