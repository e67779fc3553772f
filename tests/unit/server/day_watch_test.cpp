// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/day_watch.h"

#include <catch2/catch_test_macros.hpp>

using namespace candour;
using namespace candour::server;

namespace {

// A wall clock that can be set, and one that only runs.
struct Clocks {
  DayWatch watch;
  std::int64_t wall_minutes = std::int64_t{20'000} * 24 * 60;  // midnight
  DayWatch::Steady steady{};

  Day today() const { return Day(static_cast<std::int32_t>(wall_minutes / (24 * 60))); }
  // Looks every minute, and closes when asked to. Gives how many times that was.
  int run(int minutes, bool closing_works = true) {
    int closings = 0;
    for (int minute = 0; minute < minutes; ++minute) {
      watch.look(today(), steady);
      if (const auto day = watch.to_close()) {
        ++closings;
        CHECK(*day == today());
        if (closing_works) watch.closed(*day);
      }
      ++wall_minutes;
      steady += std::chrono::minutes(1);
    }
    return closings;
  }
  void set_clock(int days) { wall_minutes += std::int64_t{days} * 24 * 60; }
};

constexpr int hours = 60;

}  // namespace

TEST_CASE("a day is closed once, and again until it works") {
  Clocks c;
  CHECK(c.run(23 * hours) == 1);  // at the start
  CHECK(c.run(24 * hours) == 1);  // at midnight
  CHECK(c.run(60) == 0);
  c.set_clock(1);
  CHECK(c.run(5, false) == 5);
  CHECK(c.run(60) == 1);
}

TEST_CASE("a clock that jumps ahead and back does not stop days from being closed") {
  Clocks c;
  c.run(10 * hours);
  c.set_clock(4000);
  CHECK(c.run(1 * hours) == 1);
  c.set_clock(-4000);
  CHECK(c.run(1 * hours) == 1);   // what came under the wrong day is closed
  CHECK(c.run(24 * hours) == 1);  // and midnight is seen again
}

TEST_CASE("a day is believed only after twelve hours on end") {
  Clocks c;
  c.run(12 * hours);
  CHECK_FALSE(c.watch.agreed());
  c.run(1);
  CHECK(c.watch.agreed() == Day(20'000));
  c.run(36 * hours);
  CHECK(c.watch.agreed() >= Day(20'001));
  const auto before = c.watch.agreed();
  c.set_clock(4000);
  c.run(11 * hours + 59);
  CHECK(c.watch.agreed() <= c.today().plus(-4000));
  c.set_clock(-4000);
  c.run(24 * hours);
  CHECK(c.watch.agreed() >= before);
  CHECK(c.watch.agreed() <= c.today());
}

TEST_CASE("single wrong readings, however many, are never believed") {
  Clocks c;
  for (int reading = 0; reading < 300; ++reading) {
    c.set_clock(4000);
    c.run(1);
    c.set_clock(-4000);
    c.run(10);
    CHECK(c.watch.agreed().value_or(Day(0)) <= c.today());
  }
  CHECK(c.watch.agreed());
}

TEST_CASE("a clock that was wrong for very long and is put right takes nothing further") {
  Clocks c;
  c.set_clock(4000);
  c.run(30 * hours);
  CHECK(c.watch.agreed() >= Day(24'000));
  c.set_clock(-4000);
  c.run(1);
  CHECK(c.watch.agreed() <= c.today());
}
