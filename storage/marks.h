// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands for or against a report's erasure, besides who has seen it (docs/spec/retention.md). Stored in one width,
// so that a change never moves a row and no place in the file tells which case was touched first. A value; internal
// to storage/ but for its reading.
//
// 12 bytes, big-endian, so that SQL can compare them: the retention day, who holds it, the day of a withdrawal. Zero: none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"

namespace candour::storage {

struct Marks {
  static constexpr std::size_t bytes = 20;

  std::optional<Day> erase_from;    // closed: due on this day
  std::uint32_t held_by = 0;        // one bit for each reader
  HoldMark hold_mark{};             // random, of the hold that was set last: what a lift names
  std::optional<Day> withdrawn_on;  // asked for by the reporter
  bool operator==(const Marks&) const = default;

  std::array<std::uint8_t, bytes> encode() const;
  static Result<Marks> parse(ByteView stored);
};

// What stands in the way of an act on a report.
enum class Obstacle : std::uint8_t {
  none,        // it is done
  signers,     // fewer than two of its audience have signed
  unopened,    // nobody of its audience has seen it
  held,        // somebody of its audience holds it
  other_hold,  // a hold was set since the note named one
  withdrawn,   // less than 28 days ago
};

// To erasing it on `today`, whoever wants it.
Obstacle obstacle_to_erasing(const Marks& marks, bool opened, Day today);

}  // namespace candour::storage
