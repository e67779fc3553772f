// SPDX-License-Identifier: AGPL-3.0-or-later
// A day in the life of a store whose disk fails at the nth operation of a kind, for every n that the day comes to: once, or until
// it is mended. Whatever was acknowledged before, meanwhile and after is there, byte for byte, and nothing is there in half:
// in the store that went on, and after it was opened again, also when the power went with the disk. FAULTS=KIND tries every n
// of that kind alone.
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <array>
#include <cstdlib>

#include "faulty_vfs.h"
#include "promises.h"

using namespace candour;
using namespace candour::fault;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

// Two closed days' worth, an open one, an upload half way.
void prepare(Promises& promises) {
  REQUIRE(promises.open());
  promises.burst(1, 4, Day(100));
  promises.seen(erased_report);
  for (const std::uint64_t n : {40U, 41U, 42U}) promises.event(n, Day(100));
  promises.close_day(Day(101));
  promises.event(43, Day(101));
  promises.burst(5, 6, Day(101));
  promises.upload(short_upload, Day(101), false);
  for (const std::uint64_t n : {1U, 4U, 5U}) promises.ask(n, Day(101));
  promises.answer(4, 2);
  promises.roster(7);
  CHECK(promises.failures() == 0);
}

void spend_the_day(Promises& promises) {
  promises.burst(20, 27, Day(101));
  promises.upload(long_upload, Day(101));
  promises.seen(1);
  promises.seen(20);
  promises.roster(8);
  promises.event(44, Day(101));
  promises.event(40, Day(101));
  promises.erase_events(41, 43);
  promises.answer(1, 3);
  promises.answer(5, 1);
  promises.ask(6, Day(101));
  promises.companion(5, Day(101));
  promises.close_day(Day(102));
  promises.answer(1, 2);
  promises.companion(4, Day(102));
  promises.burst(30, 31, Day(102));
  promises.erase(erased_report);
  promises.backup();
}

// With a disk that works, all of it works.
void go_on(Promises& promises) {
  const auto before = promises.failures();
  promises.burst(20, 33, Day(102));
  promises.upload(long_upload, Day(102));
  promises.upload(short_upload, Day(102));
  promises.seen(3);
  promises.roster(9);
  promises.erase(3);
  promises.event(45, Day(102));
  promises.erase_events(42, 44);
  for (const std::uint64_t n : {5U, 6U, 20U}) promises.ask(n, Day(102));
  promises.answer(6, 16);
  for (const std::uint64_t n : {4U, 5U, 20U}) promises.companion(n, Day(102));
  promises.close_day(Day(103));
  promises.tidy();
  promises.backup();
  promises.check_backup();
  CHECK(promises.failures() == before);
  promises.check();
}

enum class Ending : std::uint8_t { mended, closed_first, power_cut, power_cut_here_and_there };

// False when the day has no such operation.
bool one_day(FaultyVfs& disk, const std::filesystem::path& prepared, const Acknowledged& before, Kind kind,
             std::uint64_t nth, bool lasting, Ending ending) {
  const TemporaryFolder directory;
  std::filesystem::copy_file(prepared / "candour.db", directory.path() / "candour.db");
  Promises promises(directory.path(), before);
  disk.fail(kind, nth, lasting);
  if (promises.open()) spend_the_day(promises);
  const bool struck = disk.struck();
  CHECK((struck || promises.failures() == 0));
  if (ending == Ending::power_cut || ending == Ending::power_cut_here_and_there)
    disk.cut_power(ending == Ending::power_cut);
  if (ending != Ending::mended) promises.close();
  disk.lift();
  if (!promises.is_open()) REQUIRE(promises.open());
  promises.check();
  promises.check_backup();
  go_on(promises);
  promises.close();
  promises.check_erased();
  REQUIRE(promises.open());
  promises.check();
  promises.close();
  promises.check_erased();
  return struck;
}

struct Named {
  Kind kind;
  std::string_view name;
};
constexpr std::array kinds = {
    Named{Kind::open, "open"},     Named{Kind::read, "read"},   Named{Kind::write, "write"},
    Named{Kind::full, "full"},     Named{Kind::sync, "sync"},   Named{Kind::truncate, "truncate"},
    Named{Kind::remove, "remove"}, Named{Kind::map, "map"},     Named{Kind::lock, "lock"},
    Named{Kind::size, "size"},     Named{Kind::power, "power"},
};

}  // namespace

TEST_CASE("a disk that fails anywhere loses nothing acknowledged, and the store goes on once it is mended") {
  REQUIRE(init_crypto());
  const auto [kind, name] = GENERATE(from_range(kinds));
  const bool lasting = GENERATE(false, true);
  if (kind == Kind::power && lasting) return;  // it stays away in any case
  const char* asked = std::getenv("FAULTS");
  if (asked != nullptr)
    REQUIRE(std::ranges::find(kinds, std::string_view(asked), &Named::name) != std::end(kinds));
  if (asked != nullptr && name != asked) return;

  FaultyVfs disk;
  const TemporaryFolder prepared;
  Promises first(prepared.path(), {});
  prepare(first);
  first.close();
  std::uint64_t struck = 0;
  for (std::uint64_t nth = 1;; nth += asked != nullptr ? 1 : 3 * nth) {
    const auto ending = static_cast<Ending>(struck % 4);
    INFO(name << " " << nth << (lasting ? " lasting" : "") << ", ending " << struck % 4);
    if (!one_day(disk, prepared.path(), first.acknowledged(), kind, nth, lasting, ending)) break;
    ++struck;
  }
  CHECK(struck > 0);
}

TEST_CASE(
    "a disk that is full or cannot be written says so, what is stored can be read, and room is enough to go "
    "on") {
  REQUIRE(init_crypto());
  const auto [kind, words] = GENERATE(std::pair(Kind::full, "The disk is full"),
                                      std::pair(Kind::read_only, "The database cannot be written"));
  FaultyVfs disk;
  const TemporaryFolder directory;
  Promises promises(directory.path(), {});
  prepare(promises);
  disk.fail(kind, 1, true);
  promises.burst(20, 20, Day(101));
  CHECK(promises.said().starts_with(words));
  promises.upload(long_upload, Day(101));
  CHECK(promises.said().starts_with(words));
  CHECK(promises.failures() == 2);
  promises.check();
  disk.lift();
  go_on(promises);
  promises.close();
  disk.fail(kind, 1, true);
  if (kind == Kind::read_only) {
    CHECK_FALSE(promises.open());
    CHECK(promises.said().find("can be written") != std::string_view::npos);
    disk.lift();
  }
  REQUIRE(promises.open());  // a full disk can be read
  promises.check();
}
