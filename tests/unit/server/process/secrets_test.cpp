// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/secrets.h"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/temporary_folder.h"

using namespace candour::server;
namespace fs = std::filesystem;

namespace {

struct Folders {
  Folders() {
    config.data = top / "data";
    config.secrets = top / "secrets";
    fs::create_directory(config.data);
    fs::create_directory(config.secrets);
    chmod(config.secrets.c_str(), 0700);
  }
  bool fine() const { return check_secrets_folder(config).empty(); }
  candour::test::TemporaryFolder folder;
  const fs::path& top = folder.path();
  Config config;
};

}  // namespace

TEST_CASE("secrets lie in a private folder of their own") {
  Folders at;
  CHECK(at.fine());
  for (const mode_t mode : {0710U, 0701U, 0770U}) {
    REQUIRE(chmod(at.config.secrets.c_str(), mode) == 0);
    CHECK_FALSE(at.fine());
  }
  fs::remove(at.config.secrets);
  CHECK_FALSE(at.fine());
}

TEST_CASE("secrets never lie with the data, by name or by link") {
  Folders at;
  fs::create_directory(at.config.data / "s");
  chmod((at.config.data / "s").c_str(), 0700);
  at.config.secrets = at.config.data / "s";
  CHECK_FALSE(at.fine());
  at.config.secrets = at.config.data;
  CHECK_FALSE(at.fine());
  fs::create_directory_symlink(at.config.data / "s", at.top / "link");
  at.config.secrets = at.top / "link";
  CHECK_FALSE(at.fine());
  at.config.secrets = at.top / "secrets";
  CHECK(at.fine());
  at.config.data = at.config.secrets / "data";
  CHECK_FALSE(at.fine());
}
