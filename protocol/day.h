// SPDX-License-Identifier: AGPL-3.0-or-later
// A day in UTC, YYYY-MM-DD in text: the finest time that travels or is stored. A value; it holds no clock,
// whoever needs today's passes it in. Years 1970 to 9999.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/core/result.h"

namespace candour {

class Day {
 public:
  constexpr Day() = default;
  constexpr explicit Day(std::int32_t days_since_epoch) : days_(days_since_epoch) {}
  static Day of(std::chrono::system_clock::time_point time) {
    return Day(
        static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(time).time_since_epoch().count()));
  }
  // Errc::malformed unless exactly ten characters that name a day of the calendar.
  static Result<Day> parse(std::string_view text);
  std::string encode() const;

  constexpr std::int32_t days_since_epoch() const { return days_; }
  constexpr Day plus(std::int32_t days) const { return Day(days_ + days); }
  constexpr auto operator<=>(const Day&) const = default;

 private:
  std::int32_t days_ = 0;
};

// later - earlier
constexpr std::int32_t days_between(Day earlier, Day later) {
  return later.days_since_epoch() - earlier.days_since_epoch();
}

}  // namespace candour
