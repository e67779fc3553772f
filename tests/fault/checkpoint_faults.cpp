// SPDX-License-Identifier: AGPL-3.0-or-later
// A checkpoint that a reader's snapshot stops half way copies without syncing the database. When a later sync of it fails,
// what both had copied is lost (faulty_vfs.h, and Linux), and the WAL alone still has it: it may not start over until all of it
// was copied anew and synced. Tried at each sync after the first half, and followed by a power cut, or by closing in order.
#include <catch2/generators/catch_generators.hpp>

#include <set>

#include "../unit/storage/raw_pages.h"
#include "../unit/storage/store_fixture.h"
#include "faulty_vfs.h"
#include "storage/connection.h"

using namespace candour;
using namespace candour::fault;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::size_t report_bytes = 90'000;

// Accepts `first` to `last`; those that were acknowledged are added to `there`.
void accept(StoreFixture& f, std::uint64_t first, std::uint64_t last, std::set<std::uint64_t>& there) {
  for (auto n = first; n <= last; ++n)
    if (f.accept(n, blob(report_bytes, n))) there.insert(n);
}

// False when there is no nth sync any more.
bool one_day(FaultyVfs& disk, std::uint64_t nth, bool lasting, bool power_cut) {
  Options options;
  options.wal_bytes_max = 550'000;
  StoreFixture f(options);
  f.reopen();  // with an empty WAL
  const auto database = f.directory.path() / "candour.db";
  const auto database_bytes = std::filesystem::file_size(database);
  std::set<std::uint64_t> there;
  accept(f, 1, 4, there);
  {
    auto reader = Connection::open(database, key_of(1), Connection::Use::read);
    REQUIRE(reader);
    REQUIRE(reader->run("BEGIN"));
    REQUIRE(reader->number("SELECT count(*) FROM arrival").value() == 4);
    REQUIRE(std::filesystem::file_size(database) == database_bytes);
    accept(f, 5, 6, there);  // the WAL is over its bound: the checkpoint gets as far as the snapshot
    REQUIRE(std::filesystem::file_size(database) > database_bytes);
    REQUIRE(there.size() == 6);
    disk.fail(Kind::sync, nth, lasting);
    REQUIRE(reader->run("COMMIT"));
  }
  accept(f, 7, 9, there);
  const bool struck = disk.struck();
  if (!lasting) accept(f, 10, 20, there);  // over the bound again and again
  if (power_cut) disk.cut_power(true);
  f.store.reset();
  disk.lift();
  f.reopen();
  for (const auto n : there) {
    INFO("report " << n);
    CHECK((f.read(n, "ada") == blob(report_bytes, n)));
  }
  CHECK(f.accept(30, blob(report_bytes, 30)));
  return struck;
}

}  // namespace

TEST_CASE("a database that cannot be synced after half a checkpoint loses nothing acknowledged") {
  REQUIRE(init_crypto());
  const bool lasting = GENERATE(false, true);
  const bool power_cut = GENERATE(false, true);
  FaultyVfs disk;
  std::uint64_t nth = 1;
  for (bool struck = true; struck; ++nth) {
    INFO("sync " << nth << (lasting ? ", lasting" : "") << (power_cut ? ", power cut" : ", closed"));
    struck = one_day(disk, nth, lasting, power_cut);
  }
  CHECK(nth > 4);
}
