// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/case_event.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"
#include "protocol/event_body.h"
#include "protocol/limits.h"
#include "protocol/lines.h"
#include "protocol/sealed_event.h"

namespace candour {
namespace {

constexpr Literal not_an_event =
    "an event has the lines case, author, number, previous, seen, reader, day, kind, and its body";
constexpr std::uint64_t number_max = (std::uint64_t{1} << 53) - 1;

CaseId case_id_of(ByteView bytes) {
  Sha256 hash;
  hash.update(as_bytes(label::case_id));
  hash.update(bytes);
  return CaseId{hash.finish()};
}

Result<EventHash> parse_hash(std::string_view hex) {
  EventHash hash{};
  if (!hex_decode_into(hex, hash))
    return fail(Errc::malformed, "the hash of an event is 64 hex digits in lower case");
  return hash;
}

Result<std::vector<EventHash>> parse_seen(Lines& lines) {
  std::vector<EventHash> seen;
  while (const auto line = lines.field("seen")) {
    const auto hash = parse_hash(*line);
    if (!hash) return fail(hash);
    if (!seen.empty() && *hash <= seen.back())
      return fail(Errc::malformed, "what an event has seen is sorted, none twice");
    if (seen.size() == limits::event_seen_max) return fail(Errc::too_large, "an event names too many others");
    seen.push_back(*hash);
  }
  return seen;
}

Result<std::vector<CaseworkerId>> parse_readers(Lines& lines) {
  std::vector<CaseworkerId> readers;
  while (const auto line = lines.field("reader")) {
    auto id = CaseworkerId::parse(*line);
    if (!id) return fail(id);
    if (!readers.empty() && *id <= readers.back())
      return fail(Errc::malformed, "the readers of an event are sorted, none twice");
    if (readers.size() == limits::places_max) return fail(Errc::too_large, "an event has too many readers");
    readers.push_back(std::move(*id));
  }
  return readers;
}

}  // namespace

Result<CaseId> CaseId::parse(std::string_view hex) {
  CaseId id;
  if (!hex_decode_into(hex, id.bytes))
    return fail(Errc::malformed, "the id of a case is 64 hex digits in lower case");
  return id;
}

std::string CaseId::encode() const { return hex_encode(bytes); }

CaseId derive_case_id(const VerifyKey& authorship) { return case_id_of(authorship.bytes); }
CaseId derive_case_id(const ReportId& without_author) { return case_id_of(without_author.bytes); }

bool CaseEvent::can_be_read_by(const std::vector<CaseworkerId>& all) const {
  return std::ranges::includes(readers, all);
}

std::string encode_event(const CaseEvent& event) {
  std::string text(label::case_event);
  text += "\ncase " + event.case_id.encode() + "\nauthor " + event.author.text() + "\nnumber " +
          std::to_string(event.number) + "\nprevious " +
          (event.previous ? hex_encode(*event.previous) : "-") + '\n';
  for (const EventHash& hash : event.seen) text += "seen " + hex_encode(hash) + '\n';
  for (const CaseworkerId& reader : event.readers) text += "reader " + reader.text() + '\n';
  text += "day " + event.day.encode() + "\nkind ";
  text += kind_of(event.body);
  return text + '\n' + encode_event_body(event.body) + '\n';
}

Result<CaseEvent> parse_event(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::case_event)) return fail(Errc::malformed, "this note is not an event of a case");
  const auto in_case = lines.field("case");
  const auto by = lines.field("author");
  const auto at = lines.field("number");
  const auto before = lines.field("previous");
  if (!in_case || !by || !at || !before) return fail(Errc::malformed, not_an_event);
  auto seen = parse_seen(lines);
  if (!seen) return fail(seen);
  auto readers = parse_readers(lines);
  if (!readers) return fail(readers);
  const auto on = lines.field("day");
  const auto kind = lines.field("kind");
  const auto json = lines.next();
  if (!on || !kind || !json || !lines.at_end()) return fail(Errc::malformed, not_an_event);

  const auto case_id = CaseId::parse(*in_case);
  if (!case_id) return fail(case_id);
  auto author = CaseworkerId::parse(*by);
  if (!author) return fail(author);
  const auto number = parse_decimal(*at);
  if (!number || *number > number_max)
    return fail(Errc::malformed, "the number of an event is in decimal, below 2^53");
  const auto day = Day::parse(*on);
  if (!day) return fail(day);
  auto body = parse_event_body(*kind, *json);
  if (!body) return fail(body);
  CaseEvent event{*case_id,         *std::move(author),  *number, std::nullopt,
                  *std::move(seen), *std::move(readers), *day,    *std::move(body)};
  if (*before != "-") {
    const auto previous = parse_hash(*before);
    if (!previous) return fail(previous);
    event.previous = *previous;
  }
  if (event.previous.has_value() != (event.number > 0))
    return fail(Errc::malformed, "every event but the first of its chain names the one before it");
  return event;
}

Result<VerifiedEvent> verify_event(std::string_view note, const Roster& roster, const CaseworkerId& reader) {
  if (note.size() > event_plain_bytes) return fail(Errc::too_large, "the note is too long for an event");
  const auto claimed = parse_note(note);
  if (!claimed) return fail(claimed);
  auto event = parse_event(claimed->text);
  if (!event) return fail(event);
  const Caseworker* author = roster.find(event->author);
  if (author == nullptr) return fail(Errc::no_match, "the event is by somebody who is not in the roster");
  const auto verified = verify_note(note, {&author->signing_key, 1});
  if (!verified) return fail(verified);
  const auto is_reader = [&](const CaseworkerId& id) {
    return std::ranges::binary_search(event->readers, id);
  };
  if (!is_reader(event->author) || !is_reader(reader))
    return fail(
        Errc::refused,
        "the event is not for its author and for whoever opens it: it was sealed to others than it says");
  return VerifiedEvent(*std::move(event), sha256(as_bytes(verified->text())));
}

}  // namespace candour
