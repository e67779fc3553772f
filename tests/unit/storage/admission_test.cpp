// SPDX-License-Identifier: AGPL-3.0-or-later
// A reader who is admitted later (docs/spec/storage.md): she sees the report as the others do, they keep their marks, and whoever is no
// reader can neither admit anybody nor see that somebody was.
#include "raw_pages.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

Result<> admit(StoreFixture& f, std::uint64_t n, std::string by, std::string who) {
  return wait(
      [&](auto done) { f.store->admit_reader(id_of(n), std::move(by), std::move(who), std::move(done)); });
}

std::vector<std::string> readers(StoreFixture& f, std::uint64_t n, const std::string& who = "bo") {
  return f.find(n, who)->audience.readers();
}

// Report 1 for bo and cy, held and seen by cy; on an open day and on a closed one.
template <class F>
void open_and_closed_day(F&& check) {
  for (const bool closed : {false, true}) {
    INFO("day closed: " << closed);
    StoreFixture f;
    REQUIRE(f.accept(1, blob(2000, 1), audience({"bo", "cy"})));
    REQUIRE(f.seen(1, "cy"));
    REQUIRE(f.hold(1, true, "cy"));
    if (closed) REQUIRE(f.close_day(Day(101)));
    check(f);
  }
}

}  // namespace

TEST_CASE("who was admitted lists and reads it, and everybody's marks stay her own") {
  open_and_closed_day([](StoreFixture& f) {
    REQUIRE(admit(f, 1, "bo", "ada"));  // before the others by name
    REQUIRE(admit(f, 1, "ada", "dee"));
    REQUIRE(admit(f, 1, "bo", "dee"));  // again changes nothing
    REQUIRE(admit(f, 1, "bo", "cy"));
    const auto check = [&] {
      CHECK(readers(f, 1) == std::vector<std::string>{"bo", "cy", "ada", "dee"});
      CHECK(f.read(1, "dee") == blob(2000, 1));
      const auto listed = f.list("ada")->reports;
      REQUIRE(listed.size() == 1);
      CHECK(listed[0].day == Day(100));
      CHECK(listed[0].held_by() == std::vector<std::string>{"cy"});
      CHECK(f.find(1, "cy")->seen);
      CHECK_FALSE(f.find(1, "bo")->seen);
    };
    check();
    CHECK_FALSE(f.find(1, "ada")->seen);
    REQUIRE(f.seen(1, "ada"));
    REQUIRE(f.hold(1, true, "dee"));
    REQUIRE(f.hold(1, false, "dee"));
    CHECK(f.find(1, "ada")->seen);
    f.reopen();
    check();
    CHECK(f.find(1, "ada")->seen);
    REQUIRE(f.close_day(Day(102)));
    check();
    CHECK(f.find(1, "ada")->seen);
    CHECK_FALSE(f.find(1, "dee")->seen);
  });
}

TEST_CASE("who is no reader admits nobody, and 'no such' and 'not yours' are one") {
  open_and_closed_day([](StoreFixture& f) {
    CHECK(failed_with(admit(f, 1, "ada", "ada"), Errc::not_found));
    CHECK(failed_with(admit(f, 2, "ada", "ada"), Errc::not_found));
    REQUIRE(admit(f, 1, "bo", "dee"));
    CHECK(f.list("ada")->reports.empty());
    CHECK(failed_with(f.find(1, "ada"), Errc::not_found));
  });
}

TEST_CASE("the same report again is the same, whoever was admitted meanwhile") {
  open_and_closed_day([](StoreFixture& f) {
    REQUIRE(admit(f, 1, "bo", "ada"));
    const auto again = f.accept(1, blob(2000, 1), audience({"bo", "cy"}), Day(105));
    REQUIRE(again);
    CHECK(again->already_there);
    CHECK(again->day == Day(100));
    CHECK(failed_with(f.accept(1, blob(2000, 1), audience({"ada", "bo", "cy"})), Errc::conflict));
  });
}

TEST_CASE("there is an end to readers") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(2000, 1), audience({"bo"})));
  for (int i = 1; i < 32; ++i) REQUIRE(admit(f, 1, "bo", "reader-" + std::to_string(i)));
  CHECK(failed_with(admit(f, 1, "bo", "one-more"), Errc::conflict));
  REQUIRE(f.hold(1, true, "reader-31"));
  CHECK(f.find(1, "bo")->held_by() == std::vector<std::string>{"reader-31"});
}

TEST_CASE("an erased report leaves nothing of its readers") {
  open_and_closed_day([](StoreFixture& f) {
    REQUIRE(admit(f, 1, "bo", "a-newcomer-with-a-name"));
    REQUIRE(f.hold(1, false, "cy"));
    CHECK(f.erase(1, {"bo", "a-newcomer-with-a-name"}, Day(100), "bo") == Obstacle::none);
    CHECK(f.list("a-newcomer-with-a-name")->reports.empty());
    f.reopen();
    const auto pages = raw_pages(f.directory.path() / "candour.db", key_of(1));
    CHECK_FALSE(holds(pages, as_bytes("a-newcomer-with-a-name")));
    REQUIRE(f.accept(1, blob(2000, 3), audience({"bo"})));
    CHECK(readers(f, 1) == std::vector<std::string>{"bo"});
  });
}
