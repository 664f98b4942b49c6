# SPDX-License-Identifier: MIT
# Warnings, sanitizers and the default build type, applied to our own targets only by
# scs_target_options(target).

get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT multi_config)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

function(scs_target_options target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${SCS_WERROR}>:/WX>
                           $<$<COMPILE_LANGUAGE:C>:/experimental:c11atomics>)
    # fopen and its like are in the standard, whatever the warnings say.
    target_compile_definitions(${target} PRIVATE _CRT_SECURE_NO_WARNINGS)
  else()
    # Fused multiply-adds are left to the kernels that ask for them, so that results do not
    # depend on the compiler's mood; -fno-math-errno lets sqrt become an instruction.
    target_compile_options(${target} PRIVATE
      -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
      $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wvla>
      $<$<BOOL:${SCS_WERROR}>:-Werror>
      $<$<BOOL:${MINGW}>:-Wno-float-conversion> # its isfinite and isnan choose by sizeof
      -ffp-contract=off -fno-math-errno
      $<$<CONFIG:Release>:-O3>)
  endif()
  if(SCS_SANITIZE)
    # Reports name functions and lines; more of debug information would fill gigabytes.
    target_compile_options(${target} PRIVATE -fsanitize=${SCS_SANITIZE} -g1
                           -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=${SCS_SANITIZE})
  endif()
  set_target_properties(${target} PROPERTIES C_VISIBILITY_PRESET hidden
                        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
