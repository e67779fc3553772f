// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store_fixture.h"

#include <algorithm>

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

TEST_CASE("a caseworker outside the audience sees no trace: the answer is that of no report at all") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(1000, 1), audience({"ada", "bo"})));
  for (const bool closed : {false, true}) {
    if (closed) REQUIRE(f.close_day(Day(101)));
    CHECK(f.find(1, "ada")->bytes == 1000);
    for (const auto& nothing : {f.find(1, "cy"), f.find(2, "ada")}) {
      REQUIRE(failed_with(nothing, Errc::not_found));
      CHECK(nothing.error().message.view() == f.find(3, "cy").error().message.view());
    }
    CHECK(failed_with(f.read(1, "cy"), Errc::not_found));
    CHECK(failed_with(f.seen(1, "cy"), Errc::not_found));
    CHECK(f.list("cy")->reports.empty());
    CHECK_FALSE(f.list("cy")->more);
  }
  CHECK(failed_with(f.find(1, "Ada"), Errc::malformed));
}

TEST_CASE("lists go by id, page by page, over open and closed days alike") {
  StoreFixture f;
  std::vector<ReportId> expected;
  for (std::uint64_t n = 0; n < 50; ++n) {
    REQUIRE(f.accept(n, blob(100 + n, n), n % 3 == 0 ? audience({"bo"}) : audience({"ada", "bo"}),
                     n < 25 ? Day(100) : Day(101)));
    if (n % 3 != 0) expected.push_back(id_of(n));
  }
  REQUIRE(f.close_day(Day(101)));
  std::ranges::sort(expected, {}, &ReportId::bytes);
  std::vector<ReportId> found;
  for (ReportId after;;) {
    const auto page = f.list("ada", after, 7);
    REQUIRE(page);
    for (const auto& info : page->reports) found.push_back(info.id);
    CHECK(page->more == (found.size() < expected.size()));
    if (!page->more) break;
    after = found.back();
  }
  CHECK(found == expected);
  CHECK(failed_with(f.list("ada", {}, 0), Errc::malformed));
  CHECK(failed_with(f.list("ada", {}, 1001), Errc::malformed));
}

TEST_CASE("seen marks are each caseworker's own, and survive restart and day close") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(10, 1)));
  REQUIRE(f.accept(2, blob(10, 2)));
  REQUIRE(f.seen(1, "bo"));
  REQUIRE(f.seen(1, "bo"));
  for (int round = 0; round < 3; ++round) {
    CHECK(f.find(1, "bo")->seen);
    CHECK_FALSE(f.find(1, "ada")->seen);
    CHECK_FALSE(f.find(2, "bo")->seen);
    if (round == 0) f.reopen();
    if (round == 1) REQUIRE(f.close_day(Day(101)));
  }
  REQUIRE(f.seen(1, "ada"));
  CHECK(f.find(1, "ada")->seen);
}

TEST_CASE("reading starts anywhere within a report") {
  StoreFixture f;
  const auto bytes = blob(5000, 1);
  REQUIRE(f.accept(1, bytes));
  CHECK(f.read(1, "ada", 4999) == Bytes{bytes.back()});
  CHECK(f.read(1, "ada", 5000) == Bytes{});
  CHECK(failed_with(f.read(1, "ada", 5001), Errc::malformed));
}
