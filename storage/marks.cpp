// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/marks.h"

#include <algorithm>

#include "protocol/limits.h"

namespace candour::storage {
namespace {

void put(std::uint8_t* at, std::uint32_t number) {
  for (int byte = 3; byte >= 0; --byte, number >>= 8U) at[byte] = static_cast<std::uint8_t>(number);
}

std::uint32_t get(const std::uint8_t* at) {
  std::uint32_t number = 0;
  for (int byte = 0; byte < 4; ++byte) number = number << 8U | at[byte];
  return number;
}

std::uint32_t number_of(std::optional<Day> day) {
  return day ? static_cast<std::uint32_t>(day->days_since_epoch()) : 0;
}

std::optional<Day> day_of(std::uint32_t number) {
  if (number == 0) return std::nullopt;
  return Day(static_cast<std::int32_t>(number));
}

}  // namespace

std::array<std::uint8_t, Marks::bytes> Marks::encode() const {
  std::array<std::uint8_t, bytes> out{};
  put(out.data(), number_of(erase_from));
  put(out.data() + 4, held_by);
  put(out.data() + 8, number_of(withdrawn_on));
  std::ranges::copy(hold_mark, out.begin() + 12);
  return out;
}

Result<Marks> Marks::parse(ByteView stored) {
  if (stored.size() != bytes)
    return fail(Errc::io,
                "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup.");
  HoldMark hold_mark;
  std::ranges::copy(stored.subspan(12), hold_mark.begin());
  return Marks{.erase_from = day_of(get(stored.data())),
               .held_by = get(stored.data() + 4),
               .hold_mark = hold_mark,
               .withdrawn_on = day_of(get(stored.data() + 8))};
}

Obstacle obstacle_to_erasing(const Marks& marks, bool opened, Day today) {
  if (!opened) return Obstacle::unopened;
  if (marks.held_by != 0) return Obstacle::held;
  if (marks.withdrawn_on && today < marks.withdrawn_on->plus(limits::withdrawal_grace_days))
    return Obstacle::withdrawn;
  return Obstacle::none;
}

}  // namespace candour::storage
