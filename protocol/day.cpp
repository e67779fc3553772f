// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/day.h"

#include <optional>

namespace candour {
namespace {

// A fixed number of decimal digits.
std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::string padded(unsigned value, std::size_t width) {
  const std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

Result<Day> Day::parse(std::string_view text) {
  constexpr Literal message = "a day is written YYYY-MM-DD and must be in the calendar";
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return fail(Errc::malformed, message);
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1970) return fail(Errc::malformed, message);
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month}, std::chrono::day{*day}};
  if (!date.ok()) return fail(Errc::malformed, message);
  return Day(static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count()));
}

std::string Day::encode() const {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days_}}};
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + '-' +
         padded(static_cast<unsigned>(date.month()), 2) + '-' + padded(static_cast<unsigned>(date.day()), 2);
}

}  // namespace candour
