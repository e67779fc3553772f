// SPDX-License-Identifier: AGPL-3.0-or-later
// From events to a case (docs/spec/cases.md "From events to a case"): whoever has the same events computes the same, in whatever order
// they came. And the next event of somebody who knows these. Pure functions; views into the events given.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "protocol/case_event.h"
#include "protocol/roster.h"
#include "protocol/sign_offs.h"

namespace candour {

// Nobody is more than named: `hash` is an event that `named_by` built upon, and that is not there.
struct MissingEvent {
  EventHash hash{};
  CaseworkerId named_by;
  bool operator==(const MissingEvent&) const = default;
};

// Telling somebody outside: proposed by one, agreed to by another.
struct DisclosureState {
  EventHash proposal{};
  event::Disclosure what;
  CaseworkerId proposed_by;
  std::optional<CaseworkerId> agreed_by;
  std::optional<std::string> outcome;
  std::optional<CaseworkerId> alone;  // who said that it was done before anybody had agreed
};

struct QuarantinedAttachment {
  ReportId report;
  std::uint64_t attachment = 1;  // from 1
  auto operator<=>(const QuarantinedAttachment&) const = default;
};

struct CaseState {
  CaseStatus status = CaseStatus::fresh;
  CaseRisk risk = CaseRisk::unknown;
  std::optional<CaseworkerId> lead;
  std::set<std::string> labels;
  std::map<std::string, Day> deadlines;
  std::set<CaseworkerId> recused;
  std::map<std::string, Consent> consents;                     // by whom it may be told
  std::vector<DisclosureState> disclosures;                    // in the order in which they were proposed
  std::map<QuarantinedAttachment, std::string> quarantined;    // with the reason
  std::map<std::string, std::string, std::less<>> risk_sheet;  // by risk_sheet_fields
  std::map<SignOff, SignOffState> sign_offs;                   // what there is to be signed off, or is
  std::map<CaseworkerId, event::Cover::Stand> covers;          // by who is away; perhaps over
  std::vector<const VerifiedEvent*> timeline;                  // those that count, in their order
  std::vector<const VerifiedEvent*> revoked;  // by who is revoked, and built upon by nobody else
  std::vector<const VerifiedEvent*> wrong;    // false: what they say of other events is not so
  std::vector<MissingEvent> missing;          // by hash
  std::vector<const VerifiedEvent*> doubled;  // all that share their number with another of their chain
};

// Who looks after it today for who leads it.
std::optional<event::Cover::Stand> cover_on(const CaseState& state, Day today);

// Of one case; the same event may be there twice. Only their authors' being revoked is taken from `roster`.
CaseState fold_events(std::span<const VerifiedEvent> events, const Roster& roster);

// What `author` says next to `readers` (sorted, she among them), knowing `events` of the case. It builds upon those that count.
CaseEvent next_event(std::span<const VerifiedEvent> events, const Roster& roster, const CaseId& case_id,
                     const CaseworkerId& author, std::vector<CaseworkerId> readers, Day day, EventBody body);

// What an admission comes after: the newest that all of `readers` (sorted), who are there already, can open.
std::vector<EventHash> newest_events(std::span<const VerifiedEvent> events, const Roster& roster,
                                     const std::vector<CaseworkerId>& readers);

}  // namespace candour
