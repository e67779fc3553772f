# SPDX-License-Identifier: AGPL-3.0-or-later
# How everything is compiled. Sanitizers: -DCANDOUR_SANITIZE=address,undefined (or thread).
option(CANDOUR_FUZZ "build the fuzz targets (clang only)" OFF)
option(CANDOUR_TIDY "run clang-tidy on every file" OFF)
set(CANDOUR_SANITIZE "" CACHE STRING "sanitizers, comma separated")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # One cache for all clones: paths are taken relative to the clone.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
# The same binary from whatever folder it is built in.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)

add_library(candour_options INTERFACE)
target_include_directories(candour_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(candour_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-align -Woverloaded-virtual -Wnull-dereference -Wformat=2 -Wimplicit-fallthrough -Werror)

if(CANDOUR_SANITIZE)
  add_compile_options(-fsanitize=${CANDOUR_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
  add_link_options(-fsanitize=${CANDOUR_SANITIZE})
  if(CANDOUR_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
else()
  # OpenSSF compiler hardening guide.
  add_compile_options(-fstack-protector-strong -fstack-clash-protection
    -ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks -fno-strict-overflow)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection=full)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64")
    add_compile_options(-mbranch-protection=standard)
  endif()
  add_compile_definitions($<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=3> _GLIBCXX_ASSERTIONS)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack,-z,nodlopen -Wl,--as-needed)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported()

if(CANDOUR_TIDY)
  find_program(CLANG_TIDY clang-tidy-19 REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${CLANG_TIDY} --quiet)
endif()
