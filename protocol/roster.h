// SPDX-License-Identifier: AGPL-3.0-or-later
// The roster: who the desks and caseworkers are, under which keys, and what is asked (docs/spec/roster.md). A Roster
// is well-formed and consistent but may come from anybody; a VerifiedRoster was signed by the pinned roots and
// is the only thing that anybody seals to or signs in against. Values, no I/O, no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/form.h"
#include "protocol/ids.h"
#include "protocol/limits.h"
#include "protocol/pin.h"
#include "protocol/roster_matching.h"
#include "protocol/roster_words.h"
#include "protocol/sealing_key_note.h"

namespace candour {

struct Desk {
  DeskId id;
  std::string name;
  std::string description;
  unsigned threshold = 1;
};

struct Caseworker {
  CaseworkerId id;
  std::string name;
  std::vector<DeskId> desks;
  NoteVerifierKey signing_key;
  std::string sealing_key_note;
  bool revoked = false;
  // Of the note, where it verifies under her signing key and names her; otherwise she cannot receive.
  std::optional<SealingKey> sealing_key;

  bool may_receive(Day today) const { return !revoked && sealing_key && sealing_key->is_valid_on(today); }
  bool is_at(const DeskId& desk) const;
};

struct Policy {
  std::size_t attachments_max = 100;
  std::uint64_t attachments_bytes_max = std::uint64_t{2} << 30;
  // From the closing of a case to its erasure, and up to how many more are drawn (retention.md).
  std::int32_t retention_days = limits::retention_days_default;
  std::int32_t retention_spread_days = limits::retention_spread_days_default;
};

struct Helpline {
  std::string name;
  std::string phone;
  std::string hours;
};

struct Roster {
  std::string service;
  std::string public_name;
  std::uint64_t version = 0;
  Day valid_from;
  Day valid_until;
  std::size_t places = 1;
  std::vector<Desk> desks;
  std::vector<Caseworker> caseworkers;
  NoteVerifierKey receipt_key;
  Form form;
  std::string form_json;  // the same as it stands, with what this version does not know
  Policy policy;
  std::vector<Helpline> helplines;
  RosterWords words;
  std::optional<RosterMatching> matching;  // where this organisation matches reports

  bool is_valid_on(Day today) const { return valid_from <= today && today <= valid_until; }
  const Desk* find(const DeskId& id) const;
  const Caseworker* find(const CaseworkerId& id) const;
  // The same, only where she is not revoked: who may sign in.
  const Caseworker* find_active(const CaseworkerId& id) const;
  // Those of a desk who are not revoked.
  std::size_t desk_size(const DeskId& id) const;
};

// Errc::malformed or unsupported, with the field that is wrong.
Result<Roster> parse_roster(std::string_view json);

// What a client remembers of the newest roster that it has accepted under a pin.
struct RosterSeen {
  std::uint64_t version = 0;
  Digest text_sha256{};
  bool operator==(const RosterSeen&) const = default;
};

class VerifiedRoster {
 public:
  const Roster& roster() const { return roster_; }
  const Roster* operator->() const { return &roster_; }
  const std::string& note() const { return note_; }           // as it was given: what is served on
  const Digest& text_sha256() const { return text_sha256_; }  // the manifest's "roster"
  RosterSeen seen() const { return {roster_.version, text_sha256_}; }

 private:
  friend Result<VerifiedRoster> verify_roster_signatures(std::string_view, const Pin&);
  VerifiedRoster(Roster roster, std::string note, const Digest& digest)
      : roster_(std::move(roster)), note_(std::move(note)), text_sha256_(digest) {}
  Roster roster_;
  std::string note_;
  Digest text_sha256_;
};

// All checks of roster.md, in its order; each has a message of its own. Errc: malformed, no_match (unsigned, too few),
// not_authentic, unsupported, expired (also: not yet valid), outdated, conflict (same version, another text).
Result<VerifiedRoster> verify_roster(std::string_view note, const Pin& pin, Day today,
                                     const std::optional<RosterSeen>& last_seen);

// The first three checks alone: for the roster that the server already serves, which goes on being served when
// it has expired (ask is_valid_on() before taking a report), and for `candour roster show`.
Result<VerifiedRoster> verify_roster_signatures(std::string_view note, const Pin& pin);

// To whom a report is sealed.
struct Audience {
  struct Member {
    CaseworkerId id;
    std::string recipient;
  };
  DeskId desk;
  unsigned threshold = 1;              // how many of them it takes to open it
  std::vector<Member> members;         // sorted by id, at least so many
  std::vector<CaseworkerId> excluded;  // sorted by id
  std::vector<CaseworkerId> ids() const;
};

// Errc::not_found for an unknown desk, or an excluded person who is not of it; Errc::refused where too few remain;
// Errc::expired when the roster is.
Result<Audience> audience_of(const VerifiedRoster& roster, const DeskId& desk,
                             const std::vector<CaseworkerId>& excluded, Day today);

// The server's check of Candour-Audience: sorted, distinct, 1 to `places`, not revoked, all of one desk.
// Errc::refused in every case of doubt.
Result<> check_audience(const Roster& roster, const std::vector<CaseworkerId>& audience);

// The thresholds of the desks at which all of `audience` are, and at which they are enough (docs/spec/threshold.md "The header").
std::vector<unsigned> thresholds_for(const Roster& roster, const std::vector<CaseworkerId>& audience);

// What goes with each share: SHA-256 of those to whom the others are sealed. `audience` is sorted.
Digest audience_sha256(const std::vector<CaseworkerId>& audience);

// "ada,bo": sorted, distinct, without blanks. Errc::malformed otherwise.
Result<std::vector<CaseworkerId>> parse_audience_header(std::string_view text);
std::string encode_audience_header(const std::vector<CaseworkerId>& audience);

}  // namespace candour
