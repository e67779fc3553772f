// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker signs when she exports evidence (docs/spec/evidence.md "Tag files"): which reports, on which day, and the hashes
// of the three tag files that say everything about the bag. encode_evidence() gives the text; sign_note() of crypto/sign makes
// the note of it. Whether those are the files that are there, and the reports theirs, is the caller's to check.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"
#include "protocol/roster.h"

namespace candour {

inline constexpr std::size_t evidence_reports_max = 100;

struct EvidenceNote {
  std::vector<ReportId> reports;  // 1 to evidence_reports_max, none twice, in the order of the folders
  Day day;                        // of the export
  Digest bagit{};                 // SHA-256 of bagit.txt
  Digest info{};                  // of bag-info.txt
  Digest manifest{};              // of manifest-sha256.txt
  bool operator==(const EvidenceNote&) const = default;
};

std::string encode_evidence(const EvidenceNote& note);
// Accepts exactly what encode_evidence() writes.
Result<EvidenceNote> parse_evidence(std::string_view text);

struct SignedEvidence {
  EvidenceNote what;
  std::string text;                    // what was signed
  const Caseworker* signer = nullptr;  // of the roster given; she may be revoked
};
// Errc::no_match unless exactly one caseworker of the roster has signed it; Errc::not_authentic where her signature is wrong.
// `roster` outlives what is returned.
Result<SignedEvidence> verify_evidence(std::string_view note, const Roster& roster);

}  // namespace candour
