// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/database_file.h"

#include <fstream>

#include "raw_pages.h"
#include "storage/connection.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

// Closed reports, today's, an open upload, a roster.
void fill(StoreFixture& f) {
  for (std::uint64_t n = 0; n < 20; ++n) REQUIRE(f.accept(n, blob(70'000, n)));
  REQUIRE(f.close_day(Day(101)));
  for (std::uint64_t n = 20; n < 30; ++n) REQUIRE(f.accept(n, blob(5'000, n), audience({"ada"}), Day(101)));
  REQUIRE(f.begin(50, 2 * part_bytes));
  REQUIRE(f.part(50, 1, blob(2 * part_bytes, 50)));
  REQUIRE(wait([&](auto done) { f.store->save_roster(7, "a note", std::move(done)); }));
}

void check_filled(StoreFixture& f) {
  for (std::uint64_t n = 0; n < 30; ++n) CHECK(f.read(n, "ada") == blob(n < 20 ? 70'000 : 5'000, n));
  CHECK(f.missing(50)->missing == std::vector<PartRange>{{0, 0}});
}

}  // namespace

TEST_CASE("a database is proved and counted without being changed") {
  StoreFixture f;
  fill(f);
  const auto file = f.directory.path() / "candour.db";
  CHECK(failed_with(verify_database(file, key_of(1)), Errc::refused));  // in use
  CHECK(try_database_key(file, key_of(1)));
  f.store.reset();
  const auto before = file_bytes(file);
  const auto facts = verify_database(file, key_of(1));
  REQUIRE(facts);
  CHECK(facts->reports == 30);
  CHECK(facts->open_uploads == 1);
  CHECK(facts->roster_version == 7);
  CHECK(facts->bytes == before.size());
  CHECK(failed_with(verify_database(file, key_of(2)), Errc::not_authentic));
  CHECK(failed_with(try_database_key(file, key_of(2)), Errc::not_authentic));
  CHECK(file_bytes(file) == before);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(f.directory.path())) files += entry.exists();
  CHECK(files == 2);  // candour.db and candour.lock
}

TEST_CASE("what is no database of ours is refused in words of its own") {
  TemporaryFolder directory;
  REQUIRE(init_crypto());
  const auto file = directory.path() / "odd ?#%.db";
  CHECK(failed_with(verify_database(file, key_of(1)), Errc::io));
  std::ofstream(file).close();
  CHECK(failed_with(verify_database(file, key_of(1)), Errc::unsupported));
  std::ofstream(file) << std::string(40'000, 'x');
  CHECK(failed_with(verify_database(file, key_of(1)), Errc::not_authentic));
}

TEST_CASE("another key: all is there under the new one, nothing opens with the old one") {
  StoreFixture f;
  fill(f);
  CHECK(failed_with(rekey_database(f.directory.path(), key_of(1), key_of(2)), Errc::refused));  // in use
  f.store.reset();
  CHECK(failed_with(rekey_database(f.directory.path(), key_of(3), key_of(2)), Errc::not_authentic));
  const auto old_bytes = file_bytes(f.directory.path() / "candour.db");
  const auto facts = rekey_database(f.directory.path(), key_of(1), key_of(2));
  REQUIRE(facts);
  CHECK(facts->reports == 30);
  const auto new_bytes = file_bytes(f.directory.path() / "candour.db");
  CHECK_FALSE(std::equal(old_bytes.begin(), old_bytes.begin() + 16, new_bytes.begin()));  // the salt
  CHECK(failed_with(Store::open(f.directory.path(), key_of(1)), Errc::not_authentic));
  f.store = std::move(*Store::open(f.directory.path(), key_of(2)));
  check_filled(f);
  CHECK_FALSE(std::filesystem::exists(f.directory.path() / "candour.db.new"));
}

TEST_CASE("a damaged database is not given another key, and stays as it is") {
  StoreFixture f;
  fill(f);
  f.store.reset();
  const auto file = f.directory.path() / "candour.db";
  {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
    stream << "damaged";
  }
  const auto damaged = file_bytes(file);
  const auto refused = rekey_database(f.directory.path(), key_of(1), key_of(2));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.view().starts_with("The database is damaged."));
  CHECK(file_bytes(file) == damaged);
  CHECK_FALSE(std::filesystem::exists(f.directory.path() / "candour.db.new"));
}

TEST_CASE("a backup is restored under the database key, never over a database") {
  StoreFixture f;
  fill(f);
  TemporaryFolder elsewhere;
  const auto backup = elsewhere.path() / "backup";
  REQUIRE(wait([&](auto done) { f.store->backup_to(backup, key_of(9), std::move(done)); }));
  CHECK(verify_database(backup, key_of(9))->reports == 30);
  TemporaryFolder fresh;
  CHECK(failed_with(restore_database(backup, key_of(8), fresh.path(), key_of(4)), Errc::not_authentic));
  CHECK(failed_with(restore_database(backup, key_of(9), f.directory.path(), key_of(4)), Errc::refused));
  REQUIRE(restore_database(backup, key_of(9), fresh.path(), key_of(4)));
  CHECK(failed_with(restore_database(backup, key_of(9), fresh.path(), key_of(4)), Errc::conflict));
  f.store = std::move(*Store::open(fresh.path(), key_of(4)));
  check_filled(f);
  f.store.reset();
}

TEST_CASE("what a rekey that was cut short left behind goes at the next start") {
  StoreFixture f;
  const auto left = f.directory.path() / "candour.db.new";
  std::ofstream(left) << "half a copy";
  f.store.reset();
  f.reopen();
  CHECK_FALSE(std::filesystem::exists(left));
}
