// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/joint_note.h"

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {
namespace {

constexpr unsigned signers_min = 2;

std::string_view label_of(JointAct act) {
  switch (act) {
    case JointAct::erasure:
      return label::erasure;
    case JointAct::hold_lift:
      return label::hold_lift;
    case JointAct::event_erasure:
      return label::event_erasure;
  }
  return {};
}

Result<> take_report(Lines& lines, JointNote& note) {
  const auto report = lines.field("report");
  const auto day = lines.field("day");
  const auto hold = note.act == JointAct::hold_lift ? lines.field("hold") : std::nullopt;
  if (!report || !day || (note.act == JointAct::hold_lift && !hold) || !lines.at_end())
    return fail(Errc::malformed,
                "a note of two caseworkers has the lines report, day, and hold where it lifts one");
  const auto id = ReportId::parse(*report);
  if (!id) return fail(id);
  const auto signed_on = Day::parse(*day);
  if (!signed_on) return fail(signed_on);
  if (hold && !hex_decode_into(*hold, note.hold_mark))
    return fail(Errc::malformed, "the mark of a hold is 16 hex digits in lower case");
  note.report = *id;
  note.day = *signed_on;
  return {};
}

Result<> take_events(Lines& lines, JointNote& note) {
  const auto day = lines.field("day");
  if (!day) return fail(Errc::malformed, "a note that erases events has the line day, then their lines");
  const auto signed_on = Day::parse(*day);
  if (!signed_on) return fail(signed_on);
  note.day = *signed_on;
  while (!lines.at_end()) {
    const auto event = lines.field("event");
    if (!event)
      return fail(Errc::malformed, "a note that erases events names each of them on a line of its own");
    const auto id = EventId::parse(*event);
    if (!id) return fail(id);
    if (!note.events.empty() && *id <= note.events.back())
      return fail(Errc::malformed, "the events of a note are sorted, none twice");
    note.events.push_back(*id);
    if (note.events.size() > limits::events_erased_max)
      return fail(Errc::malformed, "a note erases at most 200 events");
  }
  if (note.events.empty()) return fail(Errc::malformed, "a note that erases events names at least one");
  return {};
}

}  // namespace

bool JointNote::is_good_on(Day today) const {
  return day.plus(-1) <= today && today <= day.plus(limits::joint_note_days);
}

std::string encode_joint(const JointNote& note) {
  std::string text(label_of(note.act));
  if (note.act != JointAct::event_erasure) text += "\nreport " + note.report.encode();
  text += "\nday " + note.day.encode() + '\n';
  if (note.act == JointAct::hold_lift) text += "hold " + hex_encode(note.hold_mark) + '\n';
  for (const EventId& event : note.events) text += "event " + event.encode() + '\n';
  return text;
}

Result<JointNote> parse_joint(std::string_view text) {
  Lines lines(text);
  JointNote note;
  if (lines.take(label::event_erasure)) {
    note.act = JointAct::event_erasure;
    if (auto done = take_events(lines, note); !done) return fail(done);
    return note;
  }
  if (!lines.take(label::erasure)) {
    if (!lines.take(label::hold_lift))
      return fail(Errc::malformed, "this note neither erases a report or events nor lifts a hold");
    note.act = JointAct::hold_lift;
  }
  if (auto done = take_report(lines, note); !done) return fail(done);
  return note;
}

Result<SignedJointNote> verify_joint(std::string_view note, const Roster& roster) {
  if (note.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the note is too long");
  std::vector<NoteVerifierKey> keys;
  for (const Caseworker& caseworker : roster.caseworkers)
    if (!caseworker.revoked) keys.push_back(caseworker.signing_key);
  const auto verified = verify_note(note, keys, signers_min);
  if (!verified) return fail(verified);
  const auto what = parse_joint(verified->text());
  if (!what) return fail(what);
  SignedJointNote out{*what, {}};
  for (const NoteVerifierKey& key : verified->signers()) {
    auto id = CaseworkerId::from_key_name(key.name);
    if (!id) return fail(id);
    out.signers.push_back(std::move(*id));
  }
  return out;
}

}  // namespace candour
