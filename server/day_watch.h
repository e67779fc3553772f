// SPDX-License-Identifier: AGPL-3.0-or-later
// What a clock that may be wrong allows to be done: which day to close, and which day is believed for what cannot be undone
// (docs/spec/storage.md "A clock that is wrong"). Holds no clock: whoever looks passes in what the clocks say. Not thread-safe.
#pragma once

#include <chrono>
#include <optional>

#include "protocol/day.h"

namespace candour::server {

class DayWatch {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::hours kAgree{12};

  // Once a minute.
  void look(Day today, Steady now);

  // The day to close the others for: set when the day has changed, in either direction, until `closed` says that it succeeded.
  std::optional<Day> to_close() const { return closed_for_ == today_ ? std::nullopt : today_; }
  void closed(Day today) { closed_for_ = today; }

  // The latest day that the clock has not been before for twelve hours on end; none until then. It lags behind by up to a day.
  std::optional<Day> agreed() const { return agreed_; }

 private:
  std::optional<Day> today_;
  std::optional<Day> closed_for_;
  std::optional<Day> agreed_;
  Day candidate_;  // every look since `since_` said this day or a later one
  Steady since_;
};

}  // namespace candour::server
