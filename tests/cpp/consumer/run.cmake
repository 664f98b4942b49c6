# SPDX-License-Identifier: MIT
# Installs the build tree into a scratch prefix, configures and builds the consumer against
# it and runs it. -DBUILD= -DSOURCE= -DWORK= -DCONFIG= -DGENERATOR= -DC= -DCXX=
function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "failed: ${ARGN}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix --config ${CONFIG})
# What a user sees must not depend on this tree: the package finds itself wherever it is.
file(RENAME ${WORK}/prefix ${WORK}/moved)
step(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -G ${GENERATOR}
     -DCMAKE_PREFIX_PATH=${WORK}/moved -DCMAKE_BUILD_TYPE=${CONFIG}
     -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX})
step(${CMAKE_COMMAND} --build ${WORK}/build --config ${CONFIG})
foreach(program consumer consumer_c)
  find_program(found_${program} ${program} NO_DEFAULT_PATH NO_CACHE REQUIRED
               PATHS ${WORK}/build ${WORK}/build/${CONFIG})
  step(${found_${program}})
endforeach()
