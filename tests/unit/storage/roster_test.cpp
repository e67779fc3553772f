// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

TEST_CASE("the roster accepted last outlives a restart, and an older one is refused") {
  StoreFixture f;
  const auto save = [&](std::uint64_t version, std::string note) {
    return wait([&](auto done) { f.store->save_roster(version, std::move(note), std::move(done)); });
  };
  const auto latest = [&] {
    return wait<StoredRoster>([&](auto done) { f.store->latest_roster(std::move(done)); });
  };
  CHECK(failed_with(latest(), Errc::not_found));
  REQUIRE(save(7, "seven"));
  f.reopen();
  CHECK(latest()->note == "seven");
  CHECK(save(7, "seven"));
  CHECK(failed_with(save(7, "other"), Errc::conflict));
  CHECK(failed_with(save(6, "six"), Errc::outdated));
  REQUIRE(save(8, "eight"));
  CHECK(latest()->version == 8);
}
