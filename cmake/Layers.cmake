# SPDX-License-Identifier: AGPL-3.0-or-later
# candour_library(NAME SOURCES … USES … LINKS …): the static library candour_NAME of one folder.
# candour_program(NAME SOURCES … USES … LINKS …): a program that is installed, built into build/<preset>/bin/.
# USES names other folders, LINKS outside libraries. What may use what is decided here and nowhere else; a target
# that asks for more stops the build. tests/lint checks the same over the #include lines, and over the symbols
# of the finished server.
set(CANDOUR_LAYER_core "")
set(CANDOUR_LAYER_seal core)
set(CANDOUR_LAYER_open core)
set(CANDOUR_LAYER_sign core)
set(CANDOUR_LAYER_oprf core)
set(CANDOUR_LAYER_protocol core sign)
set(CANDOUR_LAYER_matching core oprf protocol)
set(CANDOUR_LAYER_storage core sign protocol)
set(CANDOUR_LAYER_terminal core)

set(CANDOUR_LAYER_http core protocol)
set(CANDOUR_LAYER_routes core sign protocol storage http)
set(CANDOUR_LAYER_net core http)
set(CANDOUR_LAYER_process core terminal)
set(CANDOUR_LAYER_server core sign protocol storage http routes net process terminal)
set(CANDOUR_LAYER_candourd ${CANDOUR_LAYER_server} server)

# What of the tool speaks with a server and keeps files.
set(CANDOUR_LAYER_client core sign protocol)
# The program of whoever holds the evaluation key. It is confined and reads its key as the server does.
set(CANDOUR_LAYER_keyholder core sign oprf protocol matching client process terminal)
set(CANDOUR_LAYER_candour-keyholder ${CANDOUR_LAYER_keyholder} keyholder)

# The tool may use everything but the server's own work: it reads a holder's key as the holder does, serves its desk page with the same http and net, and its doctor reads
# the server's configuration as the server does.
set(CANDOUR_LAYER_cli core seal open sign oprf protocol matching client keyholder http net process terminal)
set(CANDOUR_LAYER_candour ${CANDOUR_LAYER_cli} cli)

function(candour_check_layer name)
  if(NOT DEFINED CANDOUR_LAYER_${name})
    message(FATAL_ERROR "${name} has no place among the layers (cmake/Layers.cmake)")
  endif()
  foreach(used IN LISTS ARGN)
    if(NOT used IN_LIST CANDOUR_LAYER_${name})
      message(FATAL_ERROR "layer ${name} may not use ${used} (cmake/Layers.cmake)")
    endif()
  endforeach()
endfunction()

function(candour_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
  candour_check_layer(${name} ${ARG_USES})
  add_library(candour_${name} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_USES PREPEND candour_)
  target_link_libraries(candour_${name} PUBLIC candour_options ${ARG_USES} ${ARG_LINKS})
endfunction()

function(candour_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS" ${ARGN})
  candour_check_layer(${name} ${ARG_USES})
  add_executable(${name} ${ARG_SOURCES})
  list(TRANSFORM ARG_USES PREPEND candour_)
  target_link_libraries(${name} PRIVATE candour_options ${ARG_USES} ${ARG_LINKS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()
