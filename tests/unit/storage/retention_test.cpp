// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/retention.md, rule by rule; retention_model_test.cpp tries them all together.
#include <algorithm>

#include "raw_pages.h"
#include "storage/connection.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr Day arrived(100);
const std::vector<std::string> two{"ada", "bo"};

// Report 1 for ada, bo and cy, seen by bo; report 2 for ada and bo, unseen. On an open day and on a closed one.
template <class F>
void open_and_closed_day(F&& check) {
  for (const bool closed : {false, true}) {
    INFO("day closed: " << closed);
    StoreFixture f;
    REQUIRE(f.accept(1, blob(2000, 1), audience({"ada", "bo", "cy"})));
    REQUIRE(f.accept(2, blob(2000, 2)));
    REQUIRE(f.seen(1, "bo"));
    if (closed) REQUIRE(f.close_day(arrived.plus(1)));
    check(f);
  }
}

}  // namespace

TEST_CASE("an unopened report is neither closed nor erased") {
  open_and_closed_day([](StoreFixture& f) {
    CHECK(f.close(2, Day(200)) == Obstacle::unopened);
    CHECK(f.erase(2, two) == Obstacle::unopened);
    CHECK_FALSE(f.find(2, "ada")->marks.erase_from);
    REQUIRE(f.seen(2, "ada"));
    CHECK(f.close(2, Day(200)) == Obstacle::none);
    CHECK(f.erase(2, two) == Obstacle::none);
    CHECK(failed_with(f.find(2, "ada"), Errc::not_found));
  });
}

TEST_CASE("all of the audience see the marks, and they outlast the day and a restart") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(2000, 1)));
  REQUIRE(f.seen(1, "bo"));
  REQUIRE(f.close(1, Day(700)) == Obstacle::none);
  REQUIRE(f.hold(1, true, "bo"));
  REQUIRE(f.withdraw(1, Day(101)));
  const auto check = [&] {
    for (const auto* who : {"ada", "bo"}) {
      const auto info = f.list(who)->reports.at(0);
      CHECK(info.marks.erase_from == Day(700));
      CHECK(info.held_by() == std::vector<std::string>{"bo"});
      CHECK(info.marks.withdrawn_on == Day(101));
      CHECK(f.find(1, who)->marks == info.marks);
    }
  };
  check();
  f.reopen();
  check();
  REQUIRE(f.close_day(arrived.plus(1)));
  check();
  f.reopen();
  check();
}

TEST_CASE("closing again keeps the day; reopening forgets it; who is not of the audience does neither") {
  open_and_closed_day([](StoreFixture& f) {
    CHECK(f.close(1, Day(300)) == Obstacle::none);
    CHECK(f.close(1, Day(200), "bo") == Obstacle::none);
    CHECK(f.find(1, "ada")->marks.erase_from == Day(300));
    CHECK(failed_with(f.reopen_case(1, "di"), Errc::not_found));
    CHECK(failed_with(f.close(1, Day(200), "di"), Errc::not_found));
    CHECK(failed_with(f.hold(1, true, "di"), Errc::not_found));
    CHECK(failed_with(f.lift(1, two, "di"), Errc::not_found));
    CHECK(failed_with(f.erase(1, two, arrived, "di"), Errc::not_found));
    CHECK(failed_with(f.erase(3, two), Errc::not_found));
    CHECK(f.reopen_case(1, "cy"));
    CHECK_FALSE(f.find(1, "ada")->marks.erase_from);
  });
}

TEST_CASE("a hold is lifted by whoever set it, or by two; while there is one nothing is erased") {
  open_and_closed_day([](StoreFixture& f) {
    REQUIRE(f.hold(1, true, "ada"));
    REQUIRE(f.hold(1, true, "cy"));
    CHECK(f.find(1, "bo")->held_by() == std::vector<std::string>{"ada", "cy"});
    CHECK(f.erase(1, two) == Obstacle::held);
    REQUIRE(f.hold(1, false, "bo"));  // none of hers to lift
    REQUIRE(f.hold(1, false, "ada"));
    CHECK(f.find(1, "bo")->held_by() == std::vector<std::string>{"cy"});
    CHECK(f.erase(1, two) == Obstacle::held);
    for (const auto& signers : {std::vector<std::string>{}, {"bo"}, {"bo", "di"}, {"bo", "bo"}}) {
      CHECK(f.lift(1, signers) == Obstacle::signers);
      CHECK(f.erase(1, signers) == Obstacle::signers);
    }
    const auto lifted = f.find(1, "bo")->marks.hold_mark;
    CHECK(f.lift_named(1, two, lifted) == Obstacle::none);
    CHECK(f.lift_named(1, two, lifted) == Obstacle::none);
    CHECK(f.find(1, "bo")->held_by().empty());
    // What two have signed lifts what they saw, and not a hold of later, be it by the same one.
    REQUIRE(f.hold(1, true, "cy"));
    CHECK(f.lift_named(1, two, lifted) == Obstacle::other_hold);
    CHECK(f.find(1, "bo")->held_by() == std::vector<std::string>{"cy"});
    CHECK(f.lift(1, two) == Obstacle::none);
    CHECK(f.erase(1, {"di", "cy", "bo"}) == Obstacle::none);
  });
}

TEST_CASE("a withdrawal stops every erasure for 28 days, keeps its first day, and can be taken back") {
  open_and_closed_day([](StoreFixture& f) {
    REQUIRE(f.withdraw(1, Day(101)));
    REQUIRE(f.withdraw(1, Day(115)));
    CHECK(f.find(1, "ada")->marks.withdrawn_on == Day(101));
    CHECK(f.erase(1, two, Day(101)) == Obstacle::withdrawn);
    CHECK(f.erase(1, two, Day(128)) == Obstacle::withdrawn);
    REQUIRE(f.withdraw(1, std::nullopt));
    CHECK_FALSE(f.find(1, "ada")->marks.withdrawn_on);
    REQUIRE(f.withdraw(1, Day(120)));
    CHECK(f.erase(1, two, Day(147)) == Obstacle::withdrawn);
    CHECK(f.erase(1, two, Day(148)) == Obstacle::none);
    // Where there is nothing, it completes alike.
    CHECK(f.withdraw(1, Day(101)));
    CHECK(f.withdraw(77, Day(101)));
    CHECK(f.withdraw(77, std::nullopt));
  });
}

TEST_CASE("at its retention day a closed report goes, and no other") {
  StoreFixture f;
  for (std::uint64_t n = 1; n <= 6; ++n) {
    REQUIRE(f.accept(n, blob(2000, n)));
    REQUIRE(f.seen(n, "ada"));
    if (n > 1) REQUIRE(f.close(n, Day(n == 2 ? 202 : 201)) == Obstacle::none);
  }
  REQUIRE(f.hold(3, true));
  REQUIRE(f.withdraw(4, Day(180)));
  REQUIRE(f.close(5, Day(201)) == Obstacle::none);
  REQUIRE(f.reopen_case(5));
  REQUIRE(f.close_day(Day(101)));
  CHECK(f.erase_due(Day(200), Day(200)) == 0);
  CHECK(f.erase_due(Day(201)) == 1);
  CHECK(failed_with(f.find(6, "ada"), Errc::not_found));
  CHECK(f.erase_due(Day(202)) == 1);
  CHECK(failed_with(f.find(2, "ada"), Errc::not_found));
  REQUIRE(f.hold(3, false));
  CHECK(f.erase_due(Day(207)) == 1);  // the hold was all that kept it
  CHECK(f.erase_due(Day(208), Day(208)) == 1);
  CHECK(failed_with(f.find(4, "ada"), Errc::not_found));
  for (const std::uint64_t kept : {1U, 5U}) CHECK(f.find(kept, "ada"));
}

TEST_CASE("a clock that jumps does not erase early") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(2000, 1)));
  REQUIRE(f.seen(1, "ada"));
  REQUIRE(f.close(1, Day(203)) == Obstacle::none);
  REQUIRE(f.close_day(Day(101)));
  REQUIRE(f.erase_due(Day(200), Day(200)) == 0);
  // Ten years ahead, asked as often as somebody likes, after restarts too: two days, once.
  for (int again = 0; again < 5; ++again) CHECK(f.erase_due(Day(4000)) == 0);
  f.reopen();
  CHECK(f.erase_due(Day(4000)) == 0);
  // Back again: the calendar waits for the clock to pass what it has seen, or for the next roster.
  CHECK(f.erase_due(Day(201)) == 0);
  CHECK(f.erase_due(Day(202)) == 0);
  CHECK(f.erase_due(Day(210)) == 0);
  // Far behind: nothing is due by such a clock, however far the calendar is.
  CHECK(f.erase_due(Day(1), Day(0)) == 0);
  CHECK(f.find(1, "ada"));
  CHECK(f.erase_due(Day(211), Day(203)) == 1);
}

TEST_CASE("the calendar catches up after a long stop, by a day for each day") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(2000, 1)));
  REQUIRE(f.seen(1, "ada"));
  REQUIRE(f.close(1, Day(230)) == Obstacle::none);
  REQUIRE(f.close_day(Day(101)));
  REQUIRE(f.erase_due(Day(200), Day(200)) == 0);
  int closes = 0;
  while (f.find(1, "ada") && closes < 100) REQUIRE(f.erase_due(Day(240 + ++closes)));
  CHECK(closes == 15);
}

TEST_CASE("a store of version 1 gets its marks, and its reports keep their places") {
  StoreFixture f;
  for (std::uint64_t n = 0; n < 50; ++n) REQUIRE(f.accept(n, blob(2000, n)));
  REQUIRE(f.close_day(Day(101)));
  REQUIRE(f.accept(50, blob(2000, 50), audience({"ada", "bo"}), Day(101)));
  f.store.reset();
  {
    auto db = Connection::open(f.directory.path() / "candour.db", key_of(1), Connection::Use::write);
    REQUIRE(db);
    REQUIRE(
        db->run("DROP VIEW evaluation; DROP TABLE evaluation_arrival; DROP TABLE evaluation_settled;"
                " DROP TABLE arrival_marks; DROP TABLE calendar; ALTER TABLE report DROP COLUMN marks;"
                " DROP TABLE drop_arrival; DROP TABLE drop_settled; DROP TABLE drop_body; DROP TABLE dummy;"
                " DROP TABLE event_arrival; DROP TABLE event_settled; DROP TABLE event_reader; DROP TABLE "
                "event_body; DROP TABLE admitted;"
                " PRAGMA user_version = 1"));
  }
  f.reopen();
  CHECK(f.list("ada")->reports.size() == 51);
  for (const std::uint64_t n : {7U, 50U}) {
    CHECK(f.find(n, "ada")->marks == Marks{});
    REQUIRE(f.hold(n, true));
    CHECK(f.find(n, "bo")->held_by() == std::vector<std::string>{"ada"});
  }
}

TEST_CASE("marks change in their place: the file does not tell which case was touched first") {
  StoreFixture f;
  const auto database = f.directory.path() / "candour.db";
  constexpr std::uint64_t reports = 200;
  for (std::uint64_t n = 0; n < reports; ++n) {
    REQUIRE(f.accept(n, blob(1000, n)));
    REQUIRE(f.seen(n, "ada"));
  }
  REQUIRE(f.close_day(Day(101)));
  const auto places = [&] {
    f.reopen();  // empties the WAL into the file
    const auto pages = raw_pages(database, key_of(1));
    std::vector<std::vector<std::size_t>> found;
    for (std::uint64_t n = 0; n < reports; ++n) {
      const auto& id = id_of(n).bytes;
      auto& mine = found.emplace_back();
      for (auto at = pages.begin();; ++at) {
        at = std::search(at, pages.end(), id.begin(), id.end());
        if (at == pages.end()) break;
        mine.push_back(static_cast<std::size_t>(at - pages.begin()));
      }
      CHECK(mine.size() >= 4);  // report, two readers, part
    }
    return found;
  };
  const auto before = places();
  for (std::uint64_t n = 0; n < reports; ++n) {
    const auto chosen = n * 37 % reports;
    REQUIRE(f.close(chosen, Day(900)) == Obstacle::none);
    if (chosen % 2 == 0) REQUIRE(f.withdraw(chosen, Day(101)));
    if (chosen % 3 == 0) REQUIRE(f.hold(chosen, true, "bo"));
  }
  CHECK(places() == before);
}

TEST_CASE("a mark of the open day leaves no row behind when the day closes") {
  StoreFixture f;
  const Day unlikely(0x5a5b5c);
  REQUIRE(f.accept(1, blob(2000, 1)));
  REQUIRE(f.seen(1, "ada"));
  REQUIRE(f.close(1, unlikely) == Obstacle::none);
  REQUIRE(f.withdraw(1, Day(0x6a6b6c)));
  REQUIRE(f.close_day(Day(101)));
  f.store.reset();
  auto db = Connection::open(f.directory.path() / "candour.db", key_of(1), Connection::Use::read);
  REQUIRE(db);
  CHECK(db->number("SELECT count(*) FROM arrival_marks") == 0);
  // Once: in the report's row.
  const auto pages = raw_pages(f.directory.path() / "candour.db", key_of(1));
  const auto marks = Marks{.erase_from = unlikely, .held_by = 0, .withdrawn_on = Day(0x6a6b6c)}.encode();
  const auto first = std::search(pages.begin(), pages.end(), marks.begin(), marks.end());
  REQUIRE(first != pages.end());
  CHECK(std::search(first + 1, pages.end(), marks.begin(), marks.end()) == pages.end());
}
