# SPDX-License-Identifier: AGPL-3.0-or-later
# node_test_packages(STAMP NODE): the npm packages that tests/package-lock.json names, installed into tests/node_modules when
# the lock file is newer; STAMP becomes the file that a command which needs them depends on,
# NODE the Node among them: that of Debian 12 is too old for the packages, and its npm links no commands of optional ones.
function(node_test_packages stamp node)
  set(installed ${CMAKE_SOURCE_DIR}/tests/node_modules/.package-lock.json)
  if(NOT TARGET node_test_packages)
    add_custom_command(OUTPUT ${installed}
      COMMAND npm ci --ignore-scripts --silent
      COMMAND ${CMAKE_COMMAND} -E touch ${installed}
      DEPENDS ${CMAKE_SOURCE_DIR}/tests/package-lock.json
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/tests
      COMMENT "npm packages of the tests"
      VERBATIM)
    add_custom_target(node_test_packages DEPENDS ${installed})
  endif()
  set(${stamp} ${installed} PARENT_SCOPE)
  if(CMAKE_HOST_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    set(architecture arm64)
  else()
    set(architecture x64)
  endif()
  set(${node} ${CMAKE_SOURCE_DIR}/tests/node_modules/node-linux-${architecture}/bin/node PARENT_SCOPE)
endfunction()
