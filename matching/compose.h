// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes the companion of a report from the outputs of its evaluated batch and from what its author wants (docs/spec/matching.md). Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "matching/companion.h"
#include "matching/match_secret.h"

namespace candour::matching {

using Outputs = std::array<oprf::Output, companion_slots>;

struct ContactFirst {
  const Release& release;
  std::string text;
};
// What opens with a match; without it, nothing is held.
struct Holding {
  Threshold threshold = Threshold::two;
  const Secret<32>& identity_seed;        // of the identity to which the report is sealed
  const ContactFirst* contact = nullptr;  // where its author wants to be asked first
};

struct CompanionPlan {
  ReportId report;
  VerifyKey author;
  Digest roster_sha256{};
  oprf::Element evaluation_key;
  std::vector<CaseworkerId> excluded;  // in any order
  const Outputs& outputs;              // also of the random inputs that fill the batch
  const Holding* holding = nullptr;
};

// What is drawn for one companion and never again; a test says what was drawn.
struct CompanionDraw {
  std::array<std::uint8_t, 32> salt{};
  MatchSecret secret;
  std::array<std::size_t, companion_slots> order{};  // which output stands in which slot
  std::array<std::uint8_t, body_bytes> body{};
  std::array<std::uint8_t, contact_bytes> contact{};
  static CompanionDraw make_random();
};

// Errc::conflict for an output twice; Errc::too_large for too many who are left out; Errc::malformed for a contact that is none, or an output that cannot be used, which does not happen.
Result<Companion> compose_companion(const CompanionPlan& plan,
                                    const CompanionDraw& draw = CompanionDraw::make_random());

}  // namespace candour::matching
