// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker's tool keeps of a report that it has opened and checked: whose it is, for whom, whom it accuses. Not the story: that
// is opened anew by who wants to read it. A value; holds plaintext.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk/shared_key.h"
#include "matching/match.h"
#include "protocol/case_event.h"
#include "protocol/json.h"

namespace candour::cli {

struct KnownReport {
  ReportId id;
  Day arrived;          // by the server
  std::string trouble;  // why it could not be opened; empty otherwise
  // Of a report with a manifest; nothing where it was sealed without one, or could not be opened.
  struct Signed {
    VerifyKey author;
    Digest sealed_sha256{};
    Day written;
    std::optional<ReportId> thread;
    std::string succession;  // the note, or empty
    DeskId desk;
    std::vector<CaseworkerId> audience, excluded;
    std::map<std::string, std::string, std::less<>> accused;
    bool danger = false;                                       // she chose an answer that says so
    std::multimap<ReportId, matching::HandedOver> releases{};  // that it hands over
  };
  std::optional<Signed> by_author;
  // Of one that takes several to open, open or not.
  std::optional<SharedKey> shared;
  // Where it is not open: when it was tried last, and with how much that colleagues had handed on.
  Day tried_on = Day();
  std::uint64_t tried_with = 0;
  std::optional<Day>
      gone{};               // on which the server listed it no more; kept for a while, since it may come back
  bool has_no_key = false;  // none of her keys opens it
  // Of the identity to which it is sealed, where a match opened it (docs/spec/matching.md).
  std::optional<std::array<std::uint8_t, 32>> match_seed{};
  // Companions, by their names' hashes, that are not this report's, as was seen when a match gave what should open it; and when.
  std::map<Digest, Day> disproved{};

  // Nobody knows yet whose it is: it takes several to open, and she has too few shares of it.
  bool waits() const { return shared && !by_author; }
};

// `form`: of the roster; only answers to this very form can tell of danger.
KnownReport known_report(const ListedReport& listed, const ReadReport& read, const Form& form);

json::Object to_json(const KnownReport& report);
Result<KnownReport> parse_known_report(const json::Fields& fields);

}  // namespace candour::cli
