# SPDX-License-Identifier: MIT
# What a Python wheel carries for programs in C and C++, beside the extension: headers, the
# core as a static library, the facade as sources, and the CMake package (python -m scs
# --cmake-dir prints its folder).
#
# A library in C asks nothing of the program but a C library. One in C++ would ask for the
# C++ library, and the version of it, that the wheel was built with; so the facade, which is
# small, is compiled in the program that uses it, by scs-wheel.cmake.
include(CMakePackageConfigHelpers)

set(scs_wheel scs) # the folder of the Python package
install(TARGETS scs_core EXPORT scs_targets ARCHIVE DESTINATION ${scs_wheel}/lib
        FILE_SET HEADERS DESTINATION ${scs_wheel}/include/scs)
install(EXPORT scs_targets NAMESPACE scs:: DESTINATION ${scs_wheel}/cmake)

install(DIRECTORY include/scs DESTINATION ${scs_wheel}/include FILES_MATCHING PATTERN *.hpp)
install(DIRECTORY cpp/ DESTINATION ${scs_wheel}/src
        FILES_MATCHING PATTERN *.cpp PATTERN *.hpp PATTERN sources.cmake)
install(FILES scs_source/src/la/lapack_linked.c DESTINATION ${scs_wheel}/src)

configure_package_config_file(cmake/scs-config.cmake.in scs-config.cmake
                              INSTALL_DESTINATION ${scs_wheel}/cmake)
write_basic_package_version_file(scs-config-version.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/scs-config.cmake
              ${PROJECT_BINARY_DIR}/scs-config-version.cmake
              cmake/find_lapack.cmake cmake/scs-wheel.cmake cmake/stop_token.cmake
        DESTINATION ${scs_wheel}/cmake)
