// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/key_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "crypto/core/init.h"
#include "tests/temporary_folder.h"

using namespace candour::server;
namespace fs = std::filesystem;

TEST_CASE("a key file is created private, once, and read back") {
  REQUIRE(candour::init_crypto());
  const candour::test::TemporaryFolder folder;
  const fs::path file = folder.path("database.key");
  CHECK(read_key_file(file).error().code == candour::Errc::not_found);
  const auto made = create_key_file(file);
  REQUIRE(made);
  struct stat status{};
  REQUIRE(stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  const auto read = read_key_file(file);
  REQUIRE(read);
  CHECK(std::ranges::equal(read->reveal(), made->reveal()));
  CHECK(create_key_file(file).error().code == candour::Errc::conflict);
  for (const mode_t mode : {0640U, 0604U, 0660U}) {
    REQUIRE(chmod(file.c_str(), mode) == 0);
    CHECK(read_key_file(file).error().code == candour::Errc::refused);
  }
  REQUIRE(chmod(file.c_str(), 0600) == 0);
  fs::resize_file(file, 33);
  CHECK(read_key_file(file).error().code == candour::Errc::malformed);
  fs::create_symlink(file, folder.path("link"));
  CHECK(read_key_file(folder.path("link")).error().code == candour::Errc::io);
}
