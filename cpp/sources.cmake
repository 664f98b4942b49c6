# SPDX-License-Identifier: MIT
# The sources of the facade, for the two that compile it: this project, and programs that
# use the package inside the Python wheel.
set(scs_facade_sources batch.cpp convert.cpp error.cpp given.cpp lapack.cpp sigint.cpp
    solver.cpp stored.cpp)
if(WIN32)
  list(APPEND scs_facade_sources forks_win32.cpp sigint_win32.cpp)
else()
  list(APPEND scs_facade_sources forks_posix.cpp sigint_posix.cpp)
endif()
list(TRANSFORM scs_facade_sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
