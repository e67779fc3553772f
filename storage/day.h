// SPDX-License-Identifier: AGPL-3.0-or-later
// A day in UTC, the finest time that is ever stored. It comes from the caller's clock; storage has none,
// so that a clock that jumps cannot erase anything behind the caller's back.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace candour::storage {

class Day {
 public:
  constexpr Day() = default;
  // Days since 1970-01-01.
  constexpr explicit Day(std::int32_t days_since_epoch) : days_(days_since_epoch) {}
  static Day of(std::chrono::system_clock::time_point time) {
    return Day(static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(time).time_since_epoch().count()));
  }

  constexpr std::int32_t days_since_epoch() const { return days_; }
  constexpr std::chrono::year_month_day calendar() const {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days_}}};
  }
  constexpr auto operator<=>(const Day&) const = default;

 private:
  std::int32_t days_ = 0;
};

}  // namespace candour::storage
