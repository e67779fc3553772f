// SPDX-License-Identifier: AGPL-3.0-or-later
// The companion of a report (docs/spec/matching.md "Companion"): by its slots reports that name the same person find each other. A Companion
// is only well-formed; a VerifiedCompanion is signed by the author that it names. Whether its elements are any is looked into where they are
// needed (match.h). encode_companion() gives the text; sign_note() of crypto/sign, as author_key_name, makes the note of it. Thread-safe.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/oprf/group.h"
#include "crypto/oprf/voprf.h"
#include "matching/share.h"
#include "protocol/ids.h"
#include "protocol/limits.h"

namespace candour::matching {

inline constexpr std::size_t companion_slots = oprf::batch_elements;
inline constexpr std::size_t wrap_bytes = 48;
inline constexpr std::size_t body_bytes = 48;
inline constexpr std::size_t contact_bytes = 1040;
// For each threshold its commitments and the share, then the wrap.
inline constexpr std::size_t slot_bytes = 3 * 32 + 4 * 32 + wrap_bytes;
// Those of a desk and those of the matching group.
inline constexpr std::size_t companion_excluded_max = 2 * limits::places_max;

struct Slot {
  std::array<std::uint8_t, slot_bytes> bytes{};

  // Beginning with the tag, without the share.
  std::span<const std::uint8_t> commitments(Threshold k) const {
    return std::span(bytes).subspan(k == Threshold::two ? 0 : 96, count_of(k) * oprf::element_bytes);
  }
  std::span<const std::uint8_t, oprf::element_bytes> tag(Threshold k) const {
    return commitments(k).first<oprf::element_bytes>();
  }
  std::span<const std::uint8_t, oprf::scalar_bytes> share(Threshold k) const {
    return std::span(bytes).subspan(k == Threshold::two ? 64 : 192).first<oprf::scalar_bytes>();
  }
  std::span<const std::uint8_t, wrap_bytes> wrap() const { return std::span(bytes).last<wrap_bytes>(); }
  bool operator==(const Slot&) const = default;
};

struct Companion {
  ReportId report;
  VerifyKey author;
  Digest roster_sha256{};
  std::array<std::uint8_t, oprf::element_bytes> evaluation_key{};
  std::array<std::uint8_t, 32> salt{};
  std::vector<CaseworkerId> excluded;  // sorted
  std::array<Slot, companion_slots> slots{};
  std::array<std::uint8_t, body_bytes> body{};
  std::array<std::uint8_t, contact_bytes> contact{};
  bool operator==(const Companion&) const = default;
};

std::string encode_companion(const Companion& companion);
// Accepts exactly what encode_companion() writes.
Result<Companion> parse_companion(std::string_view text);

// Which companion is meant: anybody can make one for any report id, so that alone is no name for it.
struct CompanionName {
  ReportId report;
  VerifyKey author;
  Digest text_sha256{};
  auto operator<=>(const CompanionName&) const = default;
};

class VerifiedCompanion {
 public:
  const Companion& companion() const { return companion_; }
  const Companion* operator->() const { return &companion_; }
  const CompanionName& name() const { return name_; }

 private:
  friend Result<VerifiedCompanion> verify_companion(std::string_view);
  VerifiedCompanion(Companion companion, const Digest& text_sha256)
      : companion_(std::move(companion)), name_{companion_.report, companion_.author, text_sha256} {}
  Companion companion_;
  CompanionName name_;
};

// By its first line: what is this note meant to be?
bool is_companion(std::string_view note);
// Errc::malformed, Errc::too_large; Errc::not_authentic or Errc::no_match where the author that it names has not signed it.
Result<VerifiedCompanion> verify_companion(std::string_view note);

}  // namespace candour::matching
