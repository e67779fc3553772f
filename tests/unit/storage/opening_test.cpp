// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fstream>

#include "storage/connection.h"
#include "storage/database_file.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

void overwrite(const std::filesystem::path& file, std::streamoff at) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(at);
  stream << "damaged";
}

Errc refusal(const std::filesystem::path& directory, const DatabaseKey& key) {
  const auto opened = Store::open(directory, key);
  REQUIRE_FALSE(opened);
  return opened.error().code;
}

}  // namespace

TEST_CASE("a store refuses the key of another, a damaged start, a second process and an open directory") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(200'000, 1)));
  CHECK(refusal(f.directory.path(), key_of(1)) == Errc::refused);  // it is open here
  f.store.reset();
  CHECK(refusal(f.directory.path(), key_of(2)) == Errc::not_authentic);
  std::filesystem::permissions(f.directory.path(), std::filesystem::perms(0750));
  CHECK(refusal(f.directory.path(), key_of(1)) == Errc::refused);
  std::filesystem::permissions(f.directory.path(), std::filesystem::perms(0700));
  CHECK(refusal(f.directory.path() / "nowhere", key_of(1)) == Errc::io);
  f.reopen();
  CHECK(f.read(1, "ada") == blob(200'000, 1));
  f.store.reset();
  overwrite(f.directory.path() / "candour.db", 100);
  CHECK(refusal(f.directory.path(), key_of(1)) == Errc::not_authentic);
}

TEST_CASE("the integrity check names a database with one changed byte") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(200'000, 1)));
  REQUIRE(f.close_day(Day(101)));
  f.store.reset();
  const auto file = f.directory.path() / "candour.db";
  CHECK(verify_database(file, key_of(1)));
  overwrite(file, static_cast<std::streamoff>(std::filesystem::file_size(file)) - 5000);
  CHECK(failed_with(verify_database(file, key_of(1)), Errc::io));
}

TEST_CASE("a store of a newer program, and a database that is none, are left alone") {
  StoreFixture f;
  f.store.reset();
  const auto change = [&](Literal sql) {
    auto db = Connection::open(f.directory.path() / "candour.db", key_of(1), Connection::Use::write);
    REQUIRE(db);
    REQUIRE(db->run(sql));
  };
  change("PRAGMA user_version = 99");
  CHECK(refusal(f.directory.path(), key_of(1)) == Errc::unsupported);
  change("PRAGMA user_version = 7");
  f.reopen();
  f.store.reset();
  change("PRAGMA application_id = 5");
  CHECK(refusal(f.directory.path(), key_of(1)) == Errc::unsupported);
}
