// SPDX-License-Identifier: AGPL-3.0-or-later
// What an event of a case looks like from outside (docs/spec/cases.md): its id, its one size, and the server's check of what it is
// given. What is inside is case_event.h, for the readers alone.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "protocol/sealed_report.h"

namespace candour {

inline constexpr std::size_t event_plain_bytes = 16384;  // always: what is not used is zeros

// SHA-256 of a label and the sealed bytes; 64 hex digits in text.
struct EventId {
  std::array<std::uint8_t, 32> bytes{};
  static Result<EventId> parse(std::string_view hex);
  std::string encode() const;
  auto operator<=>(const EventId&) const = default;
};

EventId event_id(ByteView sealed);

// Sealed to `places` recipients of type mlkem768x25519.
std::uint64_t sealed_event_bytes(std::size_t places);

// `sealed`: all of it.
SealedProblem check_sealed_event(ByteView sealed, std::size_t places);

}  // namespace candour
