# SPDX-License-Identifier: MIT
# The CMake package: find_package(scs CONFIG) gives scs::core (C), scs::facade (C++, also
# as scs::scs) and scs::scsdir, the name that programs for scs 3 link.
include(CMakePackageConfigHelpers)

install(TARGETS scs_core EXPORT scs_targets
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/scs)
if(TARGET scs_facade)
  install(TARGETS scs_facade EXPORT scs_targets
          FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()
set(scs_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/scs)
install(EXPORT scs_targets NAMESPACE scs:: DESTINATION ${scs_cmake_dir})
configure_package_config_file(cmake/scs-config.cmake.in scs-config.cmake
                              INSTALL_DESTINATION ${scs_cmake_dir})
write_basic_package_version_file(scs-config-version.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/scs-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/scs-config-version.cmake
        DESTINATION ${scs_cmake_dir})
