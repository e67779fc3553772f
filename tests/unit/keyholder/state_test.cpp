// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/state.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

#include "tests/temporary_folder.h"

using namespace candour;
using namespace candour::keyholder;

namespace {

const Day today = Day::parse("2026-11-26").value();
constexpr std::uint64_t daily = 10;

}  // namespace

TEST_CASE("a day's batches are counted, and remembered") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("state.json");
  auto state = StateFile::open(path, daily, today).value();
  REQUIRE(state.left(today) == daily);
  REQUIRE(state.take(7, today));
  REQUIRE(state.left(today) == 3);
  REQUIRE(StateFile::open(path, daily, today).value().left(today) == 3);
  REQUIRE(StateFile::open(path, 5, today).value().left(today) == 0);  // a lower cap
  REQUIRE(state.left(today.plus(1)) == daily);
  REQUIRE(state.take(1, today.plus(1)));
  REQUIRE(state.left(today.plus(1)) == 9);
}

TEST_CASE("a clock that goes back begins no new day") {
  const test::TemporaryFolder folder;
  auto state = StateFile::open(folder.path("state.json"), daily, today).value();
  REQUIRE(state.take(daily - 1, today));
  const Day yesterday = today.plus(-1);
  REQUIRE(state.is_of_future(yesterday));
  REQUIRE(state.left(yesterday) == 1);
  REQUIRE(state.take(1, yesterday));
  REQUIRE(state.left(yesterday) == 0);
  REQUIRE(state.left(today) == 0);
  REQUIRE_FALSE(state.is_of_future(today));
}

TEST_CASE("what cannot be written is not counted, and so not answered") {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path("below"));
  auto state = StateFile::open(folder.path("below/state.json"), daily, today).value();
  std::filesystem::remove_all(folder.path("below"));
  REQUIRE_FALSE(state.take(1, today));
  REQUIRE(state.left(today) == daily);
  REQUIRE_FALSE(StateFile::open(folder.path("nowhere/state.json"), daily, today));
}

TEST_CASE("the newest roster is remembered beside the count") {
  HolderState state{.day = today, .batches = 3, .roster = RosterSeen{.version = 7, .text_sha256 = {1, 2, 3}}};
  REQUIRE(parse_state(encode_state(state)).value() == state);
  state.roster.reset();
  REQUIRE(parse_state(encode_state(state)).value() == state);
}

TEST_CASE("a damaged count is none") {
  for (const char* damaged :
       {"", "{}", "[]", R"({"day": "2026-11-31", "batches": 1})", R"({"day": "2026-11-26"})",
        R"({"day": "2026-11-26", "batches": -1})", R"({"day": "2026-11-26", "batches": 1.5})",
        R"({"day": "2026-11-26", "batches": 1, "roster_version": 2})",
        R"({"day": "2026-11-26", "batches": 1, "roster_version": 2, "roster_sha256": "00"})"}) {
    CAPTURE(damaged);
    REQUIRE_FALSE(parse_state(damaged));
    const test::TemporaryFolder folder;
    std::ofstream(folder.path("state.json")) << damaged;
    REQUIRE_FALSE(StateFile::open(folder.path("state.json"), daily, today));
  }
}
