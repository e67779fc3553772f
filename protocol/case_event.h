// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker says of a case to its other readers (docs/spec/cases.md "An event"): a note signed by her. A CaseEvent is only
// well-formed; a VerifiedEvent was signed by the author that it names, is for the reader at hand, and alone may be put together to a
// case (case_state.h). encode_event() gives the text; sign_note() of crypto/sign makes the note of it. Holds plaintext: keep it no
// longer than needed. What an event looks like from outside is sealed_event.h.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/core/ed25519.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"
#include "protocol/roster.h"

namespace candour {

inline constexpr std::size_t event_body_bytes_max =
    13'000;  // as JSON: with all else that may be around it it fits into an event
inline constexpr std::size_t event_line_bytes_max = 80;      // a label, the name of a deadline
inline constexpr std::size_t event_reason_bytes_max = 1000;  // of a disclosure, a quarantine, an admission
// The lines of a risk sheet, in the order in which they are shown.
inline constexpr std::array<std::string_view, 10> risk_sheet_fields{
    "strangled", "threats_to_kill", "weapons",    "stalking", "separation", "suicidal",
    "fear",      "children",        "protective", "plan"};

// 64 hex digits in text.
struct CaseId {
  std::array<std::uint8_t, 32> bytes{};
  static Result<CaseId> parse(std::string_view hex);
  std::string encode() const;
  auto operator<=>(const CaseId&) const = default;
};
// Of all reports of one author.
CaseId derive_case_id(const VerifyKey& authorship);
// Of a file that was sealed without a manifest.
CaseId derive_case_id(const ReportId& without_author);

enum class CaseStatus : std::uint8_t { fresh, triage, working, waiting, closed };  // fresh: "new"
std::string_view name_of(CaseStatus status);
Result<CaseStatus> parse_case_status(std::string_view name);
enum class CaseRisk : std::uint8_t { unknown, standard, high, immediate };
std::string_view name_of(CaseRisk risk);
Result<CaseRisk> parse_case_risk(std::string_view name);
enum class Consent : std::uint8_t { yes, no, ask };
std::string_view name_of(Consent answer);
Result<Consent> parse_consent(std::string_view name);

// What a second caseworker has looked at.
enum class SignOff : std::uint8_t { closure, risk, plan };
std::string_view name_of(SignOff what);
Result<SignOff> parse_sign_off(std::string_view name);

using EventHash = Digest;  // SHA-256 of an event's text

namespace event {

struct Opened {
  ReportId report;
  bool operator==(const Opened&) const = default;
};
struct Status {
  CaseStatus status = CaseStatus::fresh;
  bool operator==(const Status&) const = default;
};
struct Risk {
  CaseRisk risk = CaseRisk::unknown;
  bool operator==(const Risk&) const = default;
};
struct Assign {
  std::optional<CaseworkerId> to;
  bool operator==(const Assign&) const = default;
};
struct Label {
  std::string label;
  bool set = true;
  bool operator==(const Label&) const = default;
};
struct Deadline {
  std::string name;
  std::optional<Day> day;  // none: done, or no more
  bool operator==(const Deadline&) const = default;
};
struct Note {
  std::string text;
  bool privileged = false;
  bool operator==(const Note&) const = default;
};
struct Recused {
  bool operator==(const Recused&) const = default;
};
// To the author of this report, as her reply of this number. Not what she said: that is sealed to the author alone.
struct Replied {
  ReportId report;
  std::uint64_t number = 0;
  bool operator==(const Replied&) const = default;
};
struct Consented {
  std::string to;
  Consent answer = Consent::ask;
  bool operator==(const Consented&) const = default;
};
struct Disclosure {
  std::string to, what, reason, route;
  bool operator==(const Disclosure&) const = default;
};
struct Agreed {
  EventHash disclosure{};
  bool operator==(const Agreed&) const = default;
};
struct Disclosed {
  EventHash disclosure{};
  std::string outcome;
  bool operator==(const Disclosed&) const = default;
};
struct Quarantine {
  ReportId report;
  std::uint64_t attachment = 1;  // from 1
  bool set = true;
  std::string reason;
  bool operator==(const Quarantine&) const = default;
};
// From now on `who` takes part in the case. What she cannot open stands in `after`, so that for the others this comes after it.
struct Admitted {
  CaseworkerId who;
  std::string reason;
  std::vector<Digest> after;  // sorted: hashes of events
  bool operator==(const Admitted&) const = default;
};
// An event `admitted` from before, whole and signed, for the one other reader of this: so that she who came later can tell who takes part.
struct Earlier {
  std::string note;
  bool operator==(const Earlier&) const = default;
};
// For the one other reader of the event: what opens these sealed bytes. Plaintext like the account itself, and kept with it.
struct Grant {
  ReportId report;
  Digest sealed_sha256{};
  std::array<std::uint8_t, 16> file_key{};
  bool operator==(const Grant&) const = default;
};
// For the one other reader of the event: the author's share of what opens the report (docs/spec/threshold.md "Handing on a share").
struct Share {
  ReportId report;
  Digest header_sha256{};
  std::uint8_t x = 1;
  std::array<std::uint8_t, 16> share{};
  bool operator==(const Share&) const = default;
};
// What was found out about the danger, in some of risk_sheet_fields; none: this line is taken out.
struct RiskSheet {
  std::map<std::string, std::optional<std::string>, std::less<>> lines;
  bool operator==(const RiskSheet&) const = default;
};
// She has looked at what `of`, an event by somebody else, says.
struct SignedOff {
  SignOff what = SignOff::closure;
  EventHash of{};
  std::string text;
  bool operator==(const SignedOff&) const = default;
};
// While `lead` is away, `by` looks after what she leads, until that day inclusive; none: no more.
struct Cover {
  struct Stand {
    CaseworkerId by;
    Day until;
    bool operator==(const Stand&) const = default;
  };
  CaseworkerId lead;
  std::optional<Stand> stand;
  bool operator==(const Cover&) const = default;
};
// A kind that this version does not know: kept and shown.
struct Other {
  std::string kind;
  std::string json;  // an object on one line
  bool operator==(const Other&) const = default;
};

}  // namespace event

using EventBody =
    std::variant<event::Opened, event::Status, event::Risk, event::Assign, event::Label, event::Deadline,
                 event::Note, event::Recused, event::Replied, event::Consented, event::Disclosure,
                 event::Agreed, event::Disclosed, event::Quarantine, event::Admitted, event::Earlier,
                 event::Grant, event::Share, event::RiskSheet, event::SignedOff, event::Cover, event::Other>;
std::string_view kind_of(const EventBody& body);
// May this be said? Errc::malformed, Errc::too_large; Errc::unsupported for words that no signed note holds.
Result<> check_event_body(const EventBody& body);

struct CaseEvent {
  CaseId case_id;
  CaseworkerId author;
  std::uint64_t number = 0;
  std::optional<EventHash> previous;  // of number 1 and more
  std::vector<EventHash> seen;        // sorted
  std::vector<CaseworkerId> readers;  // sorted, the author among them
  Day day;
  EventBody body;
  bool operator==(const CaseEvent&) const = default;

  bool can_be_read_by(const std::vector<CaseworkerId>& all) const;  // each of them; sorted
};

// `event` has a body that may be said.
std::string encode_event(const CaseEvent& event);
// Unknown fields of a body are skipped here; whoever shows them has the text.
Result<CaseEvent> parse_event(std::string_view text);

class VerifiedEvent {
 public:
  const CaseEvent& event() const { return event_; }
  const CaseEvent* operator->() const { return &event_; }
  const EventHash& hash() const { return hash_; }

 private:
  friend Result<VerifiedEvent> verify_event(std::string_view, const Roster&, const CaseworkerId&);
  VerifiedEvent(CaseEvent event, const EventHash& hash) : event_(std::move(event)), hash_(hash) {}
  CaseEvent event_;
  EventHash hash_;
};

// Of anybody in the roster, revoked or not: whether it counts is case_state.h's to say. Errc::no_match where the roster does not have its
// author, or somebody else signed it; Errc::not_authentic; Errc::refused where author or `reader` is not among its readers.
Result<VerifiedEvent> verify_event(std::string_view note, const Roster& roster, const CaseworkerId& reader);

}  // namespace candour
