# SPDX-License-Identifier: MIT
# The CMake package of an install tree: find_package(scs CONFIG) gives scs::core (C),
# scs::facade (C++, also as scs::scs), and scs::scsdir and scs::scsindir, the names that
# programs for scs 3 link. The build tree holds the same package.
include(CMakePackageConfigHelpers)

# Shared ones say which releases fit, and the facade finds the core beside it.
set(scs_libraries scs_core)
if(TARGET scs_facade)
  list(APPEND scs_libraries scs_facade)
  set_target_properties(scs_facade PROPERTIES
                        INSTALL_RPATH $<IF:$<PLATFORM_ID:Darwin>,@loader_path,$ORIGIN>)
endif()
set_target_properties(${scs_libraries} PROPERTIES VERSION ${PROJECT_VERSION}
                      SOVERSION ${PROJECT_VERSION_MAJOR})

install(TARGETS scs_core EXPORT scs_targets
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/scs)
if(TARGET scs_facade)
  install(TARGETS scs_facade EXPORT scs_targets
          FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()
set(scs_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/scs)
install(EXPORT scs_targets NAMESPACE scs:: DESTINATION ${scs_cmake_dir})
export(EXPORT scs_targets NAMESPACE scs:: FILE ${PROJECT_BINARY_DIR}/scs_targets.cmake)

configure_package_config_file(cmake/scs-config.cmake.in scs-config.cmake
                              INSTALL_DESTINATION ${scs_cmake_dir})
write_basic_package_version_file(scs-config-version.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/scs-config.cmake
              ${PROJECT_BINARY_DIR}/scs-config-version.cmake
        DESTINATION ${scs_cmake_dir})
