# SPDX-License-Identifier: MIT
# The rest of the package inside a Python wheel; scs-config.cmake includes it. What the
# wheel cannot carry compiled is compiled in the program that links it, and only if it does:
# the facade, which has to fit the program's C++ library, and the calls of the program's
# LAPACK. A C program needs no C++ compiler.
get_filename_component(scs_wheel_root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
get_property(scs_languages GLOBAL PROPERTY ENABLED_LANGUAGES)

function(scs_wheel_target name)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON UNITY_BUILD OFF
                        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
                        VISIBILITY_INLINES_HIDDEN ON C_CLANG_TIDY "" CXX_CLANG_TIDY "")
endfunction()

if("CXX" IN_LIST scs_languages AND NOT TARGET scs::facade)
  include("${scs_wheel_root}/src/sources.cmake")
  add_library(scs_facade STATIC EXCLUDE_FROM_ALL ${scs_facade_sources})
  add_library(scs::facade ALIAS scs_facade)
  add_library(scs::scs ALIAS scs_facade)
  scs_wheel_target(scs_facade)
  target_compile_features(scs_facade PUBLIC cxx_std_20)
  target_include_directories(scs_facade SYSTEM INTERFACE "${scs_wheel_root}/include")
  target_include_directories(scs_facade PRIVATE "${scs_wheel_root}/include")
  target_link_libraries(scs_facade PUBLIC scs::core Threads::Threads)
  include("${CMAKE_CURRENT_LIST_DIR}/stop_token.cmake")
  scs_use_stop_token(scs_facade)
endif()

# The core asks scs_lapack_linked() for its LAPACK, and the library has one that says none.
# An object of the program that says otherwise comes before it.
if("lapack" IN_LIST scs_FIND_COMPONENTS AND NOT scs_lapack_FOUND)
  if(NOT "C" IN_LIST scs_languages)
    set(scs_NOT_FOUND_MESSAGE "Its component lapack needs the language C in project().")
  else()
    include("${CMAKE_CURRENT_LIST_DIR}/find_lapack.cmake")
    scs_find_lapack()
    if(NOT scs_lapack_target)
      set(scs_NOT_FOUND_MESSAGE
          "There is no LAPACK for its component lapack: install one (such as liblapack-dev) or name the place of one in CMAKE_PREFIX_PATH (such as the folder of PyPI's scipy-openblas32).")
    else()
      set(scs_lapack_FOUND TRUE)
      if(NOT TARGET scs_lapack)
        scs_lapack_definitions("${scs_wheel_root}/include/scs/scs_lapack.h" scs_definitions)
        add_library(scs_lapack OBJECT EXCLUDE_FROM_ALL "${scs_wheel_root}/src/lapack_linked.c")
        scs_wheel_target(scs_lapack)
        target_include_directories(scs_lapack PRIVATE "${scs_wheel_root}/include/scs")
        target_compile_definitions(scs_lapack PRIVATE ${scs_definitions})
      endif()
      get_target_property(scs_links scs::core INTERFACE_LINK_LIBRARIES)
      if(NOT "$<TARGET_OBJECTS:scs_lapack>" IN_LIST scs_links) # found twice
        target_link_libraries(scs::core INTERFACE $<TARGET_OBJECTS:scs_lapack>
                              $<LINK_ONLY:${scs_lapack_target}>)
      endif()
    endif()
  endif()
endif()
