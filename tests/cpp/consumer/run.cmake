# SPDX-License-Identifier: MIT
# Builds and runs the programs of docs/cpp.md and the examples, in one of the ways in which
# the page says that a project outside may take scs (the folders here):
#
#     installed   find_package, in an install tree made from the build tree BUILD
#     embedded    FetchContent of the source tree ROOT; here as shared libraries
#     wheel       find_package, in the package of the interpreter PYTHON; first as the page
#                 has it, then, if LAPACK, with the component lapack
#
# -DWAY= -DROOT= -DWORK= -DGENERATOR= -DLAPACK= (whether semidefinite cones are to work),
# for some ways -DBUILD= -DCONFIG= -DPYTHON=, and if need be -DCMAKE_C_COMPILER=
# -DCMAKE_CXX_COMPILER= -DCMAKE_TOOLCHAIN_FILE= -DOpenBLAS_DIR=
function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGN}")
  endif()
endfunction()

set(here ${CMAKE_CURRENT_LIST_DIR})
file(REMOVE_RECURSE ${WORK})
file(COPY ${here}/program.cpp ${here}/program.c ${here}/smallest_eigenvalue.cpp
     DESTINATION ${WORK}/source)
file(READ ${here}/${WAY}/CMakeLists.txt project)
set(options -DEXAMPLES=${ROOT}/examples)

if(WAY STREQUAL "installed")
  step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix --config ${CONFIG})
  # What a user sees must not depend on this tree: the package finds itself anywhere.
  file(RENAME ${WORK}/prefix ${WORK}/moved)
  list(APPEND options -DCMAKE_PREFIX_PATH=${WORK}/moved -DCMAKE_BUILD_TYPE=${CONFIG})
elseif(WAY STREQUAL "embedded")
  # On Windows a program finds the libraries that lie beside it.
  list(APPEND options -DFETCHCONTENT_SOURCE_DIR_SCS=${ROOT} -DBUILD_SHARED_LIBS=ON
       -DSCS_LAPACK=${LAPACK} -DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${WORK}/build/bin)
else()
  list(APPEND options -DPython_EXECUTABLE=${PYTHON})
endif()
foreach(variable IN ITEMS CMAKE_TOOLCHAIN_FILE CMAKE_C_COMPILER CMAKE_CXX_COMPILER OpenBLAS_DIR)
  if(${variable})
    list(APPEND options -D${variable}=${${variable}})
  endif()
endforeach()
if(NOT CMAKE_C_COMPILER MATCHES "cl(\\.exe)?$")
  list(APPEND options "-DCMAKE_C_FLAGS=-Wall -Wextra -Werror"
       "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
endif()

# Configures, builds and tests the project; lapack says what to expect.
function(try text lapack)
  file(WRITE ${WORK}/source/CMakeLists.txt "${text}\ninclude(${here}/checks.cmake)\n")
  step(${CMAKE_COMMAND} -S ${WORK}/source -B ${WORK}/build -G ${GENERATOR} ${options}
       -DEXPECT_LAPACK=${lapack})
  step(${CMAKE_COMMAND} --build ${WORK}/build --config Debug --parallel 2)
  step(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build -C Debug --output-on-failure
       --no-tests=error)
endfunction()

if(NOT WAY STREQUAL "wheel")
  try("${project}" ${LAPACK})
  return()
endif()
try("${project}" OFF)
if(LAPACK)
  string(REPLACE "CONFIG REQUIRED)" "CONFIG REQUIRED COMPONENTS lapack)" other "${project}")
  try("${other}" ON)
endif()
