# SPDX-License-Identifier: AGPL-3.0-or-later
# Every library that is not ours, each found once. Packages: setup/packages.sh; reasons: docs/decisions/.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.22)
pkg_check_modules(crypto REQUIRED IMPORTED_TARGET libcrypto>=3.0)
# The version in its pkg-config file is SQLite's: setup/packages.sh asks for SQLCipher 4.6.
pkg_check_modules(sqlcipher REQUIRED IMPORTED_TARGET sqlcipher)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp>=2.5)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
find_package(Boost 1.83 REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
if(BUILD_TESTING)
  find_package(Catch2 3 REQUIRED)
endif()
