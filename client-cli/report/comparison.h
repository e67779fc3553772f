// SPDX-License-Identifier: AGPL-3.0-or-later
// What `candour report` does so that a report can be compared with others (docs/spec/matching.md "Asking"): says it before anything is sent, and
// once the report is stored, asks for the evaluation and puts the companion. A report that is not held is none the worse where that fails; one that
// is held nobody can ever read then, and whoever sent it is told so. Used by one thread at a time.
#pragma once

#include <optional>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "client-cli/report/companion.h"
#include "client-cli/report/matching_wish.h"
#include "crypto/open/identity.h"
#include "protocol/roster.h"

namespace candour::cli {

class Comparison {
 public:
  // Refuses what cannot be, before anything is sent. `excluded`: of the desk and of the group. `roster` outlives it.
  static Outcome<Comparison> prepare(const VerifiedRoster& roster, const Audience& audience,
                                     const std::vector<CaseworkerId>& excluded, MatchingWish wish, Day today);

  // What the report is sealed to in the place of its readers, where it is held.
  std::optional<HybridRecipient> held_for() const;
  // "phone: +447700900123"
  std::vector<std::string> shown_names() const;
  // In words, who will read it and see of it what.
  void say_before(const Audience& audience) const;
  // Of the report that is stored now; says how it went. `number`: which of the codename's ids.
  Outcome<> run(HttpClient& server, const ReporterKeys& keys, std::uint64_t number,
                std::chrono::seconds at_most, bool json) const;

 private:
  Comparison(const VerifiedRoster& roster, MatchingWish wish) : roster_(&roster), wish_(std::move(wish)) {}
  std::string names_of(const std::vector<CaseworkerId>& ids) const;
  std::string words_for_the_wait() const;
  Outcome<> send(HttpClient& server, const NamedReport& report, std::chrono::seconds at_most) const;
  void say_done() const;

  const VerifiedRoster* roster_;
  MatchingWish wish_;
  std::optional<MatchingGroup> group_;
  std::optional<open::HybridIdentity> identity_;  // of what is held
  std::vector<CaseworkerId> readers_;             // who can open it after a match
};

}  // namespace candour::cli
