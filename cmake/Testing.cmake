# SPDX-License-Identifier: AGPL-3.0-or-later
# candour_test(NAME SOURCES … LINKS … [LABEL label] [TIMEOUT seconds]): a Catch2 program test_NAME, each of its
# test cases a ctest of its own, called "NAME/<test case>". A skipped test case is a failed one.
# candour_fuzz(NAME [SOURCES …] LINKS …): a libFuzzer program fuzz_NAME (tests/fuzz/NAME.cpp unless told), and a
# ctest fuzz_NAME that replays tests/fuzz/corpus/NAME/ and fails where that folder is empty. Only with CANDOUR_FUZZ.
include(Catch)

function(candour_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE candour_options ${ARG_LINKS} Catch2::Catch2WithMain)
  catch_discover_tests(test_${name} TEST_PREFIX "${name}/" SKIP_IS_FAILURE
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${ARG_LABEL})
endfunction()

function(candour_fuzz name)
  if(NOT CANDOUR_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_SOURCES)
    set(ARG_SOURCES ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}.cpp)
  endif()
  set(corpus ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  add_executable(fuzz_${name} ${ARG_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE candour_options ${ARG_LINKS})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_test(NAME fuzz_${name}
    COMMAND sh -c "test -n \"$(ls -A '${corpus}')\" && exec '$<TARGET_FILE:fuzz_${name}>' -runs=0 '${corpus}'")
  set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT 120 LABELS fuzz)
endfunction()
