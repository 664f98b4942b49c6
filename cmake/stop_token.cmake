# SPDX-License-Identifier: MIT
# scs_use_stop_token(target) lets a target use std::stop_token and std::jthread. LLVM's C++
# library has them since version 20 (Xcode 26), in 18 and 19 (Xcode 16) only with an option,
# which the programs that include our headers need too.
include(CheckCXXSourceCompiles)

function(scs_use_stop_token target)
  set(CMAKE_CXX_STANDARD 20)
  set(CMAKE_REQUIRED_LIBRARIES Threads::Threads)
  set(source "#include <stop_token>\n#include <thread>
    int main() { std::jthread t([](std::stop_token s) { (void)s; }); return 0; }")
  check_cxx_source_compiles("${source}" SCS_STOP_TOKEN)
  if(SCS_STOP_TOKEN)
    return()
  endif()
  set(option -fexperimental-library)
  set(CMAKE_REQUIRED_FLAGS ${option})
  check_cxx_source_compiles("${source}" SCS_STOP_TOKEN_EXPERIMENTAL)
  if(NOT SCS_STOP_TOKEN_EXPERIMENTAL)
    message(FATAL_ERROR "The C++ library has no std::stop_token: it takes GCC 10, LLVM 18, "
            "Xcode 16 or Visual Studio 2019, or a later one.")
  endif()
  set(clang CXX,Clang,AppleClang)
  target_compile_options(${target} PUBLIC $<$<COMPILE_LANG_AND_ID:${clang}>:${option}>)
  target_link_options(${target} PUBLIC $<$<LINK_LANG_AND_ID:${clang}>:${option}>)
endfunction()
