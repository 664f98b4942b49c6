# SPDX-License-Identifier: MIT
# What a test adds to the projects of docs/cpp.md: all names of the targets, the programs
# run, the examples, and a program that needs LAPACK (-DEXPECT_LAPACK=ON or OFF).
enable_testing()
foreach(target IN ITEMS core facade scs scsdir scsindir)
  if(NOT TARGET scs::${target})
    message(FATAL_ERROR "no target scs::${target}")
  endif()
endforeach()

# check(TARGET TEXT): what it prints, as a regular expression.
function(check target text)
  add_test(NAME ${target} COMMAND ${target})
  set_tests_properties(${target} PROPERTIES PASS_REGULAR_EXPRESSION "${text}")
endfunction()

check(program "solved: 0\\.428571 0\\.571429\nsolved: 0\\.285714 0\\.714286\n0\\.428571\n0\\.285714\n0\\.142857\nrefused: b_new has incompatible dimension with A: length 2, expected 3")
check(program_in_c "solved: 1\\.000000 2\\.000000")

add_executable(smallest_eigenvalue smallest_eigenvalue.cpp)
target_link_libraries(smallest_eigenvalue PRIVATE scs::scs)
if(EXPECT_LAPACK)
  check(smallest_eigenvalue "solved: 1\\.0000")
else()
  check(smallest_eigenvalue "unavailable: .* need LAPACK, and this library was built without it")
endif()

add_subdirectory(${EXAMPLES}/c examples_c)
add_subdirectory(${EXAMPLES}/cpp examples_cpp)
