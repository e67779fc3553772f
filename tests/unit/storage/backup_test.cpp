// SPDX-License-Identifier: AGPL-3.0-or-later
#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "raw_pages.h"
#include "storage/database_file.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

TEST_CASE("a backup taken under load holds every report acknowledged before it began, under its own key") {
  StoreFixture f;
  for (std::uint64_t n = 0; n < 100; ++n) REQUIRE(f.accept(n, blob(65536, n)));
  std::atomic<bool> stop = false;
  std::thread load([&] {
    for (std::uint64_t n = 1000; !stop; ++n) (void)f.accept(n, blob(1000, n));
  });
  TemporaryFolder elsewhere;
  const auto file = elsewhere.path() / "candour.db";
  const auto back_up = [&] {
    return wait([&](auto done) { f.store->backup_to(file, key_of(9), std::move(done)); });
  };
  const auto backed_up = back_up();
  stop = true;
  load.join();
  REQUIRE(backed_up);
  CHECK(failed_with(back_up(), Errc::conflict));
  CHECK_FALSE(holds(file_bytes(file), as_bytes("SQLite format 3")));
  CHECK_FALSE(Store::open(elsewhere.path(), key_of(1)));
  auto restored = Store::open(elsewhere.path(), key_of(9));
  REQUIRE(restored);
  f.store = std::move(*restored);
  for (std::uint64_t n = 0; n < 100; ++n) CHECK(f.read(n, "ada") == blob(65536, n));
  f.store.reset();
}

TEST_CASE("the close of a day does not wait for the end of a backup, and the backup is whole") {
  StoreFixture f;
  constexpr std::uint64_t reports = 400;
  for (std::uint64_t n = 0; n < reports; ++n)
    REQUIRE(f.accept(n, blob(65536, n), audience({"ada"}), Day(100)));
  TemporaryFolder elsewhere;
  std::vector<std::string> ended;  // by the writer's thread alone, until the promise is kept
  std::promise<void> all;
  const auto ends = [&](const char* what) {
    return [&, what](Result<> done) {
      ended.emplace_back(done ? what : "failed");
      if (ended.size() == 2) all.set_value();
    };
  };
  // Both are asked for while the writer is in this completion, so that neither has begun.
  f.store->hold_report(id_of(1), "ada", true, [&](Result<>) {
    f.store->backup_to(elsewhere.path() / "candour.db", key_of(9), ends("backup"));
    f.store->close_day(Day(101), ends("day"));
  });
  all.get_future().wait();
  CHECK(ended == std::vector<std::string>{"day", "backup"});
  f.store.reset();
  CHECK(verify_database(elsewhere.path() / "candour.db", key_of(9))->reports == reports);
}
