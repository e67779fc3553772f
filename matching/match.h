// SPDX-License-Identifier: AGPL-3.0-or-later
// Which companions name the same person, what opens thereby, and who sent what is wrong (docs/spec/matching.md "Matching"). Pure: neither
// asks nor keeps anything, and the same companions give the same, in whatever order. Thread-safe.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "crypto/core/ed25519.h"
#include "crypto/core/secret.h"
#include "crypto/oprf/group.h"
#include "matching/companion.h"
#include "matching/match_secret.h"
#include "matching/share.h"
#include "protocol/ids.h"

namespace candour::matching {

// A release in the hands of those who match: no secret among them, and it takes no pages of its own.
using HandedOver = std::array<std::uint8_t, 32>;

// Who matches, and what she knows already.
struct MatchReader {
  CaseworkerId caseworker;
  oprf::Element evaluation_key;             // of this run: outputs of two keys are never mixed
  std::map<ReportId, VerifyKey> authors{};  // of reports that are open
  // Of authorship keys that follow another by a succession: the first of them, by which their author counts.
  std::map<VerifyKey, VerifyKey> first_keys{};
  // That were handed over, by report and the first key of who did: another's for the same report opens nothing, and is in nobody's way.
  std::multimap<std::pair<ReportId, VerifyKey>, HandedOver> releases{};
};

enum class Objection : std::uint8_t {
  excludes_reader,    // left out: its author did not want it read here
  another_key,        // left out: for another run. No fault
  not_the_author,     // left out: the report is another's
  poisoned,           // a share that is none
  wrong_commitments,  // not what follows from the shares
  disagrees,          // with another one: nobody can say who is right
  wrong_wrap,         // opens for no threshold, or not as it should
};
struct Objected {
  CompanionName companion;
  Objection objection;
  auto operator<=>(const Objected&) const = default;
};

// They name the same person.
struct Match {
  std::vector<VerifyKey> authors;         // each by her first key; sorted
  std::vector<CompanionName> companions;  // sorted
  bool operator==(const Match&) const = default;
};

// Neither contact nor seed: nothing was held, or its author is asked first and has not said yes.
struct OpenedCompanion {
  CompanionName companion;
  Threshold threshold;  // that its author chose
  std::optional<std::string> contact;
  // Of the identity to which the report is sealed. That its id and its author are those of the companion is for its opener to check.
  std::optional<Secret<32>> identity_seed;
};

// All in order.
struct MatchResult {
  std::vector<Match> matches;
  std::vector<OpenedCompanion> opened;
  std::vector<Objected> objected;
};

MatchResult match_companions(std::span<const VerifiedCompanion> companions, const MatchReader& reader);

}  // namespace candour::matching
